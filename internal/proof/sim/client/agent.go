package client

import (
	"cmp"
	"encoding/json"
	"slices"
)

const (
	poll        = 30_000 // how often a console asks for the queue, in ms
	maxHoldings = 100    // rooms that a join may name
)

// Agent is an agent's session.
type Agent struct {
	session
	me     string // who the server says this is; "" until it does
	status string
	queue  []RoomObject
	pollAt int64
	named  []string // rooms of the newest join
	failed string
}

// NewAgent returns an agent's session that goes on from what was saved, if anything was.
func NewAgent(fx Effects, report Report, saved *Saved) *Agent {
	a := &Agent{pollAt: never, status: "online"}
	a.init(fx, report, a, sideAgent)
	if saved != nil {
		for _, t := range saved.threads {
			a.restore(t)
		}
	}
	return a
}

// Saved is what outlives a reload.
func (a *Agent) Saved() *Saved {
	saved := &Saved{}
	for _, t := range a.threads {
		if len(t.out.texts) > 0 {
			saved.threads = append(saved.threads, t.save(false, false))
		}
	}
	return saved
}

// Take asks for a room.
func (a *Agent) Take(room string) { a.command(frame{Action: actionTake, Room: room}) }

// End ends one.
func (a *Agent) End(room string) { a.command(frame{Action: actionEnd, Room: room}) }

// Release puts one back into the queue.
func (a *Agent) Release(room string) { a.command(frame{Action: actionRelease, Room: room}) }

// Transfer gives one to another agent.
func (a *Agent) Transfer(room, agent string) {
	a.command(frame{Action: actionTransfer, Room: room, Agent: agent})
}

// SetStatus says online or away; the last word counts.
func (a *Agent) SetStatus(status string) {
	a.status = status
	a.forget(func(f *frame) bool { return f.Action == actionStatus })
	a.command(frame{Action: actionStatus, Status: status})
}

// Send queues a text.
func (a *Agent) Send(room, text, key string) {
	a.must(room).out.add(&Own{Key: key, Text: text})
	a.step()
}

// Retry sends a failed text anew.
func (a *Agent) Retry(key string) {
	for _, t := range a.threads {
		if own := t.out.find(key); own != nil && own.Failed {
			t.out.remove(key)
			a.Send(t.ID, own.Text, key)
			return
		}
	}
}

// Typing tells the other side.
func (a *Agent) Typing(room string) {
	if t := a.thread(room); t != nil && t.Mine {
		a.typingIn(t)
	}
}

// Seen moves the read mark to the newest text.
func (a *Agent) Seen(room string) {
	if t := a.thread(room); t != nil && t.Mine && t.seen() {
		a.step()
	}
}

// Queue are the rooms that are shown as waiting, oldest first.
func (a *Agent) Queue() []string {
	ids := make([]string, len(a.queue))
	for i := range a.queue {
		ids[i] = a.queue[i].ID
	}
	return ids
}

// LastError is the code of the command that failed last.
func (a *Agent) LastError() string { return a.failed }

func (a *Agent) must(id string) *Thread {
	t := a.thread(id)
	if t == nil {
		t = newThread(id, sideAgent)
		a.threads = append(a.threads, t)
	}
	return t
}

// command asks; what is true of the room, the next join says.
func (a *Agent) command(f frame) {
	a.ask(f, func(e *failure) {
		if e == nil {
			return
		}
		a.failed = e.Code
		if f.Room == "" {
			return
		}
		if e.Code == "taken" || e.Code == "ended" || e.Code == "not_found" {
			a.unqueue(f.Room)
		}
		if t := a.thread(f.Room); t != nil && t.Mine {
			a.unknown(f.Room)
		}
	})
}

func (a *Agent) joinFrame(id, device string) *frame {
	f := &frame{Action: actionJoin, ID: id, Device: device, Rooms: []holding{}}
	var named []*Thread
	for _, t := range a.threads {
		if t.Mine || t.askAt < never || t.out.head() != nil && !t.ended() {
			named = append(named, t)
		}
	}
	// More are refused; what is due first comes first, and an own room is shown without being named.
	if len(named) > maxHoldings {
		asked := slices.DeleteFunc(slices.Clone(named), func(t *Thread) bool { return t.askAt == never })
		named = append(asked, slices.DeleteFunc(named, func(t *Thread) bool { return t.askAt < never })...)
		named = named[:maxHoldings]
	}
	a.named = a.named[:0]
	for _, t := range named {
		a.named = append(a.named, t.ID)
		f.Rooms = append(f.Rooms, holding{t.ID, t.Since})
	}
	return f
}

func (a *Agent) joinAt() int64 {
	at := int64(never)
	for _, t := range a.threads {
		if t.Mine && t.claimed != a.line.id() { // an answer on an earlier connection claimed the room for that one
			return 0
		}
		at = min(at, t.askAt)
	}
	return at
}

func (a *Agent) onScreen() bool { return a.fx.Visible() }

func (a *Agent) on(kind string, body []byte, action string, latest bool) {
	switch kind {
	case "desk":
		var f deskFrame
		if json.Unmarshal(body, &f) == nil {
			a.desk(&f, latest)
		}
	case "queue":
		var f queueFrame
		if json.Unmarshal(body, &f) == nil {
			a.queued(&f)
		}
	case "ok":
		if action == actionStatus { // who was away was told nothing of it
			a.pollAt = a.fx.Now()
		}
	case "room":
		var f roomFrame
		if json.Unmarshal(body, &f) == nil && f.Room != nil {
			a.merge(&f.part)
			if action != "" {
				a.must(f.part.Room.ID).claimed = a.line.id()
			}
		}
	}
}

func (a *Agent) unknown(room string) { a.must(room).askAt = a.fx.Now() }

func (a *Agent) follows(t *Thread) bool { return t.Mine || t.ended() }

func (a *Agent) refused(e *failure) {
	if e.Code == "forbidden" {
		a.unknown(e.Room)
	}
}

func (a *Agent) also(now int64) int64 {
	if now >= a.pollAt {
		a.pollAt = now + poll
		a.line.send(&frame{Action: "queue", ID: a.nextID("queue")})
		a.line.expect(now)
	}
	return a.pollAt
}

func (a *Agent) desk(f *deskFrame, latest bool) {
	now := a.fx.Now()
	if !slices.ContainsFunc(a.asks, func(k *ask) bool { return k.frame.Action == actionStatus }) {
		a.status = f.Status
	}
	a.pollAt = now + poll
	if a.me == "" { // a room that was told of before this answer could not be known to be this agent's
		a.me = f.Agent.ID
		for _, t := range a.threads {
			t.Mine = t.Room != nil && a.holds(t.Room)
		}
	}
	moved, told := false, map[string]bool{}
	for i := range f.Rooms {
		p := &f.Rooms[i]
		told[p.Room.ID] = true
		from := a.must(p.Room.ID).Since
		t := a.merge(p)
		t.claimed = a.line.id()
		moved = moved || t.Since > from
		if !t.Mine && t.askAt > now {
			t.askAt = never
		}
	}
	// Parts that did not fit come without messages: at once again, as long as that gets anywhere.
	for i := range f.Rooms {
		if moved && f.Rooms[i].More {
			a.must(f.Rooms[i].Room.ID).askAt = now
		}
	}
	if latest {
		for _, id := range a.named {
			if !told[id] {
				t := a.must(id)
				t.Mine, t.askAt = false, never
			}
		}
	}
	a.setQueue(f.Queue)
}

func (a *Agent) queued(f *queueFrame) {
	if f.Add != nil {
		a.merge(&part{Room: f.Add})
	}
	if f.Remove != nil {
		a.unqueue(*f.Remove)
	}
	if f.Rooms != nil {
		a.setQueue(*f.Rooms)
	}
	if f.Mine == nil {
		return
	}
	for _, id := range *f.Mine {
		if !a.must(id).Mine {
			a.unknown(id)
		}
	}
	for _, t := range a.threads {
		if t.Mine && !slices.Contains(*f.Mine, t.ID) {
			a.unknown(t.ID)
		}
	}
}

func (a *Agent) merge(p *part) *Thread {
	room := p.Room
	waits := room.Status == statusWaiting
	t := a.thread(room.ID)
	if t == nil && waits { // a queue is no desk
		t = newThread(room.ID, sideAgent)
	} else if t == nil {
		t = a.must(room.ID)
	}
	if !t.merge(p, a.fx.Now()) {
		return t
	}
	t.Mine = a.holds(room)
	a.unqueue(room.ID)
	if waits {
		a.setQueue(append(slices.Clone(a.queue), *room))
	}
	a.forget(func(f *frame) bool {
		return f.Room == room.ID && (f.Action == actionTake && t.Mine ||
			(f.Action == actionRelease || f.Action == actionTransfer) && !t.Mine)
	})
	return t
}

func (a *Agent) holds(room *RoomObject) bool {
	return room.Status == statusActive && room.Agent != nil && room.Agent.ID == a.me
}

func (a *Agent) unqueue(room string) {
	a.queue = slices.DeleteFunc(slices.Clone(a.queue), func(r RoomObject) bool { return r.ID == room })
}

// setQueue: oldest first. A room that this client knows newer things of is not brought back by an old list.
func (a *Agent) setQueue(rooms []RoomObject) {
	var queue []RoomObject
	for _, r := range rooms {
		t := a.thread(r.ID)
		known := int64(-1)
		if t != nil && t.Room != nil {
			known = t.Room.Rev
		}
		if r.Status == statusWaiting && known <= r.Rev && (t == nil || !t.Mine) {
			queue = append(queue, r)
		}
	}
	slices.SortStableFunc(queue, func(x, y RoomObject) int { return cmp.Compare(x.Created, y.Created) })
	a.queue = queue
}
