package world

// fault is a way in which something below the code fails.
type fault int

// The faults. Each has a rate and is counted.
const (
	noFault fault = iota
	// Of calls to the database.
	killedBefore    // the invocation dies; the call was not made
	killedAfter     // it dies; the call was applied
	killedInFlight  // it dies; the call is applied some time later
	answerLost      // applied, and an error for an answer
	answeredLate    // an error for an answer, applied some time later
	refusedCall     // throttled until the SDK gives up: not applied, an error
	repeatedCall    // applied, its answer lost, and repeated by the SDK some time later
	throttledCall   // not applied, and repeated by the SDK some time later
	conflictingCall // conflicts until the SDK gives up: a transaction, not applied, an error
	// Of posts.
	postThrottled       // 429: not delivered
	postFailed          // 5xx: not delivered
	postDeliveredFailed // delivered, and a failure for an answer
	postLost            // 200, not delivered
	postGone            // 410 for a live connection
	postDeliveredGone   // delivered, and 410
	closeRefused        // a close from the server's side does nothing
	postTwice           // delivered twice
	// Of frames and connections.
	frameLost
	frameDoubled
	frameReordered
	frameAfterEnd // handled after its connection's end
	answerFrameLost
	openLost // the connection is made, its client is not told
	disconnectLost
	disconnectDoubled
	disconnectLate  // minutes after
	disconnectHours // hours after
	disconnectEarly // before the same connection's join
	disconnectStale // after the join of a newer connection
	lineCut         // half-open: carries nothing, and neither side is told
	lineOneWay      // carries nothing from the client
	lineDropped     // the client's side is gone, the gateway is not told
	idleCut         // 10 min without a frame
	lifeCut         // 2 h
	outage          // every line at once
	// Of functions, indexes and expiry.
	timedOut   // an invocation killed after 29 s
	stall      // an invocation stands still before a call
	clockAway  // an invocation whose clock is wrong
	oldCode    // an invocation of the previous version
	indexLags  // an index, or a replica, that is updated late
	ttlLate    // a row that is still there after its time to live
	sameRandom // a room id is drawn from the same random bytes as the one before
	sweepTwice
	sweepKilled
	// Of capacities.
	connectRefused // too many new connections
	frameRefused   // too many frames of a route, or of all
	runRefused     // too many functions at once
	postUsedUp     // too many requests of @connections
	unitsUsedUp    // the units of a key
	// Of people.
	pageReloaded
	asleep
	secondDevice
	faults
)

func (f fault) String() string {
	return [faults]string{
		"none",
		"invocations killed before a call", "invocations killed after a call", "calls applied after their invocation died",
		"calls applied, answer lost", "calls applied after an error", "calls throttled to the end", "calls applied and repeated",
		"calls throttled and repeated", "transaction conflicts to the end",
		"posts throttled (429)", "posts failed (5xx)", "posts delivered, answered as failed", "posts answered 200 and lost",
		"posts answered 410 though alive", "posts delivered, answered 410", "closes by the server that did nothing", "posts delivered twice",
		"frames lost", "frames doubled", "frames overtaken", "frames handled after their connection's end", "answers lost",
		"connections made, their client not told", "$disconnects lost", "$disconnects doubled", "$disconnects minutes late", "$disconnects hours late",
		"$disconnects before their own join", "$disconnects after a newer join", "lines cut, nobody told",
		"lines cut in one direction", "lines dropped, gateway not told", "lines closed after 10 min idle",
		"lines closed after 2 h", "everyone cut at once",
		"invocations timed out", "invocations standing still", "invocations with a clock that is off", "invocations of the version before",
		"index updates that were late", "rows there after their time to live", "room ids drawn twice", "sweeps side by side", "sweeps killed",
		"connections refused: too many", "frames refused: too many of a route", "functions not run: too many at once",
		"posts refused: too many", "calls refused: a key's units are used up",
		"pages reloaded", "devices asleep", "second devices of one person",
	}[f]
}

// rates is the probability of each fault wherever it can happen, in 1/perUnit.
type rates [faults]int

// ofCalls are the faults that a call to the database can have.
func ofCalls(k kind) []fault {
	switch k {
	case reading:
		return []fault{killedBefore, killedAfter, refusedCall, throttledCall}
	case writing:
		return []fault{
			killedBefore, killedAfter, killedInFlight, answerLost, answeredLate, refusedCall, repeatedCall, throttledCall,
		}
	case transacting:
		return []fault{
			killedBefore, killedAfter, killedInFlight, answerLost, answeredLate, refusedCall, repeatedCall, throttledCall,
			conflictingCall,
		}
	case closing:
		return []fault{killedBefore, killedAfter, closeRefused, throttledCall}
	case posting:
		return []fault{
			killedBefore, killedAfter, postThrottled, postFailed, postDeliveredFailed, postLost, postGone, postDeliveredGone, postTwice,
		}
	}
	return nil
}
