package law

import "rejoin/internal/chat"

// checkBlocking: a customer is blocked by an admin, or by the agent who holds a room of theirs or held it last, and
// unblocked by an admin alone.
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
			l.Break("BLOCKED_BY", "%s sets whether %s is blocked to %t, which is not theirs to do", by.ID, after.ID, after.Blocked)
		}
	}
}

// readRoomOf tells whether the invocation has read that the agent holds a room of the customer's, or held it last.
func (v *Invocation) readRoomOf(agent, customer chat.PersonID) bool {
	for _, r := range v.firstRead {
		if r.Agent.Who == agent && r.Customer.Who == customer {
			return true
		}
	}
	return false
}

// checkBlocked checks what the answer to a block promises: the customer is blocked, has no open room, and was told that it
// ended, unless an admin has unblocked them meanwhile.
func (l *Law) checkBlocked(v *Invocation, asked *Request) {
	who := l.Rooms[asked.Room].Customer.Who
	if !asked.Blocked || l.unblockedIn[who] >= v.ID {
		return
	}
	if !l.People[who].Blocked {
		l.Break("NOT_BLOCKED", "%s answers that %s is blocked, who is not", v.Label(), who)
	}
	l.checkToldOfEnd(v, l.People[who].Room)
	for _, id := range l.Opened {
		if r := l.Rooms[id]; r.Customer.Who == who && r.Status != chat.StatusEnded {
			l.Break("GOES_ON", "%s answers that %s is blocked, whose room %s is %s", v.Label(), who, id, r.Status)
		}
	}
}

// LetIn looks at a connection that the authorizer allows. A customer who was blocked before they asked stays out.
func (l *Law) LetIn(who chat.PersonID) {
	if v := l.world.Current(); l.People[who].Blocked && l.blockedDuring[who] < v.ID {
		l.Break("LET_IN", "%s lets %s in, who is blocked", v.Label(), who)
	}
}
