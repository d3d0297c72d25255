package world

import "rejoin/internal/proof/sim/law"

// scenario is the kind of a world: who is in it, what they may do, and which faults happen.
type scenario struct {
	name      string
	customers int
	agents    int
	devices   int // per customer
	desks     int // per agent
	intruders bool

	texts   int // per device
	rooms   int // in all
	actions int // in all
	steps   int // after which the faults stop

	ends, moves bool         // people end chats; agents release and transfer them
	long        bool         // minutes and hours pass
	fresh       bool         // nobody is connected at first
	weights     [actions]int // of actions that are more frequent than usual
	sameWords   bool         // all agents write the same words
	prompt      bool         // $disconnects are handled at once
	lagging     bool         // indexes lag
	patient     bool         // people act and time passes only when nothing is under way
	counting    bool         // the sweep counts, and runs often
	blocking    bool         // agents block customers, and the last of them is an admin
	expiring    bool         // agents' tokens expire, and all agents but one get no new one
	limited     bool         // the rules allow few texts in a burst
	lowBound    bool         // the rules allow few places to be unsettled
	nights      bool         // the shop closes and opens, and agents come and go: sometimes nobody serves
	versions    bool         // the previous version of the code runs too
	outages     bool
	can         capacities
	deployed    law.Limits // instead of the usual ones
	greedy      int        // people who take all that they can get
	oneAddress  bool       // they all have one address
	dry         int64      // how long the account has no frames and no connections left at the end, ms
	backlog     int        // customers who wait, and nothing else
	crowd       int        // agents who are online, and nothing else
	rates       rates
}

// with is the scenario with the usual rates times factor/100, except those that extra gives.
func (s scenario) with(factor int, extra rates) scenario {
	s.rates = usual()
	for f := range s.rates {
		s.rates[f] = s.rates[f] * factor / 100
		if extra[f] > 0 {
			s.rates[f] = extra[f]
		}
	}
	return s
}

// storms tells whether some people take all that they can get.
func (s *scenario) storms() bool { return s.greedy > 0 }

// storm is the capacity of worlds where people are greedy: little, so that few people use it up.
func storm() capacities {
	return capacities{connects: rate{4, 20}, frames: rate{60, 150}, route: rate{40, 80}, runs: 8, posts: rate{40, 80}, units: rate{20, 80}}
}

// limits are the deployment's limits besides its rules.
func (s *scenario) limits() law.Limits {
	switch {
	case s.deployed != (law.Limits{}):
		return s.deployed
	case s.storms():
		return law.Limits{Connects: 12, AtOnce: 16, InSecond: 2, Patience: 120_000}
	}
	return law.Limits{Connects: 300, Backlog: s.backlog, Nights: s.nights}
}

// usual is how often each fault happens in most scenarios.
func usual() rates {
	return rates{
		killedBefore: 250, killedAfter: 300, killedInFlight: 250, answerLost: 300, answeredLate: 200, refusedCall: 200,
		repeatedCall: 500, throttledCall: 300, conflictingCall: 500,
		postThrottled: 500, postFailed: 600, postDeliveredFailed: 500, postLost: 500, postGone: 800, postDeliveredGone: 500, postTwice: 1000, closeRefused: 1000,
		frameLost: 1000, frameDoubled: 1500, answerFrameLost: 1500, openLost: 1500, frameAfterEnd: 70_000,
		disconnectLost: 8000, disconnectDoubled: 10_000, stall: 4000, clockAway: 40_000, sameRandom: 15_000, oldCode: 40_000, sweepKilled: 3000,
	}
}

// scenarios lists the scenarios, which the seeds take in turn.
func scenarios() []scenario {
	base := scenario{customers: 1, agents: 1, devices: 1, desks: 1, texts: 4, rooms: 2, actions: 16, steps: 260}
	of := func(name string, change func(*scenario)) scenario {
		s := base.with(100, rates{})
		s.name = name
		change(&s)
		return s
	}
	return []scenario{
		of("send", func(s *scenario) {
			s.rooms, s.lowBound = 1, true
			*s = s.with(200, rates{})
		}),
		of("two devices", func(s *scenario) { s.devices, s.lowBound, s.actions, s.steps = 2, true, 20, 300 }),
		of("agents", func(s *scenario) { s.agents, s.ends, s.moves, s.actions, s.steps = 2, true, true, 26, 340 }),
		of("start and end", func(s *scenario) {
			s.devices, s.rooms, s.ends, s.long, s.fresh, s.actions, s.steps = 2, 4, true, true, true, 24, 320
		}),
		of("sweep", func(s *scenario) {
			s.agents, s.rooms, s.ends, s.moves, s.long, s.actions, s.steps = 2, 3, true, true, true, 22, 340
		}),
		of("an agent's two desks", func(s *scenario) {
			s.desks, s.ends, s.moves, s.texts, s.actions, s.steps = 2, true, true, 8, 40, 400
			s.weights = [actions]int{writes: 30, releases: 20, takes: 25}
			*s = s.with(100, rates{frameDoubled: 20_000, stall: 20_000})
		}),
		of("everything", func(s *scenario) {
			s.customers, s.agents, s.devices, s.desks, s.rooms = 2, 2, 2, 2, 6
			s.ends, s.moves, s.long, s.fresh, s.outages, s.versions, s.intruders = true, true, true, true, true, true, true
			s.actions, s.steps = 50, 600
			*s = s.with(70, rates{})
		}),
		of("410s", func(s *scenario) {
			s.agents, s.moves, s.long = 2, true, true
			*s = s.with(50, rates{postGone: 15_000, postDeliveredGone: 3000, closeRefused: 40_000})
		}),
		of("late closes", func(s *scenario) {
			s.devices, s.ends, s.long = 2, true, true
			*s = s.with(50, rates{disconnectDoubled: 30_000, disconnectLost: 2000, openLost: 10_000, frameAfterEnd: 90_000})
		}),
		of("two versions", func(s *scenario) {
			s.agents, s.ends, s.moves, s.long, s.versions, s.lowBound, s.actions, s.steps = 2, true, true, true, true, true, 24, 340
		}),
		of("hasty people", func(s *scenario) {
			s.agents, s.rooms, s.ends, s.moves, s.prompt, s.actions, s.steps = 2, 3, true, true, true, 40, 340
			s.weights = [actions]int{
				endsChat: 25, reloads: 25, leavesPage: 25, releases: 25, opensPage: 25, takes: 25, lineIsDropped: 25,
			}
			*s = s.with(100, rates{stall: 12_000})
		}),
		of("false marks", func(s *scenario) {
			s.rooms, s.texts, s.lowBound, s.actions, s.steps = 1, 20, true, 90, 600
			s.weights = [actions]int{writes: 60, reloads: 60}
			*s = s.with(10, rates{postGone: 50_000, closeRefused: perUnit, stall: 6000})
		}),
		of("handovers", func(s *scenario) {
			s.agents, s.rooms, s.moves, s.long, s.lagging, s.actions, s.steps = 2, 2, true, true, true, 40, 400
			s.weights = [actions]int{transfers: 25, takes: 25, lineIsDropped: 25, reloads: 25}
		}),
		of("sleepers", func(s *scenario) {
			s.agents, s.moves, s.long, s.actions, s.steps = 2, true, true, 40, 400
			s.weights = [actions]int{sleeps: 60, lineIsDropped: 20, leavesPage: 20}
			*s = s.with(30, rates{frameAfterEnd: 70_000, clockAway: 40_000})
		}),
		of("flapping lines", func(s *scenario) {
			s.devices, s.desks, s.rooms, s.ends, s.actions, s.steps = 2, 2, 2, true, 40, 400
			*s = s.with(100, rates{postGone: 25_000, postDeliveredGone: 5000, stall: 12_000})
		}),
		of("the same words", func(s *scenario) {
			s.agents, s.moves, s.sameWords, s.texts, s.actions, s.steps = 2, true, true, 6, 30, 340
			s.weights = [actions]int{transfers: 15, takes: 25, writes: 40}
			*s = s.with(100, rates{frameDoubled: 30_000, frameLost: 4000, stall: 20_000})
		}),
		of("ratings and edits", func(s *scenario) {
			s.customers, s.devices, s.rooms, s.ends, s.moves, s.actions, s.steps = 2, 2, 4, true, true, 40, 340
			s.weights = [actions]int{grades: 40, edits: 40, endsChat: 40}
		}),
		of("counting", func(s *scenario) {
			s.customers, s.rooms, s.ends, s.long, s.counting, s.actions, s.steps = 2, 6, true, true, true, 40, 420
			s.weights = [actions]int{grades: 60, endsChat: 60}
			*s = s.with(60, rates{answeredLate: 6000, killedInFlight: 8000, sweepKilled: 6000})
		}),
		of("one chat after another", func(s *scenario) {
			s.rooms, s.ends, s.patient, s.actions, s.steps = 8, true, true, 40, 400
			s.weights = [actions]int{starts: 100, endsChat: 100}
			*s = s.with(30, rates{clockAway: perUnit})
		}),
		of("silence", func(s *scenario) {
			s.long, s.patient, s.prompt, s.actions, s.steps = true, true, true, 40, 400
			s.weights = [actions]int{hides: 20}
			*s = s.with(30, rates{postGone: 50_000, closeRefused: 80_000, stall: 10_000})
		}),
		of("tokens that run out", func(s *scenario) {
			s.agents, s.moves, s.long, s.expiring, s.texts, s.actions, s.steps = 2, true, true, true, 8, 34, 400
			*s = s.with(50, rates{disconnectLost: 8000})
		}),
		of("people who write fast", func(s *scenario) {
			s.agents, s.ends, s.moves, s.limited, s.texts, s.actions, s.steps = 2, true, true, true, 10, 40, 400
			s.weights = [actions]int{writes: 90, transfers: 30, takes: 25}
			*s = s.with(50, rates{frameDoubled: 25_000, answerFrameLost: 4000, stall: 20_000})
		}),
		of("an intruder", func(s *scenario) {
			s.customers, s.agents, s.ends, s.moves, s.intruders, s.actions, s.steps = 2, 2, true, true, true, 30, 340
		}),
		of("an outage", func(s *scenario) {
			s.customers, s.agents, s.outages, s.long, s.actions, s.steps = 3, 2, true, true, 34, 460
			s.rooms = 3
		}),
		of("one greedy person", func(s *scenario) {
			s.customers, s.agents, s.greedy, s.ends, s.long, s.texts, s.actions, s.steps = 2, 1, 1, true, true, 6, 90, 1100
			s.can, s.weights = storm(), [actions]int{takes: 3, reloads: 6, endsChat: 12, starts: 30}
			*s = s.with(0, rates{})
		}),
		of("greedy people", func(s *scenario) {
			s.customers, s.agents, s.greedy, s.oneAddress, s.ends, s.long, s.texts, s.actions, s.steps = 2, 1, 20, true, true, true, 6, 100, 1300
			s.can, s.weights = storm(), [actions]int{takes: 3, reloads: 6, endsChat: 12, starts: 30}
			*s = s.with(0, rates{sameRandom: 30_000})
		}),
		of("an account that is used up", func(s *scenario) {
			s.customers, s.agents, s.devices, s.ends, s.long, s.dry = 3, 1, 2, true, true, 6*60_000
			*s = s.with(50, rates{})
		}),
		of("a long queue", func(s *scenario) {
			s.customers, s.agents, s.backlog, s.ends, s.rooms, s.actions, s.steps = 3, 0, 260, true, 6, 20, 260
			s.weights[reloads] = 20
			*s = s.with(30, rates{})
		}),
		of("a large team", func(s *scenario) {
			s.crowd, s.agents, s.ends, s.moves, s.actions, s.steps = 40, 2, true, true, 12, 500
			s.can.posts = rate{10, 12}
			*s = s.with(30, rates{})
		}),
		of("nights", func(s *scenario) {
			s.customers, s.agents, s.devices, s.rooms, s.ends, s.moves, s.long, s.nights, s.fresh, s.actions, s.steps = 2, 2, 2, 6, true, true, true, true, true, 60, 600
			s.weights = [actions]int{leavesPage: 15, opensPage: 20, reads: 10, takes: 30, writes: 30}
			*s = s.with(40, rates{})
		}),
		of("questions left", func(s *scenario) {
			s.rooms, s.moves, s.long, s.nights, s.prompt, s.texts, s.actions, s.steps = 3, true, true, true, true, 8, 60, 600
			s.weights = [actions]int{leavesPage: 30, opensPage: 30, reads: 20, takes: 40, reloads: 20}
			*s = s.with(60, rates{sweepKilled: 6000})
		}),
		of("people who are blocked", func(s *scenario) {
			s.agents, s.rooms, s.ends, s.blocking, s.texts, s.actions, s.steps = 2, 6, true, true, 8, 60, 400
			s.weights = [actions]int{
				starts: 80, endsChat: 30, takes: 40, blocks: 20, letsIn: 100, endsMany: 40, writes: 10, sleeps: 1, lineIsCut: 1, lineIsOneWay: 1, lineIsDropped: 1,
			}
			*s = s.with(50, rates{})
		}),
	}
}
