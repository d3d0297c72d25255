package gateway_test

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

type errorBody struct {
	Type, Re, Room, Code, Message string
	No, Expected                  int
	Retry                         bool
}

// refused sends a frame that must not reach the service, and returns the error in its answer.
func refused(t *testing.T, side chat.Side, route, body string) errorBody {
	t.Helper()
	s := &script{}
	response := handle(t, controller(s, io.Discard), frameEvent(t, side, route, body))
	assert.Empty(t, s.calls)
	assert.Equal(t, 200, response.StatusCode)
	body = response.Body
	if slices.Contains(gateway.RoutesWithoutResponse(), route) { // no answer of any kind: a post says why
		assert.Empty(t, body)
		require.Len(t, s.refused, 1)
		assert.EqualValues(t, frameEvent(t, side, route, "").RequestContext.ConnectionID, s.refused[0].Conn)
		posted, err := gateway.Encode(s.refused[0].Why)
		require.NoError(t, err)
		body = string(posted)
	} else {
		assert.Empty(t, s.refused)
	}
	var e errorBody
	require.NoError(t, json.Unmarshal([]byte(body), &e))
	assert.Equal(t, "error", e.Type)
	assert.False(t, e.Retry)
	assert.Regexp(t, `^[A-Z].*\.$`, e.Message, "words for a person")
	return e
}

const (
	r = `"room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG"`
	k = `"key":"k","scope":"mine"`

	span = `"from":1,"to":2`
)

// TestMalformed: a malformed frame gets `invalid`, and nothing else happens.
func TestMalformed(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 17) + "1" + strings.Repeat("}", 17)
	holds := strings.TrimSuffix(strings.Repeat(`{`+r+`},`, chat.MaxJoinRooms+1), ",")
	frames := map[chat.Side]map[string][]string{
		chat.Customer: {
			"$default": {
				``, ` `, `hello`, `null`, `true`, `17`, `"join"`, `[]`, `[{"action":"join"}]`, `{`, `{}`, `{"action":"dance"}`,
				`{"action":null}`, `{} {}`, "{\"a\":\"\xff\"}", "{\"a\":\"\x00\"}", `{"a":1,"a":2}`, `{"a":{"b":1,"b":1}}`,
				`{'a':1}`, `{"a":1,}`, `{"a":NaN}`, "\ufeff{}", deep, strings.Repeat("[", 20_000), `{"a":"` + strings.Repeat("x", 40_000) + `"}`,
			},
			"message": {
				`{}`, `{` + r + `}`, `{` + r + `,"no":1}`, `{"no":1,"text":"a"}`, `{"room":"","no":1,"text":"a"}`, `{"room":7,"no":1,"text":"a"}`,
				`{"room":null,"no":1,"text":"a"}`, `{"room":["x"],"no":1,"text":"a"}`, `{"room":"a b","no":1,"text":"a"}`,
				`{"room":"a\u0000","no":1,"text":"a"}`, `{"room":"../x","no":1,"text":"a"}`, `{"room":"é","no":1,"text":"a"}`,
				`{"room":"` + strings.Repeat("x", 65) + `","no":1,"text":"a"}`,
				`{` + r + `,"no":0,"text":"a"}`, `{` + r + `,"no":-1,"text":"a"}`, `{` + r + `,"no":1.5,"text":"a"}`, `{` + r + `,"no":1.0,"text":"a"}`,
				`{` + r + `,"no":1e3,"text":"a"}`, `{` + r + `,"no":"1","text":"a"}`, `{` + r + `,"no":null,"text":"a"}`, `{` + r + `,"no":true,"text":"a"}`,
				`{` + r + `,"no":2147483649,"text":"a"}`, `{` + r + `,"no":99999999999999999999,"text":"a"}`, `{` + r + `,"no":1e999,"text":"a"}`,
				`{` + r + `,"no":1,"text":5}`, `{` + r + `,"no":1,"text":null}`, `{` + r + `,"no":1,"text":{}}`, `{` + r + `,"no":1,"text":["a"]}`,
				`{` + r + `,"no":1,"Text":"a"}`, `{` + r + `,` + r + `,"no":1,"text":"a"}`,
				`{"id":"","room":"x","no":1,"text":"a"}`, `{"id":5,"room":"x","no":1,"text":"a"}`,
				`{"id":"` + strings.Repeat("é", 65) + `","room":"x","no":1,"text":"a"}`,
			},
			"typing": {`{}`, `{"room":false}`, `[]`},
			"read": {
				`{}`, `{` + r + `}`, `{"seq":1}`, `{` + r + `,"seq":-1}`, `{` + r + `,"seq":"1"}`, `{` + r + `,"seq":0.5}`, `{` + r + `,"seq":9007199254740992}`,
			},
			"join": {
				`[]`, `{"room":5}`, `{"room":"a b"}`, `{"since":-1}`, `{"since":"0"}`, `{"since":1.5}`, `{"start":1}`, `{"start":"true"}`,
				`{"profile":"Mina"}`, `{"profile":[]}`, `{"profile":{"name":5}}`, `{"profile":{"email":{}}}`, `{"profile":{"topic":true}}`,
				`{"profile":{"name":"` + strings.Repeat("é", 65) + `"}}`, `{"profile":{"email":"` + strings.Repeat("x", 255) + `"}}`,
				`{"profile":{"topic":"` + strings.Repeat("x", 101) + `"}}`,
				`{"page":"https://shop.example"}`, `{"page":{"url":5}}`, `{"page":{"title":[]}}`, `{"page":{"lang":1}}`,
			},
			"history": {
				`[]`, `{"limit":0}`, `{"limit":-5}`, `{"limit":"30"}`, `{"limit":1.5}`, `{"limit":99999999999}`, `{"before":5}`, `{"before":"!"}`,
				`{"before":"YQ"}`, `{"before":"YS4w"}`, `{"before":"YS4xIA"}`, `{"before":"YS4wMQ"}`, `{"before":"` + strings.Repeat("A", 200) + `"}`,
			},
			"end": {`{}`, `{"room":{}}`},
			"rate": {
				`{}`, `{` + r + `}`, `{"score":5}`, `{` + r + `,"score":0}`, `{` + r + `,"score":6}`, `{` + r + `,"score":4.5}`, `{` + r + `,"score":"5"}`,
				`{` + r + `,"score":null}`, `{` + r + `,"score":5,"comment":5}`, `{` + r + `,"score":5,"comment":["a"]}`,
			},
		},
		chat.Agent: {
			"join": {
				`{"rooms":{}}`, `{"rooms":"x"}`, `{"rooms":["x"]}`, `{"rooms":[null]}`, `{"rooms":[{}]}`, `{"rooms":[{"since":1}]}`,
				`{"rooms":[{` + r + `,"since":-1}]}`, `{"rooms":[{"room":"a b"}]}`, `{"rooms":[` + holds + `]}`,
			},
			"history": {`{}`, `{"limit":5}`, `{"room":5}`},
			"take":    {`{}`, `{"room":[]}`},
			"release": {`{}`, `{"room":""}`},
			"block":   {`{` + r + `}`, `{"blocked":true}`, `{` + r + `,"blocked":1}`, `{` + r + `,"blocked":null}`},
			"endWaiting": {
				`{}`, `{"act":"all"}`, `{"act":1}`, `{"from":"9aZ_"}`, `{"act":"end","from":"a b"}`, `{"act":"end","from":5}`, `{"act":"look","pattern":["a"]}`,
				`{"act":"look","pattern":"` + strings.Repeat("가", 201) + `"}`, `{"act":"look","cursor":"../x"}`, `{"act":"look","cursor":5}`, `{"act":"look","left":1}`,
			},
			"transfer": {`{` + r + `}`, `{"agent":"a_1"}`, `{` + r + `,"agent":5}`, `{` + r + `,"agent":"kim"}`, `{` + r + `,"agent":"x_1"}`, `{` + r + `,"agent":"a_"}`},
			"queue":    {`[]`, `nothing`},
			"hours":    {`{"site":5}`, `{"site":"a b"}`, `{"site":"*"}`, `{"site":"` + strings.Repeat("s", 65) + `"}`},
			"hoursPut": {
				`{}`, `{"version":0}`, `{"version":0,"hours":null}`, `{"hours":{}}`, `{"version":-1,"hours":{}}`, `{"version":"0","hours":{}}`,
				`{"version":2147483647,"hours":{}}`, `{"site":"../x","version":0,"hours":{}}`,
			},
			"stats": {
				`{}`, `{` + span + `}`, `{` + span + `,"by":"week"}`, `{` + span + `,"by":1}`, `{"from":1,"by":"day"}`, `{"to":1,"by":"day"}`,
				`{"from":-1,"to":2,"by":"day"}`, `{"from":1,"to":10000000000000,"by":"day"}`, `{"from":"1","to":2,"by":"day"}`,
				`{"firstDay":"2026-11-30","by":"day"}`, `{"lastDay":"2026-11-30","by":"day"}`, `{"firstDay":"2026-11-31","lastDay":"2026-12-01","by":"day"}`,
				`{"firstDay":20261130,"to":2,"by":"day"}`, `{"firstDay":"","to":2,"by":"day"}`, `{"from":1,"lastDay":"30.11.2026","by":"day"}`,
				`{"from":1,"lastDay":"9999-12-31","by":"day"}`, `{"firstDay":"0001-01-01","to":2,"by":"day"}`, `{"firstDay":"2026-11-30","to":2,"by":"day","tz":"Mars"}`,
				`{` + span + `,"by":"day","agent":"c_1"}`, `{` + span + `,"by":"day","agent":5}`,
				`{` + span + `,"by":"day","tz":"Local"}`, `{` + span + `,"by":"day","tz":"Mars"}`, `{` + span + `,"by":"day","tz":"../etc"}`,
				`{` + span + `,"by":"day","tz":9}`, `{` + span + `,"by":"day","tz":"` + strings.Repeat("A", 65) + `"}`,
				`{` + span + `,"by":"day","cursor":5}`, `{` + span + `,"by":"day","cursor":"` + strings.Repeat("1", 300) + `"}`,
			},
			"chats": {
				`{}`, `{"from":1}`, `{"to":1}`, `{"from":-1,"to":1}`, `{"from":1,"to":"2"}`, `{"from":1,"to":1.5}`, `{"from":1,"to":10000000000000}`,
				`{` + span + `,"agent":"kim"}`, `{` + span + `,"agent":"c_1"}`, `{` + span + `,"agent":5}`, `{` + span + `,"reason":"bored"}`, `{` + span + `,"reason":1}`,
				`{` + span + `,"rating":0}`, `{` + span + `,"rating":6}`, `{` + span + `,"rating":"5"}`, `{` + span + `,"text":["a"]}`,
				`{` + span + `,"text":"` + strings.Repeat("가", 201) + `"}`, `{` + span + `,"cursor":5}`, `{` + span + `,"cursor":"!"}`,
				`{` + span + `,"cursor":"` + strings.Repeat("A", 200) + `"}`,
				`{` + span + `,"cursor":"MSAwIDEgcg"}`, `{` + span + `,"cursor":"MSAwIDA"}`,
				`{` + span + `,"cursor":"MSAwIDAg"}`,
				`{` + span + `,"cursor":"LTEgMCAwIHI"}`,
				`{` + span + `,"cursor":"MDEgMCAwIHI"}`,
				`{` + span + `,"cursor":"MSAwIDAgciA"}`,
				`{` + span + `,"cursor":"MSAwIDAgLi4veA"}`,
				`{` + span + `,"cursor":"MSAtMSAwIHI"}`,
				`{` + span + `,"cursor":"MSA5MDA3MTk5MjU0NzQwOTkyIDAgcg"}`,
				`{` + span + `,"cursor":"MSAxIDI1NiBy"}`,
				`{` + span + `,"cursor":"MSAgMSAwIHI"}`,
				`{` + span + `,"cursor":"OTk5OTk5OTk5OTk5OTkgMCAwIHI"}`,
				`{` + span + `,"cursor":"MSAwIDAgcgo"}`,
				`{` + span + `,"cursor":"MQowIDAgcg"}`,
				`{` + span + `,"cursor":"MSAwIDAgcg="}`,
				`{` + span + `,"cursor":"MSAwIDAgcnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI"}`,
			},
			"cannedList": {
				`[]`, `{"cursor":5}`, `{"cursor":"!"}`, `{"cursor":"YQ"}`, `{"cursor":"bWluZS4x"}`, `{"cursor":"bWluZS4xLg"}`, `{"cursor":"b3Vycy4xLms"}`,
				`{"cursor":"bWluZS4wMS5r"}`, `{"cursor":"bWluZS4xLmEgYg"}`, `{"cursor":"bWluZS4xLms="}`, `{"cursor":"` + strings.Repeat("A", 200) + `"}`,
			},
			"cannedPut": {
				`{}`, `{"scope":"mine","title":"t","text":"x"}`, `{"key":"k","title":"t","text":"x"}`, `{"key":"","scope":"mine"}`,
				`{"key":"a b","scope":"mine"}`, `{"key":"` + strings.Repeat("k", 65) + `","scope":"mine"}`, `{"key":"k","scope":"ours"}`, `{"key":"k","scope":5}`,
				`{` + k + `,"title":5,"text":"x"}`, `{` + k + `,"title":"t","text":[]}`, `{` + k + `,"title":"t","text":"x","version":0}`,
				`{` + k + `,"title":"t","text":"x","version":1.5}`, `{` + k + `,"title":"t","text":"x","version":"1"}`,
				`{` + k + `,"title":"t","text":"x","position":0.5}`, `{` + k + `,"title":"t","text":"x","position":9007199254740992}`,
			},
			"cannedDelete": {`{}`, `{"key":"k"}`, `{"scope":"mine"}`, `{` + k + `,"version":0}`, `{"key":"../x","scope":"shared"}`},
			"status":       {`{}`, `{"status":"busy"}`, `{"status":1}`, `{"status":"Online"}`},
		},
	}
	for side, routes := range frames {
		for route, bodies := range routes {
			for i, body := range bodies {
				t.Run(fmt.Sprintf("%s %s %d", side, route, i), func(t *testing.T) {
					assert.Equal(t, "invalid", refused(t, side, route, body).Code, "%.200q", body)
				})
			}
		}
	}
}

// TestGatewaysOwnRoutes: a frame cannot pass for one of the gateway's own events.
func TestGatewaysOwnRoutes(t *testing.T) {
	for _, route := range []string{"$connect", "$disconnect"} {
		e := refused(t, chat.Customer, route, `{"action":"`+route+`","id":"x"}`)
		assert.Equal(t, "invalid", e.Code)
		assert.Equal(t, "x", e.Re)
	}
}

func TestAgentsOnly(t *testing.T) {
	for _, route := range []string{"take", "release", "transfer", "block", "endWaiting", "queue", "status", "chats", "stats", "cannedList", "cannedPut", "cannedDelete"} {
		e := refused(t, chat.Customer, route, `{"id":"x","room":5}`)
		assert.Equal(t, "forbidden", e.Code)
		assert.Equal(t, "x", e.Re)
	}
}

func TestCustomersOnly(t *testing.T) {
	assert.Equal(t, "forbidden", refused(t, chat.Agent, "rate", `{`+r+`,"score":5}`).Code)
}

// TestErrorsNameTheirSubject: an error names the frame, room and number that it is about.
func TestErrorsNameTheirSubject(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       errorBody
	}{
		{"all of a text", `{"id":"m","room":"R","no":4,"text":5}`, errorBody{Re: "m", Room: "R", No: 4, Code: "invalid"}},
		{"what can be read", `{"id":5,"room":"R","no":"4","text":"a"}`, errorBody{Room: "R", Code: "invalid"}},
		{"a frame too large", `{"id":"m","room":"R","no":4,"text":"` + strings.Repeat("x", 40_000) + `"}`,
			errorBody{Re: "m", Room: "R", No: 4, Code: "too_long"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := refused(t, chat.Customer, "message", c.body)
			got.Type, got.Message = "", ""
			assert.Equal(t, c.want, got)
		})
	}
}

// TestTolerated: unusual frames that are valid.
func TestTolerated(t *testing.T) {
	for _, c := range []struct {
		name, route, body string
		asked             any
	}{
		{"fields of the future", "typing", `{"room":"R","mood":{"happy":[true]},"Room":5}`, chat.RoomID("R")},
		{"null is absent", "join", `{"room":null,"since":null,"start":null,"profile":null,"page":{"url":null}}`, chat.CustomerJoin{}},
		{"an empty room", "join", `{"room":"","since":0}`, chat.CustomerJoin{}},
		{"a strange page", "join", `{"page":{"url":"javascript:alert(1)","title":"a\n\u202eb","lang":"<i>"}}`,
			chat.CustomerJoin{Profile: chat.Profile{Page: chat.Page{Title: "a b"}}}},
		{"a long page", "join", `{"page":{"url":"https://a/` + strings.Repeat("x", 2000) + `","title":"` + strings.Repeat("é", 300) + `"}}`,
			chat.CustomerJoin{Profile: chat.Profile{Page: chat.Page{Title: strings.Repeat("é", 200)}}}},
		{"control characters in a text are the service's to drop", "message", `{"room":"R","no":2147483648,"text":"a\u0000b"}`,
			[]any{chat.RoomID("R"), 1 << 31, "a\x00b"}},
		{"more than a page", "history", `{"limit":500}`, chat.HistoryQuery{Limit: 30}},
		{"no limit", "history", `{"room":"R"}`, chat.HistoryQuery{Limit: 30}},
		{"a small page", "history", `{"limit":1}`, chat.HistoryQuery{Limit: 1}},
		{"a rating without a word", "rate", `{"room":"R","score":1,"comment":null}`, []any{chat.RoomID("R"), chat.Rating{Score: 1}}},
		{"read nothing", "read", `{"room":"R","seq":0}`, []any{chat.RoomID("R"), int64(0)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &script{}
			handle(t, controller(s, io.Discard), frameEvent(t, chat.Customer, c.route, c.body))
			require.Len(t, s.calls, 1)
			assert.Equal(t, c.asked, s.calls[0].Argument)
		})
	}
}

// TestPageAddressOnOneLine: a finding of FuzzWords. url.Parse refuses control characters, but not after a #.
func TestPageAddressOnOneLine(t *testing.T) {
	for address, kept := range map[string]bool{
		"https://shop.example/a?b=c#d":        true,
		"https://shop.example/한글#맨위":          true,
		"https://shop.example/#\na":           false,
		"https://shop.example/#\u0000":        false,
		"https://shop.example/#\u202etxt.exe": false,
		"https://shop.example/\u2066a":        false,
		"https://shop.example/a b":            false,
		" https://shop.example/":              false,
	} {
		body, err := json.Marshal(map[string]any{"page": map[string]string{"url": address}})
		require.NoError(t, err)
		s := &script{}
		handle(t, controller(s, io.Discard), frameEvent(t, chat.Customer, "join", string(body)))
		require.Len(t, s.calls, 1)
		stored := s.calls[0].Argument.(chat.CustomerJoin).Profile.Page.URL
		assert.Equal(t, kept, stored == address, "%q", address)
		assert.True(t, kept || stored == "")
	}
}
