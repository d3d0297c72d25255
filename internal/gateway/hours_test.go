package gateway_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// daily is a schedule in the form of the wire, the same every day, with exceptions and more fields.
func daily(exceptions int, more string) string {
	day := `[{"from":"09:00","to":"18:00"}]`
	var dates []string
	for i := range exceptions {
		date := time.Date(2027, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		dates = append(dates, fmt.Sprintf(`{"date":%q,"open":[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"18:00"}]}`, date))
	}
	return `{"zone":"Asia/Seoul","week":[` + strings.Repeat(day+",", 6) + day + `],"exceptions":[` + strings.Join(dates, ",") + `],"email":"optional"` + more + `}`
}

// putHours is the answer to an admin's put.
func (s *scene) putHours(t *testing.T, version int, schedule string) (answer map[string]any) {
	t.Helper()
	body := answerOf(t, s.controller, eventOf("hoursPut", callers()[2], fmt.Sprintf(`{"id":"h","version":%d,"hours":%s}`, version, schedule)))
	require.NoError(t, json.Unmarshal([]byte(body), &answer))
	return answer
}

// TestTwoAdminsEditHours: the second is told what is stored, and a repeat gets the answer of the first.
func TestTwoAdminsEditHours(t *testing.T) {
	s := newScene(t, nobody)
	first := s.putHours(t, 0, daily(0, ""))
	require.Equal(t, "hours", first["type"], "%v", first)
	assert.EqualValues(t, 1, first["version"])
	assert.Equal(t, first, s.putHours(t, 0, daily(0, "")), "a repeat")

	second := s.putHours(t, 0, daily(1, ""))
	assert.Equal(t, "conflict", second["code"])
	assert.Equal(t, map[string]any{"version": 1.0, "hours": first["hours"]}, second["hours"])

	closed := s.putHours(t, 1, daily(0, `,"closed":{}`))
	assert.Equal(t, map[string]any{"state": "closed"}, closed["now"])
	s.clock.Advance(time.Minute)
	assert.Equal(t, closed, s.putHours(t, 1, daily(0, `,"closed":{}`)), "a repeat says the same, though it begins a minute later")
	assert.EqualValues(t, start, closed["hours"].(map[string]any)["closed"].(map[string]any)["since"])
}

// TestWordsOfBadHours: they say which day and what is wrong.
func TestWordsOfBadHours(t *testing.T) {
	s := newScene(t, nobody)
	for schedule, words := range map[string]string{
		strings.Replace(daily(0, ""), `"to":"18:00"`, `"to":"08:00"`, 1):           "Monday: 09:00–08:00 does not end after it begins.",
		strings.Replace(daily(1, ""), `"to":"12:00"`, `"to":"14:00"`, 1):           "2027-01-01: 09:00–14:00 and 13:00–18:00 overlap.",
		strings.Replace(daily(1, ""), `"2027-01-01"`, `"2027-02-29"`, 1):           `"2027-02-29" is not a date`,
		strings.Replace(daily(0, ""), "Asia/Seoul", "Asia/Atlantis", 1):            `There is no time zone "Asia/Atlantis".`,
		daily(0, fmt.Sprintf(`,"closed":{"until":%d}`, start-1)):                   "closed until a time that has passed.",
		strings.Replace(daily(0, ""), `"week":[[`, `"week":[[],[`, 1):              "The week needs 7 days, Monday first; it has 8.",
		strings.Replace(daily(0, ""), `"from":"09:00"`, `"from":"9 AM"`, 1):        `Monday: "9 AM" is not a time of day such as 09:00.`,
		strings.Replace(daily(0, ""), `"optional"`, `"always"`, 1):                 `"email" is either`,
		strings.Replace(daily(0, ""), `"exceptions":[`, `"exceptions":5,"x":[`, 1): `"exceptions" has to be a list.`,
	} {
		answer := s.putHours(t, 0, schedule)
		assert.Equal(t, "invalid", answer["code"], schedule)
		assert.Contains(t, answer["message"], words)
	}
}

// TestHoursFitAFrame: what may be stored fits a frame, there and back.
func TestHoursFitAFrame(t *testing.T) {
	s := newScene(t, nobody)
	most := 0
	for n := 1; n <= 200; n++ {
		if len(daily(n, "")) <= chat.MaxSettings {
			most = n
		}
	}
	large := s.putHours(t, 0, daily(most, ""))
	require.Equal(t, "hours", large["type"])
	body := answerOf(t, s.controller, eventOf("hours", callers()[1], `{}`))
	assert.Greater(t, len(body), chat.MaxSettings-200)
	assert.LessOrEqual(t, len(body), maxFrame)

	tooLarge := s.putHours(t, 1, daily(most+1, ""))
	assert.Equal(t, "too_long", tooLarge["code"])
	assert.LessOrEqual(t, len(daily(most+1, "")), maxFrame-100, "it is refused for its own size")
}
