package law

import "rejoin/internal/chat"

// checkBlocking: only an admin, or the holder or last holder of one of their rooms, blocks a customer. Only an admin
// unblocks.
func (l *Law) checkBlocking(before, after chat.Person) {
	if after.Blocked == before.Blocked {
		return
	}
	if after.Blocked {
		l.world.Count(CustomersBlocked)
		l.blockedDuring[after.ID] = l.world.Invocations()
	} else {
		l.world.Count(CustomersUnblocked)
		l.unblockedIn[after.ID] = l.world.Invocations()
	}
	if v := l.world.Applying(); v != nil {
		by := v.person()
		if may := by.Admin || after.Blocked && v.readRoomOf(by.ID, after.ID); !may {
			l.Break("BLOCKED_BY", "%s may not set blocked of %s to %t", by.ID, after.ID, after.Blocked)
		}
	}
}

// EndWaitingName is the name of the invocations that end the chats of many.
const EndWaitingName = "endWaiting"

// checkEndedWithMany: of the chats of many, only those that wait are ended, and only by an admin.
func (l *Law) checkEndedWithMany(before chat.Room) {
	v := l.world.Applying()
	if v == nil || v.Name != EndWaitingName {
		return
	}
	l.world.Count(EndedWithMany)
	if by := v.person(); !by.Admin || before.Status != chat.StatusWaiting {
		l.Break("NOT_OF_MANY", "room %s, which is %s, is ended with many by %s", before.ID, before.Status, by.ID)
	}
}

// readRoomOf tells whether the invocation has read a room of the customer whose holder or last holder is the agent.
func (v *Invocation) readRoomOf(agent, customer chat.PersonID) bool {
	for _, r := range v.firstRead {
		if r.Agent.Who == agent && r.Customer.Who == customer {
			return true
		}
	}
	return false
}

// checkBlocked checks what the answer to a block promises: the customer is blocked, has no open room, was told that it ended,
// and has lost the connection that they had, unless an admin has unblocked them meanwhile.
func (l *Law) checkBlocked(v *Invocation, asked *Request) {
	who := l.Rooms[asked.Room].Customer.Who
	if !asked.Blocked || l.unblockedIn[who] >= v.ID {
		return
	}
	if !l.People[who].Blocked {
		l.Break("NOT_BLOCKED", "%s answers that %s is blocked, but they are not", v.Label(), who)
	}
	l.checkToldOfEnd(v, l.People[who].Room)
	if conn := l.People[who].Seat.Conn; conn != "" && l.seatedDuring[who] < v.ID && !l.closed[conn] {
		l.Break("KEEPS_LINE", "%s answers that %s is blocked, and leaves them their connection %s", v.Label(), who, conn)
	}
	for _, id := range l.Opened {
		if r := l.Rooms[id]; r.Customer.Who == who && r.Status != chat.StatusEnded {
			l.Break("GOES_ON", "%s answers that %s is blocked, but their room %s is %s", v.Label(), who, id, r.Status)
		}
	}
}

// LetIn checks a connection that the authorizer allows: not of a customer who was blocked before the request.
func (l *Law) LetIn(who chat.PersonID) {
	if v := l.world.Current(); l.People[who].Blocked && l.blockedDuring[who] < v.ID {
		l.Break("LET_IN", "%s allows %s, who is blocked", v.Label(), who)
	}
}
