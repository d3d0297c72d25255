package gateway_test

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/hours"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
	"rejoin/internal/telemetry"
)

const (
	eventDir = "../../events"
	roomID   = chat.RoomID("01KAT8Q5M0ZJ4V7N2XR9BCDEFG")
	oldRoom  = chat.RoomID("01K9Z3H2T6QW8E5R1YPACBDGHJ")
	start    = chat.Millis(1795478400000)
)

var (
	mina = chat.Member{
		Who: "v_3TzqU9cXo0fG7kPp2mWZr1aYBdVnHsLxQeJtKiNyM4w", Name: "Mina Park", Seat: chat.Seat{Conn: "TzR4sfDWliACGmA="},
		No: 2, Next: 3, NoSeq: 6, NoAt: start + 6000, Read: 5,
	}
	kim = chat.Member{
		Who: "a_6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c13", Name: "Jürgen Kim", Seat: chat.Seat{Conn: "TzR0edlpFiACHXQ=", Gone: start},
		No: 1, Next: 4, NoSeq: 3, NoAt: start + 3000, Read: 6,
	}
	waiting = chat.Room{
		ID: roomID, Rev: 9, Status: chat.StatusWaiting, Seq: 6, Created: start, Customer: mina, Agent: chat.Member{Next: 1},
		Topic: "Order 2210", Preview: "Hello?",
	}
	active = chat.Room{ID: roomID, Rev: 12, Status: chat.StatusActive, Seq: 7, Created: start, Customer: mina, Agent: kim, Preview: "Hello?"}
	over   = chat.Room{
		ID: oldRoom, Rev: 31, Status: chat.StatusEnded, Seq: 12, Created: start - 9e6, Customer: mina, Agent: kim, Preview: "Bye",
		EndedAt: start - 8e6, Reason: chat.CustomerEnded,
	}
	texts = []chat.Message{
		{Room: roomID, Seq: 5, From: chat.System, By: "Jürgen Kim", Event: chat.EventTaken, At: start + 5000},
		{Room: roomID, Seq: 6, From: chat.Customer, By: "Mina Park", No: 2, Text: "<b>Hello?</b>", At: start + 6000},
	}
	greeting = chat.Canned{
		Owner: chat.OwnerOfShared, Key: "6d1f0c52-8a44-4c1e-9b0e-2f7a3d5c9e11", Title: "인사", Text: "<b>안녕하세요</b>", Position: 65536, Version: 2,
	}
	online = []chat.Person{{ID: kim.Who, Name: kim.Name}}
)

// script is a service with scripted answers that records its calls.
type script struct {
	err   error // of every call, when set
	empty bool  // the customer has no room yet, and nobody has anything
	calls []call

	dropped []chat.ConnectionID
	refused []postedRefusal // by post
}

// postedRefusal is a refusal that was posted to a connection.
type postedRefusal struct {
	Conn chat.ConnectionID
	Why  chat.Refused
}

// call is one call of the service.
type call struct {
	Method   string
	Caller   chat.Caller
	Argument any
}

func (s *script) called(use string, c chat.Caller, argument any) error {
	s.calls = append(s.calls, call{use, c, argument})
	return s.err
}

func (s *script) Connect(_ context.Context, c chat.Caller) error { return s.called("Connect", c, nil) }

func (s *script) Disconnect(_ context.Context, c chat.Caller) (bool, error) {
	return !s.empty, s.called("Disconnect", c, nil)
}

func (s *script) JoinCustomer(_ context.Context, c chat.Caller, j chat.CustomerJoin) (*chat.RoomPage, error) {
	err := s.called("JoinCustomer", c, j)
	if err != nil || s.empty {
		return &chat.RoomPage{Hours: &chat.HoursNow{State: chat.Nobody, Opening: chat.Opening{Open: true, Until: start + 9e6}}}, err
	}
	return &chat.RoomPage{
		View: chat.View{Room: waiting, Side: chat.Customer, Position: 2, Wait: 90_000}, Messages: texts, Void: []int64{4}, Through: 6,
		Hours: &chat.HoursNow{State: chat.Closed, Opening: chat.Opening{Until: start + 9e6, Zone: "Asia/Seoul", EmailRequired: true}},
	}, nil
}

func (s *script) JoinAgent(_ context.Context, c chat.Caller, j chat.AgentJoin) (chat.Desk, error) {
	err := s.called("JoinAgent", c, j)
	if err != nil || s.empty {
		return chat.Desk{Agent: chat.Person{ID: kim.Who, Status: chat.StatusOnline}}, err
	}
	return chat.Desk{
		Agent: chat.Person{ID: kim.Who, Name: kim.Name, Status: chat.StatusAway},
		Rooms: []chat.RoomPage{
			{View: chat.View{Room: active, Side: chat.Agent}, Messages: texts, Through: 6, More: true},
			{View: chat.View{Room: over, Side: chat.Agent}, Through: 12},
		},
		Queue:   lists(),
		Waiting: 51,
		Left:    7,
		Agents:  online,
	}, nil
}

func (s *script) Message(_ context.Context, c chat.Caller, room chat.RoomID, no int, text string) (chat.Ack, error) {
	return chat.Ack{Room: room, No: no, Seq: 8, At: start + 7000, Repeated: s.empty}, s.called("Message", c, []any{room, no, text})
}

func (s *script) Typing(_ context.Context, c chat.Caller, room chat.RoomID) error {
	return s.called("Typing", c, room)
}

func (s *script) Read(_ context.Context, c chat.Caller, room chat.RoomID, seq int64) error {
	return s.called("Read", c, []any{room, seq})
}

func (s *script) History(_ context.Context, c chat.Caller, query chat.HistoryQuery) (chat.History, error) {
	err := s.called("History", c, query)
	if err != nil || s.empty {
		return chat.History{}, err
	}
	return chat.History{Messages: texts, Before: chat.Cursor{Room: oldRoom, Seq: 5}}, nil
}

func (s *script) End(_ context.Context, c chat.Caller, room chat.RoomID) (chat.View, error) {
	return chat.View{Room: over, Side: c.Side}, s.called("End", c, room)
}

func (s *script) Rate(_ context.Context, c chat.Caller, room chat.RoomID, given chat.Rating) error {
	return s.called("Rate", c, []any{room, given})
}

func (s *script) Take(_ context.Context, c chat.Caller, room chat.RoomID) (chat.RoomPage, error) {
	page := chat.RoomPage{View: chat.View{Room: active, Side: chat.Agent}, Messages: texts, Through: 7, Card: &chat.Card{Chats: 3, Profile: chat.Profile{
		Name: "Mina Park", Email: "mina@example.com", Topic: "Delivery", Page: chat.Page{URL: "https://shop.example/pot", Title: "Pot", Lang: "ko"},
	}}}
	return page, s.called("Take", c, room)
}

func (s *script) Release(_ context.Context, c chat.Caller, room chat.RoomID) (chat.View, error) {
	return chat.View{Room: waiting, Side: chat.Agent, Position: 1}, s.called("Release", c, room)
}

func (s *script) Block(_ context.Context, c chat.Caller, room chat.RoomID, blocked bool) (chat.RoomPage, error) {
	return chat.RoomPage{View: chat.View{Room: over, Side: chat.Agent}, Card: &chat.Card{Chats: 3, Blocked: blocked}}, s.called("Block", c, []any{room, blocked})
}

func (s *script) EndWaiting(_ context.Context, c chat.Caller, query chat.WaitingQuery) (chat.WaitingPage, error) {
	err := s.called("EndWaiting", c, query)
	if err != nil || s.empty {
		return chat.WaitingPage{}, err
	}
	began := waiting
	began.Network = "9aZ_"
	return chat.WaitingPage{
		Checked: 150, Found: 60, Ended: 49, Blocked: 48, Failed: 1, Examples: []chat.View{{Room: began, Side: chat.Agent, ShowNetwork: true}},
		Groups: []chat.WaitingGroup{{Network: "9aZ_", Rooms: 40}, {Text: "Buy now", Rooms: 12}}, After: roomID,
	}, nil
}

func (s *script) Transfer(_ context.Context, c chat.Caller, room chat.RoomID, to chat.PersonID) (chat.View, error) {
	return chat.View{Room: active, Side: chat.Agent}, s.called("Transfer", c, []any{room, to})
}

func (s *script) Queue(_ context.Context, c chat.Caller) (chat.QueueList, error) {
	err := s.called("Queue", c, nil)
	if err != nil || s.empty {
		return chat.QueueList{}, err
	}
	return chat.QueueList{
		Waiting: 51, Left: 7, Rooms: lists(),
		Mine: []chat.RoomID{roomID}, Agents: online,
	}, nil
}

// lists are the queue and the questions that were left: a room of each.
func lists() []chat.View {
	left := waiting
	left.ID, left.Rev, left.Kept, left.Left, left.Customer.Seat = "01KAT8Q5M0ZJ4V7N2XR9BCDEFH", 11, start, true, chat.Seat{Gone: start + 9000}
	return []chat.View{{Room: waiting, Side: chat.Agent, Position: 1}, {Room: left, Side: chat.Agent, Left: &chat.LeftSince{Since: start, Open: 3e6}}}
}

func (s *script) SetStatus(_ context.Context, c chat.Caller, status chat.AgentStatus) error {
	return s.called("SetStatus", c, status)
}

func (s *script) Chats(_ context.Context, c chat.Caller, query chat.ChatsQuery) (chat.Chats, error) {
	err := s.called("Chats", c, query)
	if err != nil || s.empty {
		return chat.Chats{}, err
	}
	rated := over
	rated.Waited, rated.Held, rated.Rating = 250_000, []chat.PersonID{kim.Who}, chat.Rating{Score: 5, Comment: "빨라요"}
	return chat.Chats{
		Rooms: []chat.EndedRoom{{Room: rated, Agents: online, Email: "mina@mail.example"}, {Room: over}},
		After: chat.ChatsCursor{Ending: over.Ending(), Seq: 200, FoundWords: 2},
	}, nil
}

func (s *script) CannedList(_ context.Context, c chat.Caller, after chat.CannedCursor) (chat.CannedPage, error) {
	err := s.called("CannedList", c, after)
	if err != nil || s.empty {
		return chat.CannedPage{}, err
	}
	return chat.CannedPage{Items: []chat.Canned{greeting}, After: chat.CannedCursor{Scope: chat.Mine, Position: -2, Key: greeting.Key}}, nil
}

func (s *script) CannedPut(_ context.Context, c chat.Caller, put chat.CannedPut) (chat.Canned, error) {
	return greeting, s.called("CannedPut", c, put)
}

func (s *script) CannedDelete(_ context.Context, c chat.Caller, scope chat.Scope, key string, version int) error {
	return s.called("CannedDelete", c, []any{scope, key, version})
}

func (s *script) Refuse(_ context.Context, conn chat.ConnectionID, why chat.Refused) {
	s.refused = append(s.refused, postedRefusal{conn, why})
}

func (s *script) Drop(_ context.Context, conn chat.ConnectionID) { s.dropped = append(s.dropped, conn) }

func (s *script) Sweep(context.Context) (chat.Swept, error) {
	return chat.Swept{Checked: 3, Ended: 1, Released: 1, Warned: 1, Lag: 61_000}, s.called("Sweep", chat.Caller{}, nil)
}

// queryWithZone shows the zone by its name.
type queryWithZone struct {
	stats.Query
	Zone string
}

func (s *script) Query(_ context.Context, c chat.Caller, query stats.Query) (stats.Result, error) {
	err := s.called("Query", c, queryWithZone{query, query.Zone.String()})
	if err != nil || s.empty {
		return stats.Result{}, err
	}
	if query.By == stats.ByNow {
		return stats.Result{Now: &stats.Now{Open: 4, Present: []stats.Presence{{Agent: online[0], Status: chat.StatusAway}, {Agent: online[0], Status: chat.StatusOnline, Open: 3}}}}, nil
	}
	held := over
	held.Waited, held.Rating, held.Kept = 250_000, chat.Rating{Score: 5}, over.Created
	parts := stats.FromRoom(held, []chat.Message{
		{From: chat.Customer, At: over.Created + 1000}, {From: chat.System, Event: chat.EventTaken, Holder: kim.Who, By: kim.Name, At: over.Created + 250_000},
		{From: chat.Agent, At: over.Created + 300_000},
	}, func(from, to chat.Millis) chat.Millis { return (to - from) / 10 })
	return stats.Result{Rows: []stats.Row{
		{At: start - 9e7, MostWaiting: 3, Online: 2, Figures: parts[0].Figures},
		{At: start - 9e7, Agent: online[0], Figures: parts[1].Figures},
	}, After: "1795388400000"}, nil
}

// hoursPut is a put of opening hours.
type hoursPut struct {
	Site    string
	Version int
	Hours   json.RawMessage
}

func (s *script) Get(_ context.Context, c chat.Caller, site string) (hours.Shop, error) {
	err := s.called("HoursGet", c, site)
	if err != nil || s.empty {
		return hours.Shop{Open: true}, err
	}
	return hours.Shop{Site: site, Sites: []string{"cup", "tea"}, Version: 3, Hours: json.RawMessage(teaHours), Until: start + 9e6}, nil
}

func (s *script) Put(_ context.Context, c chat.Caller, site string, edited int, data []byte) (hours.Shop, error) {
	return hours.Shop{Sites: []string{"tea"}, Version: edited + 1, Hours: data, Open: true}, s.called("HoursPut", c, hoursPut{site, edited, data})
}

// teaHours is a schedule as it is stored.
const teaHours = `{"zone":"Asia/Seoul","week":[[{"from":"09:00","to":"18:00"}],[],[],[],[],[],[]],` +
	`"exceptions":[{"date":"2026-12-25","open":[]}],"closed":{"since":1795478400000},"email":"required"}`

func (s *script) Count(context.Context) (int, error) {
	return 2, s.called("Count", chat.Caller{}, nil)
}

func (s *script) Sample(context.Context) (stats.Sample, error) {
	return stats.Sample{Waiting: 2, Online: 1, LongestWait: 90_500}, s.called("Sample", chat.Caller{}, nil)
}

func (s *script) Recount(_ context.Context, from, to chat.Millis) (chat.Millis, error) {
	return 1500, s.called("Recount", chat.Caller{}, []chat.Millis{from, to})
}

func controller(s *script, log io.Writer) *gateway.Controller {
	return &gateway.Controller{
		Each:    memory.Each,
		Service: s,
		Stats:   s,
		Hours:   s,
		Now:     func() time.Time { return time.UnixMilli(int64(start)) },
		Log:     telemetry.NewLogger(log, "rejoin"),
	}
}

// handle gives an event to the function that answers its route.
func handle(t testing.TB, c *gateway.Controller, event events.APIGatewayWebsocketProxyRequest) events.APIGatewayProxyResponse {
	t.Helper()
	handlers := map[string]gateway.Handler{
		"connect": c.Connect(), "disconnect": c.Disconnect(),
		"message": c.Message(), "room": c.Room(), "console": c.Console(),
	}
	handler := handlers[gateway.Routes()[event.RequestContext.RouteKey]]
	require.NotNil(t, handler, "no function answers %q", event.RequestContext.RouteKey)
	response, err := handler(t.Context(), event)
	require.NoError(t, err)
	return response
}

// eventNames lists the sample events of the WebSocket API's own functions.
func eventNames(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(eventDir + "/*.json")
	require.NoError(t, err)
	var names []string
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		if name != "authorize" && name != "sweep" {
			names = append(names, name)
		}
	}
	require.NotEmpty(t, names)
	return names
}

func sample(t testing.TB, name string) (event events.APIGatewayWebsocketProxyRequest) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(eventDir, name+".json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &event))
	return event
}

// frameEvent is the event of a frame of one side on a route.
func frameEvent(t testing.TB, side chat.Side, route, body string) events.APIGatewayWebsocketProxyRequest {
	t.Helper()
	event := sample(t, "join-"+string(side))
	event.RequestContext.RouteKey = route
	event.Body = body
	return event
}
