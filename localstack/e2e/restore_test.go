package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestStageIsRestored rehearses `make restore`. The tables are copied at one moment, as DynamoDB can do later for any second.
// Then people act, and then the stage is restored to that moment.
func TestStageIsRestored(t *testing.T) {
	t.Parallel()
	home := runningStack(t).account("210987654325")
	none := home.resources(t)
	home.make(t, "deploy", "STAGE=back")
	back := home.deployed(t, "back")
	back.Functions = map[string]string{"sweep": "rejoin-back-sweep"}
	agent := back.connect(t, back.agentToken(t, login{Username: home.createAgent(t, back, "back", "ADMIN=1"), Password: password}))
	require.Equal(t, "desk", agent.ask("join", frame{}).str("type"))

	talk := func(text string) (c *client, room, token, who string, no int) {
		c, room, token, who = back.customer(t)
		no = take(agent, room).num("room", "no")
		say(c, room, 1, text)
		agent.text(text)
		return c, room, token, who, no
	}
	open, room, token, _, no := talk("It is open.")
	since := say(agent, room, no+1, "And I am here.").num("seq")
	ended, over, overToken, _, _ := talk("It ends before.")
	ended.ask("end", frame{"room": over})
	forgotten, theirs, _, whom, _ := talk("Forget me.")
	forgotten.ask("end", frame{"room": theirs})
	back.invoke(t, "sweep", frame{}) // counts them
	before := home.contents(t, whom, theirs)
	require.NotEqual(t, before, home.contents(t), "they are there")

	at := time.Now().UTC().Truncate(time.Second)
	home.snapshot(t, at)
	since = max(since, say(open, room, 2, "This is newer.").num("seq"))
	since = max(since, say(agent, room, no+2, "So is this.").num("seq"))
	newcomer, later, laterToken, _, _ := talk("I come later.")
	erased, err := home.try(t, nil, "erase", "STAGE=back", "CUSTOMER="+whom)
	require.NoError(t, err, erased)

	for _, who := range []*client{agent, open, ended, forgotten, newcomer} {
		who.stayAway() // a `join` would write to the restored tables, which are compared
	}
	restore := []string{"restore", "STAGE=back", "AT=" + at.Format(time.RFC3339)}
	out, err := home.try(t, nil, restore...)
	require.Error(t, err)
	assert.Contains(t, out, "This needs a confirmation: YES=back.")
	printed := home.make(t, append(restore, "YES=back")...)
	assert.Contains(t, printed, "Stage back is restored.")
	open.closed()

	assert.Equal(t, before, home.contents(t), "except for the customer who was erased since")
	again := back.connect(t, token).ask("join", frame{"room": room, "since": since})
	assert.Equal(t, room, again.str("room", "id"))
	assert.Empty(t, again.texts(), "a client that saw later texts is not shown them again")
	whole := back.connect(t, token)
	page := whole.ask("join", frame{})
	assert.Equal(t, []string{"It is open.", "And I am here."}, page.texts())
	refused := whole.ask("message", frame{"room": room, "no": 3, "text": "As it was."})
	assert.Equal(t, "out_of_order", refused.str("code"))
	assert.Greater(t, say(whole, room, refused.num("expected"), "As it was.").num("seq"), since)
	assert.Equal(t, []string{"It ends before."}, back.connect(t, overToken).ask("join", frame{"room": over, "since": 0}).texts())
	assert.Nil(t, back.connect(t, laterToken).ask("join", frame{"room": later, "since": 0})["room"])

	home.make(t, "destroy", "STAGE=back", "YES=back")
	assert.Equal(t, none, home.resources(t), "neither copies nor notes of erased customers")
}

// copyOf is the name of a table's copy of a moment.
func (a account) copyOf(table string, at time.Time) string {
	return "rejoin-back-" + table + at.Format("-at-20060102t150405")
}

// snapshot copies the tables as they are, because the emulator restores the current items for any moment. A table that
// nothing is written to afterwards is left to the command.
func (a account) snapshot(t *testing.T, at time.Time) {
	t.Helper()
	for _, table := range []string{"customers", "rooms", "messages", "handled", "agents", "stats"} {
		a.call(t, "dynamodb", "DynamoDB_20120810.RestoreTableToPointInTime", map[string]any{
			"SourceTableName": "rejoin-back-" + table, "TargetTableName": a.copyOf(table, at), "RestoreDateTime": at.Unix(),
		}, &struct{}{})
	}
}

// contents is what people did according to the tables, except those named. Connections are left out, because they change by
// themselves.
func (a account) contents(t *testing.T, without ...string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for table, names := range map[string][]string{
		"customers": {"customerId", "name", "chats", "room"}, "rooms": {"roomId", "status", "last", "endedAt", "reason", "held", "uncounted"},
		"messages": {"customerId", "place", "text", "no", "event", "void"}, "handled": {"agentId", "ended"},
		"stats": {"series", "at", "data"}, "canned": {"owner", "key", "text"}, "shops": {"site", "version", "settings", "sites"},
	} {
		var page struct{ Items []map[string]any }
		a.call(t, "dynamodb", "DynamoDB_20120810.Scan", map[string]any{"TableName": "rejoin-back-" + table}, &page)
		for _, item := range page.Items {
			row := fmt.Sprint(pick(item, names))
			if !slices.ContainsFunc(without, func(who string) bool { return table != "stats" && strings.Contains(row, who) }) {
				all[table] = append(all[table], row)
			}
		}
		slices.Sort(all[table])
	}
	return all
}

func pick(item map[string]any, names []string) map[string]any {
	picked := map[string]any{}
	for _, name := range names {
		if value, ok := item[name]; ok {
			picked[name] = value
		}
	}
	return picked
}
