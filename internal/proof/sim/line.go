package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/proof/sim/client"
)

// API Gateway's limits of a connection, in ms.
const (
	idleLimit = 10 * 60_000
	lifeLimit = 120 * 60_000
	// rowLife is the time to live of a connection's row.
	rowLife = 130 * 60_000
)

// line is one WebSocket connection: what the gateway, the network and the client each think of it.
type line struct {
	id     chat.ConnectionID
	device *device
	events client.SocketEvents
	born   int64
	caller map[string]any // what the authorizer said
	stamp  int64          // its age
	until  int64          // when its token has run out, ms; 0 = never

	since  int64 // when it was opened
	open   bool  // at the gateway
	closed bool  // at the client
	up     bool  // the network carries frames to the gateway
	down   bool  // and to the client
	active int64
	joined bool // a join was answered on it
}

var _ client.Socket = (*line)(nil)

// live tells whether everybody agrees that the line works.
func (l *line) live() bool { return l != nil && l.open && !l.closed && l.up && l.down }

// upFrame is a frame on its way to the gateway.
type upFrame struct {
	line *line
	body []byte
}

// downFrame is what is on its way to a client: a frame, or that the line has opened or closed.
type downFrame struct {
	line  *line
	body  []byte
	state lineState
}

type lineState int

const (
	carries lineState = iota
	opens
	closes
)

// dial makes a connection: the authorizer, then $connect, then the client is told.
func (w *World) dial(d *device, token string, on client.SocketEvents) *line {
	w.dialled++
	l := &line{
		id: chat.ConnectionID("L" + strconv.Itoa(w.dialled)), device: d, events: on, born: w.now, up: true, down: true, active: w.now,
	}
	w.lines[l.id] = l
	w.order = append(w.order, l)
	w.tracef("%s dials %s", d.name, l.id)
	forged := token == w.crowd.forged
	refuse := func() { w.down = append(w.down, downFrame{line: l, state: closes}) }
	event := events.APIGatewayWebsocketProxyRequest{
		QueryStringParameters: map[string]string{"token": token}, RequestContext: w.context(l, "$connect", "CONNECT"),
	}
	w.invoke("authorize", l, refuse, func(ctx context.Context) {
		response, err := w.authorize(ctx, event)
		if err != nil || len(response.PolicyDocument.Statement) != 1 || response.PolicyDocument.Statement[0].Effect != "Allow" {
			if err == nil && w.law.people[d.person.id].Blocked {
				w.did(turnedAway)
			}
			refuse()
			return
		}
		if who := response.Context[gateway.ContextWho]; forged || who != string(d.person.id) {
			w.breaks("IMPOSTOR", "%s is let in as %v", d.name, who)
		}
		w.admitted(w.current, d.person.id)
		l.caller = response.Context
		l.stamp, _ = strconv.ParseInt(fmt.Sprint(response.Context[gateway.ContextAt]), 10, 64)
		l.until, _ = strconv.ParseInt(fmt.Sprint(response.Context[gateway.ContextUntil]), 10, 64) // none of a customer's
		event.RequestContext = w.context(l, "$connect", "CONNECT")
		w.admit(ctx, l, event, refuse)
	})
	return l
}

// admit runs $connect, in the same coroutine: nothing that matters lies between.
func (w *World) admit(ctx context.Context, l *line, event events.APIGatewayWebsocketProxyRequest, refuse func()) {
	response, err := w.handler("connect")(ctx, event)
	if err != nil || response.StatusCode != http.StatusOK {
		refuse()
		return
	}
	l.open, l.since, l.active = true, w.now, w.now
	w.did(connected)
	if w.faulty && w.strikes(openLost) {
		w.tracef("%s is open, and %s is not told", l.id, l.device.name)
		l.up, l.down = false, false
		return
	}
	w.down = append(w.down, downFrame{line: l, state: opens})
}

// context is what the gateway says of a connection in each event.
func (w *World) context(l *line, route, kind string) events.APIGatewayWebsocketProxyRequestContext {
	c := events.APIGatewayWebsocketProxyRequestContext{
		ConnectionID: string(l.id), RouteKey: route, EventType: kind, ConnectedAt: l.born, RequestID: "r" + strconv.Itoa(w.invoked),
	}
	if l.caller != nil {
		c.Authorizer = l.caller
	}
	return c
}

// Send implements client.Socket.
func (l *line) Send(body []byte) {
	w := l.device.w
	if l.closed || !l.up || !l.open {
		return
	}
	f := upFrame{line: l, body: body}
	if w.faulty && w.strikes(frameLost) {
		w.tracef("lost: %s → %s", l.device.name, body)
		return
	}
	w.up = append(w.up, f)
	if w.faulty && w.strikes(frameDoubled) {
		w.up = append(w.up, f)
	}
}

// Close implements client.Socket: the client gives the line up. The gateway learns of it where the network works.
func (l *line) Close() {
	if l.closed {
		return
	}
	l.closed = true
	if l.up && l.open {
		l.device.w.shut(l)
	}
}

// shut is the gateway's side of an end: frames that it has are still handled, and it says $disconnect.
func (w *World) shut(l *line) {
	if !l.open {
		return
	}
	l.open = false
	switch {
	case w.faulty && w.strikes(disconnectLost):
		w.tracef("$disconnect of %s is lost", l.id)
	case w.faulty && w.strikes(disconnectDoubled):
		w.closing = append(w.closing, l, l)
	default:
		w.closing = append(w.closing, l)
	}
}

// hangUp ends a line from the server's side.
func (w *World) hangUp(l *line) {
	if !l.open {
		return
	}
	w.shut(l)
	if l.down && !l.closed {
		w.down = append(w.down, downFrame{line: l, state: closes})
	}
}

// deliver puts a frame on its way to the client.
func (w *World) deliver(l *line, body []byte) {
	if l.open && l.down && !l.closed {
		w.down = append(w.down, downFrame{line: l, body: body})
	}
}

// arrives hands what came down to the client.
func (w *World) arrives(f downFrame) {
	l := f.line
	if l.closed || !l.down {
		return
	}
	switch f.state {
	case opens:
		w.tracef("%s is open for %s", l.id, l.device.name)
		l.device.line = l
		l.events.Opened()
	case closes:
		w.tracef("%s is closed for %s", l.id, l.device.name)
		l.closed = true
		l.events.Closed()
	default:
		w.tracef("%s ← %s: %s", l.device.name, l.id, f.body)
		w.hashBytes(f.body)
		l.events.Frame(f.body)
	}
	w.listen(l.device)
}

// handle gives a client's frame to the function of its route.
func (w *World) handle(f upFrame) {
	l := f.line
	if !l.open {
		w.count(frameAfterEnd)
	}
	l.active = max(l.active, w.now)
	var head request
	_ = json.Unmarshal(f.body, &head) // what it is not, the function says
	if head.Action == "ping" {        // answered by the gateway itself
		w.deliver(l, []byte(`{"type":"pong"}`))
		return
	}
	function, route := w.routes[head.Action], head.Action
	if function == "" {
		function, route = w.routes["$default"], "$default"
	}
	event := events.APIGatewayWebsocketProxyRequest{Body: string(f.body), RequestContext: w.context(l, route, "MESSAGE")}
	died := func() { // API Gateway's own words
		w.deliver(l, []byte(`{"message":"Internal server error","connectionId":"`+string(l.id)+`","requestId":"x"}`))
	}
	w.tracef("%s → %s: %s", l.device.name, l.id, f.body)
	w.hashBytes(f.body)
	w.invoke(head.Action, l, died, func(ctx context.Context) {
		response, err := w.handler(function)(ctx, event)
		if err != nil || response.StatusCode != http.StatusOK {
			w.breaks("UNANSWERED", "%s: %v, status %d", f.body, err, response.StatusCode)
			return
		}
		w.answer(l, &head, response.Body)
	})
}

// answer is the route response.
func (w *World) answer(l *line, asked *request, body string) {
	switch {
	case body == "":
		return
	case l.device.raw != nil:
		w.betrayed([]byte(body))
	default:
		w.answered(w.current, asked, []byte(body))
	}
	if w.faulty && w.strikes(answerFrameLost) {
		w.tracef("lost: %s ← %s", l.device.name, body)
		return
	}
	w.deliver(l, []byte(body))
}

// close runs $disconnect for a line that has ended.
func (w *World) close(l *line) {
	event := events.APIGatewayWebsocketProxyRequest{RequestContext: w.context(l, "$disconnect", "DISCONNECT")}
	if w.faulty && w.ch.of(8) == 1 { // as an operator sends it, who knows the id alone
		event.RequestContext.Authorizer = nil
	}
	switch {
	case !l.joined:
		w.count(disconnectEarly)
	case l.device.person.newest > l.stamp:
		w.count(disconnectStale)
	}
	w.invoke(disconnectName, l, nil, func(ctx context.Context) {
		_, _ = w.handler("disconnect")(ctx, event) // nobody reads its answer
		if !w.current.wrote {
			w.did(noopDisconnects)
		}
	})
}

const (
	disconnectName = "$disconnect"
	sweepName      = "sweep"
)
