package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
)

// maxPerson bounds a person's id, in bytes: a prefix of two and a subject of at most 255 (OpenID Connect Core 1.0, 2).
const maxPerson = 257

var (
	errAnonymous = errors.New("event has no identity")
	errMalformed = errors.New("event has a malformed identity")
)

// callerOf is the sender of an event: the person whom the authorizer let in on this connection. Nothing of it comes
// from the frame. errAnonymous when the event has no authorizer context, errMalformed when the authorizer cannot have
// written its context. Either is a fault of the deployment, not of a client.
func callerOf(event events.APIGatewayWebsocketProxyRequest) (chat.Caller, error) {
	if event.RequestContext.ConnectionID == "" {
		return chat.Caller{}, fmt.Errorf("%w: no connection", errMalformed)
	}
	if event.RequestContext.Authorizer == nil {
		return chat.Caller{}, errAnonymous
	}
	values, ok := event.RequestContext.Authorizer.(map[string]any)
	if !ok {
		return chat.Caller{}, fmt.Errorf("%w: no object", errMalformed)
	}
	c := chat.Caller{
		Conn:    chat.ConnectionID(event.RequestContext.ConnectionID),
		Who:     chat.PersonID(value(values, ContextWho)),
		Side:    chat.Side(value(values, ContextRole)),
		Admin:   value(values, ContextAdmin) == ContextTrue,
		Name:    ContextText(value(values, ContextName)),
		Email:   ContextText(value(values, ContextEmail)),
		Network: value(values, ContextNetwork),
	}
	at, err := strconv.ParseInt(value(values, ContextAt), 10, 64)
	until, untilErr := strconv.ParseInt(cmp.Or(value(values, ContextUntil), "0"), 10, 64)
	c.At, c.Until = chat.Stamp(at), chat.Millis(until)
	switch {
	case !isPerson(c.Who):
		return chat.Caller{}, fmt.Errorf("%w: %s", errMalformed, ContextWho)
	case c.Side != chat.Customer && c.Side != chat.Agent, c.Who.IsAgent() != (c.Side == chat.Agent):
		return chat.Caller{}, fmt.Errorf("%w: %s", errMalformed, ContextRole)
	case c.Admin && c.Side != chat.Agent:
		return chat.Caller{}, fmt.Errorf("%w: %s", errMalformed, ContextAdmin)
	case err != nil || at <= 0:
		return chat.Caller{}, fmt.Errorf("%w: %s", errMalformed, ContextAt)
	case untilErr != nil || until < 0:
		return chat.Caller{}, fmt.Errorf("%w: %s", errMalformed, ContextUntil)
	}
	return c, nil
}

// value is a string of the authorizer's context; "" if there is none.
func value(values map[string]any, key string) string {
	s, _ := values[key].(string)
	return s
}

func isPerson(id chat.PersonID) bool {
	kind, subject, found := strings.Cut(string(id), "_")
	return found && subject != "" && len(id) <= maxPerson && (kind == "v" || kind == "c" || kind == "a")
}
