package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"
	"math"
)

// The kinds of operations, which TestCounted counts by running the deployed code.
const (
	invocations   = "invocations" // of functions
	frames        = "frames"      // from clients, in messages of up to 32 KB
	answers       = "answers"     // route responses, likewise
	posts         = "posts"       // to connections, likewise
	callbacks     = "callbacks"   // other calls to @connections: checks of presence, closes
	requests      = "requests"    // to DynamoDB, one round trip each
	writes, reads = "writes", "reads"
	logBytes      = "logBytes"   // logged by the code
	beside        = "beside"     // calls among the posts and callbacks that run beside others, and so take no time of their own
	sentBytes     = "sentBytes"  // to clients
	tableBytes    = "tableBytes" // stored: items, plus DynamoDB's 100 bytes for each
	indexBytes    = "indexBytes"
	metrics       = "metrics" // custom metrics, by name and dimensions
)

// The events, by the use case. A heartbeat is every fifth one of a page, which is a join; the others are pings.
const (
	authorize       = "authorize"
	connect         = "connect"
	join            = "join" // before the customer starts a chat
	start           = "start"
	take            = "take"
	typing          = "typing"
	text            = "text"
	read            = "read"
	heartbeat       = "heartbeat"
	ping            = "ping"            // the gateway answers it without a function
	rejoin          = "rejoin"          // after a connection was lost
	lateDisconnect  = "late disconnect" // of the lost connection, after the rejoin
	end             = "end"
	rate            = "rate"
	disconnect      = "disconnect"
	agentAuthorize  = "agent authorize"
	agentConnect    = "agent connect"
	agentJoin       = "agent join"
	agentHeartbeat  = "agent heartbeat"
	queue           = "queue" // which a console asks for every 30 s
	agentDisconnect = "agent disconnect"
	canned          = "canned"
	idleSweep       = "idle sweep" // without agents and chats
	sweep           = "sweep"      // with agents online and no room due
	checkRoom       = "check room" // the additional operations for each due room
	countChat       = "count chat" // the additional operations for each ended chat
)

// These are not events.
const (
	stored      = "stored"       // what a chat leaves in the tables
	allMetrics  = "all metrics"  // the custom metrics that the log can have, Errors with one code
	idleMetrics = "idle metrics" // those of them that an idle sweep has
)

// operations are numbers of operations, by name.
type operations map[string]float64

// add adds o, multiplied by times.
func (sum operations) add(o operations, times float64) {
	for name, n := range o {
		sum[name] += n * times
	}
}

// event is an event's operations: without agents and texts, and in addition for each agent online and each text in the
// room.
type event struct {
	Base  operations `json:"base"`
	Agent operations `json:"agent,omitempty"`
	Text  operations `json:"text,omitempty"`
}

// What of the agents online an event has to do with.
const (
	told       = 8   // who are told of a room that begins or goes (MaxTold of internal/chat)
	listed     = 150 // who are listed in a desk (MaxListed)
	sideBySide = 32  // calls of a function under way at once (internal/app, internal/push)
)

// with returns the operations with this many agents online, in a room with this many texts.
func (e event) with(agents, texts float64) operations {
	sum := maps.Clone(e.Base)
	for operation, n := range e.Agent {
		most := agents
		switch {
		case operation == posts, operation == sentBytes && e.Agent[posts] > 0:
			most = math.Min(agents, told)
		case operation != callbacks:
			most = math.Min(agents, listed)
		}
		sum[operation] += n * most
	}
	sum.add(e.Text, texts)
	if many := e.Agent[posts]*math.Min(agents, told) + e.Agent[callbacks]*agents; many > 0 {
		sum[beside] = many - math.Ceil(many/sideBySide)
	}
	return sum
}

//go:embed counted.json
var countedJSON []byte

// counted reads what TestCounted wrote, and adds pings, which run no code.
func counted() (map[string]event, error) {
	events := map[string]event{}
	if err := decode(countedJSON, &events); err != nil {
		return nil, err
	}
	events[ping] = event{Base: operations{frames: 1, answers: 1, sentBytes: pongBytes}}
	return events, nil
}

func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}
