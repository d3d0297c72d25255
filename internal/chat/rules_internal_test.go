package chat

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestDecide checks a room at every edge of every rule.
func TestDecide(t *testing.T) {
	const now Millis = 1_000_000_000
	ago := func(d time.Duration) Millis { return now.After(-d) }
	recheck := now.After(10 * time.Minute)
	waiting := func(gone Millis) Room {
		return Room{Status: StatusWaiting, Seq: 3, Customer: Member{Seat: Seat{Gone: gone}}, Created: ago(time.Hour)}
	}
	active := func(change func(*Room)) Room {
		r := Room{Status: StatusActive, Seq: 7, Created: ago(time.Hour), TakenAt: ago(time.Minute)}
		change(&r)
		return r
	}
	quiet := func(d time.Duration) func(*Room) { return func(r *Room) { r.TakenAt = ago(d) } }
	warned := func(d time.Duration) func(*Room) {
		return func(r *Room) { r.TakenAt, r.Warned = ago(d+10*time.Minute), Warning{Seq: 7, At: ago(d)} }
	}
	// asks is a customer who wrote first that long ago and last a minute ago, after an agent's text or none.
	asks := func(first time.Duration, change func(*Room)) func(*Room) {
		return func(r *Room) {
			r.TakenAt, r.AskedAt = ago(time.Hour), ago(first)
			r.Customer.NoSeq, r.Customer.NoAt, r.Agent.NoSeq, r.Agent.NoAt = 6, ago(time.Minute), 3, ago(first+time.Minute)
			change(r)
		}
	}
	told := func(d time.Duration) func(*Room) { return func(r *Room) { r.Warned = Warning{Seq: 5, At: ago(d)} } }
	same := func(*Room) {}
	for name, trial := range map[string]struct {
		room Room
		want decision
	}{
		"unanswered for almost 10 min":                    {active(asks(10*time.Minute-time.Millisecond, same)), decision{recheckAt: now + 1}},
		"unanswered for 10 min":                           {active(asks(10*time.Minute, same)), decision{EventUnansweredWarning, "", now.After(5 * time.Minute)}},
		"unanswered, told almost 5 ago":                   {active(asks(15*time.Minute, told(5*time.Minute-time.Millisecond))), decision{recheckAt: now + 1}},
		"unanswered, told 5 min ago":                      {active(asks(15*time.Minute, told(5*time.Minute))), decision{EventReleased, "", recheck}},
		"warned before they asked":                        {active(asks(4*time.Minute, told(5*time.Minute))), decision{recheckAt: now.After(6 * time.Minute)}},
		"warned by a clock ahead as they asked":           {active(asks(5*time.Minute, told(5*time.Minute-187*time.Millisecond))), decision{recheckAt: now.After(5 * time.Minute)}},
		"unanswered, taken by another":                    {active(asks(time.Hour, func(r *Room) { r.TakenAt, r.Warned = ago(9*time.Minute), Warning{Seq: 5, At: ago(30 * time.Minute)} })), decision{recheckAt: now.After(time.Minute)}},
		"unanswered, their agent is gone":                 {active(asks(3*time.Minute, func(r *Room) { r.Agent.Seat.Gone = ago(2 * time.Minute) })), decision{EventReleased, "", recheck}},
		"unanswered, the customer left":                   {active(asks(time.Hour, func(r *Room) { r.Customer.Seat.Gone = ago(10 * time.Minute) })), decision{EventEnded, CustomerLeft, recheck}},
		"answered, and then silent":                       {active(asks(time.Hour, func(r *Room) { r.Agent.NoSeq, r.Agent.NoAt, r.Customer.NoAt = 7, ago(10*time.Minute), ago(time.Hour) })), decision{EventIdleWarning, "", now.After(5 * time.Minute)}},
		"asked at a version that did not write down when": {active(asks(time.Hour, func(r *Room) { r.AskedAt, r.Customer.NoAt = 0, ago(10*time.Minute) })), decision{EventUnansweredWarning, "", now.After(5 * time.Minute)}},
		"waiting, there":                                  {waiting(0), decision{recheckAt: recheck}},
		"waiting, gone a moment":                          {waiting(now), decision{recheckAt: recheck}},
		"waiting, gone almost 10 min":                     {waiting(ago(10*time.Minute) + 1), decision{recheckAt: now + 1}},
		"waiting, gone 10 min":                            {waiting(ago(10 * time.Minute)), decision{EventEnded, Abandoned, recheck}},
		"active, both there, just taken":                  {active(func(*Room) {}), decision{recheckAt: now.After(9 * time.Minute)}},
		"active, customer gone almost 10":                 {active(func(r *Room) { r.Customer.Seat.Gone = ago(10*time.Minute) + 1 }), decision{recheckAt: now + 1}},
		"active, customer gone 10 min":                    {active(func(r *Room) { r.Customer.Seat.Gone = ago(10 * time.Minute) }), decision{EventEnded, CustomerLeft, recheck}},
		"active, agent gone almost 2":                     {active(func(r *Room) { r.Agent.Seat.Gone = ago(2*time.Minute) + 1 }), decision{recheckAt: now + 1}},
		"active, agent gone 2 min":                        {active(func(r *Room) { r.Agent.Seat.Gone = ago(2 * time.Minute) }), decision{EventReleased, "", recheck}},
		"quiet for almost 10 min":                         {active(quiet(10*time.Minute - time.Millisecond)), decision{recheckAt: now + 1}},
		"quiet for 10 min":                                {active(quiet(10 * time.Minute)), decision{EventIdleWarning, "", now.After(5 * time.Minute)}},
		"quiet for hours":                                 {active(quiet(9 * time.Hour)), decision{EventIdleWarning, "", now.After(5 * time.Minute)}},
		"warned almost 5 min ago":                         {active(warned(5*time.Minute - time.Millisecond)), decision{recheckAt: now + 1}},
		"warned 5 min ago":                                {active(warned(5 * time.Minute)), decision{EventEnded, Idle, recheck}},
		"warned, then something happened": {active(func(r *Room) {
			warned(6 * time.Minute)(r)
			r.Seq++
			r.Agent.NoAt = ago(4 * time.Minute)
		}), decision{recheckAt: now.After(6 * time.Minute)}},
		"both gone": {active(func(r *Room) {
			r.Customer.Seat.Gone, r.Agent.Seat.Gone = ago(3*time.Minute), ago(3*time.Minute)
		}), decision{EventReleased, "", now.After(7 * time.Minute)}},
		"a customer who left counts before an agent who is away": {active(func(r *Room) {
			r.Customer.Seat.Gone, r.Agent.Seat.Gone = ago(11*time.Minute), ago(11*time.Minute)
		}), decision{EventEnded, CustomerLeft, recheck}},
		"an agent who is away counts before a warning": {active(func(r *Room) {
			r.TakenAt, r.Agent.Seat.Gone = ago(time.Hour), ago(time.Hour)
		}), decision{EventReleased, "", recheck}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, trial.want, DefaultRules().decide(trial.room, now))
		})
	}
}

func TestCheckRules(t *testing.T) {
	assert.NoError(t, DefaultRules().Check())
	for name, change := range map[string]func(*Rules){
		"abandon": func(r *Rules) { r.Abandon = 0 },
		"left":    func(r *Rules) { r.Left = -time.Minute },
		"away":    func(r *Rules) { r.Away = time.Second - 1 },
		"warn":    func(r *Rules) { r.Warn = 0 },
		"idle":    func(r *Rules) { r.Idle = 0 },
		"look":    func(r *Rules) { r.Recheck = 0 },
		"warned":  func(r *Rules) { r.Warn = r.Idle },
	} {
		r := DefaultRules()
		change(&r)
		assert.ErrorContains(t, r.Check(), name)
	}
}
