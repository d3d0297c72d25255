package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/telemetry"
)

// TestLog: every event leaves exactly one line, which can be traced and has nothing of what people wrote or who they
// are.
func TestLog(t *testing.T) {
	secrets := []string{
		"Mina", "Park", "Kim", "rgen", "Sora", "Lee", "@", "parcel", "Order 2210", "signed.token", "shop.example", "Hello", "안녕", "인사", "친절", "203.0.113", "Mozilla",
	}
	for _, outcome := range []struct {
		err   error
		level string
	}{
		{nil, "INFO"},
		{&chat.Error{Code: chat.Forbidden, Message: "Kim has taken this chat."}, "INFO"},
		{errors.New("request timed out"), "ERROR"},
	} {
		for _, name := range eventNames(t) {
			t.Run(fmt.Sprint(name, " ", outcome.err), func(t *testing.T) {
				var out bytes.Buffer
				s := &script{err: outcome.err}
				event := sample(t, name)
				handle(t, controller(s, &out), event)
				for _, secret := range secrets {
					assert.NotContains(t, out.String(), secret)
				}
				require.Equal(t, 1, strings.Count(out.String(), "\n"))
				var line map[string]any
				require.NoError(t, json.Unmarshal(out.Bytes(), &line))
				assert.Equal(t, event.RequestContext.RouteKey, line["route"])
				assert.Equal(t, event.RequestContext.RequestID, line["requestId"])
				assert.Equal(t, event.RequestContext.ConnectionID, line["connectionId"])
				assert.Equal(t, event.RequestContext.EventType != "DISCONNECT", line["Latency"] != nil)
				if len(s.calls) > 0 {
					assert.Equal(t, outcome.level, line["level"])
				}
				if strings.Contains(event.Body, `"room":`) && name != "join-agent" { // which names many
					assert.Equal(t, string(roomID), line["room"])
				}
			})
		}
	}
}

func TestSweepLog(t *testing.T) {
	var out bytes.Buffer
	_, err := controller(&script{}, &out).Sweep()(t.Context(), gateway.SweepEvent{})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(out.String(), "\n"))
	assert.Contains(t, out.String(), `"route":"sweep","Code":"ok","looked":3,"counted":2,"Waiting":2,"LongestWait":90,"SweepEnded":1,"SweepReleased":1,"SweepWarned":1,"SweepLag":61000,"_aws":`)
}

// TestLines: what a chat leaves in the log, from $connect to the sweep. Every line can be followed by its ids, and
// none has a text, a name, a token or a person's id.
func TestLines(t *testing.T) {
	got := logOfAChat(t)
	const path = "testdata/lines.golden"
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)

	for _, metric := range telemetry.Metrics() {
		if !slices.Contains(ofCalls(), metric) {
			assert.True(t, strings.Contains(got, `{"Name":"`+string(metric)+`",`), "%s is in no line", metric)
		}
	}
	people := callers()
	for _, secret := range []string{"parcel", "Mina", "Kim", "Sora", token, origin, string(people[0].Who), string(people[1].Who), string(people[2].Who)} {
		assert.False(t, strings.Contains(got, secret), secret)
	}
	for text := range strings.Lines(got) {
		var line map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &line))
		for _, field := range []string{"timestamp", "level", "message", "Stack", "route", "invocationId"} {
			assert.NotEmpty(t, line[field], "%s of %s", field, text)
		}
		if line["route"] != "sweep" {
			assert.NotEmpty(t, line["connectionId"], text)
			assert.NotEmpty(t, line["requestId"], text)
		}
		assert.Equal(t, line["Code"] != nil, line["message"] != "post failed" && line["message"] != "room swept" && line["message"] != "seat emptied", text)
		if line[string(telemetry.Accepted)] != nil || line["message"] == "room swept" || line["message"] == "seat emptied" {
			assert.Equal(t, string(roomID), line["room"], text)
		}
	}
}

// ofCalls lists the metrics of calls to AWS, which internal/app counts.
func ofCalls() []telemetry.Metric {
	return []telemetry.Metric{telemetry.StoreLatency, telemetry.PostLatency, telemetry.PostsGone, telemetry.PostsFailed}
}

// logOfAChat plays a chat through every function and returns its log.
func logOfAChat(t *testing.T) string {
	s, out := newScene(t, nobody), bytes.Buffer{}
	log := telemetry.NewLogger(&out, "rejoin")
	s.controller.Log, s.service.Log = log, log
	people := callers()
	customer, agent := people[0], people[1]
	newer := customer
	newer.Conn, newer.At = "TzS0newerFiACGmB=", agent.At+9

	events := 0
	ctx := func() context.Context {
		events++
		return lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: fmt.Sprint("invocation-", events)})
	}
	send := func(route string, by chat.Caller, body string) {
		event := eventOf(route, by, body)
		event.RequestContext.RequestID = fmt.Sprint("request-", events)
		event.RequestContext.RequestTimeEpoch = int64(s.clock.Now()) - 17
		if route == "$connect" || route == "$disconnect" {
			event.RequestContext.EventType = strings.ToUpper(route[1:])
		}
		handler := map[string]gateway.Handler{
			"connect": s.controller.Connect(), "disconnect": s.controller.Disconnect(), "message": s.controller.Message(),
			"room": s.controller.Room(), "console": s.controller.Console(),
		}[functionOf()[route]]
		_, err := handler(ctx(), event)
		require.NoError(t, err)
		s.clock.Advance(time.Second)
	}
	door := authorizer(&out)
	knock := func(header string) {
		event := connectEvent(map[string]string{"Origin": header})
		event.RequestContext.ConnectionID = string(customer.Conn)
		event.RequestContext.RequestTimeEpoch = door.Now().UnixMilli() - 31
		_, err := door.Handle(ctx(), event)
		require.NoError(t, err)
	}
	const room = `"room":"` + string(roomID) + `"`

	knock("https://elsewhere.example")
	knock(origin)
	send("$connect", customer, "")
	send("join", agent, `{}`)
	send("join", customer, `{"start":true}`)
	send("take", agent, `{`+room+`}`)
	send("message", customer, `{`+room+`,"no":1,"text":"Where is my parcel?"}`)
	send("message", customer, `{`+room+`,"no":1,"text":"Where is my parcel?"}`)
	send("join", newer, `{`+room+`,"since":3}`)
	send("$disconnect", customer, "")
	send("message", customer, `{`+room+`,"no":2,"text":"Is my parcel there?"}`)
	s.pusher.Fail(newer.Conn, errors.New("503 from the gateway"))
	send("message", agent, `{`+room+`,"no":1,"text":"Your parcel is on its way."}`)
	send("message", agent, `{`+room+`,"no":3,"text":""}`)
	s.pusher.Fail(newer.Conn, nil)
	send("transfer", agent, `{`+room+`,"to":"a_nobody"}`)
	send("release", agent, `{`+room+`}`)
	send("$disconnect", newer, "")
	_, err := s.controller.Sweep()(ctx(), gateway.SweepEvent{})
	require.NoError(t, err)
	s.clock.Advance(3 * time.Hour)
	_, err = s.controller.Sweep()(ctx(), gateway.SweepEvent{})
	require.NoError(t, err)
	s.controller.Service = &script{}
	_, err = s.controller.Sweep()(ctx(), gateway.SweepEvent{})
	require.NoError(t, err)
	s.controller.Service = &script{err: errors.New("the table is throttled")}
	send("end", customer, `{`+room+`}`)
	return serviceLines.ReplaceAllString(out.String(), `"timestamp":"now",$1`)
}

// serviceLines matches the lines that the service itself logs. Their time is the real one.
var serviceLines = regexp.MustCompile(`"timestamp":"[^"]*",("level":"\w+","message":"(post failed|seat emptied|room swept)")`)
