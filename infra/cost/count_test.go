package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
	"rejoin/internal/chat"
	"rejoin/internal/proof/dynamotest"
	"rejoin/internal/telemetry"
)

// TestCounted: counted.json has the operations of the deployed code. `make count` writes it again.
func TestCounted(t *testing.T) {
	if !dynamotest.OnLocal(t) {
		return // only the official engine counts units as AWS bills them
	}
	const agents, texts = 2, 20
	var one, more, longer, control map[string]operations
	t.Run("plays", func(t *testing.T) {
		for _, p := range []struct {
			result        *map[string]operations
			agents, texts int
		}{{&one, 1, texts}, {&more, agents, texts}, {&longer, 1, 2 * texts}, {&control, 4, texts}} {
			t.Run(fmt.Sprintf("%d agents, %d texts", p.agents, p.texts), func(t *testing.T) {
				t.Parallel()
				*p.result = play(t, p.agents, p.texts)
			})
		}
	})
	events := map[string]event{}
	for name := range one {
		e := event{Base: operations{}, Agent: operations{}, Text: operations{}}
		e.Agent.add(more[name], 1.0/(agents-1))
		e.Agent.add(one[name], -1.0/(agents-1))
		e.Text.add(longer[name], 1.0/texts)
		e.Text.add(one[name], -1.0/texts)
		e.Base.add(one[name], 1)
		e.Base.add(e.Agent, -1)
		e.Base.add(e.Text, -texts)
		for _, o := range []operations{e.Base, e.Agent, e.Text} {
			tidy(o)
		}
		events[name] = e
	}
	for name, got := range control {
		for operation, n := range got {
			near := max(1, n/50)
			if operation == logBytes { // one value is written without brackets, two with
				near += 8
			}
			assert.InDelta(t, n, events[name].with(4, texts)[operation], near, "%s of %s is linear in the agents", operation, name)
		}
	}
	got, err := json.MarshalIndent(events, "", "  ")
	require.NoError(t, err)
	got = append(got, '\n')
	if flag.Arg(0) == "update" {
		require.NoError(t, os.WriteFile("counted.json", got, 0o644))
	}
	want, err := os.ReadFile("counted.json")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "`make count` writes it again")
}

// tidy rounds to thousandths and drops zeros.
func tidy(o operations) {
	for name, n := range o {
		if o[name] = float64(int64(n*1000+0.5*sign(n))) / 1000; o[name] == 0 {
			delete(o, name)
		}
	}
}

func sign(n float64) float64 {
	if n < 0 {
		return -1
	}
	return 1
}

// play runs a typical chat with this many agents online and this many texts, and returns each event's average operations.
func play(t *testing.T, agents, texts int) map[string]operations {
	s, tables := newStage(t)
	s.sweep(idleSweep)
	alone := metricsIn(t, s.log.Bytes())
	desks := make([]person, agents)
	for i := range desks {
		desks[i] = s.connect("agent ", fmt.Sprintf("a_6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c%02d", i))
		s.send(agentJoin, desks[i], s.controller.Room(), "join", map[string]any{"device": "mgx1-2f"})
	}
	s.stockCanned()
	s.countedBefore("all", desks[0].id)
	for _, d := range desks {
		s.send(canned, d, s.controller.Console(), "cannedList", nil)
	}
	s.send(queue, desks[0], s.controller.Console(), "queue", map[string]any{})
	s.sweep("first sweep of an hour")
	s.sweep(sweep)
	before := s.size(tables)
	s.chat(desks[0], texts)
	left := s.size(tables)
	left.add(before, -1)
	for _, d := range desks {
		s.lifecycle(agentDisconnect, "$disconnect", d, s.controller.Disconnect())
	}
	delete(s.total, "first sweep of an hour")
	for name := range s.total {
		for operation := range s.total[name] {
			s.total[name][operation] /= s.times[name]
		}
	}
	s.total[stored] = left
	s.total[allMetrics], s.total[idleMetrics] = operations{metrics: float64(len(telemetry.Metrics()))}, operations{metrics: float64(len(alone))}
	return s.total
}

func (s *stage) stockCanned() {
	for i := range 20 {
		_, ok, err := s.store.PutCanned(s.t.Context(), chat.Canned{
			Owner: "shared", Key: fmt.Sprintf("6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c%02d", i), Title: "Where is my parcel", Text: strings.Repeat("words ", 40),
		}, 0)
		require.NoError(s.t, err)
		require.True(s.t, ok)
	}
}

// countedBefore marks the days of these owners as complete, as they are once a chat of theirs has been counted.
func (s *stage) countedBefore(owners ...string) {
	for _, owner := range owners {
		_, err := s.store.PutStats(s.t.Context(), chat.StatsRow{Series: "days/UTC@", At: owner, Weight: 9_999_999_999_999})
		require.NoError(s.t, err)
	}
}

// chat runs a chat from the customer's first join to the statistics. The customer loses the connection once.
func (s *stage) chat(agent person, texts int) {
	const visitor = "v_3TzqU9cXo0fG7kPp2mWZr1aYBdVnHsLxQeJtKiNyM4w"
	customer := s.connect("", visitor)
	s.send(join, customer, s.controller.Room(), "join", map[string]any{"device": "mgx1-2f"})
	opened := s.send(start, customer, s.controller.Room(), "join", map[string]any{
		"device": "mgx1-2f", "start": true, "profile": map[string]string{"name": "Mina Park", "email": "mina@example.com", "topic": "Order 2210"},
		"page": map[string]string{"url": shop + "/orders/2210", "title": "Order 2210 · Shop", "lang": "ko-KR"},
	})
	room := opened["room"].(map[string]any)["id"].(string)
	s.send(take, agent, s.controller.Console(), "take", map[string]any{"room": room})
	said := map[string]int{}
	say := func() {
		from, to := customer, agent
		if said[agent.id] < said[visitor] {
			from, to = agent, customer
		}
		said[from.id]++
		s.send(typing, from, s.controller.Message(), "typing", map[string]any{"room": room})
		ack := s.send(text, from, s.controller.Message(), "message", map[string]any{
			"room": room, "no": said[from.id], "text": "Where is my parcel? 택배가 안 왔어요 📦 It was to come on Monday.",
		})
		s.send(read, to, s.controller.Message(), "read", map[string]any{"room": room, "seq": ack["seq"]})
	}
	for range texts - 1 {
		say()
		s.clock.Advance(10 * time.Second)
	}
	since := map[string]any{"room": room, "since": texts + 1}
	s.send(heartbeat, customer, s.controller.Room(), "join", map[string]any{"device": "mgx1-2f", "room": room, "since": texts + 1})
	s.send(agentHeartbeat, agent, s.controller.Room(), "join", map[string]any{"device": "mgx1-2f", "rooms": []any{since}})
	lost := customer
	customer = s.connect("", visitor)
	s.send(rejoin, customer, s.controller.Room(), "join", map[string]any{"device": "mgx1-2f", "room": room, "since": texts + 1})
	s.lifecycle(lateDisconnect, "$disconnect", lost, s.controller.Disconnect())
	r, err := s.store.Room(s.t.Context(), chat.RoomID(room))
	require.NoError(s.t, err)
	s.clock.Set(max(s.clock.Now(), r.SweepAt))
	say()
	s.sweep(checkRoom)
	s.send(end, agent, s.controller.Room(), "end", map[string]any{"room": room})
	s.sweep(countChat)
	s.send(rate, customer, s.controller.Room(), "rate", map[string]any{"room": room, "score": 5, "comment": "Quick and kind."})
	s.sweep(countChat)
	s.lifecycle(disconnect, "$disconnect", customer, s.controller.Disconnect())
}

// size is the size of all tables and indexes, with 100 bytes more for each item (Developer Guide, "DynamoDB item sizes").
func (s *stage) size(named any) operations {
	const overhead = 100
	definitions, err := infra.Tables()
	require.NoError(s.t, err)
	names := map[string]string{}
	body, err := json.Marshal(named)
	require.NoError(s.t, err)
	require.NoError(s.t, json.Unmarshal(body, &names))
	client := dynamotest.Connect(s.t, dynamotest.Local)
	sizeOf := func(table string, index *string) (n float64) {
		out, err := client.Scan(s.t.Context(), &dynamodb.ScanInput{TableName: &table, IndexName: index})
		require.NoError(s.t, err)
		require.Empty(s.t, out.LastEvaluatedKey)
		for _, item := range out.Items {
			n += float64(dynamotest.Size(item) + overhead)
		}
		return n
	}
	sum := operations{}
	for title, table := range names {
		if title == "Connections" {
			continue // connections are open, and do not remain after a chat
		}
		sum[tableBytes] += sizeOf(table, nil)
		for _, index := range indexes(definitions[strings.ToLower(title)]) {
			sum[indexBytes] += sizeOf(table, &index)
		}
	}
	return sum
}

func indexes(in dynamodb.CreateTableInput) (names []string) {
	for _, index := range in.GlobalSecondaryIndexes {
		names = append(names, *index.IndexName)
	}
	return names
}
