package hours_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
	"rejoin/internal/memory"
)

// office is open from 9 to 18 on weekdays, in UTC. now is a Monday, 11:00.
const office = `{"zone":"UTC","week":[[{"from":"09:00","to":"18:00"}],[{"from":"09:00","to":"18:00"}],[{"from":"09:00","to":"18:00"}],` +
	`[{"from":"09:00","to":"18:00"}],[{"from":"09:00","to":"18:00"}],[],[]],"exceptions":[],"email":"optional"}`

// with is the office with other fields.
func with(fields string) string { return strings.TrimSuffix(office, "}") + "," + fields + "}" }

type world struct {
	*hours.Service
	t     *testing.T
	clock *memory.Clock
	store *memory.Store
	admin chat.Caller
	agent chat.Caller
}

func newWorld(t *testing.T) *world {
	w := &world{
		t: t, clock: memory.NewClock(now), store: memory.NewStore(),
		admin: chat.Caller{Who: "a_1", Side: chat.Agent, Conn: "c1", At: 1, Admin: true}, agent: chat.Caller{Who: "a_2", Side: chat.Agent, Conn: "c2", At: 2},
	}
	w.store.SetSites("tea", "mugs")
	w.Service = &hours.Service{Store: w.store, Clock: w.clock, Each: memory.Each}
	return w
}

func (w *world) put(site string, edited int, data string) hours.Shop {
	w.t.Helper()
	shop, err := w.Put(w.t.Context(), w.admin, site, edited, []byte(data))
	require.NoError(w.t, err)
	return shop
}

// refused wants an error with this code.
func refused(t *testing.T, code chat.Code, err error) *chat.Error {
	t.Helper()
	var e *chat.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, code, e.Code, e.Message)
	return e
}

func TestAShopWithoutHoursIsAlwaysOpen(t *testing.T) {
	w := newWorld(t)
	opening, err := w.Opening(t.Context(), "tea", now)
	require.NoError(t, err)
	assert.Equal(t, chat.Opening{Open: true}, opening)
	open, err := w.OpenTimes(t.Context(), []chat.ShopTime{{Site: "tea", From: 5, To: 12}, {From: 12, To: 5}})
	require.NoError(t, err)
	assert.Equal(t, []chat.Millis{7, 0}, open)
	shop, err := w.Get(t.Context(), w.agent, "tea")
	require.NoError(t, err)
	assert.Equal(t, hours.Shop{Site: "tea", Sites: []string{"mugs", "tea"}, Open: true}, shop)
}

func TestPut(t *testing.T) {
	w := newWorld(t)
	first := w.put("tea", 0, office)
	assert.Equal(t, hours.Shop{
		Site: "tea", Sites: []string{"mugs", "tea"}, Version: 1, Hours: json.RawMessage(office), Open: true, Until: now + 7*hour,
	}, first)
	read, err := w.Get(t.Context(), w.agent, "tea")
	require.NoError(t, err)
	assert.Equal(t, first, read, "any agent reads them")
	assert.Zero(t, w.put("", 0, with(`"email":"required"`)).Site, "the default shop has its own")

	opening, err := w.Opening(t.Context(), "", now-3*hour)
	require.NoError(t, err)
	assert.Equal(t, chat.Opening{Until: now - 2*hour, Zone: "UTC", EmailRequired: true}, opening)
	opening, err = w.Opening(t.Context(), "tea", now)
	require.NoError(t, err)
	assert.Equal(t, chat.Opening{Open: true, Until: now + 7*hour, Zone: "UTC"}, opening)
}

// TestClosedNow: one click closes the shop, at once, and it opens by itself or by another click.
func TestClosedNow(t *testing.T) {
	w := newWorld(t)
	w.put("", 0, office)
	w.clock.Set(now + hour)
	closed := w.put("", 1, with(`"closed":{"until":1796047200000}`)) // 14:00
	assert.False(t, closed.Open)
	assert.Equal(t, now+3*hour, closed.Until)
	assert.Contains(t, string(closed.Hours), `"closed":{"since":1796040000000,"until":1796047200000}`)
	w.clock.Set(now + 3*hour)
	over, err := w.Get(t.Context(), w.agent, "")
	require.NoError(t, err)
	assert.True(t, over.Open)
	assert.JSONEq(t, office, string(over.Hours), "a pause that is over is left out")

	closed = w.put("", 2, with(`"closed":{}`))
	assert.False(t, closed.Open)
	assert.Zero(t, closed.Until)
	w.clock.Set(now + 4*hour)
	assert.True(t, w.put("", 3, office).Open)
	open, err := w.OpenTimes(t.Context(), []chat.ShopTime{{From: now, To: now + 12*hour}})
	require.NoError(t, err)
	assert.Equal(t, []chat.Millis{hour + 3*hour}, open, "11 to 12, and 15 to 18")
}

// TestHoursOfThen: each moment counts by the schedule of then, and the time before the first as open.
func TestHoursOfThen(t *testing.T) {
	w := newWorld(t)
	w.put("tea", 0, office)
	w.clock.Set(now + 2*day)
	w.put("tea", 1, strings.ReplaceAll(office, "18:00", "12:00"))
	w.clock.Set(now + 4*day)
	w.put("tea", 2, small(``))
	w.put("mugs", 0, small(``))
	for i, version := range []string{small(``), office} { // clocks differ, and some wrote before hours.Service did
		_, ok, err := w.store.PutShop(t.Context(), chat.ShopVersion{Version: i + 1, Since: now + chat.Millis(10-2*i)*hour, Settings: []byte(version)})
		require.NoError(t, err)
		require.True(t, ok)
	}
	open, err := w.OpenTimes(t.Context(), []chat.ShopTime{
		{Site: "tea", From: now - 10*day, To: now + 10*day},
		{Site: "mugs", From: now, To: now + 10*day},
		{Site: "tea", From: now + 4*day, To: now + 10*day},
		{Site: "tea", From: now + 2*day - hour, To: now + 2*day + hour},
		{Site: "tea", From: now + 3*day, To: now},
		{From: now, To: now + 24*hour},
	})
	require.NoError(t, err)
	assert.Equal(t, []chat.Millis{
		10*day + (7*hour + 9*hour + 2*hour) + (hour + 3*hour + 2*hour), // Monday to Wednesday 11:00; then until 12:00, until Friday 11:00
		4 * day, 0, 2 * hour, 0,
		10*hour + 2*hour, // open until version 1 counts, at 21:00, and so does version 2, which says that it did at 19:00
	}, open)
}

func TestTwoAdmins(t *testing.T) {
	w := newWorld(t)
	first := w.put("tea", 0, office)
	assert.Equal(t, first, w.put("tea", 0, office), "a repeat gets the answer of the first")
	closed := w.put("tea", 1, with(`"closed":{}`))
	w.clock.Set(now + 1)
	assert.Equal(t, closed, w.put("tea", 1, with(`"closed":{}`)), "whenever the pause began")
	for _, edited := range []int{0, 1, 3, 100} {
		_, err := w.Put(t.Context(), w.admin, "tea", edited, []byte(small(``)))
		e := refused(t, chat.Conflict, err)
		require.NotNil(t, e.Shop)
		assert.Equal(t, 2, e.Shop.Version)
		assert.JSONEq(t, string(closed.Hours), string(e.Shop.Settings))
	}
	_, err := w.Put(t.Context(), w.admin, "mugs", 1, []byte(office))
	assert.Equal(t, chat.ShopVersion{}, *refused(t, chat.Conflict, err).Shop, "there is none to edit")

	race := &overtaken{Store: w.store, before: func() { w.put("mugs", 0, small(``)) }}
	_, err = (&hours.Service{Store: race, Clock: w.clock, Each: memory.Each}).Put(t.Context(), w.admin, "mugs", 0, []byte(office))
	assert.Equal(t, 1, refused(t, chat.Conflict, err).Shop.Version)
	shop, err := w.Get(t.Context(), w.agent, "mugs")
	require.NoError(t, err)
	assert.JSONEq(t, strings.TrimSuffix(small(``), "}")+`,"exceptions":[],"email":"optional"}`, string(shop.Hours), "the first one stays")
}

// overtaken is a store where somebody acts just before a put.
type overtaken struct {
	chat.Store
	before func()
}

func (o *overtaken) PutShop(ctx context.Context, v chat.ShopVersion) (chat.ShopVersion, bool, error) {
	o.before()
	return o.Store.PutShop(ctx, v)
}

// TestVersionsCountInTheirOrder: also if the clock is put back.
func TestVersionsCountInTheirOrder(t *testing.T) {
	w := newWorld(t)
	w.put("", 0, office)
	w.clock.Set(now - hour)
	w.put("", 1, small(``))
	versions, err := w.store.ShopVersions(t.Context(), "", 0)
	require.NoError(t, err)
	require.Len(t, versions, 2)
	assert.Equal(t, now, versions[1].Since)
}

func TestPutIsRefused(t *testing.T) {
	w := newWorld(t)
	for name, trial := range map[string]struct {
		caller chat.Caller
		site   string
		data   string
		want   chat.Code
	}{
		"by no admin":     {w.agent, "tea", office, chat.Forbidden},
		"no such shop":    {w.admin, "Tea", office, chat.NotFound},
		"the list itself": {w.admin, "*", office, chat.NotFound},
		"no such zone":    {w.admin, "tea", strings.Replace(office, "UTC", "Mars", 1), chat.Invalid},
		"no JSON":         {w.admin, "tea", "hours", chat.Invalid},
		"very many hours": {w.admin, "tea", with(`"exceptions":[` + longDays(200) + `]`), chat.TooLong},
		"many hours":      {w.admin, "tea", with(`"exceptions":[` + longDays(50) + `]`), ""},
	} {
		_, err := w.Put(t.Context(), trial.caller, trial.site, 0, []byte(trial.data))
		if trial.want == "" {
			require.NoError(t, err, name)
			continue
		}
		refused(t, trial.want, err)
	}
	_, err := w.Get(t.Context(), w.agent, "none")
	refused(t, chat.NotFound, err)
}

// longDays are exceptions with many hours each.
func longDays(n int) string {
	var open, days []string
	for i := range hours.MaxSpans {
		open = append(open, fmt.Sprintf(`{"from":"%02d:00","to":"%02d:30"}`, i, i))
	}
	for i := range n {
		date := time.UnixMilli(int64(now)).AddDate(0, 0, i).UTC().Format(time.DateOnly)
		days = append(days, fmt.Sprintf(`{"date":%q,"open":[%s]}`, date, strings.Join(open, ",")))
	}
	return strings.Join(days, ",")
}

func TestNotFromAnOlderConnection(t *testing.T) {
	w := newWorld(t)
	newer := w.admin
	newer.At, newer.Conn = 9, "newer"
	_, ok, err := w.store.SeatPerson(t.Context(), newer)
	require.NoError(t, err)
	require.True(t, ok)
	_, err = w.Put(t.Context(), w.admin, "", 0, []byte(office))
	refused(t, chat.NotCurrent, err)
	_, err = w.Get(t.Context(), w.admin, "")
	refused(t, chat.NotCurrent, err)
	found, err := w.store.Shop(t.Context(), "")
	require.NoError(t, err)
	assert.Zero(t, found)
}

var errDown = errors.New("down")

// broken is a store where one call fails.
type broken struct {
	chat.Store
	call string
}

func (b broken) fails(call string) error {
	if b.call == call {
		return errDown
	}
	return nil
}

func (b broken) Shop(context.Context, string) (chat.ShopVersion, error) {
	return chat.ShopVersion{}, b.fails("Shop")
}

func (b broken) ShopVersions(context.Context, string, chat.Millis) ([]chat.ShopVersion, error) {
	return nil, b.fails("ShopVersions")
}

func (b broken) Sites(context.Context) ([]string, error) { return nil, b.fails("Sites") }

func (b broken) PutShop(_ context.Context, v chat.ShopVersion) (chat.ShopVersion, bool, error) {
	return v, true, b.fails("PutShop")
}

func TestWhileTheStoreFails(t *testing.T) {
	w := newWorld(t)
	for call, uses := range map[string][]bool{ // Opening, OpenTimes, Get, Put
		"Shop": {true, false, true, false}, "ShopVersions": {false, true, false, true}, "Sites": {false, false, true, true}, "PutShop": {false, false, false, true},
	} {
		s := &hours.Service{Store: broken{w.store, call}, Clock: w.clock, Each: memory.Each}
		_, opening := s.Opening(t.Context(), "", now)
		_, times := s.OpenTimes(t.Context(), []chat.ShopTime{{}})
		_, get := s.Get(t.Context(), w.agent, "")
		_, put := s.Put(t.Context(), w.admin, "", 0, []byte(office))
		for i, err := range []error{opening, times, get, put} {
			if uses[i] {
				require.ErrorIs(t, err, errDown, call)
			} else {
				require.NoError(t, err, call)
			}
		}
	}
}

// TestDamagedHours: nobody who asks is told that their frame is invalid.
func TestDamagedHours(t *testing.T) {
	w := newWorld(t)
	_, _, err := w.store.PutShop(t.Context(), chat.ShopVersion{Version: 1, Since: now, Settings: []byte(`{"zone":"Mars"}`)})
	require.NoError(t, err)
	_, err = w.Opening(t.Context(), "", now)
	assert.Equal(t, chat.Unavailable, chat.AsError(err).Code)
	require.ErrorContains(t, err, `version 1 of the hours of shop ""`)
	_, err = w.OpenTimes(t.Context(), []chat.ShopTime{{From: now, To: now + 1}})
	assert.Equal(t, chat.Unavailable, chat.AsError(err).Code)
}
