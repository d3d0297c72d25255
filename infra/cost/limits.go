package main

import (
	"cmp"
	"math"
	"slices"
)

// limit is a quota, and what so many open chats need of it.
type limit struct {
	name, value string
	quota       float64
	need        func(open float64) float64 // never falls
	move        string
	source      string
}

// endless is more chats than there are.
const endless = 1e9

// reach is how many chats may be open at once; endless when it has nothing to do with them.
func (l limit) reach() float64 {
	low, high := 0.0, float64(endless)
	if l.need(high) <= l.quota {
		return endless
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

// Quotas as AWS sets them at first, and what the template sets; a second where nothing else is said.
const (
	stageRate     = 1000 // ThrottleRate
	accountRate   = 10_000
	newLines      = 500
	concurrency   = 1000
	keyUnits      = 1000
	tableUnits    = 40_000
	edgeRate      = 250_000
	frameSeconds  = 10   // Timeout of the functions
	sweepSeconds  = 50   // the sweep's, less what it reserves
	queueUnits    = 4    // of a chat on the one key of the index of those who wait: in and out, each in a transaction
	agentsPerChat = 0.25 // an agent holds four
)

// busy is a moment with so many open chats, which come and go as the month's do.
type busy struct {
	month
	events map[string]event
	open   float64
}

// held is how many agents are needed.
func (b busy) held() float64 { return b.open * agentsPerChat }

func (b busy) at(name string) operations { return b.events[name].with(b.held(), b.texts) }

// begun is how many chats begin in a second, and end.
func (b busy) begun() float64 { return b.open / b.minutes / 60 }

// load is what all of them ask of AWS in a second.
func (b busy) load() operations {
	sum := operations{}
	for name, n := range b.chat() {
		sum.add(b.at(name), n*b.begun())
	}
	beats := b.held() / beatSec
	sum.add(b.at(deskBeat), beats/proof)
	sum.add(b.at(ping), beats*(proof-1)/proof)
	return sum
}

// swept is for how many seconds a run of the sweep works, a minute's chats one after the other.
func (b busy) swept() float64 {
	waits := calls(b.at(sweep)) + b.open/lookMin*calls(b.at(look)) + b.begun()*60*(1+rated)*calls(b.at(count))
	return waits * b.ms / 1000
}

// limits are what there is. Nearer ones depend on how the month's chats are, so they are not in order.
func (m month) limits(events map[string]event) []limit {
	at := func(open float64) busy { return busy{m, events, open} }
	return []limit{
		{"a run of the sweep", "50 s a minute", sweepSeconds, func(n float64) float64 { return at(n).swept() },
			"what is late is done by the next runs: statistics lag, nothing is lost; then a schedule for each shard", template},
		{"one function tells every agent", "10 s", frameSeconds, func(n float64) float64 { return m.ms / 1000 * calls(at(n).at(take)) },
			"posts side by side; a stack for each team", template},
		{"frames of the stage", "1,000/s", stageRate, func(n float64) float64 { return at(n).load()[frames] },
			"parameter ThrottleRate, up to the account's", template},
		{"requests of the account", "10,000/s", accountRate, func(n float64) float64 { o := at(n).load(); return o[frames] + o[posts] + o[callbacks] },
			"ask AWS; a stack for each team, in an account of its own", apiQuotas},
		{"functions at once", "1,000", concurrency, func(n float64) float64 { return m.seconds(at(n).load()) },
			"ask AWS; new accounts start with fewer", lambdaQuotas},
		{"new connections", "500/s", newLines, func(n float64) float64 { return at(n).begun() * (1 + lost) },
			"ask AWS; who is refused tries again after up to 30 s, at random", socketQuotas},
		{"writes to one key: the queue", "1,000 units/s", keyUnits, func(n float64) float64 { return at(n).begun() * queueUnits },
			"spread the index over shards, as `due` is", keyQuotas},
		{"writes to one key: a room", "1,000 units/s", keyUnits, func(float64) float64 { return m.texts / m.minutes / 60 * events[text].Base[writes] },
			"each room is a key of its own", keyQuotas},
		{"writes to one table", "40,000 units/s", tableUnits, func(n float64) float64 { return at(n).load()[writes] },
			"ask AWS; a new table begins with 4,000 and doubles in 30 minutes, or is warmed", tableQuotas},
		{"requests of CloudFront", "250,000/s", edgeRate, func(n float64) float64 { return at(n).begun() * m.visits / max(1, m.chats) },
			"ask AWS", edgeQuotas},
	}
}

// first is the limit that is met first as chats become more.
func first(limits []limit) limit {
	return slices.MinFunc(limits, func(a, b limit) int { return cmp.Compare(a.reach(), b.reach()) })
}
