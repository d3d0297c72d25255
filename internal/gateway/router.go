package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
	"rejoin/internal/stats"
)

// Route keys. The gateway takes a frame's from its "action"; keys with a dollar sign are the gateway's own.
const (
	routeConnect    = "$connect"
	routeDisconnect = "$disconnect"
	routeDefault    = "$default"
	routeJoin       = "join"
	routeMessage    = "message"
	routeTyping     = "typing"
	routeRead       = "read"
	routeHistory    = "history"
	routeEnd        = "end"
	routeRate       = "rate"
	routePing       = "ping"
	routeTake       = "take"
	routeRelease    = "release"
	routeTransfer   = "transfer"
	routeBlock      = "block"
	routeEndWaiting = "endWaiting"
	routeQueue      = "queue"
	routeStatus     = "status"
	routeChats      = "chats"
	routeStats      = "stats"

	routeCannedList   = "cannedList"
	routeCannedPut    = "cannedPut"
	routeCannedDelete = "cannedDelete"

	routeHours    = "hours"
	routeHoursPut = "hoursPut"
)

// Service is what the controller calls: one use case for each frame and event.
type Service interface {
	Connect(ctx context.Context, c chat.Caller) error
	Disconnect(ctx context.Context, c chat.Caller) (current bool, err error)
	JoinCustomer(ctx context.Context, c chat.Caller, j chat.CustomerJoin) (*chat.RoomPage, error)
	JoinAgent(ctx context.Context, c chat.Caller, j chat.AgentJoin) (chat.Desk, error)
	Message(ctx context.Context, c chat.Caller, room chat.RoomID, no int, text string) (chat.Ack, error)
	Typing(ctx context.Context, c chat.Caller, room chat.RoomID) error
	Read(ctx context.Context, c chat.Caller, room chat.RoomID, seq int64) error
	History(ctx context.Context, c chat.Caller, query chat.HistoryQuery) (chat.History, error)
	End(ctx context.Context, c chat.Caller, room chat.RoomID) (chat.View, error)
	Rate(ctx context.Context, c chat.Caller, room chat.RoomID, given chat.Rating) error
	Take(ctx context.Context, c chat.Caller, room chat.RoomID) (chat.RoomPage, error)
	Release(ctx context.Context, c chat.Caller, room chat.RoomID) (chat.View, error)
	Transfer(ctx context.Context, c chat.Caller, room chat.RoomID, to chat.PersonID) (chat.View, error)
	Block(ctx context.Context, c chat.Caller, room chat.RoomID, blocked bool) (chat.RoomPage, error)
	EndWaiting(ctx context.Context, c chat.Caller, query chat.WaitingQuery) (chat.WaitingPage, error)
	Queue(ctx context.Context, c chat.Caller) (chat.QueueList, error)
	SetStatus(ctx context.Context, c chat.Caller, status chat.AgentStatus) error
	Chats(ctx context.Context, c chat.Caller, query chat.ChatsQuery) (chat.Chats, error)
	CannedList(ctx context.Context, c chat.Caller, after chat.CannedCursor) (chat.CannedPage, error)
	CannedPut(ctx context.Context, c chat.Caller, put chat.CannedPut) (chat.Canned, error)
	CannedDelete(ctx context.Context, c chat.Caller, scope chat.Scope, key string, version int) error
	Sweep(ctx context.Context) (chat.Swept, error)
	Refuse(ctx context.Context, conn chat.ConnectionID, why chat.Refused)
	Drop(ctx context.Context, conn chat.ConnectionID)
}

// Statistics is the part of stats.Service that the controller calls.
type Statistics interface {
	Query(ctx context.Context, c chat.Caller, query stats.Query) (stats.Result, error)
	Count(ctx context.Context) (int, error)
	Sample(ctx context.Context) (stats.Sample, error)
	Recount(ctx context.Context, from, to chat.Millis) (rest chat.Millis, err error)
}

// Hours is the part of hours.Service that the controller calls.
type Hours interface {
	Get(ctx context.Context, c chat.Caller, site string) (hours.Shop, error)
	Put(ctx context.Context, c chat.Caller, site string, edited int, data []byte) (hours.Shop, error)
}

// Controller answers events. All fields but FrameLimit are required.
type Controller struct {
	FrameLimit *FrameLimit // nil: frames are not limited
	Service    Service
	Stats      Statistics
	Hours      Hours
	Each       chat.Each
	Now        func() time.Time // the clock of the log
	Log        *slog.Logger
}

type (
	// Handler answers one event, as aws-lambda-go expects it.
	Handler func(context.Context, events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error)

	// action handles one kind of frame. It returns the answering frame, nil if the wire has none.
	action struct {
		do   func(context.Context, chat.Caller, *frame) (any, error)
		only chat.Side // the only side that may send it; empty: both may
		// refuse posts a refusal. It is set for routes without a response, since AWS sends and bills even an empty
		// one.
		refuse func(context.Context, chat.ConnectionID, chat.Refused)
	}
	actions map[string]action
)

// Message handles the frequent frames, and those without a route.
func (c *Controller) Message() Handler { return c.frames(c.messageActions(), c.tooFast) }

// Room handles the frames of both sides about their rooms.
func (c *Controller) Room() Handler { return c.frames(c.roomActions(), c.tooFast) }

// Console handles the frames that only agents may send.
func (c *Controller) Console() Handler { return c.frames(c.consoleActions(), c.tooFast) }

func (c *Controller) messageActions() actions {
	return actions{
		routeMessage: {do: c.message},
		routeTyping:  {do: c.typing, refuse: c.refuse},
		routeRead:    {do: c.read, refuse: c.refuse},
		routePing:    {do: ping},
		routeDefault: {do: unknownAction},
	}
}

func (c *Controller) roomActions() actions {
	return actions{
		routeJoin:    {do: c.join},
		routeHistory: {do: c.history},
		routeEnd:     {do: c.end},
		routeRate:    {do: c.rate, only: chat.Customer},
	}
}

func (c *Controller) consoleActions() actions {
	return actions{
		routeTake:       {do: c.take, only: chat.Agent},
		routeRelease:    {do: c.release, only: chat.Agent},
		routeTransfer:   {do: c.transfer, only: chat.Agent},
		routeBlock:      {do: c.block, only: chat.Agent},
		routeQueue:      {do: c.queue, only: chat.Agent},
		routeEndWaiting: {do: c.endWaiting, only: chat.Agent},
		routeStatus:     {do: c.status, only: chat.Agent},
		routeChats:      {do: c.chats, only: chat.Agent},
		routeStats:      {do: c.stats, only: chat.Agent},

		routeCannedList:   {do: c.cannedList, only: chat.Agent},
		routeCannedPut:    {do: c.cannedPut, only: chat.Agent},
		routeCannedDelete: {do: c.cannedDelete, only: chat.Agent},

		routeHours:    {do: c.hours, only: chat.Agent},
		routeHoursPut: {do: c.hoursPut, only: chat.Agent},
	}
}

// RoutesWithoutResponse lists the route keys that have no response.
func RoutesWithoutResponse() []string {
	var c Controller
	var keys []string
	for key, action := range c.messageActions() {
		if action.refuse != nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Routes maps each route key to the function that answers it.
func Routes() map[string]string {
	var c Controller
	routes := map[string]string{routeConnect: "connect", routeDisconnect: "disconnect"}
	for function, actions := range map[string]actions{
		"message": c.messageActions(), "room": c.roomActions(), "console": c.consoleActions(),
	} {
		for key := range maps.Keys(actions) {
			routes[key] = function
		}
	}
	return routes
}

// limiter refuses a frame before it is looked at.
type limiter func(context.Context, events.APIGatewayWebsocketProxyRequestContext) error

// frames answers each frame with the action of its route, unless the limiter refuses it. The status is 200 even when a frame is refused or fails:
// with any other the client would get the gateway's own error, without code or number.
func (c *Controller) frames(routes actions, limit limiter) Handler {
	return func(ctx context.Context, event events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		ctx = begin(ctx, event.RequestContext.RouteKey, event.RequestContext)
		f, err := readFrame(event)
		if slow := limit(ctx, event.RequestContext); slow != nil {
			err = slow
		}
		var answer any
		if err == nil {
			answer, err = routes.act(ctx, event, f, c.Now())
		}
		if err != nil {
			answer = f.refusal(err)
		}
		if refuse := routes[event.RequestContext.RouteKey].refuse; refuse != nil {
			answer = nil
			if err != nil {
				refuse(ctx, chat.ConnectionID(event.RequestContext.ConnectionID), chat.Refused{Re: f.re, Why: chat.AsError(err)})
			}
		}
		c.record(ctx, event.RequestContext, f.room, err)
		return respond(answer)
	}
}

func (c *Controller) refuse(ctx context.Context, conn chat.ConnectionID, why chat.Refused) {
	c.Service.Refuse(ctx, conn, why)
}

func (a actions) act(
	ctx context.Context, event events.APIGatewayWebsocketProxyRequest, f *frame, now time.Time,
) (any, error) {
	caller, err := callerOf(event)
	if err != nil {
		return nil, err
	}
	if caller.Expired(chat.Millis(now.UnixMilli())) && event.RequestContext.RouteKey != routePing {
		return nil, &chat.Error{Code: chat.NotCurrent, Message: "Your log-in has run out: connect again."}
	}
	todo, ok := a[event.RequestContext.RouteKey]
	switch {
	case !ok:
		return unknownAction(ctx, caller, f)
	case todo.only != "" && caller.Side != todo.only:
		return nil, &chat.Error{Code: chat.Forbidden, Message: fmt.Sprintf("This is for the %s of a chat.", todo.only)}
	}
	return todo.do(ctx, caller, f)
}

func respond(answer any) (events.APIGatewayProxyResponse, error) {
	response := events.APIGatewayProxyResponse{StatusCode: http.StatusOK}
	if answer == nil {
		return response, nil
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return events.APIGatewayProxyResponse{}, fmt.Errorf("encode answer: %w", err)
	}
	response.Body = string(body)
	return response, nil
}
