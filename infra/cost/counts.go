package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"
)

// What an event asks of AWS, each counted by running the deployed code (TestCounted).
const (
	invocations   = "invocations" // of functions
	frames        = "frames"      // from clients, in messages of up to 32 KB
	answers       = "answers"     // route responses, likewise
	posts         = "posts"       // to connections, likewise
	callbacks     = "callbacks"   // other calls to @connections: who is there, close
	requests      = "requests"    // to DynamoDB, each a round trip
	writes, reads = "writes", "reads"
	logBytes      = "logBytes"   // what the code logs
	sentBytes     = "sentBytes"  // to clients
	tableBytes    = "tableBytes" // kept: items with DynamoDB's 100 bytes for each
	indexBytes    = "indexBytes"
	metrics       = "metrics" // kinds of them, by name and dimensions
)

// The events. Those of agents, rooms and the sweep are named by the use case; "beat" is the heartbeat that is a join, "back"
// the join after a connection was lost, and "late" the disconnect of that connection.
const (
	authorize, connect, hello, start, take = "authorize", "connect", "hello", "start", "take"
	typing, text, read, beat, back, late   = "typing", "text", "read", "beat", "back", "late"
	end, rate, leave                       = "end", "rate", "leave"
	agentAuthorize, agentConnect           = "agent authorize", "agent connect"
	desk, canned, deskBeat, agentLeave     = "desk", "canned", "desk beat", "agent leave"
	night                                  = "night" // a run of the sweep with nobody there
	sweep                                  = "sweep" // one with agents online, and nothing due
	look, count                            = "look", "count"
	stored                                 = "stored"  // no event: what a chat leaves behind
	watched                                = "watched" // no event either: the custom metrics that the log can make, Errors of one code
	quiet                                  = "quiet"   // those of them that the sweep makes by itself
	ping                                   = "ping"    // the gateway answers it itself: no code of ours runs
)

// operations are how many of each.
type operations map[string]float64

// add adds so many times what is in o.
func (sum operations) add(o operations, times float64) {
	for name, n := range o {
		sum[name] += n * times
	}
}

// event is what it costs with no agent online and no text in the room, and what each adds.
type event struct {
	Base  operations `json:"base"`
	Agent operations `json:"agent,omitempty"`
	Text  operations `json:"text,omitempty"`
}

// with is what it costs beside so many agents, in a room of so many texts.
func (e event) with(agents, texts float64) operations {
	sum := maps.Clone(e.Base)
	sum.add(e.Agent, agents)
	sum.add(e.Text, texts)
	return sum
}

//go:embed counted.json
var countedJSON []byte

// counted reads what TestCounted wrote, and adds what runs no code.
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
