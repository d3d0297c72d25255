package dynamo

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// update is a function, so that no flag outlives its test file as a global: `go test -args -update` writes golden files.
func update() bool { return flag.Arg(0) == "update" }

// fullRoom has the longest words that a room keeps (bytes: names 60, topic 90, preview 69), ids of a visitor and of
// Cognito, and three agents.
func fullRoom() chat.Room {
	const agents = "a_0f8e2c1a-7b3d-4e5f-9a6b-1c2d3e4f5a6"
	seat := func(name string) chat.Seat {
		return chat.Seat{Conn: chat.ConnectionID("Lr3AX" + name + "=="), At: 1_767_225_600_123_456_789, Prev: chat.ConnectionID("Lq9ZY" + name + "=="), Gone: 1_767_225_601_000}
	}
	return chat.Room{
		ID: "01KDVDR0G0ZJ8Q5T3W7X9Y2B4C", Rev: 1042, Status: chat.StatusActive, Seq: 1017, Settled: 1000, Bound: 1300, Created: 1_767_225_600_000,
		Topic: strings.Repeat("문", 30), Preview: strings.Repeat("한", 23), TakenAt: 1_767_225_660_000, Waited: 86_400_000, SweepAt: 1_767_226_260_000,
		AskedAt: 1_767_225_850_000, Warned: chat.Warning{Seq: 1000, At: 1_767_225_900_000}, Kept: 1_767_225_600_123,
		Held: []chat.PersonID{agents + "1", agents + "2", agents + "3"},
		Customer: chat.Member{
			Who: "v_NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Name: strings.Repeat("김", 20), Seat: seat("CustomerConn"),
			No: 500, Next: 501, NoSeq: 1016, NoAt: 1_767_226_000_000, Digest: "n4bQgYhMfWWaL-qg", BurstAt: 1_767_226_000_000, Read: 1017,
		},
		Agent: chat.Member{
			Who: agents + "3", Name: strings.Repeat("이", 20), Seat: seat("AgentConnecti"),
			No: 510, Next: 511, NoSeq: 1017, NoAt: 1_767_226_001_000, Digest: "ungWv48Bz-pBQUDe", BurstAt: 1_767_226_001_000, Read: 1016,
		},
	}
}

// golden compares an item with its file. The files also document how things are stored.
func golden(t *testing.T, name string, it item) {
	t.Helper()
	plain := map[string]any{}
	for k, v := range it {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			plain[k] = v.Value
		case *types.AttributeValueMemberN:
			plain[k] = json.Number(v.Value)
		case *types.AttributeValueMemberBOOL:
			plain[k] = v.Value
		case *types.AttributeValueMemberSS:
			plain[k] = v.Value
		}
	}
	got, err := json.MarshalIndent(plain, "", "  ")
	require.NoError(t, err)
	file := filepath.Join("testdata", name+".json")
	if update() {
		require.NoError(t, os.WriteFile(file, append(got, '\n'), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got)+"\n")
}

func TestRoomItem(t *testing.T) {
	waiting := fullRoom()
	waiting.Status, waiting.Agent = chat.StatusWaiting, chat.Member{Next: 511}
	waiting.Network = "9aZ_"
	waiting.Customer.Seat.Gone, waiting.Customer.Seat.Lost = 0, true
	left := waiting
	left.Left, left.Customer.Seat.Gone, left.Customer.Seat.Lost = true, 1_767_225_601_000, false
	ended := fullRoom()
	ended.Status, ended.Reason, ended.EndedAt, ended.SweepAt = chat.StatusEnded, chat.AgentEnded, 1_767_229_199_999, 0
	ended.Rating, ended.Ratings = chat.Rating{Score: 5, Comment: "친절하고 빨라요"}, 2
	for name, r := range map[string]chat.Room{"room_active": fullRoom(), "room_waiting": waiting, "room_left": left, "room_ended": ended} {
		t.Run(name, func(t *testing.T) {
			it := encodeRoom(r)
			golden(t, name, it)
			got, err := decodeRoom(it)
			require.NoError(t, err)
			assert.Equal(t, r, got)
			assert.Subset(t, append(roomAttributes(), keyRoom), keys(it), "a change knows every attribute")
		})
	}
}

func keys(it item) []string {
	var all []string
	for name := range it {
		all = append(all, name)
	}
	return all
}

func TestMessageItem(t *testing.T) {
	for name, m := range map[string]chat.Message{
		"message_text": {Customer: "c_kim", Room: "01KDVDR0G0ZJ8Q5T3W7X9Y2B4C", Seq: 42, From: chat.Agent, By: "이수진", No: 7, Text: "안녕하세요\n<b>", At: 5},
		"message_void": {Customer: "c_kim", Room: "01KDVDR0G0ZJ8Q5T3W7X9Y2B4C", Seq: 9_999_999_999, From: chat.System, At: 5, Void: true},
	} {
		t.Run(name, func(t *testing.T) {
			it := encodeMessage(m)
			golden(t, name, it)
			got, err := decodeMessage(it)
			require.NoError(t, err)
			assert.Equal(t, m, got)
		})
	}
}

func TestCannedItem(t *testing.T) {
	_, err := decodeCanned(item{keyOwner: text("shared"), keyCanned: text("k"), attrTitle: text("t"), attrText: text("x"), attrVersion: number(1)})
	require.NoError(t, err)
	for _, name := range []string{keyOwner, keyCanned, attrTitle, attrText} {
		it := item{keyOwner: text("shared"), keyCanned: text("k"), attrTitle: text("t"), attrText: text("x"), attrVersion: number(1)}
		delete(it, name)
		_, err = decodeCanned(it)
		assert.ErrorContains(t, err, name)
	}
}

func TestConnectionItem(t *testing.T) {
	c := chat.Caller{Conn: "Lr3AXdQ=", Who: "a_1", Side: chat.Agent, At: 1_767_225_600_123_456_789, Until: 1_767_226_140_000}
	it := encodeConnection(c)
	golden(t, "connection", it)
	got, err := decodeConnection(it)
	require.NoError(t, err)
	assert.Equal(t, c, got)
}

func TestCorruptItems(t *testing.T) {
	broken := func(it item, name string, v types.AttributeValue) item {
		it[name] = v
		return it
	}
	room := func(name string, v types.AttributeValue) error {
		_, err := decodeRoom(broken(encodeRoom(fullRoom()), name, v))
		return err
	}
	message := func(name string, v types.AttributeValue) error {
		_, err := decodeMessage(broken(encodeMessage(chat.Message{Customer: "c", Room: "r", Seq: 1, From: chat.Agent}), name, v))
		return err
	}
	for name, err := range map[string]error{
		"a string for a number":  room(attrSeq, text("1")),
		"a fraction":             room(attrRev, &types.AttributeValueMemberN{Value: "1.5"}),
		"beyond 64 bits":         room("cAt", &types.AttributeValueMemberN{Value: "1e30"}),
		"a list for a set":       room(attrHeld, &types.AttributeValueMemberL{}),
		"a status of the future": room(attrStatus, text("paused")),
		"no id":                  room(keyRoom, nil),
		"a place without seq":    message(keyPlace, text("r")),
		"a place not padded":     message(keyPlace, text("r#1")),
		"a flag that is text":    message(attrVoid, text("true")),
	} {
		assert.Error(t, err, name)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("seq", byte('N'), "12")
	f.Add("cAt", byte('N'), "1e9")
	f.Add("place", byte('S'), "r#0000000001")
	f.Add("held", byte('L'), "a_1")
	f.Add("status", byte('S'), "ended")
	f.Fuzz(func(t *testing.T, name string, kind byte, value string) {
		v := map[byte]types.AttributeValue{
			'S': &types.AttributeValueMemberS{Value: value}, 'N': &types.AttributeValueMemberN{Value: value},
			'L': &types.AttributeValueMemberL{}, 'B': &types.AttributeValueMemberBOOL{Value: value != ""},
			'H': &types.AttributeValueMemberSS{Value: strings.Fields(value)},
		}[kind]
		room, message := encodeRoom(fullRoom()), encodeMessage(chat.Message{Customer: "c", Room: "r", Seq: 1, From: chat.Agent})
		person, connection := item{keyCustomer: text("c_1")}, encodeConnection(chat.Caller{Conn: "c", Who: "c_1", Side: chat.Customer})
		for _, it := range []item{room, message, person, connection} {
			it[name] = v
		}
		if r, err := decodeRoom(room); err == nil {
			again, err := decodeRoom(encodeRoom(r))
			require.NoError(t, err)
			assert.Equal(t, r, again)
		}
		if m, err := decodeMessage(message); err == nil {
			again, err := decodeMessage(encodeMessage(m))
			require.NoError(t, err)
			assert.Equal(t, m, again)
		}
		_, _ = decodePerson(person)
		_, _ = decodeConnection(connection)
	})
}
