package gateway_test

import (
	"encoding/json"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// errorAnswer is the error part of any server frame.
type errorAnswer struct {
	Type, Re, Code string
	Message        any // in a push, an object
}

// codes lists the error codes of the wire.
func codes() []chat.Code {
	return []chat.Code{
		chat.Invalid, chat.TooLong, chat.NotFound, chat.Forbidden, chat.NotCurrent, chat.Taken, chat.Ended, chat.Conflict,
		chat.OutOfOrder, chat.RateLimited, chat.Unavailable,
	}
}

// internals matches what no client may be told: where in the code something failed, or another library's message.
var internals = regexp.MustCompile(`(?i)goroutine|panic|\.go:|runtime|json:|strconv|unmarshal|invalid character|unexpected|dynamodb|amazon|aws|arn:|` +
	`<nil>|%!|0x[0-9a-f]{6}|exception|sdk|errno|EOF`)

// Expressions are compiled once, since a fuzzer uses them often.
var (
	sentence  = regexp.MustCompile(`^[A-Z][^\n]*\.$`)
	anyone    = regexp.MustCompile(`(?s)^[vca]_.+`)
	address   = regexp.MustCompile(`^((?i:https?)://\S.*)?$`)
	language  = regexp.MustCompile(`^[0-9A-Za-z_-]{0,35}$`)
	anyDevice = regexp.MustCompile(`^[0-9A-Za-z_-]{0,64}$`)
	anyAgent  = regexp.MustCompile(`(?s)^(a_.+)?$`)
	anyRoom   = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
)

// requireFrame requires the answer to a client to be empty or one frame. An error must be one of the wire's, with a
// message for a person.
func requireFrame(t testing.TB, body string) (a errorAnswer) {
	t.Helper()
	if body == "" {
		return a
	}
	require.True(t, utf8.ValidString(body))
	require.NoError(t, json.Unmarshal([]byte(body), &a), body)
	require.NotEmpty(t, a.Type)
	if a.Type != "error" {
		require.Empty(t, a.Code)
		return a
	}
	require.Contains(t, codes(), chat.Code(a.Code))
	require.Regexp(t, sentence, a.Message)
	require.NotRegexp(t, internals, a.Message)
	return a
}

// FuzzFrame looks, on every route, for a frame that is neither refused without effect nor turned into one valid call
// of the service, and for one that is answered with anything but a frame.
func FuzzFrame(f *testing.F) {
	routes := slices.Sorted(maps.Keys(gateway.Routes()))
	for _, name := range eventNames(f) {
		event := sample(f, name)
		route := slices.Index(routes, event.RequestContext.RouteKey)
		for at := range stages {
			f.Add(uint8(route), uint8(at), uint8(0), event.Body)
			f.Add(uint8(route), uint8(at), uint8(1), event.Body)
		}
	}
	everything := `{"id":"x","rooms":[{"room":"R","since":1}],"before":"Ui4x","limit":2,"agent":"a_other","status":"online","no":1,"text":""}`
	for route := range routes {
		for who := range callers() {
			f.Add(uint8(route), uint8(talking), uint8(who), everything)
		}
	}
	people := callers()
	f.Fuzz(func(t *testing.T, route, at, who uint8, body string) {
		tb := cheapHelper{t}
		key, caller := routes[int(route)%len(routes)], people[int(who)%len(people)]
		event := eventOf(key, caller, body)
		plan := &script{}
		answer := answerOf(tb, silentController(plan), event)
		for _, refused := range plan.refused { // of a route without an answer
			posted, err := gateway.Encode(refused.Why)
			require.NoError(tb, err)
			answer = string(posted)
		}
		decoded := requireFrame(tb, answer)
		if decoded.Type == "error" { // refused, and the service knows nothing of it
			require.Empty(tb, plan.calls)
			require.Contains(tb, []chat.Code{chat.Invalid, chat.Forbidden, chat.TooLong}, chat.Code(decoded.Code))
			return
		}
		if key == "ping" {
			require.Empty(tb, plan.calls)
			return
		}
		require.Len(tb, plan.calls, 1)
		requireValidCall(tb, plan.calls[0])
		s := newScene(tb, stage(at)%stages)
		got := requireFrame(tb, answerOf(tb, s.controller, event))
		switch chat.Code(got.Code) {
		case chat.Invalid, chat.TooLong:
			require.Equal(tb, newScene(tb, stage(at)%stages).stored(tb), s.stored(tb))
		case chat.Unavailable:
			require.Equal(tb, "transfer", key, "nothing is away")
		}
		s.requireStillWorks(tb)
	})
}

// cheapHelper is a test whose Helper does nothing: it is slow, and a fuzzer calls it often.
type cheapHelper struct{ *testing.T }

func (cheapHelper) Helper() {}

// silentController is a controller without a log.
func silentController(s *script) *gateway.Controller {
	return &gateway.Controller{Service: s, Stats: s, Hours: s, Each: memory.Each, Now: func() time.Time { return time.UnixMilli(int64(start)) }, Log: slog.New(slog.DiscardHandler)}
}

// eventOf is a caller's frame as the event of API Gateway.
func eventOf(route string, c chat.Caller, body string) (event events.APIGatewayWebsocketProxyRequest) {
	event.RequestContext.RouteKey = route
	event.RequestContext.EventType = "MESSAGE"
	event.RequestContext.ConnectionID = string(c.Conn)
	event.RequestContext.Authorizer = contextOf(c)
	event.Body = body
	return event
}

// functionOf tells which function answers a route; computed once, since a fuzzer asks often.
var functionOf = sync.OnceValue(gateway.Routes)

func answerOf(t testing.TB, c *gateway.Controller, event events.APIGatewayWebsocketProxyRequest) string {
	t.Helper()
	var handler gateway.Handler
	switch functionOf()[event.RequestContext.RouteKey] {
	case "message":
		handler = c.Message()
	case "room":
		handler = c.Room()
	case "console":
		handler = c.Console()
	case "connect":
		handler = c.Connect()
	case "disconnect":
		handler = c.Disconnect()
	}
	response, err := handler(t.Context(), event)
	require.NoError(t, err)
	require.Equal(t, 200, response.StatusCode)
	return response.Body
}

// requireValidCall checks what the service relies on.
func requireValidCall(t testing.TB, c call) {
	t.Helper()
	switch argument := c.Argument.(type) {
	case chat.RoomID:
		requireValidRoom(t, argument, true)
	case chat.AgentStatus:
		assert.Contains(t, []chat.AgentStatus{chat.StatusOnline, chat.StatusAway}, argument)
	case chat.CustomerJoin:
		assert.Regexp(t, anyDevice, argument.Device)
		requireValidRoom(t, argument.Room, false)
		assert.GreaterOrEqual(t, argument.Since, int64(0))
		requireValidProfile(t, argument.Profile)
	case chat.AgentJoin:
		assert.Regexp(t, anyDevice, argument.Device)
		assert.LessOrEqual(t, len(argument.Rooms), chat.MaxJoinRooms)
		for _, h := range argument.Rooms {
			requireValidRoom(t, h.Room, true)
			assert.GreaterOrEqual(t, h.Since, int64(0))
		}
	case chat.HistoryQuery:
		requireValidRoom(t, argument.Room, c.Caller.Side == chat.Agent)
		assert.Positive(t, argument.Limit)
		assert.LessOrEqual(t, argument.Limit, chat.MaxPage)
		if argument.Before != (chat.Cursor{}) {
			requireValidRoom(t, argument.Before.Room, true)
			assert.Positive(t, argument.Before.Seq)
		}
	case chat.ChatsQuery:
		assert.GreaterOrEqual(t, argument.From, chat.Millis(0))
		assert.GreaterOrEqual(t, argument.To, chat.Millis(0))
		assert.Regexp(t, anyAgent, argument.Agent)
		assert.Contains(t, append(chat.Reasons(), ""), argument.Reason)
		assert.LessOrEqual(t, argument.Score, chat.MaxScore)
		assert.LessOrEqual(t, len([]rune(argument.Text)), 200)
		requireValidRoom(t, argument.After.Room, argument.After != (chat.ChatsCursor{}))
		assert.GreaterOrEqual(t, argument.After.Seq, int64(0))
	case chat.WaitingQuery:
		assert.Contains(t, chat.WaitingActs(), argument.Act)
		assert.LessOrEqual(t, len([]rune(argument.Pattern)), chat.MaxSearch)
		requireValidRoom(t, chat.RoomID(argument.Network), false)
		requireValidRoom(t, argument.After, false)
	case chat.CannedCursor:
		if argument != (chat.CannedCursor{}) {
			requireValidCanned(t, argument.Scope, argument.Key, 0)
		}
	case chat.CannedPut:
		requireValidCanned(t, argument.Scope, argument.Key, argument.Version)
		assert.NotContains(t, argument.Title, "\n")
	case queryWithZone:
		assert.GreaterOrEqual(t, argument.From, chat.Millis(0))
		assert.GreaterOrEqual(t, argument.To, chat.Millis(0))
		assert.Regexp(t, anyAgent, argument.Agent)
		assert.Contains(t, stats.Units(), argument.By)
		assert.NotEqual(t, "Local", argument.Zone)
	case string:
		assert.Regexp(t, anyDevice, argument) // a shop's key
	case hoursPut:
		assert.Regexp(t, anyDevice, argument.Site)
		assert.GreaterOrEqual(t, argument.Version, 0)
		assert.True(t, json.Valid(argument.Hours))
	case []any:
		if scope, canned := argument[0].(chat.Scope); canned {
			requireValidCanned(t, scope, argument[1].(string), argument[2].(int))
			return
		}
		requireValidRoom(t, argument[0].(chat.RoomID), true)
		switch second := argument[1].(type) {
		case int:
			assert.Positive(t, second)
		case int64:
			assert.GreaterOrEqual(t, second, int64(0))
		case chat.Rating:
			assert.GreaterOrEqual(t, second.Score, 1)
			assert.LessOrEqual(t, second.Score, chat.MaxScore)
		case chat.PersonID:
			assert.Regexp(t, anyone, second)
		}
	default:
		assert.Equal(t, "Queue", c.Method)
	}
}

func requireValidProfile(t testing.TB, p chat.Profile) {
	t.Helper()
	assert.LessOrEqual(t, utf8.RuneCountInString(p.Name), 64)
	assert.LessOrEqual(t, utf8.RuneCountInString(p.Topic), 100)
	assert.LessOrEqual(t, utf8.RuneCountInString(p.Page.Title), 200)
	assert.LessOrEqual(t, utf8.RuneCountInString(p.Page.URL), chat.MaxURL)
	assert.Regexp(t, address, p.Page.URL)
	assert.Regexp(t, language, p.Page.Lang)
}

func requireValidRoom(t testing.TB, id chat.RoomID, required bool) {
	t.Helper()
	if id == "" && !required {
		return
	}
	assert.Regexp(t, anyRoom, id)
}

func requireValidCanned(t testing.TB, scope chat.Scope, key string, version int) {
	t.Helper()
	assert.Contains(t, []chat.Scope{chat.Shared, chat.Mine}, scope)
	assert.Regexp(t, anyRoom, key)
	assert.GreaterOrEqual(t, version, 0)
}
