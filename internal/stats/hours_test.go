package stats_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
	"rejoin/internal/stats"
)

// pastHours are the hours of the generated chats' shops.
type pastHours struct{}

func (pastHours) Past(_ context.Context, site string, since chat.Millis) (func(from, to chat.Millis) chat.Millis, error) {
	return func(from, to chat.Millis) chat.Millis {
		if from < since {
			panic("these hours are not known")
		}
		return openTimeOf(site)(from, to)
	}, nil
}

// openTimeOf adds up a shop's hours, day by day, UTC: the default shop opens from 9 to 17; tea never had hours; books has them since
// April, from 10 to 14, and was always open before.
func openTimeOf(site string) func(from, to chat.Millis) chat.Millis {
	const hour = chat.Millis(3_600_000)
	overlap := func(from, to, open, closes chat.Millis) chat.Millis { return max(min(to, closes)-max(from, open), 0) }
	daily := func(from, to, opens, closes chat.Millis) (sum chat.Millis) {
		for midnight := from - from%(24*hour); midnight < to; midnight += 24 * hour {
			sum += overlap(from, to, midnight+opens*hour, midnight+closes*hour)
		}
		return sum
	}
	changed := chat.Millis(time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
	return func(from, to chat.Millis) chat.Millis {
		switch site {
		case "tea":
			return to - from
		case "books":
			return overlap(from, to, 0, changed) + daily(max(from, changed), to, 10, 14)
		}
		return daily(from, to, 9, 17)
	}
}

// TestWithinHours counts one chat by hand: the day is from 9 to 17.
func TestWithinHours(t *testing.T) {
	const minute = 60_000
	at := func(day, hour, minutes int) chat.Millis {
		return chat.Millis(time.Date(2026, 3, day, hour, minutes, 0, 0, time.UTC).UnixMilli())
	}
	text := func(from chat.Side, at chat.Millis) chat.Message { return chat.Message{From: from, At: at} }
	event := func(event chat.Event, holder chat.PersonID, at chat.Millis) chat.Message {
		return chat.Message{From: chat.System, Event: event, Holder: holder, At: at}
	}
	room := chat.Room{Customer: chat.Member{Who: "c_1"}, Created: at(2, 20, 0), Kept: at(2, 20, 0), Status: chat.StatusEnded}
	past := []chat.Message{
		event(chat.EventOpened, "", at(2, 20, 0)), text(chat.Customer, at(2, 20, 1)), event(chat.EventLeft, "", at(2, 20, 10)),
		event(chat.EventTaken, "a_1", at(3, 9, 5)), text(chat.Agent, at(3, 9, 7)), event(chat.EventLeft, "", at(3, 9, 30)),
		event(chat.EventTaken, "a_2", at(3, 16, 0)), text(chat.Agent, at(3, 16, 1)), event(chat.EventReleased, "", at(3, 16, 10)),
	}
	room.Waited = at(3, 9, 5) - room.Created
	values := func(f stats.Figures) map[stats.Measure][2]int64 {
		all := map[stats.Measure][2]int64{}
		for m, h := range f.Histograms {
			if h.N > 0 {
				all[stats.Measure(m)] = [2]int64{h.N, h.Sum / minute}
			}
		}
		return all
	}
	for name, trial := range map[string]struct {
		messages int
		reason   chat.Reason
		ended    chat.Millis
		want     stats.Figures
		values   map[stats.Measure][2]int64
	}{
		"answered, and read days later": {
			9, chat.CustomerLeft, at(10, 16, 1), stats.Figures{Started: 1, Answered: 1, Left: 1, LeftAnswered: 1},
			map[stats.Measure][2]int64{
				stats.Wait: {1, 13*60 + 5}, stats.WaitOpen: {1, 5}, stats.FirstResponse: {1, 13*60 + 6}, stats.FirstResponseOpen: {1, 7},
				stats.LeftFirst: {1, 13*60 + 6}, stats.LeftFirstOpen: {1, 7}, stats.Response: {1, 2}, stats.Talk: {1, 35},
			},
		},
		"taken, and never answered": {
			4, chat.AgentEnded, at(3, 9, 15), stats.Figures{Started: 1, Answered: 1, Unanswered: 1, Left: 1},
			map[stats.Measure][2]int64{stats.Wait: {1, 13*60 + 5}, stats.WaitOpen: {1, 5}, stats.Talk: {1, 10}},
		},
		"never taken": {3, chat.Expired, at(9, 20, 1), stats.Figures{Started: 1, Abandoned: 1, Left: 1}, map[stats.Measure][2]int64{}},
	} {
		t.Run(name, func(t *testing.T) {
			r := room
			r.Reason, r.EndedAt = trial.reason, trial.ended
			got := stats.FromRoom(r, past[:trial.messages], openTimeOf(""))
			all := got[0].Figures
			assert.Equal(t, trial.values, values(all))
			assert.Equal(t, int64(1), all.EndedBy(trial.reason))
			assert.Equal(t, trial.want, stats.Figures{
				Started: all.Started, Answered: all.Answered, Abandoned: all.Abandoned, Unanswered: all.Unanswered, Left: all.Left, LeftAnswered: all.LeftAnswered,
			})
			for _, agent := range got[1:] {
				assert.Equal(t, int64(1), agent.Left)
			}
			if len(got) > 2 {
				assert.Equal(t, int64(1), got[1].LeftAnswered)
				assert.Zero(t, got[2].LeftAnswered, "another had answered it")
				assert.Equal(t, [2]int64{1, 25}, values(got[1].Figures)[stats.Talk])
				assert.Equal(t, [2]int64{1, 10}, values(got[2].Figures)[stats.Talk])
			}
		})
	}
}

// shopHours count how often they are read, and fail for one shop.
type shopHours struct {
	pastHours
	mu    sync.Mutex
	reads map[string]int
	down  string
}

func (h *shopHours) Past(ctx context.Context, site string, since chat.Millis) (func(from, to chat.Millis) chat.Millis, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reads[site]++
	if site == h.down {
		return nil, errDown
	}
	return h.pastHours.Past(ctx, site, since)
}

// TestHoursAreReadOnce: a run reads the hours of each shop once, and counts no chat of a shop whose hours it cannot read.
func TestHoursAreReadOnce(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 30)), 120)
	want, store := newFlakyStore(never), newFlakyStore(never)
	for _, c := range all {
		c.store(t, want.Store)
		c.store(t, store.Store)
	}
	_, err := newService(t, want).Count(t.Context())
	require.NoError(t, err)

	hours := &shopHours{reads: map[string]int{}, down: "books"}
	s := newService(t, store)
	s.Hours = hours
	n, err := s.Count(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, 80, n)
	assert.Equal(t, map[string]int{"": 1, "tea": 1, "books": 1}, hours.reads)
	hours.down = "none"
	n, err = s.Count(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 40, n)
	assert.Equal(t, want.stored(t), store.stored(t))

	hours.reads = map[string]int{}
	_, err = s.Recount(t.Context(), began, ended)
	require.NoError(t, err)
	assert.Len(t, hours.reads, 3)
	for site, reads := range hours.reads {
		assert.LessOrEqual(t, reads, 3, "two months, newest first: %q", site)
	}
	assert.Equal(t, want.stored(t), store.stored(t))
	hours.down = "tea"
	_, err = s.Recount(t.Context(), began, ended)
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, want.stored(t), store.stored(t))
}

// editedHours are the hours of a shop that has closed at a moment.
type editedHours struct{ closed chat.Millis }

func (h *editedHours) Past(context.Context, string, chat.Millis) (func(from, to chat.Millis) chat.Millis, error) {
	closed := h.closed
	return func(from, to chat.Millis) chat.Millis { return max(min(to, closed)-from, 0) }, nil
}

// TestLongestWaitWithinHours: who waits at night alarms nobody.
func TestLongestWaitWithinHours(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	_, r := w.WaitingRoom(t)
	w.Clock.Advance(time.Hour)
	sample, err := s.Sample(t.Context())
	require.NoError(t, err)
	assert.Equal(t, w.Clock.Now()-r.AttendedAt(), sample.LongestWait)
	s.Hours = &editedHours{closed: r.AttendedAt() + 60_000}
	sample, err = s.Sample(t.Context())
	require.NoError(t, err)
	assert.Equal(t, chat.Millis(60_000), sample.LongestWait)
}
