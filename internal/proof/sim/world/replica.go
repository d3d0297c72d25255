package world

import (
	"cmp"
	"context"
	"slices"

	"rejoin/internal/chat"
)

// replica is what indexes and eventually consistent reads return: each item as it was some time ago.
type replica struct {
	rooms   map[chat.RoomID]chat.Room
	people  map[chat.PersonID]chat.Person
	pending []update
}

// update is a change on its way to the replica.
type update struct {
	room   *chat.Room
	person *chat.Person
}

func newReplica() *replica {
	return &replica{rooms: map[chat.RoomID]chat.Room{}, people: map[chat.PersonID]chat.Person{}}
}

func (u update) same(o update) bool {
	if u.room != nil {
		return o.room != nil && o.room.ID == u.room.ID
	}
	return o.person != nil && o.person.ID == u.person.ID
}

// take applies a pending update, or an older one of the same item.
func (r *replica) take(i int) {
	for j := range i {
		if r.pending[j].same(r.pending[i]) {
			i = j
			break
		}
	}
	u := r.pending[i]
	r.pending = append(r.pending[:i], r.pending[i+1:]...)
	if u.room != nil {
		r.rooms[u.room.ID] = *u.room
	} else {
		r.people[u.person.ID] = *u.person
	}
}

func (r *replica) catchUp() {
	for len(r.pending) > 0 {
		r.take(0)
	}
}

func (r *replica) where(match func(chat.Room) bool) []chat.RoomID {
	found := []chat.RoomID{}
	for id, room := range r.rooms {
		if match(room) {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found
}

// list reads ids from the replica.
func (s *store) list(name string, match func(chat.Room) bool) ([]chat.RoomID, error) {
	return ask(s.w, name, reading, func() ([]chat.RoomID, error) {
		s.w.noteLag()
		return s.w.replica.where(match), nil
	})
}

// noteLag notes whether the invocation whose call is being applied reads what is not up to date.
func (w *World) noteLag() {
	if v := w.applying; v != nil && len(w.replica.pending) > 0 {
		v.Stale = true
	}
}

func (s *store) Rooms(_ context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	return ask(s.w, "Rooms", reading, func() ([]chat.Room, error) {
		s.w.noteLag()
		var found []chat.Room
		for _, id := range ids {
			if r, ok := s.w.replica.rooms[id]; ok {
				r.Held = slices.Clone(r.Held)
				found = append(found, s.asRead(r))
			}
		}
		return found, nil
	})
}

func (s *store) Queue(_ context.Context, list chat.List, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	ids, err := s.list("Queue", func(r chat.Room) bool {
		return r.Status == chat.StatusWaiting && chat.ListOf(r) == list && after < r.ID && (before == "" || r.ID < before)
	})
	if limit > 0 && len(ids) > limit {
		ids = ids[:limit]
	}
	return ids, err
}

func (s *store) RoomsHeldBy(_ context.Context, agent chat.PersonID) ([]chat.RoomID, error) {
	return s.list(s.w.named("RoomsHeldBy", string(agent)), func(r chat.Room) bool {
		return r.Status == chat.StatusActive && r.Agent.Who == agent
	})
}

func (s *store) DueRooms(_ context.Context, shard int, after chat.Due, now chat.Millis, _ int) ([]chat.Due, error) {
	if shard != 0 || after != (chat.Due{}) { // all rooms are on the first page of shard 0: how they are spread does not matter here
		return nil, nil
	}
	return ask(s.w, "DueRooms", reading, func() ([]chat.Due, error) {
		var due []chat.Due
		for _, id := range s.w.replica.where(func(r chat.Room) bool { return r.Status != chat.StatusEnded && r.SweepAt <= now }) {
			due = append(due, chat.Due{At: s.w.replica.rooms[id].SweepAt, Room: id})
		}
		slices.SortStableFunc(due, func(a, b chat.Due) int { return cmp.Compare(a.At, b.At) })
		return due, nil
	})
}

func (s *store) ConnectedAgents(_ context.Context, status chat.AgentStatus) ([]chat.Person, error) {
	return s.agentsWith("ConnectedAgents", status, func(a, b chat.Person) int { return cmp.Compare(a.ID, b.ID) })
}

func (s *store) FreeAgents(_ context.Context, limit int) ([]chat.Person, error) {
	free, err := s.agentsWith("FreeAgents", chat.StatusOnline, func(a, b chat.Person) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(a.ID, b.ID))
	})
	return free[:min(limit, len(free))], err
}

func (s *store) agentsWith(name string, status chat.AgentStatus, order func(a, b chat.Person) int) ([]chat.Person, error) {
	return ask(s.w, name, reading, func() ([]chat.Person, error) {
		if s.w.scenario.nights { // whether somebody serves is decided by it
			s.w.noteLag()
		}
		var found []chat.Person
		for _, p := range s.w.replica.people {
			if p.ID.IsAgent() && p.Status == status && p.Seat.Conn != "" {
				found = append(found, p)
			}
		}
		slices.SortFunc(found, order)
		for i, p := range found {
			found[i] = chat.Person{ID: p.ID, Name: p.Name, Seat: chat.Seat{Conn: p.Seat.Conn}}
		}
		return found, nil
	})
}
