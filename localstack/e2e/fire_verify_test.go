package e2e_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/localstack/device"
)

// verify compares what is stored, read over good connections, with the reported outcomes and with what everybody saw.
func (f *fire) verify() {
	seen := f.seen()
	for _, d := range f.devices {
		d.Do(d.Leave)
	}
	agent := f.connect(f.t, f.tokens["A1"].Load().(string))
	require.Equal(f.t, "desk", agent.ask("join", frame{}).str("type"))
	other := f.connect(f.t, f.tokens["A2"].Load().(string))
	require.Equal(f.t, "desk", other.ask("join", frame{}).str("type"))
	for _, d := range f.devices {
		if d.Customer == nil {
			continue
		}
		mine := f.connect(f.t, f.customerToken(f.t, f.names[d.Name]))
		open := mine.ask("join", frame{}).str("room", "id")
		past := fullHistory(mine, frame{})
		theirs := fullHistory(agent, frame{"room": open})
		if len(theirs) == 0 { // the other agent holds the room
			theirs = fullHistory(other, frame{"room": open})
		}
		assert.Equal(f.t, historyLines(past), historyLines(theirs), "%s and the agent read the same history", d.Name)
		f.checkHistory(d.Name, past)
		for name, rooms := range seen {
			for room, texts := range rooms {
				if here := inRoom(past, room); len(here) > 0 {
					assert.Equal(f.t, here, texts, "%s saw of %s's room what is stored", name, d.Name)
				}
			}
		}
		assert.LessOrEqual(f.t, f.open("c_"+f.names[d.Name]), 1, "open rooms of %s", d.Name)
	}
	assert.Empty(f.t, f.ledger.Broken())
}

// seen is what each device shows of its open rooms.
func (f *fire) seen() map[string]map[string][]string {
	seen := map[string]map[string][]string{}
	for _, d := range f.devices {
		seen[d.Name] = map[string][]string{}
		d.Do(func() {
			for _, t := range d.Talks() {
				for seq := int64(1); seq <= t.NewestSeq; seq++ {
					if m, held := t.Message(seq); held {
						seen[d.Name][t.ID] = append(seen[d.Name][t.ID], line(seq, m.From, m.Text, m.Event))
					}
				}
			}
		})
	}
	return seen
}

// fullHistory is a customer's whole history, oldest first.
func fullHistory(c *client, ask frame) (all []frame) {
	ask["limit"] = 30
	for {
		page := c.ask("history", ask)
		if page.str("type") != "history" {
			return nil
		}
		all = append(page.list("messages"), all...)
		if page.str("before") == "" {
			return all
		}
		ask["before"] = page.str("before")
	}
}

func line(seq int64, from, text, event string) string {
	return fmt.Sprint(seq, " ", from, event, ": ", text)
}

func historyLines(past []frame) (lines []string) {
	for _, m := range past {
		lines = append(lines, m.str("room")+" "+line(int64(m.num("seq")), m.str("from"), m.str("text"), m.str("event")))
	}
	return lines
}

func inRoom(past []frame, room string) (lines []string) {
	for _, m := range past {
		if m.str("room") == room {
			lines = append(lines, line(int64(m.num("seq")), m.str("from"), m.str("text"), m.str("event")))
		}
	}
	return lines
}

// checkHistory checks that a customer's history contains only what people wrote, in each sender's order.
func (f *fire) checkHistory(name string, past []frame) {
	last := map[string]int{}
	for _, m := range past {
		if m.str("from") == "system" {
			continue
		}
		e, err := f.ledger.Found(m.str("text"), device.Place{Room: m.str("room"), Seq: int64(m.num("seq"))})
		if !assert.NoError(f.t, err) {
			continue
		}
		assert.Equal(f.t, map[bool]string{true: "customer", false: "agent"}[e.By[0] == 'C'], m.str("from"), e.Key)
		assert.True(f.t, e.By == name || e.By[0] == 'A', "%s is in the history of %s", e.Key, name)
		writer := m.str("room") + e.By
		assert.Less(f.t, last[writer], e.N, "%s wrote in this order", e.By)
		last[writer] = e.N
	}
}

// open counts a customer's open rooms in the table.
func (f *fire) open(who string) (n int) {
	for _, room := range f.openRooms() {
		if room.Customer.S == who {
			n++
		}
	}
	return n
}

// storedSeqs is the newest number of each open room in the table.
func (f *fire) storedSeqs() map[string]int64 {
	stored := map[string]int64{}
	for _, room := range f.openRooms() {
		stored[room.ID.S] = room.Seq.N
	}
	return stored
}

// openRoom is what of a stored room is compared.
type openRoom struct {
	ID       struct{ S string } `json:"roomId"`
	Customer struct{ S string } `json:"customerId"`
	Seq      struct {
		N int64 `json:",string"`
	} `json:"seq"`
}

func (f *fire) openRooms() (rooms []openRoom) {
	in := map[string]any{
		"TableName": f.Tables["rooms"], "ConsistentRead": true, "FilterExpression": "#s <> :ended",
		"ExpressionAttributeNames":  map[string]string{"#s": "status"},
		"ExpressionAttributeValues": map[string]any{":ended": map[string]string{"S": "ended"}},
	}
	for {
		var out struct {
			Items            []openRoom
			LastEvaluatedKey map[string]any
		}
		f.call(f.t, "dynamodb", "DynamoDB_20120810.Scan", in, &out)
		rooms = append(rooms, out.Items...)
		if len(out.LastEvaluatedKey) == 0 {
			return rooms
		}
		in["ExclusiveStartKey"] = out.LastEvaluatedKey
	}
}

// report prints what happened, as a table.
func (f *fire) report(seed uint64, length time.Duration) {
	var times []time.Duration
	dialled := 0
	for _, d := range f.devices {
		d.Do(func() {
			times = append(times, d.Caught...)
			dialled += d.Dialled
		})
	}
	slices.Sort(times)
	acked, failed, open := f.ledger.Sums()
	var b strings.Builder
	row := func(name string, value any) { fmt.Fprintf(&b, "| %-42s | %10v |\n", name, value) }
	fmt.Fprintf(&b, "%d customers, %d agents, %v of trouble, seed %d\n\n", customerCount, agentCount, length, seed)
	row("texts written", acked+failed+open)
	row("acknowledged", acked)
	row("reported as failed", failed)
	for _, name := range slices.Sorted(maps.Keys(f.did.counts)) {
		row(name, f.did.counts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(f.trouble.counts)) {
		row("trouble: "+name, f.trouble.counts[name])
	}
	row("connections dialled", dialled)
	row("connections that caught up", len(times))
	if len(times) > 0 {
		row("opening to caught up, p50", times[len(times)/2].Round(time.Millisecond))
		row("opening to caught up, p99", times[len(times)*99/100].Round(time.Millisecond))
	}
	f.t.Log("\n" + b.String())
	assert.Positive(f.t, acked, "what never happened proves nothing")
	assert.NotEmpty(f.t, f.trouble.counts, "what never happened proves nothing")
	assert.NotEmpty(f.t, times, "what never happened proves nothing")
}
