package main

import (
	"cmp"
	"math"
	"slices"
)

// limit is a quota, and how much of it a number of open chats needs.
type limit struct {
	name, value string
	quota       float64
	need        func(open float64) float64 // monotonic
	move        string
	source      string
}

// unlimited is more chats than possible.
const unlimited = 1e9

// maxOpen is how many chats may be open at once within the limit; unlimited if it does not depend on them.
func (l limit) maxOpen() float64 {
	low, high := 0.0, float64(unlimited)
	if l.need(high) <= l.quota {
		return unlimited
	}
	for high-low > 1 {
		if middle := math.Floor((low + high) / 2); l.need(middle) <= l.quota {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

const (
	apiQuotas    = "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"
	socketQuotas = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html"
	lambdaQuotas = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
	tableQuotas  = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"
	keyQuotas    = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html"
	edgeQuotas   = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"
	template     = "infra/template.yaml"
)

// AWS's default quotas, and limits of the template; per second unless stated.
const (
	stageRate      = 1000 // ThrottleRate
	accountRate    = 10_000
	newConnections = 500
	concurrency    = 1000
	keyUnits       = 1000
	tableUnits     = 40_000
	edgeRate       = 250_000
	frameSeconds   = 10   // Timeout of the functions
	sweepSeconds   = 50   // the sweep's timeout, less its reserve
	queueUnits     = 4    // write units of a chat on the single key of the queue's index: to enter and to leave, each in a transaction
	agentsPerChat  = 0.25 // an agent holds four chats
)

// load is a moment with a number of open chats like the month's.
type load struct {
	month
	events map[string]event
	open   float64
}

// agentsNeeded is how many agents hold the open chats.
func (b load) agentsNeeded() float64 { return b.open * agentsPerChat }

func (b load) at(name string) operations { return b.events[name].with(b.agentsNeeded(), b.texts) }

// startsPerSecond is how many chats start per second; as many end.
func (b load) startsPerSecond() float64 { return b.open / b.minutes / 60 }

// perSecond is the operations of all open chats per second.
func (b load) perSecond() operations {
	sum := operations{}
	for name, n := range b.perChat() {
		sum.add(b.at(name), n*b.startsPerSecond())
	}
	beats := b.agentsNeeded() / heartbeatSeconds
	sum.add(b.at(agentHeartbeat), beats/heartbeatsPerJoin)
	sum.add(b.at(ping), beats*(heartbeatsPerJoin-1)/heartbeatsPerJoin)
	return sum
}

// sweepDuration is how many seconds a run of the sweep takes: a minute's chats one after the other.
func (b load) sweepDuration() float64 {
	waits := calls(b.at(sweep)) + b.open/checkMinutes*calls(b.at(checkRoom)) + b.startsPerSecond()*60*(1+rated)*calls(b.at(countChat))
	return waits * b.ms / 1000
}

// limits lists all limits, in no order: which is the nearest depends on the month's chats.
func (m month) limits(events map[string]event) []limit {
	at := func(open float64) load { return load{m, events, open} }
	return []limit{
		{"a run of the sweep", "50 s a minute", sweepSeconds, func(n float64) float64 { return at(n).sweepDuration() },
			"what is late is done by the next runs: statistics lag, nothing is lost; then a schedule for each shard", template},
		{"one function tells every agent", "10 s", frameSeconds, func(n float64) float64 { return m.ms / 1000 * calls(at(n).at(take)) },
			"posts side by side; a stack for each team", template},
		{"frames of the stage", "1,000/s", stageRate, func(n float64) float64 { return at(n).perSecond()[frames] },
			"parameter ThrottleRate, up to the account's", template},
		{"requests of the account", "10,000/s", accountRate, func(n float64) float64 { o := at(n).perSecond(); return o[frames] + o[posts] + o[callbacks] },
			"ask AWS; a stack for each team, in an account of its own", apiQuotas},
		{"functions at once", "1,000", concurrency, func(n float64) float64 { return m.seconds(at(n).perSecond()) },
			"ask AWS; new accounts start with fewer", lambdaQuotas},
		{"new connections", "500/s", newConnections, func(n float64) float64 { return at(n).startsPerSecond() * (1 + reconnects) },
			"ask AWS; who is refused tries again after up to 30 s, at random", socketQuotas},
		{"writes to one key: the queue", "1,000 units/s", keyUnits, func(n float64) float64 { return at(n).startsPerSecond() * queueUnits },
			"spread the index over shards, as `due` is", keyQuotas},
		{"writes to one key: a room", "1,000 units/s", keyUnits, func(float64) float64 { return m.texts / m.minutes / 60 * events[text].Base[writes] },
			"each room is a key of its own", keyQuotas},
		{"writes to one table", "40,000 units/s", tableUnits, func(n float64) float64 { return at(n).perSecond()[writes] },
			"ask AWS; a new table begins with 4,000 and doubles in 30 minutes, or is warmed", tableQuotas},
		{"requests of CloudFront", "250,000/s", edgeRate, func(n float64) float64 { return at(n).startsPerSecond() * m.visits / max(1, m.chats) },
			"ask AWS", edgeQuotas},
	}
}

// first is the limit that a growing number of chats reaches first.
func first(limits []limit) limit {
	return slices.MinFunc(limits, func(a, b limit) int { return cmp.Compare(a.maxOpen(), b.maxOpen()) })
}
