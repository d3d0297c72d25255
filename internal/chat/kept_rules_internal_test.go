package chat

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

const week = 7 * 24 * time.Hour

// TestDecideOnKeptRooms checks a kept room at every edge of every rule.
func TestDecideOnKeptRooms(t *testing.T) {
	const now Millis = 10_000_000_000
	ago := func(d time.Duration) Millis { return now.After(-d) }
	recheck, seldom := now.After(10*time.Minute), now.After(time.Hour)
	room := func(status Status, changes ...func(*Room)) Room {
		r := Room{Status: status, Seq: 7, Created: ago(week + time.Hour), Kept: ago(week - time.Hour), TakenAt: ago(time.Minute)}
		for _, change := range changes {
			change(&r)
		}
		return r
	}
	waiting := func(changes ...func(*Room)) Room { return room(StatusWaiting, changes...) }
	active := func(changes ...func(*Room)) Room { return room(StatusActive, changes...) }
	kept := func(d time.Duration) func(*Room) { return func(r *Room) { r.Kept = ago(d) } }
	taken := func(d time.Duration) func(*Room) { return func(r *Room) { r.TakenAt = ago(d) } }
	gone := func(d time.Duration) func(*Room) { return func(r *Room) { r.Customer.Seat.Gone = ago(d) } }
	agentGone := func(d time.Duration) func(*Room) { return func(r *Room) { r.Agent.Seat.Gone = ago(d) } }
	asked := func(d time.Duration) func(*Room) {
		return func(r *Room) { r.Customer.NoSeq, r.Customer.NoAt, r.AskedAt = 4, ago(d), ago(d) }
	}
	answered := func(d time.Duration) func(*Room) {
		return func(r *Room) { r.Customer.NoSeq, r.Agent.NoSeq, r.Agent.NoAt, r.AskedAt = 2, 5, ago(d), 0 }
	}
	read := func(r *Room) { r.Customer.Read = 5 }
	warned := func(d time.Duration) func(*Room) { return func(r *Room) { r.Warned = Warning{Seq: 7, At: ago(d)} } }
	none := decision{recheckAt: recheck}
	for name, trial := range map[string]struct {
		room Room
		want decision
	}{
		"waiting, gone for days":                      {waiting(asked(week-2*time.Hour), gone(6*24*time.Hour)), decision{recheckAt: seldom}},
		"waiting, nothing written, gone for days":     {waiting(gone(6 * 24 * time.Hour)), decision{recheckAt: seldom}},
		"waiting, kept almost 7 days":                 {waiting(kept(week-time.Millisecond), gone(week)), decision{recheckAt: now + 1}},
		"waiting, kept 7 days":                        {waiting(kept(week), gone(week)), decision{EventEnded, Expired, seldom}},
		"waiting, asked almost 7 days ago":            {waiting(kept(2*week), asked(week-time.Millisecond), gone(week)), decision{recheckAt: now + 1}},
		"waiting, asked 7 days ago":                   {waiting(kept(2*week), asked(week), gone(week)), decision{EventEnded, Expired, seldom}},
		"waiting, answered almost 7 days ago":         {waiting(kept(2*week), answered(week-time.Millisecond), gone(week)), decision{recheckAt: now + 1}},
		"waiting, answered 7 days ago":                {waiting(kept(2*week), answered(week), gone(2*week)), decision{EventEnded, CustomerLeft, seldom}},
		"waiting, kept 7 days, gone almost 10 min":    {waiting(kept(week), gone(10*time.Minute-time.Millisecond)), decision{recheckAt: now + 1}},
		"waiting for a month, there":                  {waiting(kept(4*week), asked(4*week)), none},
		"waiting, read, gone almost 10 min":           {waiting(answered(time.Hour), read, gone(10*time.Minute-time.Millisecond)), decision{recheckAt: now + 1}},
		"waiting, read, gone 10 min":                  {waiting(answered(time.Hour), read, gone(10*time.Minute)), decision{EventEnded, CustomerLeft, recheck}},
		"active, asks, gone for days":                 {active(asked(week), gone(week)), decision{recheckAt: now.After(9 * time.Minute)}},
		"active, asks, held 10 min":                   {active(asked(week), gone(week), taken(10*time.Minute)), decision{EventUnansweredWarning, "", now.After(5 * time.Minute)}},
		"active, asks, warned 5 min ago":              {active(asked(week), gone(week), taken(15*time.Minute), warned(5*time.Minute)), decision{EventReleased, "", recheck}},
		"active, asks, the agent gone 2 min":          {active(asked(week), gone(week), agentGone(2*time.Minute)), decision{EventReleased, "", recheck}},
		"active, nothing written, held 10 min":        {active(gone(week), taken(10*time.Minute)), decision{EventUnansweredWarning, "", now.After(5 * time.Minute)}},
		"active, nothing written, warned 5 min ago":   {active(gone(week), taken(15*time.Minute), warned(5*time.Minute)), decision{EventReleased, "", recheck}},
		"active, answered almost 15 min ago":          {active(answered(15*time.Minute-time.Millisecond), gone(week), taken(time.Hour)), decision{recheckAt: now + 1}},
		"active, answered 15 min ago":                 {active(answered(15*time.Minute), gone(week), taken(time.Hour)), decision{EventLeft, "", recheck}},
		"active, answered 15 min ago, and warned":     {active(answered(15*time.Minute), gone(time.Minute), taken(time.Hour), warned(4*time.Minute)), decision{EventLeft, "", recheck}},
		"active, answered, the agent gone almost 2":   {active(answered(time.Minute), gone(week), agentGone(2*time.Minute-time.Millisecond)), decision{recheckAt: now + 1}},
		"active, answered, the agent gone 2 min":      {active(answered(time.Minute), gone(week), agentGone(2*time.Minute)), decision{EventLeft, "", recheck}},
		"active, answered and read, gone 10 min":      {active(answered(time.Minute), read, gone(10*time.Minute)), decision{EventEnded, CustomerLeft, recheck}},
		"active, answered, there, quiet for 10 min":   {active(answered(10*time.Minute), taken(time.Hour)), decision{EventIdleWarning, "", now.After(5 * time.Minute)}},
		"active, answered, there, warned 5 min ago":   {active(answered(15*time.Minute), taken(time.Hour), warned(5*time.Minute)), decision{EventEnded, Idle, recheck}},
		"active, asks, there, unanswered for 10 min":  {active(asked(10*time.Minute), taken(time.Hour)), decision{EventUnansweredWarning, "", now.After(5 * time.Minute)}},
		"active, nothing written, there, held 10 min": {active(taken(10 * time.Minute)), decision{EventIdleWarning, "", now.After(5 * time.Minute)}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, trial.want, DefaultRules().decide(trial.room, now))
		})
	}
}

// TestPending: a kept room is pending until its customer has read the answer.
func TestPending(t *testing.T) {
	for name, trial := range map[string]struct {
		room    Room
		pending bool
	}{
		"not kept, asked":             {Room{Customer: Member{NoSeq: 2, NoAt: 5}}, false},
		"nothing written":             {Room{Kept: 5}, true},
		"asked":                       {Room{Kept: 5, Customer: Member{NoSeq: 2, NoAt: 5}}, true},
		"asked, seen by the customer": {Room{Kept: 5, Customer: Member{NoSeq: 2, NoAt: 5, Read: 2}}, true},
		"answered":                    {Room{Kept: 5, Customer: Member{NoSeq: 2, NoAt: 5}, Agent: Member{NoSeq: 3}}, true},
		"only the agent wrote":        {Room{Kept: 5, Agent: Member{NoSeq: 3}}, true},
		"read":                        {Room{Kept: 5, Customer: Member{NoSeq: 2, Read: 3}, Agent: Member{NoSeq: 3}}, false},
		"read in part":                {Room{Kept: 5, Customer: Member{NoSeq: 2, Read: 3}, Agent: Member{NoSeq: 4}}, true},
		"asked again":                 {Room{Kept: 5, Customer: Member{NoSeq: 4, NoAt: 9, Read: 3}, Agent: Member{NoSeq: 3}}, true},
	} {
		assert.Equal(t, trial.pending, trial.room.Pending(), name)
	}
}

func TestCheckRulesOfLeftQuestions(t *testing.T) {
	for name, change := range map[string]func(*Rules){
		"keepLeft":          func(r *Rules) { r.KeepLeft = 0 },
		"may be left":       func(r *Rules) { r.LeftAtMost = 0 },
		"and not 2001":      func(r *Rules) { r.LeftAtMost = MaxLeft + 1 },
		"from 1 to 2000 qu": func(r *Rules) { r.LeftAtMost = -1 },
	} {
		r := DefaultRules()
		change(&r)
		assert.ErrorContains(t, r.Check(), name)
	}
}
