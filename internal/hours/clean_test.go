package hours_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

func TestClean(t *testing.T) {
	given := hours.Schedule{
		Zone: "Europe/Berlin", Email: hours.EmailRequired, Pause: hours.Pause{Since: 5, Until: 6},
		Week: [7][]hours.Span{0: {from(13, 0, 18, 0), from(9, 0, 12, 0)}, 1: {}, 6: {from(10, 0, 12, 0), from(12, 0, 24, 0)}},
		Exceptions: []hours.Exception{
			{Date: "2027-01-01", Open: []hours.Span{}}, {Date: "2026-12-24", Open: []hours.Span{from(12, 0, 14, 0), from(9, 0, 11, 0)}},
		},
	}
	assert.Equal(t, hours.Schedule{
		Zone: "Europe/Berlin", Email: hours.EmailRequired, Pause: hours.Pause{Since: 5, Until: 6},
		Week: [7][]hours.Span{0: {from(9, 0, 12, 0), from(13, 0, 18, 0)}, 6: {from(10, 0, 12, 0), from(12, 0, 24, 0)}},
		Exceptions: []hours.Exception{
			{Date: "2026-12-24", Open: []hours.Span{from(9, 0, 11, 0), from(12, 0, 14, 0)}}, {Date: "2027-01-01"},
		},
	}, clean(t, given))
	assert.Equal(t, from(13, 0, 18, 0), given.Week[0][0], "what was given stays as it was")
}

// TestBadHours: the words say which day and why.
func TestBadHours(t *testing.T) {
	good := weekdays("Asia/Seoul", from(9, 0, 18, 0))
	dates := func(n int) (all []hours.Exception) {
		for i := range n {
			all = append(all, hours.Exception{Date: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)})
		}
		return all
	}
	spans := func(n int) (all []hours.Span) {
		for i := range n {
			all = append(all, from(i, 0, i, 30))
		}
		return all
	}
	on := func(date string, open ...hours.Span) []hours.Exception {
		return []hours.Exception{{Date: "2026-12-24"}, {Date: date, Open: open}}
	}
	for words, change := range map[string]func(*hours.Schedule){
		`There is no time zone "". Use a name such as Europe/Berlin.`:                                                                     func(s *hours.Schedule) { s.Zone = "" },
		`There is no time zone "Mars". Use a name such as Europe/Berlin.`:                                                                 func(s *hours.Schedule) { s.Zone = "Mars" },
		`There is no time zone "Local". Use a name such as Europe/Berlin.`:                                                                func(s *hours.Schedule) { s.Zone = "Local" },
		`There is no time zone "../zoneinfo.zip". Use a name such as Europe/Berlin.`:                                                      func(s *hours.Schedule) { s.Zone = "../zoneinfo.zip" },
		`There is no time zone "` + strings.Repeat("x", 40) + `". Use a name such as Europe/Berlin.`:                                      func(s *hours.Schedule) { s.Zone = strings.Repeat("x", 4000) },
		"Monday: 18:00–09:00 does not end after it begins. Hours over midnight are two: until 24:00, and from 00:00 of the next day.":     func(s *hours.Schedule) { s.Week[0] = []hours.Span{from(18, 0, 9, 0)} },
		"Tuesday: 09:00–09:00 does not end after it begins. Hours over midnight are two: until 24:00, and from 00:00 of the next day.":    func(s *hours.Schedule) { s.Week[1] = []hours.Span{from(9, 0, 9, 0)} },
		"Sunday: 09:00–18:00 and 17:59–20:00 overlap.":                                                                                    func(s *hours.Schedule) { s.Week[6] = []hours.Span{from(17, 59, 20, 0), from(9, 0, 18, 0)} },
		"Saturday: 09:00–18:00 and 09:00–18:00 overlap.":                                                                                  func(s *hours.Schedule) { s.Week[5] = []hours.Span{from(9, 0, 18, 0), from(9, 0, 18, 0)} },
		"Wednesday: 09:00–24:01 leaves the day, which is from 00:00 to 24:00.":                                                            func(s *hours.Schedule) { s.Week[2] = []hours.Span{from(9, 0, 24, 1)} },
		"Thursday: 24:00–24:00 leaves the day, which is from 00:00 to 24:00.":                                                             func(s *hours.Schedule) { s.Week[3] = []hours.Span{from(24, 0, 24, 0)} },
		"Friday: 00:-1–01:00 leaves the day, which is from 00:00 to 24:00.":                                                               func(s *hours.Schedule) { s.Week[4] = []hours.Span{from(0, -1, 1, 0)} },
		"Friday: it has 9 opening times; at most 8 fit.":                                                                                  func(s *hours.Schedule) { s.Week[4] = spans(9) },
		`"2026-02-29" is not a date such as 2026-12-25.`:                                                                                  func(s *hours.Schedule) { s.Exceptions = on("2026-02-29") },
		`"25.12.2026" is not a date such as 2026-12-25.`:                                                                                  func(s *hours.Schedule) { s.Exceptions = on("25.12.2026") },
		`"" is not a date such as 2026-12-25.`:                                                                                            func(s *hours.Schedule) { s.Exceptions = on("") },
		"There are two exceptions for 2026-12-24.":                                                                                        func(s *hours.Schedule) { s.Exceptions = on("2026-12-24", from(9, 0, 12, 0)) },
		"2026-12-31: 12:00–10:00 does not end after it begins. Hours over midnight are two: until 24:00, and from 00:00 of the next day.": func(s *hours.Schedule) { s.Exceptions = on("2026-12-31", from(12, 0, 10, 0)) },
		"There are 201 exceptions; at most 200 fit. Remove those that are over.":                                                          func(s *hours.Schedule) { s.Exceptions = dates(201) },
		"The shop would be closed until a time that has passed.":                                                                          func(s *hours.Schedule) { s.Pause = hours.Pause{Since: 7, Until: 7} },
		"The shop is closed from or until an invalid time.":                                                                               func(s *hours.Schedule) { s.Pause = hours.Pause{Until: 7} },
		`"email" is either "optional" or "required".`:                                                                                     func(s *hours.Schedule) { s.Email = "never" },
	} {
		s := good
		change(&s)
		_, err := s.Clean()
		var e *chat.Error
		require.ErrorAs(t, err, &e, words)
		assert.Equal(t, chat.Invalid, e.Code)
		assert.Equal(t, words, e.Message)
	}
	most := good
	most.Exceptions, most.Week[0] = dates(200), spans(8)
	clean(t, most)
}
