package law

import "rejoin/internal/chat"

// Bound is the most that one event of a person may cost.
type Bound struct {
	Event string // as docs/guarantees.md names it
	Most  Cost
	Room  Cost // and for each room of an agent in which it seats or unseats them, or of which it makes their client a page
}

// event is a kind of event of a person.
type event int

const (
	connects event = iota
	disconnects
	customerJoins
	customerStarts
	agentJoins
	sends
	sendsFirst
	sendsAgain
	settles
	types
	marksRead
	readsHistory
	ends
	rates
	takes
	releases
	transfers
	blocks
	endsWaiting
	asksForQueue
	setsStatus
	listsCanned
	putsCanned
	deletesCanned
	isUnknown
	events
)

// Parts of what events cost, in units.
const (
	// person is a customer's item with the longest profile: its units when written.
	person = 5
	// load is the write units of a change of how many chats an agent has, with its entry in the index of the free ones.
	load = 3
	// agentsList is the read units of the list of agents who are online, whose names may be long.
	agentsList = 6
	// snapshot is the read units of the queue as it was last counted, and of a part of its index.
	snapshot = 1 + 5
	// oldest is the read units of the rooms that have waited longest, which positions in a short queue read.
	oldest = chat.MaxQueue / 2
	// segment is how many wait in a queue that is long, whose positions read no rooms.
	segment = 150
	// full is the read units of the index of a full queue.
	full = 36
	// left is the read units of the index of as many questions as may be left, of those that are shown, and of the hours of as many
	// shops.
	leftIndex = 32
	left      = leftIndex + chat.MaxLeftShown/2 + chat.MaxLeftShown/2
	// forecast is the read units of an expected wait.
	forecast = 18
)

// Bounds lists what one event of a person may cost at most, in the order of docs/guarantees.md.
func Bounds() []Bound {
	var (
		one    = Cost{Invocations: 1}
		begins = Cost{Calls: 3, Posts: chat.MaxTold, Reads: agentsList + 0.5}                                              // a room begins or goes: agents are told
		shows  = Cost{Calls: 4, Reads: 1 + snapshot + oldest, Texts: chat.MaxPage}                                         // a page of a room that may wait
		change = Cost{Invocations: 1, Calls: 6, Writes: 12 + load, Reads: 1}                                               // of a room, with its system message
		end    = Cost{Calls: 7, Writes: 14 + load, Reads: 2, Posts: 4, Texts: chat.MaxUnsettled}                           // of a room
		seats  = Cost{Invocations: 2, Calls: 9, Posts: 2, Writes: person + 2, Reads: forecast + 1}                         // a customer, in their item and their room
		opens  = Cost{Calls: 1, Writes: 2*person + 10, Reads: 2 + full}                                                    // a room
		hours  = Cost{Calls: 1, Reads: 1}                                                                                  // of a shop, and whether an agent is online
		relist = Cost{Calls: 1, Writes: 5}                                                                                 // of a question that is left
		says   = Cost{Calls: 3, Posts: 1, Writes: 2}                                                                       // a text
		repeat = Cost{Calls: chat.MaxPlaces / chat.MaxPage, Reads: 1 + chat.MaxPlaces/chat.MaxPage, Texts: chat.MaxPlaces} // of a text
		endOne = Cost{Invocations: 1, Calls: 4, Writes: person, Reads: 3}.Plus(end)                                        // of many
	)
	endMany := endOne.times(chat.MaxEndedTogether)
	endMany.Calls = 2 * endOne.Calls // 32 side by side
	return []Bound{
		connects:       {Event: "`$connect`", Most: Cost{Invocations: 2, Calls: 3, Writes: 3, Reads: 2}},
		disconnects:    {Event: "`$disconnect`", Most: Cost{Invocations: 1, Calls: 7, Writes: 5, Reads: 0.5}, Room: Cost{Posts: 1, Writes: 4 + relist.Writes}},
		customerJoins:  {Event: "`join` of a customer", Most: seats.Plus(shows).Plus(hours).Plus(relist).Plus(begins)},
		customerStarts: {Event: "`join` with `start` that begins a chat", Most: seats.Plus(opens).Plus(shows).Plus(begins).Plus(hours).Plus(Cost{Calls: 1, Reads: leftIndex})},
		agentJoins: {
			Event: "`join` of an agent", Most: Cost{Invocations: 2, Calls: 19, Posts: 1, Writes: 4 + load, Reads: 0.5 + snapshot + oldest + agentsList + left},
			Room: Cost{Posts: 1, Writes: 1, Reads: 3, Texts: chat.MaxPage},
		},
		sends:        {Event: "`message`", Most: one.Plus(says)},
		sendsFirst:   {Event: "the first `message` of a waiting room", Most: one.Plus(says).Plus(begins)},
		sendsAgain:   {Event: "`message` that gets no number: a repeat, or refused", Most: one.Plus(says).Plus(repeat)},
		settles:      {Event: "one `message`, or change of a room, in 300: beside that", Most: Cost{Calls: 3, Writes: 2, Reads: 2, Texts: chat.MaxUnsettled}},
		types:        {Event: "`typing`", Most: one.Plus(Cost{Calls: 2, Posts: 1, Reads: 1})},
		marksRead:    {Event: "`read`", Most: one.Plus(Cost{Calls: 3, Posts: 1, Writes: 2})},
		readsHistory: {Event: "`history`", Most: one.Plus(Cost{Calls: 11, Reads: 13, Texts: 8 * (chat.MaxPage + 1)})},
		ends:         {Event: "`end`", Most: one.Plus(Cost{Reads: 2}).Plus(end).Plus(begins)},
		rates:        {Event: "`rate`", Most: one.Plus(Cost{Calls: 4, Posts: 1, Writes: 7, Reads: 3})},
		takes:        {Event: "`take`", Most: Cost{Posts: 4, Reads: 4}.Plus(change).Plus(shows).Plus(begins)},
		releases:     {Event: "`release`", Most: Cost{Calls: 2, Posts: 4, Reads: snapshot + oldest + 1}.Plus(change).Plus(begins)},
		transfers:    {Event: "`transfer`", Most: Cost{Calls: 3, Posts: 6, Writes: load, Reads: 2 + snapshot + oldest}.Plus(change)},
		blocks:       {Event: "`block`", Most: Cost{Invocations: 2, Calls: 4, Writes: person, Reads: 2}.Plus(end).Plus(begins)},
		endsWaiting: {
			Event: "`endWaiting`, which ends the chats of many: an admin's",
			Most:  one.Plus(begins).Plus(Cost{Calls: 9, Reads: 3.5 + snapshot + oldest}).Plus(endMany),
		},
		asksForQueue:  {Event: "`queue`", Most: one.Plus(Cost{Calls: 10, Writes: load, Reads: 2 + snapshot + oldest + agentsList + left})},
		setsStatus:    {Event: "`status`", Most: one.Plus(Cost{Calls: 1, Writes: 5})},
		listsCanned:   {Event: "`cannedList`", Most: one.Plus(Cost{Calls: 3, Reads: 3, Texts: 2 * chat.MaxCanned})},
		putsCanned:    {Event: "`cannedPut`", Most: one.Plus(Cost{Calls: 3, Writes: 1, Reads: 2, Texts: chat.MaxCanned})},
		deletesCanned: {Event: "`cannedDelete`", Most: one.Plus(Cost{Calls: 2, Writes: 1, Reads: 1})},
		isUnknown:     {Event: "any other frame, such as one that is malformed", Most: one},
	}
}

// event is the kind of event that the invocation handles.
func (v *Invocation) event(named map[string]event) event {
	agent := v.person().Side == chat.Agent
	switch v.Name {
	case "message":
		switch {
		case v.numbered == 1 && v.waits, v.numbered == 0 && v.stored == 1:
			return sendsFirst
		case v.numbered == 0:
			return sendsAgain
		}
		return sends
	case "join":
		switch {
		case agent:
			return agentJoins
		case v.opens:
			return customerStarts
		}
		return customerJoins
	}
	if e, known := named[v.Name]; known {
		return e
	}
	return isUnknown
}

// namedEvents are the events whose kind is only a matter of the invocation's name.
func namedEvents() map[string]event {
	return map[string]event{
		ConnectName: connects, DisconnectName: disconnects, "typing": types, "read": marksRead, "history": readsHistory, "end": ends,
		"rate": rates, "take": takes, "release": releases, "transfer": transfers, "block": blocks, EndWaitingName: endsWaiting, "queue": asksForQueue, "status": setsStatus,
		"cannedList": listsCanned, "cannedPut": putsCanned, "cannedDelete": deletesCanned,
	}
}
