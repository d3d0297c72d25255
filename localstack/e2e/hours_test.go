package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// week is the same hours on each day.
func week(spans ...frame) (days [7][]frame) {
	for i := range days {
		days[i] = append([]frame{}, spans...)
	}
	return days
}

// TestAQuestionIsLeft: at a shop that is closed a customer leaves a question, comes back, and finds it open and closed again.
func TestAQuestionIsLeft(t *testing.T) {
	first := runningStack(t)
	tea := first.at(t, "tea")
	admin, agent := first.agent(t, 0), first.agent(t, 1)
	shop := admin.ask("hours", frame{"site": "tea"})
	require.Equal(t, "hours", shop.str("type"), "%v", shop)
	assert.Contains(t, shop["sites"], "tea")
	version := shop.num("version")
	put := func(schedule frame) frame {
		answer := admin.ask("hoursPut", frame{"site": "tea", "version": version, "hours": schedule})
		require.Equal(t, "hours", answer.str("type"), "%v", answer)
		version++
		require.Equal(t, version, answer.num("version"))
		return answer
	}
	open := frame{"zone": "UTC", "week": week(frame{"from": "00:00", "to": "24:00"})}
	opens := time.Now().UTC().AddDate(0, 0, 2)
	closed := frame{"zone": "UTC", "week": week(), "exceptions": []frame{{"date": opens.Format(time.DateOnly), "open": []frame{{"from": "09:00", "to": "18:00"}}}}}
	until := time.Date(opens.Year(), opens.Month(), opens.Day(), 9, 0, 0, 0, time.UTC).UnixMilli()
	assert.EqualValues(t, until, put(closed).num("now", "until"))
	defer func() { put(frame{"zone": "UTC", "week": open["week"]}) }() // not in a cleanup: by then the context is over

	token := tea.customerToken(t, unique("cust"))
	customer := tea.connect(t, token)
	for _, fields := range []frame{{}, {"start": true}} {
		told := customer.ask("join", fields)
		assert.Equal(t, "closed", told.str("hours", "state"), "%v", told)
		assert.EqualValues(t, until, told.num("hours", "until"))
		assert.Equal(t, "UTC", told.str("hours", "zone"))
	}
	room := customer.ask("join", frame{}).str("room", "id")
	say(customer, room, 1, "Do you have white tea?")
	customer.drop()
	left := func() (found frame) {
		for _, it := range agent.ask("queue", frame{}).list("rooms") {
			if it.str("id") == room {
				found = it
			}
		}
		return found
	}
	tea.waitUntil(t, func() bool { return left()["left"] != nil })
	assert.Equal(t, "waiting", left().str("status"))
	assert.Zero(t, left().num("left", "open"), "the shop was closed all the time")
	assert.Positive(t, agent.ask("queue", frame{}).num("left"))

	customer = tea.connect(t, token)
	back := customer.ask("join", frame{"room": room})
	assert.Equal(t, "waiting", back.str("room", "status"))
	assert.Equal(t, []string{"Do you have white tea?"}, customer.ask("join", frame{"room": room}).texts())
	tea.waitUntil(t, func() bool { return left() != nil && left()["left"] == nil })

	put(open)
	assert.Equal(t, "open", customer.ask("join", frame{"room": room}).str("hours", "state"))
	open["closed"] = frame{}
	put(open)
	told := customer.ask("join", frame{"room": room})
	assert.Equal(t, "closed", told.str("hours", "state"))
	assert.NotContains(t, told["hours"], "until", "until it is opened again")
	delete(open, "closed")
	take(agent, room)
	assert.Nil(t, customer.ask("join", frame{"room": room})["hours"], "an agent serves them")
	agent.ask("end", frame{"room": room})

	assert.Equal(t, "forbidden", agent.ask("hoursPut", frame{"site": "tea", "version": version, "hours": open}).str("code"))
	assert.Equal(t, "forbidden", customer.ask("hours", frame{}).str("code"))
	assert.Equal(t, "not_found", agent.ask("hours", frame{"site": "nowhere"}).str("code"))
	refused := admin.ask("hoursPut", frame{"site": "tea", "version": version - 1, "hours": open})
	assert.Equal(t, "conflict", refused.str("code"), "%v", refused)
	assert.Equal(t, version, refused.num("hours", "version"))
}
