package hours_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

// TestAt: what is open at a moment, and until when. 2026-11-30 is a Monday.
func TestAt(t *testing.T) {
	office := weekdays("Asia/Seoul", from(9, 0, 12, 0), from(13, 0, 18, 0))
	holiday := office
	holiday.Exceptions = []hours.Exception{
		{Date: "2026-12-01"},
		{Date: "2026-12-02", Open: []hours.Span{from(10, 0, 11, 30)}},
		{Date: "2026-12-05", Open: []hours.Span{from(22, 0, 24, 0)}}, // a Saturday
		{Date: "2026-12-06", Open: []hours.Span{from(0, 0, 1, 0)}},
	}
	paused := func(since, until string) hours.Schedule {
		s := office
		s.Pause.Since = at(t, since)
		if until != "" {
			s.Pause.Until = at(t, until)
		}
		return s
	}
	alwaysBut := daily("Asia/Seoul", allDay)
	alwaysBut.Exceptions = []hours.Exception{{Date: "2026-12-25"}}
	farAway := hours.Schedule{Zone: "UTC", Exceptions: []hours.Exception{{Date: "2027-12-31", Open: []hours.Span{allDay}}, {Date: "2028-02-01", Open: []hours.Span{allDay}}}}
	for name, trial := range map[string]struct {
		schedule hours.Schedule
		now      string
		open     bool
		until    string // empty: 0
	}{
		"before it opens":              {office, "2026-11-30T08:59:59+09:00", false, "2026-11-30T09:00:00+09:00"},
		"as it opens":                  {office, "2026-11-30T09:00:00+09:00", true, "2026-11-30T12:00:00+09:00"},
		"as it closes":                 {office, "2026-11-30T12:00:00+09:00", false, "2026-11-30T13:00:00+09:00"},
		"in another zone":              {office, "2026-11-30T08:59:59Z", true, "2026-11-30T09:00:00Z"},
		"over the weekend":             {office, "2026-12-04T18:00:00+09:00", false, "2026-12-07T09:00:00+09:00"},
		"a holiday":                    {holiday, "2026-11-30T18:00:00+09:00", false, "2026-12-02T10:00:00+09:00"},
		"a short day":                  {holiday, "2026-12-02T10:00:00+09:00", true, "2026-12-02T11:30:00+09:00"},
		"over midnight":                {holiday, "2026-12-05T23:00:00+09:00", true, "2026-12-06T01:00:00+09:00"},
		"after midnight":               {holiday, "2026-12-06T00:30:00+09:00", true, "2026-12-06T01:00:00+09:00"},
		"always":                       {daily("Europe/Berlin", allDay), "2026-11-30T00:00:00Z", true, ""},
		"always, in two parts":         {daily("Europe/Berlin", from(0, 0, 7, 0), from(7, 0, 24, 0)), "2026-11-30T12:00:00Z", true, ""},
		"always but on one day":        {alwaysBut, "2026-11-30T12:00:00+09:00", true, "2026-12-25T00:00:00+09:00"},
		"on that day":                  {alwaysBut, "2026-12-25T00:00:00+09:00", false, "2026-12-26T00:00:00+09:00"},
		"never":                        {hours.Schedule{Zone: "UTC"}, "2026-11-30T12:00:00Z", false, ""},
		"in 400 days":                  {farAway, "2026-11-26T00:01:00Z", false, "2027-12-31T00:00:00Z"},
		"in more than 400 days":        {farAway, "2026-11-25T23:59:00Z", false, ""},
		"past all exceptions":          {farAway, "2028-02-02T00:00:00Z", false, ""},
		"paused until a time":          {paused("2026-11-30T10:00:00+09:00", "2026-11-30T11:00:00+09:00"), "2026-11-30T10:00:00+09:00", false, "2026-11-30T11:00:00+09:00"},
		"before the pause":             {paused("2026-11-30T10:00:00+09:00", "2026-11-30T11:00:00+09:00"), "2026-11-30T09:59:00+09:00", true, "2026-11-30T10:00:00+09:00"},
		"after the pause":              {paused("2026-11-30T10:00:00+09:00", "2026-11-30T11:00:00+09:00"), "2026-11-30T11:00:00+09:00", true, "2026-11-30T12:00:00+09:00"},
		"paused until a closed time":   {paused("2026-11-30T10:00:00+09:00", "2026-11-30T12:30:00+09:00"), "2026-11-30T10:00:00+09:00", false, "2026-11-30T13:00:00+09:00"},
		"paused over the end of hours": {paused("2026-11-30T10:00:00+09:00", "2026-12-01T08:00:00+09:00"), "2026-11-30T17:00:00+09:00", false, "2026-12-01T09:00:00+09:00"},
		"paused until it is ended":     {paused("2026-11-30T10:00:00+09:00", ""), "2026-11-30T10:00:00+09:00", false, ""},
		"closed, to be paused":         {paused("2026-11-30T10:00:00+09:00", ""), "2026-11-30T08:00:00+09:00", false, "2026-11-30T09:00:00+09:00"},
	} {
		open, until := clean(t, trial.schedule).At(at(t, trial.now))
		want := chat.Millis(0)
		if trial.until != "" {
			want = at(t, trial.until)
		}
		assert.Equal(t, trial.open, open, name)
		assert.Equal(t, want, until, name)
	}
}

// TestAPauseBeatsAnException: "closed now" is meant.
func TestAPauseBeatsAnException(t *testing.T) {
	s := daily("Europe/Berlin", from(9, 0, 18, 0))
	s.Exceptions = []hours.Exception{{Date: "2026-11-30", Open: []hours.Span{from(9, 0, 22, 0)}}}
	s.Pause = hours.Pause{Since: at(t, "2026-11-30T19:00:00+01:00"), Until: at(t, "2026-11-30T20:00:00+01:00")}
	s = clean(t, s)
	open, until := s.At(at(t, "2026-11-30T19:30:00+01:00"))
	assert.False(t, open)
	assert.Equal(t, at(t, "2026-11-30T20:00:00+01:00"), until)
	assert.Equal(t, 12*hour, s.OpenTime(at(t, "2026-11-30T00:00:00+01:00"), at(t, "2026-12-01T00:00:00+01:00")))
}

// TestDaysWhoseClocksChange: each is a local day, and how long which hours are open on it.
func TestDaysWhoseClocksChange(t *testing.T) {
	for _, trial := range []struct {
		what, zone, from, to string
		open                 hours.Span
		want                 chat.Millis
	}{
		{"a day of 23 hours", "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", allDay, 23 * hour},
		{"a day of 25 hours", "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", allDay, 25 * hour},
		{"hours by day are as long as ever", "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", from(9, 0, 18, 0), 9 * hour},
		{"from within the skipped hour", "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", from(2, 30, 4, 0), hour},
		{"until within the skipped hour", "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", from(1, 0, 2, 30), hour},
		{"within the skipped hour", "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", from(2, 15, 2, 45), 0},
		{"from within the doubled hour", "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", from(2, 30, 4, 0), 150 * minute},
		{"until within the doubled hour", "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", from(1, 0, 2, 30), 90 * minute},
		{"within the doubled hour", "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", from(2, 15, 2, 45), 30 * minute},
		{"over the doubled hour", "America/New_York", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", from(0, 30, 3, 0), 210 * minute},
		{"no summer time", "Asia/Seoul", "2026-03-29T00:00:00+09:00", "2026-03-30T00:00:00+09:00", allDay, 24 * hour},
		{"half an hour is skipped", "Australia/Lord_Howe", "2026-10-04T00:00:00+10:30", "2026-10-05T00:00:00+11:00", from(1, 45, 3, 0), 45 * minute},
		{"half an hour comes twice", "Australia/Lord_Howe", "2026-04-05T00:00:00+11:00", "2026-04-06T00:00:00+10:30", from(1, 0, 3, 0), 150 * minute},
		{"no midnight, in Egypt", "Africa/Cairo", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00", from(0, 0, 2, 0), hour},
		{"two midnights, in Egypt", "Africa/Cairo", "2026-10-29T00:00:00+03:00", "2026-10-30T00:00:00+02:00", from(23, 0, 24, 0), 2 * hour},
		{"no midnight, in Chile", "America/Santiago", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00", from(0, 30, 9, 0), 8 * hour},
		{"two midnights, in Chile", "America/Santiago", "2026-04-04T00:00:00-03:00", "2026-04-05T00:00:00-04:00", allDay, 25 * hour},
		{"a date that never was", "Pacific/Apia", "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00", allDay, 48 * hour},
		{"the hours of that date", "Pacific/Apia", "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00", from(9, 0, 17, 0), 16 * hour},
	} {
		s := clean(t, daily(trial.zone, trial.open))
		assert.Equal(t, trial.want, s.OpenTime(at(t, trial.from), at(t, trial.to)), trial.what)
	}
}

// TestNoBreakAtMidnight: where one day's hours end as the next day's begin, the shop does not close.
func TestNoBreakAtMidnight(t *testing.T) {
	night := daily("Africa/Cairo", from(0, 0, 4, 0), from(20, 0, 24, 0))
	for now, until := range map[string]string{
		"2026-11-30T23:59:59+02:00": "2026-12-01T04:00:00+02:00",
		"2026-04-23T23:59:59+02:00": "2026-04-24T04:00:00+03:00", // midnight is skipped
		"2026-10-29T23:59:59+03:00": "2026-10-30T04:00:00+02:00", // and comes twice
	} {
		open, closes := clean(t, night).At(at(t, now))
		assert.True(t, open, now)
		assert.Equal(t, at(t, until), closes, now)
	}
	open, closes := clean(t, daily("Pacific/Apia", from(0, 0, 4, 0), from(20, 0, 24, 0))).At(at(t, "2011-12-29T23:00:00-10:00"))
	assert.True(t, open)
	assert.Equal(t, at(t, "2011-12-31T04:00:00+14:00"), closes, "the day between never was")
}

func TestOpenTime(t *testing.T) {
	s := clean(t, weekdays("Asia/Kolkata", from(9, 15, 18, 0)))
	opens := at(t, "2026-11-30T09:15:00+05:30")
	for _, trial := range []struct {
		what     string
		from, to chat.Millis
		want     chat.Millis
	}{
		{"a millisecond too early", opens - 2, opens - 1, 0},
		{"to the millisecond", opens - 1, opens + 1, 1},
		{"within", opens + 7, opens + 1007, 1000},
		{"nothing", opens, opens, 0},
		{"backwards", opens + hour, opens, 0},
		{"a week", opens, opens + 7*day, 5 * (8*hour + 45*minute)},
		{"a year", opens, opens + 364*day, 52 * 5 * (8*hour + 45*minute)},
	} {
		assert.Equal(t, trial.want, s.OpenTime(trial.from, trial.to), trial.what)
	}
	assert.Zero(t, hours.Schedule{Zone: "UTC"}.OpenTime(opens, opens+400*day), "never open")
}
