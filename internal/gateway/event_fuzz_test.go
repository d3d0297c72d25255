package gateway_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

// function is a Lambda function as the runtime calls it: bytes in, bytes out.
type function struct {
	name    string
	handler lambda.Handler
	event   any // what its events are read into
}

// functions lists all functions of the template (TestTemplateRoutes).
func functions() []string {
	return []string{"authorize", "connect", "disconnect", "message", "room", "console", "sweep"}
}

func newFunction(name string, c *gateway.Controller, a *gateway.Authorizer) function {
	switch name {
	case "authorize":
		return function{name, lambda.NewHandler(a.Handle), &gateway.AuthorizeEvent{}}
	case "sweep":
		return function{name, lambda.NewHandler(c.Sweep()), &gateway.SweepEvent{}}
	}
	handler := map[string]gateway.Handler{
		"connect": c.Connect(), "disconnect": c.Disconnect(), "message": c.Message(), "room": c.Room(), "console": c.Console(),
	}[name]
	return function{name, lambda.NewHandler(handler), &events.APIGatewayWebsocketProxyRequest{}}
}

// FuzzEvent looks for an event, as JSON, that a function answers wrongly: a connection is allowed or denied, a frame
// is answered with a frame, and no internal detail gets out.
func FuzzEvent(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join(eventDir, "*.json"))
	require.NoError(f, err)
	for _, path := range paths {
		event, err := os.ReadFile(path)
		require.NoError(f, err)
		for i := range functions() {
			f.Add(uint8(i), uint8(talking), event)
		}
		f.Add(uint8(4), uint8(nobody), event)
		f.Add(uint8(5), uint8(queued), event)
		f.Add(uint8(3), uint8(ended), event)
	}
	authorizer := newScene(f, nobody).authorizer
	f.Fuzz(func(tt *testing.T, which, at uint8, event []byte) {
		t := cheapHelper{tt}
		name := functions()[int(which)%len(functions())]
		plan := &script{}
		newFunction(name, silentController(plan), authorizer).requireAnswer(t, event)
		for _, c := range plan.calls {
			requireValidCaller(t, c)
		}
		if len(plan.calls) > 0 { // else the service knows nothing of it
			s := newScene(t, stage(at)%stages)
			newFunction(name, s.controller, authorizer).requireAnswer(t, event)
			s.requireStillWorks(t)
		}
	})
}

// requireValidCaller requires an identity that the authorizer can have given; none for the gateway's own events.
func requireValidCaller(t testing.TB, c call) {
	t.Helper()
	who := c.Caller
	if slices.Contains([]string{"Sweep", "Count", "Sample", "Recount"}, c.Method) || c.Method == "Disconnect" && who.Who == "" {
		return
	}
	require.Regexp(t, anyone, who.Who)
	require.Contains(t, []chat.Side{chat.Customer, chat.Agent}, who.Side)
	require.Equal(t, who.Who.IsAgent(), who.Side == chat.Agent)
	require.True(t, !who.Admin || who.Side == chat.Agent)
	require.Positive(t, who.At)
	require.NotEmpty(t, who.Conn)
}

func (f function) requireAnswer(t testing.TB, event []byte) {
	t.Helper()
	out, err := f.handler.Invoke(t.Context(), event)
	if json.NewDecoder(bytes.NewReader(event)).Decode(f.event) != nil { // the runtime's to refuse
		require.Error(t, err)
		return
	}
	if argument, ok := f.event.(*gateway.SweepEvent); ok && argument.Restat != nil {
		return // of a range that is none: the person who asks is told so
	}
	require.NoError(t, err)
	switch f.name {
	case "authorize":
		requireDecision(t, out)
	case "sweep":
	default:
		requireResponse(t, f, out)
	}
}

// requireDecision requires a denial, except for the token of the sample event, which is real.
func requireDecision(t testing.TB, out []byte) {
	t.Helper()
	var answer events.APIGatewayCustomAuthorizerResponse
	require.NoError(t, json.Unmarshal(out, &answer))
	require.Len(t, answer.PolicyDocument.Statement, 1)
	switch answer.PolicyDocument.Statement[0].Effect {
	case "Allow":
		require.Equal(t, "v_o1pJVMAws0-MqlKzhgffJr0h657Zd8oQwxspoVFdFzc", answer.PrincipalID)
		require.Equal(t, string(chat.Customer), answer.Context[gateway.ContextRole])
	default:
		require.Equal(t, "Deny", answer.PolicyDocument.Statement[0].Effect)
		require.Empty(t, answer.Context)
	}
}

func requireResponse(t testing.TB, fn function, out []byte) {
	t.Helper()
	var response events.APIGatewayProxyResponse
	require.NoError(t, json.Unmarshal(out, &response))
	isFrame := fn.event.(*events.APIGatewayWebsocketProxyRequest).RequestContext.EventType == "MESSAGE"
	if (fn.name == "connect" || fn.name == "disconnect") && !isFrame {
		require.Contains(t, []int{http.StatusOK, http.StatusInternalServerError}, response.StatusCode)
		require.Empty(t, response.Body)
		return
	}
	require.Equal(t, http.StatusOK, response.StatusCode)
	requireFrame(t, response.Body)
}
