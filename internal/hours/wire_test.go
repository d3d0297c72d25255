package hours_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

const now chat.Millis = 1_796_036_400_000 // 2026-11-30T11:00:00Z

// teaHouse has everything that a schedule may have.
const teaHouse = `{"zone":"Asia/Seoul","week":[[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"18:00"}],[],[],[],[],[{"from":"22:00","to":"24:00"}],[{"from":"00:00","to":"02:00"}]],` +
	`"exceptions":[{"date":"2026-12-24","open":[{"from":"10:00","to":"14:30"}]},{"date":"2026-12-25","open":[]}],"closed":{"since":1796036300000,"until":1796040000000},"email":"required"}`

func TestWire(t *testing.T) {
	s, err := hours.Decode([]byte(teaHouse), now)
	require.NoError(t, err)
	assert.Equal(t, hours.Schedule{
		Zone: "Asia/Seoul", Email: hours.EmailRequired, Pause: hours.Pause{Since: now - 100_000, Until: now + hour},
		Week:       [7][]hours.Span{0: {from(9, 0, 12, 0), from(13, 0, 18, 0)}, 5: {from(22, 0, 24, 0)}, 6: {from(0, 0, 2, 0)}},
		Exceptions: []hours.Exception{{Date: "2026-12-24", Open: []hours.Span{from(10, 0, 14, 30)}}, {Date: "2026-12-25"}},
	}, s)
	data, err := s.Encode()
	require.NoError(t, err)
	assert.Equal(t, teaHouse, string(data))
}

// small is a schedule with some fields more.
func small(more string) string { return `{"zone":"UTC","week":[[],[],[],[],[],[],[]]` + more + `}` }

// TestWireMayLeaveOut: what is absent or null is the plain case, and what a later version adds is ignored.
func TestWireMayLeaveOut(t *testing.T) {
	for body, want := range map[string]hours.Schedule{
		small(``): {},
		small(`,"exceptions":null,"closed":null,"email":null`):    {},
		small(`,"email":"optional","exceptions":[],"mood":"new"`): {},
		small(`,"closed":{}`):                           {Pause: hours.Pause{Since: now}},
		small(`,"closed":{"until":null,"why":"lunch"}`): {Pause: hours.Pause{Since: now}},
		small(`,"closed":{"until":1796036400001}`):      {Pause: hours.Pause{Since: now, Until: now + 1}},
		small(`,"closed":{"since":5,"until":6}`):        {Pause: hours.Pause{Since: 5, Until: 6}},
		small(`,"closed":{"since":9999999999999}`):      {Pause: hours.Pause{Since: now}}, // another clock was ahead
		small(`,"exceptions":[{"date":"2026-12-25","name":"Christmas"}]`): {Exceptions: []hours.Exception{
			{Date: "2026-12-25"},
		}},
	} {
		want.Zone = "UTC"
		s, err := hours.Decode([]byte(body), now)
		require.NoError(t, err, body)
		assert.Equal(t, want, s, body)
	}
}

func TestBadWire(t *testing.T) {
	day := func(spans string) string { return `{"zone":"UTC","week":[[],` + spans + `,[],[],[],[],[]]}` }
	for body, words := range map[string]string{
		``:                           `"hours" has to be an object.`,
		`null`:                       `"hours" has to be an object.`,
		`[]`:                         `"hours" has to be an object.`,
		`{"zone":"UTC"`:              `"hours" has to be an object.`,
		`{}`:                         "The week needs 7 days, Monday first; it has 0.",
		`{"zone":"UTC","week":[[]]}`: "The week needs 7 days, Monday first; it has 1.",
		`{"zone":"UTC","week":{}}`:   `"week" has to be a list.`,
		`{"zone":9}`:                 `"zone" has to be a text.`,
		`{"Zone":"UTC","week":[[],[],[],[],[],[],[]]}`: `There is no time zone "". Use a name such as Europe/Berlin.`,
		strings.Replace(small(``), "[[]", "[[],[]", 1): "The week needs 7 days, Monday first; it has 8.",
		day(`"closed"`):                                         `"Tuesday" has to be a list.`,
		day(`[9]`):                                              `"Tuesday" has to be an object.`,
		day(`[{"from":"9:00","to":"18:00"}]`):                   `Tuesday: "9:00" is not a time of day such as 09:00.`,
		day(`[{"from":"09:00","to":"24:01"}]`):                  `Tuesday: "24:01" is not a time of day such as 09:00.`,
		day(`[{"from":"09:60","to":"18:00"}]`):                  `Tuesday: "09:60" is not a time of day such as 09:00.`,
		day(`[{"from":"09:00"}]`):                               `Tuesday: "" is not a time of day such as 09:00.`,
		day(`[{"from":"09:00\n","to":"18:00"}]`):                `Tuesday: "09:00\n" is not a time of day such as 09:00.`,
		day(`[{"from":540,"to":"18:00"}]`):                      `"from" has to be a text.`,
		day(`[{"from":"18:00","to":"09:00"}]`):                  "Tuesday: 18:00–09:00 does not end after it begins. Hours over midnight are two: until 24:00, and from 00:00 of the next day.",
		small(`,"exceptions":{}`):                               `"exceptions" has to be a list.`,
		small(`,"exceptions":["2026-12-25"]`):                   `"an exception" has to be an object.`,
		small(`,"exceptions":[{"open":[]}]`):                    `"" is not a date such as 2026-12-25.`,
		small(`,"exceptions":[{"date":"2026-12-25","open":7}]`): `"2026-12-25" has to be a list.`,
		small(`,"closed":true`):                                 `"closed" has to be an object.`,
		small(`,"closed":{"until":"tomorrow"}`):                 `"until" has to be a time in milliseconds.`,
		small(`,"closed":{"until":-1}`):                         `"until" has to be a time in milliseconds.`,
		small(`,"closed":{"until":1.5}`):                        `"until" has to be a time in milliseconds.`,
		small(`,"closed":{"until":253402300800000}`):            `"until" has to be a time in milliseconds.`,
		small(fmt.Sprintf(`,"closed":{"until":%d}`, now)):       "The shop would be closed until a time that has passed.",
		small(`,"email":"never"`):                               `"email" is either "optional" or "required".`,
	} {
		_, err := hours.Decode([]byte(body), now)
		var e *chat.Error
		require.ErrorAs(t, err, &e, body)
		assert.Equal(t, chat.Invalid, e.Code, body)
		assert.Equal(t, words, e.Message, body)
	}
}

// FuzzDecode: whatever is accepted is written as it was read, and can be asked.
func FuzzDecode(f *testing.F) {
	for _, body := range []string{teaHouse, small(``), small(`,"closed":{}`), small(`,"email":"required","exceptions":[{"date":"0000-01-01"}]`)} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := hours.Decode(body, now)
		if err != nil {
			var e *chat.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, chat.Invalid, e.Code)
			return
		}
		data, err := s.Encode()
		require.NoError(t, err)
		again, err := hours.Decode(data, now)
		require.NoError(t, err)
		require.Equal(t, s, again)
		open, until := s.At(now)
		require.True(t, until == 0 || until > now)
		if until != 0 {
			other, _ := s.At(until)
			require.NotEqual(t, open, other, "it changes then")
			want := chat.Millis(0)
			if open {
				want = until - now
			}
			require.Equal(t, want, s.OpenTime(now, until), "and not before")
		}
	})
}
