package gateway_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

func TestEncode(t *testing.T) {
	const member = `{"id":"v_3TzqU9cXo0fG7kPp2mWZr1aYBdVnHsLxQeJtKiNyM4w","name":"Mina Park","online":true}`
	const agent = `{"id":"a_6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c13","name":"Jürgen Kim","online":false}`
	const queued = `{"id":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","rev":9,"status":"waiting","seq":6,"no":0,"created":1795478400000,"customer":` + member +
		`,"position":1,"read":{"customer":5,"agent":0},"last":{"text":"Hello?","from":"customer","at":1795478406000},"topic":"Order 2210"}`
	for _, c := range []struct {
		push chat.Push
		want string
	}{
		{chat.MessagePush{Message: texts[1]}, `{"type":"message","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG",
			"message":{"seq":6,"from":"customer","by":"Mina Park","text":"<b>Hello?</b>","at":1795478406000}}`},
		{chat.MessagePush{Message: texts[0]}, `{"type":"message","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG",
			"message":{"seq":5,"from":"system","by":"Jürgen Kim","text":"","event":"taken","at":1795478405000}}`},
		{chat.RoomPush{View: chat.View{Room: active, Side: chat.Customer}}, `{"type":"room","room":{"id":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG",
			"rev":12,"status":"active","seq":7,"no":2,"created":1795478400000,"customer":` + member + `,"agent":` + agent + `,
			"read":{"customer":5,"agent":6},"last":{"text":"Hello?","from":"customer","at":1795478406000}}}`},
		{chat.PresencePush{Room: roomID, Who: chat.Customer, At: start, Rev: 4},
			`{"type":"presence","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","who":"customer","online":false,"at":1795478400000,"rev":4}`},
		{chat.TypingPush{Room: roomID, Who: chat.Agent}, `{"type":"typing","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","who":"agent"}`},
		{chat.ReadPush{Room: roomID, Who: chat.Agent, Seq: 3}, `{"type":"read","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG","who":"agent","seq":3}`},
		{chat.QueueAdd{View: chat.View{Room: waiting, Side: chat.Agent, Position: 1}}, `{"type":"queue","add":` + queued + `}`},
		{chat.QueueRemove{Room: roomID}, `{"type":"queue","remove":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG"}`},
		{chat.Replaced{}, `{"type":"replaced"}`},
		{chat.Replaced{By: "mgx1-2f"}, `{"type":"replaced","by":"mgx1-2f"}`},
	} {
		got, err := gateway.Encode(c.push)
		require.NoError(t, err)
		assert.JSONEq(t, c.want, string(got))
	}
	_, err := gateway.Encode(nil)
	assert.Error(t, err)
}

// TestRoomObject: what differs by viewer and by status.
func TestRoomObject(t *testing.T) {
	seen := func(r chat.Room, side chat.Side, position int) map[string]any {
		body, err := gateway.Encode(chat.RoomPush{View: chat.View{Room: r, Side: side, Position: position}})
		require.NoError(t, err)
		var frame struct{ Room map[string]any }
		require.NoError(t, json.Unmarshal(body, &frame))
		return frame.Room
	}
	assert.EqualValues(t, 3, seen(active, chat.Agent, 0)["no"], "a number that a change of holder skipped counts as used")
	assert.EqualValues(t, 2, seen(active, chat.Customer, 0)["no"])
	atMugs := active
	atMugs.Customer.Who = "c_mugs:4711"
	assert.Equal(t, "mugs", seen(atMugs, chat.Agent, 0)["site"])
	assert.NotContains(t, seen(atMugs, chat.Customer, 0), "site", "their page knows")
	assert.NotContains(t, seen(active, chat.Agent, 0), "site", "the default shop")
	assert.NotContains(t, seen(waiting, chat.Customer, 0), "position", "not known")
	assert.NotContains(t, seen(active, chat.Customer, 3), "position", "not waiting")
	assert.NotContains(t, seen(active, chat.Customer, 0), "ended")
	assert.NotContains(t, seen(waiting, chat.Customer, 1), "agent")

	answered := active
	answered.Agent.NoSeq = answered.Customer.NoSeq + 1
	assert.Equal(t, "agent", seen(answered, chat.Customer, 0)["last"].(map[string]any)["from"])
	answered.Preview = ""
	assert.NotContains(t, seen(answered, chat.Customer, 0), "last")

	ended := seen(over, chat.Customer, 0)
	assert.EqualValues(t, over.EndedAt, ended["ended"])
	assert.EqualValues(t, over.Reason, ended["reason"])
	assert.NotContains(t, ended, "rating", "not given")
	rated := over
	for _, given := range []chat.Rating{{Score: 2}, {Score: 5, Comment: "<b>"}} {
		rated.Rating = given
		want := map[string]any{"score": float64(given.Score)}
		if given.Comment != "" {
			want["comment"] = given.Comment
		}
		for _, side := range []chat.Side{chat.Customer, chat.Agent} {
			assert.Equal(t, want, seen(rated, side, 0)["rating"])
		}
	}
}
