package main

import (
	"cmp"
	"math"
	"slices"
)

// limit is a quota, and how much of it a number of open chats needs.
type limit struct {
	name, unit string
	most       float64
	need       func(open float64) float64 // monotonic
	move       string
	source     string
	whose      owner
}

// owner tells who can move a limit.
type owner string

const (
	quota     owner = "AWS"       // raises its quota on request
	parameter owner = "parameter" // of the stack, whose default bounds a flood
	design    owner = "design"    // the code or the template has to change
)

// unlimited is more chats than possible.
const unlimited = 1e9

// maxOpen is how many chats may be open at once within the limit; unlimited if it does not depend on them.
func (l limit) maxOpen() float64 {
	low, high := 0.0, float64(unlimited)
	if l.need(high) <= l.most {
		return unlimited
	}
	for high-low > 1 {
		if middle := math.Floor((low + high) / 2); l.need(middle) <= l.most {
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

// AWS's default quotas, per second unless stated.
const (
	accountRate    = 10_000
	newConnections = 500
	concurrency    = 1000
	started        = 10 * concurrency // invocations that are waited for
	keyUnits       = 1000
	keyReads       = 3000
	tableUnits     = 40_000 // and as many read units
	edgeRate       = 250_000
)

// What Rejoin does.
const (
	sweepSeconds  = 50   // the sweep's timeout, less its reserve
	cpuSeconds    = 3e-4 // of one CPU, for one call to AWS: twice what DynamoDB's client takes without TLS, measured
	queueShards   = 2    // keys over which the index of waiting rooms is spread (internal/dynamo)
	queueUnits    = 4    // write units of a chat on that index: to enter and to leave, each in a transaction
	loadUnits     = 4    // write units of a chat on the key of the agents who are online, by their load: it changes at its take and its end
	listUnits     = 3    // read units of the list of agents in a desk or an answer to `queue`: 150 of up to 160 bytes
	tellUnits     = 1    // read units to find the agents who are told
	queueReads    = 75.0 // read units of the 150 oldest waiting rooms, where as many wait
	countedBytes  = 1024 // of memory for a chat's row of statistics, with what is left of reading it
	agentsPerChat = 0.25 // an agent holds four chats
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

// eventsPerSecond is how often each event happens per second.
func (b load) eventsPerSecond() map[string]float64 {
	times := b.perChat()
	for name := range times {
		times[name] *= b.startsPerSecond()
	}
	beats := b.agentsNeeded() / heartbeatSeconds
	times[agentHeartbeat] += beats / heartbeatsPerJoin
	times[ping] += beats * (heartbeatsPerJoin - 1) / heartbeatsPerJoin
	times[queue] += b.agentsNeeded() / pollSeconds
	return times
}

// perSecond is the operations of all open chats per second.
func (b load) perSecond() operations {
	sum := operations{}
	times := b.eventsPerSecond()
	for name, n := range times {
		sum.add(b.at(name), n)
	}
	// An agent's heartbeat as it was counted is of one chat. Each other chat adds what a chat adds to a customer's join.
	others := times[agentHeartbeat] * (1/agentsPerChat - 1)
	sum.add(b.at(heartbeat), others)
	sum.add(b.at(join), -others)
	return sum
}

// frames is how many frames of these events come per second.
func (b load) frames(names ...string) (n float64) {
	times := b.eventsPerSecond()
	for _, name := range names {
		n += times[name] * b.at(name)[frames]
	}
	return n
}

// sweepCalls is the calls of a run of the sweep: to check a minute's share of the open chats, to count those that ended in it, and to look
// for the agents.
func (b load) sweepCalls() (check, count, look float64) {
	return b.open / checkMinutes * calls(b.at(checkRoom)), b.startsPerSecond() * 60 * (1 + rated) * calls(b.at(countChat)), calls(b.at(sweep))
}

// sweepDuration is how many seconds a run of the sweep takes: the three beside each other, and the calls of each.
func (b load) sweepDuration() float64 {
	check, count, look := b.sweepCalls()
	return max(check, count, look) / sideBySide * b.ms / 1000
}

func (b load) sweepCPU() float64 {
	check, count, look := b.sweepCalls()
	return (check + count + look) * cpuSeconds
}

// limits lists all limits, in no order: which is the nearest depends on the month's chats.
func (m month) limits(events map[string]event) []limit {
	at := func(open float64) load { return load{m, events, open} }
	return []limit{
		{"a run of the sweep", " s a minute", sweepSeconds, func(n float64) float64 { return at(n).sweepDuration() },
			"the next runs do what is late, the longest due first; SweepLag tells", template, design},
		{"CPU of a run of the sweep", " s a minute", sweepSeconds, func(n float64) float64 { return at(n).sweepCPU() },
			"MemorySize of its function", template, design},
		{"memory for an hour's chats", " GB", sweepGB, func(n float64) float64 { return at(n).startsPerSecond() * 3600 * countedBytes / gb },
			"MemorySize of the sweep's function", template, design},
		{"new connections of the stage", "/s", m.rates.connects, func(n float64) float64 { return at(n).startsPerSecond() * (1 + reconnects) },
			"parameter ConnectRate", template, parameter},
		{"joins of the stage", "/s", m.rates.joins, func(n float64) float64 {
			return at(n).frames(join, start, heartbeat, rejoin, agentJoin, agentHeartbeat)
		},
			"parameter JoinRate", template, parameter},
		{"texts of the stage", "/s", m.rates.texts, func(n float64) float64 { return at(n).frames(text) },
			"parameter MessageRate", template, parameter},
		{"frames of any other route", "/s", m.rates.others, func(n float64) float64 {
			return max(at(n).frames(typing), at(n).frames(read), at(n).frames(ping), at(n).frames(queue), at(n).frames(take), at(n).frames(end))
		}, "parameter ThrottleRate", template, parameter},
		{"requests of the account", "/s", accountRate, func(n float64) float64 { o := at(n).perSecond(); return o[frames] + o[posts] + o[callbacks] },
			"ask AWS; a stack for each team, in an account of its own", apiQuotas, quota},
		{"functions at once", "", concurrency, func(n float64) float64 { return m.seconds(at(n).perSecond()) },
			"ask AWS; new accounts start with fewer", lambdaQuotas, quota},
		{"functions started", "/s", started, func(n float64) float64 { return at(n).perSecond()[invocations] },
			"ask AWS for functions at once: ten times as many may start", lambdaQuotas, quota},
		{"new connections of the account", "/s", newConnections, func(n float64) float64 { return at(n).startsPerSecond() * (1 + reconnects) },
			"ask AWS; who is refused tries again after up to 30 s, at random", socketQuotas, quota},
		{"writes to one key: the queue", " units/s", keyUnits, func(n float64) float64 { return at(n).startsPerSecond() * queueUnits / queueShards },
			"more shards", keyQuotas, design},
		{"writes to one key: agents online", " units/s", keyUnits, func(n float64) float64 { return at(n).startsPerSecond() * loadUnits },
			"more shards", keyQuotas, design},
		{"reads of one key: agents online", " units/s", keyReads, func(n float64) float64 {
			return at(n).frames(queue, agentJoin, agentHeartbeat)*listUnits + at(n).frames(start, take)*tellUnits
		}, "more shards", keyQuotas, design},
		{"reads of one table, with a long queue", " units/s", tableUnits, func(n float64) float64 {
			return at(n).perSecond()[reads] + at(n).frames(queue, agentJoin, agentHeartbeat)*queueReads
		}, "ask AWS", tableQuotas, quota},
		{"writes to one key: a room", " units/s", keyUnits, func(float64) float64 { return m.texts / m.minutes / 60 * events[text].Base[writes] },
			"each room is a key of its own", keyQuotas, design},
		{"writes to one table", " units/s", tableUnits, func(n float64) float64 { return at(n).perSecond()[writes] },
			"ask AWS; a new table begins with 4,000 and doubles in 30 minutes, or is warmed", tableQuotas, quota},
		{"requests of CloudFront", "/s", edgeRate, func(n float64) float64 { return at(n).startsPerSecond() * m.visits / max(1, m.chats) },
			"ask AWS", edgeQuotas, quota},
	}
}

// first is the limit of one owner that a growing number of chats reaches first.
func first(limits []limit, whose owner) limit {
	return slices.MinFunc(of(limits, whose), byReach)
}

// before lists an owner's limits that are reached before a number of open chats, the nearest first.
func before(limits []limit, whose owner, open float64) []limit {
	return slices.SortedFunc(slices.Values(slices.DeleteFunc(of(limits, whose), func(l limit) bool { return l.maxOpen() >= open })), byReach)
}

func of(limits []limit, whose owner) []limit {
	return slices.DeleteFunc(slices.Clone(limits), func(l limit) bool { return l.whose != whose })
}

func byReach(a, b limit) int { return cmp.Compare(a.maxOpen(), b.maxOpen()) }
