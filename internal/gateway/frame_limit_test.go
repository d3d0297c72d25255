package gateway_test

import (
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

const (
	atOnce    = 50
	perSecond = 10
)

// limited is a controller that limits frames, on a clock that a test moves.
type limited struct {
	*script
	*gateway.Controller
	t   *testing.T
	now time.Time
}

func newLimited(t *testing.T) *limited {
	p := &limited{script: &script{}, t: t, now: time.UnixMilli(int64(start))}
	p.Controller = controller(p.script, io.Discard)
	p.FrameLimit = gateway.NewFrameLimit(atOnce, perSecond)
	p.Now = func() time.Time { return p.now }
	return p
}

// send sends a frame, and tells whether it was handled and, if not, its error.
func (p *limited) send(event events.APIGatewayWebsocketProxyRequest) (bool, errorAnswer) {
	p.t.Helper()
	before := len(p.calls)
	answer := requireFrame(p.t, handle(p.t, p.Controller, event).Body)
	return len(p.calls) > before, answer
}

// passed is how many of n frames at one moment were handled.
func (p *limited) passed(n int, event events.APIGatewayWebsocketProxyRequest) (passed int) {
	p.t.Helper()
	for range n {
		if ok, _ := p.send(event); ok {
			passed++
		}
	}
	return passed
}

// TestFramesOfOneConnection: so many at once, and then so many in a second. What is refused calls no use case.
func TestFramesOfOneConnection(t *testing.T) {
	p := newLimited(t)
	join := sample(t, "join-customer")
	assert.Equal(t, atOnce, p.passed(atOnce+5, join))
	handled, answer := p.send(join)
	assert.False(t, handled)
	assert.Equal(t, errorAnswer{Type: "error", Re: answer.Re, Code: string(chat.RateLimited), Message: "You are sending too much. Please wait a moment."}, answer)
	assert.NotEmpty(t, answer.Re)

	other := join
	other.RequestContext.ConnectionID = "another"
	assert.Equal(t, atOnce, p.passed(atOnce, other), "each connection has its own")

	p.now = p.now.Add(time.Second)
	assert.Equal(t, perSecond, p.passed(perSecond+5, join))
	p.now = p.now.Add(time.Hour)
	assert.Equal(t, atOnce, p.passed(atOnce+5, join), "what was not used does not add up")
	assert.Empty(t, p.dropped)
}

// TestHistoryCountsAsMore: all connections share a low rate for it, so one may ask for less of it than of other frames.
func TestHistoryCountsAsMore(t *testing.T) {
	p := newLimited(t)
	history, join := sample(t, "history"), sample(t, "join-customer")
	join.RequestContext.ConnectionID = history.RequestContext.ConnectionID
	assert.Equal(t, atOnce/5, p.passed(atOnce, history))
	p.now = p.now.Add(time.Second)
	assert.Equal(t, 1, p.passed(1, history))
	assert.Equal(t, perSecond-5, p.passed(perSecond, join), "what is left is of the same allowance")
}

// TestSteadySendersAreNeverRefused: not even at the limit.
func TestSteadySendersAreNeverRefused(t *testing.T) {
	p := newLimited(t)
	for range 20 * perSecond {
		assert.Equal(t, 1, p.passed(1, sample(t, "join-customer")))
		p.now = p.now.Add(time.Second / perSecond)
	}
}

// TestARefusedTextIsNamed: so that its client sends it again.
func TestARefusedTextIsNamed(t *testing.T) {
	p := newLimited(t)
	text := sample(t, "message")
	p.passed(atOnce, text)
	var answer struct {
		Code  chat.Code
		Retry bool
		Room  chat.RoomID
		No    int
	}
	require.NoError(t, json.Unmarshal([]byte(handle(t, p.Controller, text).Body), &answer))
	assert.Equal(t, chat.RateLimited, answer.Code)
	assert.True(t, answer.Retry)
	assert.Equal(t, roomID, answer.Room)
	assert.Equal(t, 3, answer.No)
}

// TestEveryFrameCounts: of any route, malformed ones too, but pings, which the gateway answers on AWS.
func TestEveryFrameCounts(t *testing.T) {
	for _, route := range []string{"typing", "read", "message", "$default"} {
		t.Run(route, func(t *testing.T) {
			p := newLimited(t)
			event := sample(t, "typing")
			p.passed(atOnce, event)
			event.RequestContext.RouteKey, event.Body = route, "no frame"
			posted := len(p.refused)
			response := handle(t, p.Controller, event)
			if route == "typing" || route == "read" { // these have no response
				require.Len(t, p.refused, posted+1)
				assert.Equal(t, chat.RateLimited, p.refused[posted].Why.Why.Code)
				return
			}
			assert.Equal(t, string(chat.RateLimited), requireFrame(t, response.Body).Code)
		})
	}
	p := newLimited(t)
	for range 3 * atOnce {
		assert.JSONEq(t, `{"type":"pong"}`, handle(t, p.Controller, sample(t, "ping")).Body)
	}
	assert.Equal(t, atOnce, p.passed(atOnce+5, sample(t, "typing")), "and take nothing from the others")
}

// TestWhoGoesOnIsClosed: after many refusals, of which the client has been told.
func TestWhoGoesOnIsClosed(t *testing.T) {
	p := newLimited(t)
	join := sample(t, "join-customer")
	p.passed(2*atOnce, join)
	assert.Empty(t, p.dropped, "not yet")
	p.passed(2, join)
	conn := chat.ConnectionID(join.RequestContext.ConnectionID)
	assert.Equal(t, []chat.ConnectionID{conn, conn}, p.dropped)

	slow := newLimited(t)
	slow.passed(atOnce, join)
	for range 100 { // twice as fast as the limit, and heedless, but no flood
		slow.passed(2, join)
		slow.now = slow.now.Add(time.Second / perSecond)
	}
	assert.Empty(t, slow.dropped)
}

// TestWithoutAFrameLimit: nothing is limited.
func TestWithoutAFrameLimit(t *testing.T) {
	p := newLimited(t)
	p.FrameLimit = nil
	assert.Equal(t, 4*atOnce, p.passed(4*atOnce, sample(t, "join-customer")))
}

// TestFramesWithAReservedAction: a function that may close nothing answers them as ever.
func TestFramesWithAReservedAction(t *testing.T) {
	p := newLimited(t)
	event := sample(t, "ping")
	event.RequestContext.RouteKey, event.RequestContext.EventType, event.Body = "$connect", "MESSAGE", `{"action":"$connect"}`
	for range 3 * atOnce {
		assert.Equal(t, string(chat.Invalid), requireFrame(t, handle(t, p.Controller, event).Body).Code)
	}
	assert.Empty(t, p.dropped)
}
