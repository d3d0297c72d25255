package sim

import (
	"errors"
	"slices"

	"rejoin/internal/chat"
)

// What an invocation that came to its end must have done for those whom it concerns. Their clients would find out in
// time without it; these hold that they need not.

// knows notes a room as the running invocation was answered.
func (w *World) knows(r chat.Room, err error) {
	v := w.current
	if v == nil || err != nil || r.ID == "" {
		return
	}
	if v.knows == nil {
		v.knew, v.knows = map[chat.RoomID]chat.Room{}, map[chat.RoomID]chat.Room{}
	}
	if _, before := v.knew[r.ID]; !before {
		v.knew[r.ID] = r
	}
	v.knows[r.ID] = r
}

// posts notes that somebody is being told.
func (w *World) posts(conn chat.ConnectionID, push chat.Push) {
	switch p := push.(type) {
	case chat.MessagePush:
		w.law.posted[at{p.Message.Room, p.Message.Seq}] = true
	case chat.RoomPush:
		if p.View.Room.Status == chat.StatusEnded {
			if l := w.lines[conn]; l != nil {
				w.law.toldEnd[end{p.View.Room.ID, l.device.person.id}] = true
			}
		}
	}
}

// postedRightly notes what the answer to a post obliges the invocation to do.
func (w *World) postedRightly(conn chat.ConnectionID, push chat.Push, err error) {
	v := w.current
	if v == nil {
		return
	}
	if err != nil {
		if _, replaced := push.(chat.Replaced); !replaced && !errors.Is(err, chat.ErrGone) {
			v.unposted = append(v.unposted, conn)
		}
		return
	}
	for _, r := range v.knew { // what it was answered first, it has known all the time
		for _, side := range []chat.Side{chat.Customer, chat.Agent} {
			if seat := r.Member(side).Seat; seat.Conn == conn && !seat.Online() && about(push) == r.ID {
				v.unhealed = append(v.unhealed, mark{chair{r.ID, side}, seat, r.Rev})
			}
		}
	}
}

// about is the room that a push is about.
func about(push chat.Push) chat.RoomID {
	switch p := push.(type) {
	case chat.MessagePush:
		return p.Message.Room
	case chat.RoomPush:
		return p.View.Room.ID
	case chat.PresencePush:
		return p.Room
	}
	return ""
}

// doneRightly looks at an invocation that came to its end.
func (w *World) doneRightly(v *invocation) {
	if v.failed {
		return
	}
	if v.name == sweepName {
		w.law.cleared = max(w.law.cleared, v.started)
	}
	for _, m := range v.unhealed {
		if r := w.law.rooms[m.room]; r.Status != chat.StatusEnded && r.Member(m.side).Seat == m.seat && w.law.healed[m.chair] <= m.rev {
			w.breaks("UNHEALED", "%s reached the %s of room %s, and leaves the mark that says that they are gone", v.label(), m.side, m.room)
		}
	}
	for _, conn := range v.unposted {
		if l := w.lines[conn]; l != nil && l.open {
			w.breaks("UNCLOSED", "%s could not reach %s, and leaves it open: its client will not ask", v.label(), conn)
		}
	}
	if row, there := w.rows[w.lineOf(v)]; v.name == disconnectName && there && row <= v.started {
		w.breaks("ROW_STAYS", "%s leaves the row of its connection", v.label())
	}
}

func (w *World) lineOf(v *invocation) chat.ConnectionID {
	if v.line == nil {
		return ""
	}
	return v.line.id
}

// ackedRightly holds that the other side was told of a text before its sender hears that it is stored; of an older one,
// a later one's number tells.
func (w *World) ackedRightly(v *invocation, here at) {
	r, known := v.knows[here.room]
	side := v.line.device.person.side
	if v.failed || !known || r.Status == chat.StatusEnded || r.Member(side).NoSeq != here.seq || r.Member(side).Who != v.line.device.person.id {
		return
	}
	if r.Member(side.Other()).Seat.Conn != "" && !w.law.posted[here] {
		w.breaks("UNPOSTED", "%s acknowledges %s, and nobody was ever told", v.label(), place(here.room, here.seq))
	}
}

// endedRightly holds that the other side was told of an end that its cause is answered.
func (w *World) endedRightly(v *invocation, id chat.RoomID) {
	r := v.knows[id]
	other := r.Member(v.line.device.person.side.Other())
	if !v.failed && r.Status == chat.StatusEnded && other.Seat.Conn != "" && !w.law.toldEnd[end{id, other.Who}] {
		w.breaks("UNTOLD_END", "%s answers that room %s has ended, and %s was never told", v.label(), id, other.Who)
	}
}

// tookRightly holds that a room that an agent is told to hold is this connection's, or a newer one's.
func (w *World) tookRightly(v *invocation, id chat.RoomID) {
	r := w.law.rooms[id]
	if r.Status == chat.StatusActive && r.Agent.Who == v.line.device.person.id && int64(r.Agent.Seat.At) < v.line.stamp {
		w.breaks("UNCLAIMED", "%s is told that room %s is theirs, which is seated at an older connection", v.label(), id)
	}
}

// pagedRightly holds that a page says of each number what is there, or that nothing is, up to where it says it reaches.
func (w *World) pagedRightly(v *invocation, p page, since int64) {
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
			w.breaks("INCOMPLETE", "%s: a page through %d shows %v", v.label(), p.Through, shown)
			return
		}
	}
	if n := int64(len(shown)); p.Through-n > since {
		w.breaks("INCOMPLETE", "%s: a page through %d begins after %d, not after %d", v.label(), p.Through, p.Through-n, since)
	}
}
