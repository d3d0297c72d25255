package law

import (
	"slices"

	"rejoin/internal/chat"
)

// These clauses are about what an invocation must have told other people before it answers or ends. Without it their clients
// would find out too, but later.

// Read notes a room that the running invocation has read.
func (l *Law) Read(r chat.Room, err error) {
	v := l.world.Current()
	if v == nil || err != nil || r.ID == "" {
		return
	}
	if v.lastRead == nil {
		v.firstRead, v.lastRead = map[chat.RoomID]chat.Room{}, map[chat.RoomID]chat.Room{}
	}
	if _, before := v.firstRead[r.ID]; !before {
		v.firstRead[r.ID] = r
	}
	v.lastRead[r.ID] = r
}

// Ended checks an invocation that has ended by itself.
func (l *Law) Ended(v *Invocation) {
	if v.Failed {
		return
	}
	if v.Name == SweepName {
		l.sweptAt = max(l.sweptAt, v.Started)
	}
	for _, m := range v.unhealed {
		if r := l.Rooms[m.room]; r.Status != chat.StatusEnded && r.Member(m.side).Seat == m.seat && l.onlineSince[m.member] <= m.rev {
			l.Break("UNHEALED", "%s reached the %s of room %s, and leaves them marked as absent", v.Label(), m.side, m.room)
		}
	}
	for _, conn := range v.unposted {
		if c := l.world.Connection(conn); c != nil && c.Open {
			l.Break("UNCLOSED", "%s could not reach %s, and leaves it open, so that its client does not rejoin", v.Label(), conn)
		}
	}
	l.checkListed(v)
	if v.Name == DisconnectName {
		if since, recorded := l.world.Recorded(v.Connection.ID); recorded && since <= v.Started {
			l.Break("ROW_STAYS", "%s leaves the row of its connection", v.Label())
		}
	}
}

// checkPosted: a text is posted to the other side before it is acknowledged. Older texts are exempt: their gap shows when a
// later one arrives.
func (l *Law) checkPosted(v *Invocation, here place) {
	r, known := v.lastRead[here.room]
	by := v.person()
	if v.Failed || !known || r.Status == chat.StatusEnded || r.Member(by.Side).NoSeq != here.seq || r.Member(by.Side).Who != by.ID {
		return
	}
	if r.Member(by.Side.Other()).Seat.Conn != "" && !l.posted[here] {
		l.Break("UNPOSTED", "%s acknowledges %s, which was never posted", v.Label(), here)
	}
}

// checkToldOfEnd: a room's end is posted to the other side before it is answered.
func (l *Law) checkToldOfEnd(v *Invocation, id chat.RoomID) {
	r := v.lastRead[id]
	other := r.Member(v.person().Side.Other())
	if !v.Failed && r.Status == chat.StatusEnded && other.Seat.Conn != "" && !l.toldOfEnd[ending{id, other.Who}] {
		l.Break("UNTOLD_END", "%s answers that room %s has ended, and %s was never told", v.Label(), id, other.Who)
	}
}

// checkClaimed: the answer to a take says that the agent holds the room only if this connection or a newer one has the seat.
func (l *Law) checkClaimed(v *Invocation, id chat.RoomID) {
	r := l.Rooms[id]
	if r.Status == chat.StatusActive && r.Agent.Who == v.person().ID && int64(r.Agent.Seat.At) < v.Connection.Stamp {
		l.Break("UNCLAIMED", "%s is told that they hold room %s, where an older connection has their seat", v.Label(), id)
	}
}

// checkPage: a page has no gap: it shows each place after `since` up to its Through, as a message or as void.
func (l *Law) checkPage(v *Invocation, p page, since int64) {
	if p.Through <= since && len(p.Messages)+len(p.Void) == 0 {
		return
	}
	shown := slices.Clone(p.Void)
	for _, m := range p.Messages {
		shown = append(shown, m.Seq)
	}
	slices.Sort(shown)
	for i, seq := range shown {
		if seq != p.Through-int64(len(shown)-1-i) {
			l.Break("INCOMPLETE", "%s: a page through %d shows %v", v.Label(), p.Through, shown)
			return
		}
	}
	if n := int64(len(shown)); p.Through-n > since {
		l.Break("INCOMPLETE", "%s: a page through %d begins after %d, not after %d", v.Label(), p.Through, p.Through-n, since)
	}
}
