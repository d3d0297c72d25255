package world

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
	"rejoin/internal/proof/sim/law"
)

// API Gateway's limits of a connection, in ms.
const (
	idleLimit = 10 * 60_000
	lifeLimit = 120 * 60_000
	// rowLife is the time to live of a connection's row.
	rowLife = 130 * 60_000
)

// connection is one WebSocket connection at the simulated gateway.
type connection struct {
	law.Connection
	device *device
	events client.SocketEvents
	born   int64          // when it was dialled, ms
	caller map[string]any // the authorizer's context
}

var _ client.Socket = (*connection)(nil)

// upFrame is a frame on its way to the gateway.
type upFrame struct {
	connection *connection
	body       []byte
	due        int64 // when it arrives, ms; only in a timed world
}

// downFrame is on its way to a client: a frame, or the event that the connection has opened or closed.
type downFrame struct {
	connection *connection
	body       []byte
	event      socketEvent
	due        int64 // when it arrives, ms; only in a timed world
}

type socketEvent int

const (
	carriesFrame socketEvent = iota
	opens
	closes
)

// dial opens a connection: it runs the authorizer, then $connect, then tells the client.
func (w *World) dial(d *device, token string, on client.SocketEvents) *connection {
	c := &connection{device: d, events: on, born: w.now}
	c.ID, c.Client = chat.ConnectionID("L"+strconv.Itoa(len(w.dialled)+1)), &d.Client
	c.Up, c.Down, c.Active = true, true, w.now
	w.connections[c.ID] = c
	w.dialled = append(w.dialled, c)
	d.Dialled = append(d.Dialled, &c.Connection)
	w.tracef("%s dials %s", d.Name, c.ID)
	w.law.Sends(&d.Client)
	forged := token == w.fixture.forged
	refuse := func() { w.goesDown(downFrame{connection: c, event: closes}) }
	if !w.used.connects() {
		w.tracef("%s is refused: too many connections", c.ID)
		w.law.Refuses(&d.Client)
		refuse()
		return c
	}
	event := events.APIGatewayWebsocketProxyRequest{
		QueryStringParameters: map[string]string{"token": token}, RequestContext: w.context(c, "$connect", "CONNECT"),
	}
	event.RequestContext.Identity.SourceIP = d.address
	w.invoke(law.ConnectName, c, refuse, func(ctx context.Context) {
		response, err := w.authorize(ctx, event)
		if err != nil || len(response.PolicyDocument.Statement) != 1 || response.PolicyDocument.Statement[0].Effect != "Allow" {
			if err == nil && w.law.People[d.Person.ID].Blocked {
				w.did(law.BlockedRefused)
			}
			if err == nil && !forged {
				w.law.TurnedAway(&d.Client)
			}
			refuse()
			return
		}
		if who := response.Context[gateway.ContextWho]; forged || who != string(d.Person.ID) {
			w.law.Break("IMPOSTOR", "%s is let in as %v", d.Name, who)
		}
		w.law.LetIn(d.Person.ID)
		w.law.Arrives(&d.Client, d.address)
		w.law.Spends(law.Cost{Invocations: 1}) // of connect
		c.caller = response.Context
		c.Stamp, _ = strconv.ParseInt(fmt.Sprint(response.Context[gateway.ContextAt]), 10, 64)
		c.Until, _ = strconv.ParseInt(fmt.Sprint(response.Context[gateway.ContextUntil]), 10, 64) // a customer's token has none
		event.RequestContext = w.context(c, "$connect", "CONNECT")
		w.connect(ctx, c, event, refuse)
	})
	return c
}

// connect runs $connect in the authorizer's coroutine: nothing that happens between the two matters.
func (w *World) connect(ctx context.Context, c *connection, event events.APIGatewayWebsocketProxyRequest, refuse func()) {
	response, err := w.handler("connect")(ctx, event)
	if err != nil || response.StatusCode != http.StatusOK {
		refuse()
		return
	}
	c.Open, c.Opened, c.Active = true, w.now, w.now
	w.did(law.Connections)
	if w.faulty && w.strikes(openLost) {
		w.tracef("%s is open, and %s is not told", c.ID, c.device.Name)
		c.Up, c.Down = false, false
		return
	}
	w.goesDown(downFrame{connection: c, event: opens})
}

// context is the request context of a connection's event.
func (w *World) context(c *connection, route, kind string) events.APIGatewayWebsocketProxyRequestContext {
	request := events.APIGatewayWebsocketProxyRequestContext{
		ConnectionID: string(c.ID), RouteKey: route, EventType: kind, ConnectedAt: c.born, RequestID: "r" + strconv.Itoa(w.invoked),
	}
	if c.caller != nil {
		request.Authorizer = c.caller
	}
	return request
}

// Send implements client.Socket.
func (c *connection) Send(body []byte) {
	w := c.device.w
	if c.Closed || !c.Up || !c.Open {
		return
	}
	w.law.Sends(&c.device.Client)
	w.law.Asks(&c.device.Client, body)
	f := upFrame{connection: c, body: body, due: w.now + w.times.way}
	if w.faulty && w.strikes(frameLost) {
		w.tracef("lost: %s → %s", c.device.Name, body)
		return
	}
	w.up = append(w.up, f)
	if w.faulty && w.strikes(frameDoubled) {
		w.up = append(w.up, f)
	}
}

// Close implements client.Socket: the client gives up the connection. The gateway notices if the network works.
func (c *connection) Close() {
	if c.Closed {
		return
	}
	c.Closed = true
	if c.Up && c.Open {
		c.device.w.shut(c)
	}
}

// shut ends a connection at the gateway: frames that have arrived are still handled, and $disconnect follows.
func (w *World) shut(c *connection) {
	if !c.Open {
		return
	}
	c.Open = false
	switch {
	case w.faulty && w.strikes(disconnectLost):
		w.tracef("$disconnect of %s is lost", c.ID)
	case w.faulty && w.strikes(disconnectDoubled):
		w.closing = append(w.closing, c, c)
	default:
		w.closing = append(w.closing, c)
	}
}

// hangUp ends a connection from the gateway's side.
func (w *World) hangUp(c *connection) {
	if !c.Open {
		return
	}
	w.shut(c)
	if c.Down && !c.Closed {
		w.goesDown(downFrame{connection: c, event: closes})
	}
}

// deliver puts a frame on its way to the client.
func (w *World) deliver(c *connection, body []byte) {
	if c.Open && c.Down && !c.Closed {
		w.goesDown(downFrame{connection: c, body: body})
	}
}

// goesDown puts a frame or an event on its way to the client.
func (w *World) goesDown(f downFrame) {
	f.due = w.now + w.times.way
	w.down = append(w.down, f)
}

// arrive delivers a frame or event to the client.
func (w *World) arrive(f downFrame) {
	c := f.connection
	if c.Closed || !c.Down {
		return
	}
	switch f.event {
	case opens:
		w.tracef("%s is open for %s", c.ID, c.device.Name)
		c.device.socket, c.device.Connection = c, &c.Connection
		c.events.Opened()
	case closes:
		w.tracef("%s is closed for %s", c.ID, c.device.Name)
		c.Closed = true
		c.events.Closed()
	default:
		w.tracef("%s ← %s: %s", c.device.Name, c.ID, f.body)
		w.hashBytes(f.body)
		w.law.Receives(&c.device.Client, f.body)
		c.events.Frame(f.body)
	}
	c.device.noteJoin()
}

// handle passes a client's frame to the function of its route.
func (w *World) handle(f upFrame) {
	c := f.connection
	if !c.Open {
		w.count(frameAfterEnd)
	}
	c.Active = max(c.Active, w.now)
	var asked law.Request
	_ = json.Unmarshal(f.body, &asked) // the function refuses malformed frames
	function, route := w.fixture.routes[asked.Action], asked.Action
	if function == "" {
		function, route = w.fixture.routes["$default"], "$default"
	}
	if !w.used.frames(route) {
		w.law.Refuses(&c.device.Client)
		w.fail(c, "Too Many Requests")
		return
	}
	if asked.Action == "ping" { // answered by the gateway itself
		w.law.Serves(&c.device.Client)
		w.deliver(c, []byte(`{"type":"pong"}`))
		return
	}
	event := events.APIGatewayWebsocketProxyRequest{Body: string(f.body), RequestContext: w.context(c, route, "MESSAGE")}
	died := func() { w.fail(c, "Internal server error") }
	if !w.used.runs() {
		died()
		return
	}
	w.tracef("%s → %s: %s", c.device.Name, c.ID, f.body)
	w.hashBytes(f.body)
	w.invoke(asked.Action, c, died, func(ctx context.Context) {
		response, err := w.handler(function)(ctx, event)
		if err != nil || response.StatusCode != http.StatusOK {
			w.law.Break("UNANSWERED", "%s: %v, status %d", f.body, err, response.StatusCode)
			return
		}
		w.answer(c, &asked, response.Body)
	})
}

// fail sends an error of API Gateway itself.
func (w *World) fail(c *connection, what string) {
	w.tracef("%s ← %s: %s", c.device.Name, c.ID, what)
	w.deliver(c, []byte(`{"message":"`+what+`","connectionId":"`+string(c.ID)+`","requestId":"x"}`))
}

// answer sends the route response.
func (w *World) answer(c *connection, asked *law.Request, body string) {
	if body == "" {
		return
	}
	w.law.Answered(asked, []byte(body))
	w.law.Serves(&c.device.Client)
	if w.faulty && w.strikes(answerFrameLost) {
		w.tracef("lost: %s ← %s", c.device.Name, body)
		return
	}
	w.deliver(c, []byte(body))
}

// disconnect runs $disconnect for a connection that has ended.
func (w *World) disconnect(c *connection) {
	if !w.used.runs() { // nobody repeats it
		return
	}
	event := events.APIGatewayWebsocketProxyRequest{RequestContext: w.context(c, "$disconnect", "DISCONNECT")}
	if w.faulty && w.choices.of(8) == 1 { // as an operator sends it, without an identity
		event.RequestContext.Authorizer = nil
	}
	switch {
	case !c.Joined:
		w.count(disconnectEarly)
	case c.device.owner.Newest > c.Stamp:
		w.count(disconnectStale)
	}
	w.invoke(law.DisconnectName, c, nil, func(ctx context.Context) {
		_, _ = w.handler("disconnect")(ctx, event) // its answer is ignored
		if !w.current.wrote {
			w.did(law.IdleDisconnects)
		}
	})
}
