package client

import (
	"cmp"
	"encoding/json"
	"slices"
)

const (
	pollInterval = 30_000 // how often the queue is fetched, in ms
	maxJoinRooms = 100    // rooms that a join may name
)

// Agent is an agent's session.
type Agent struct {
	session
	me          string // the agent's id, as the server says; empty until then
	status      string
	queue       []RoomObject
	pollAt      int64
	roomsOfJoin []string // ids of the rooms that the newest join named
	lastError   string
}

// NewAgent returns an agent's session. It continues from what was saved, if anything was.
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

// Saved is what stays after a reload.
func (a *Agent) Saved() *Saved {
	saved := &Saved{}
	for _, t := range a.threads {
		if len(t.out.texts) > 0 {
			saved.threads = append(saved.threads, t.save(false, false))
		}
	}
	return saved
}

// Take takes a room from the queue.
func (a *Agent) Take(room string) { a.command(frame{Action: actionTake, Room: room}) }

// End ends a room.
func (a *Agent) End(room string) { a.command(frame{Action: actionEnd, Room: room}) }

// Release puts a room back into the queue.
func (a *Agent) Release(room string) { a.command(frame{Action: actionRelease, Room: room}) }

// Transfer gives a room to another agent.
func (a *Agent) Transfer(room, agent string) {
	a.command(frame{Action: actionTransfer, Room: room, Agent: agent})
}

// SetStatus sets online or away. A newer command replaces an older one.
func (a *Agent) SetStatus(status string) {
	a.status = status
	a.cancelCommands(func(f *frame) bool { return f.Action == actionStatus })
	a.command(frame{Action: actionStatus, Status: status})
}

// Send queues a text.
func (a *Agent) Send(room, text, key string) {
	a.openThread(room).out.add(&Own{Key: key, Text: text})
	a.step()
}

// Retry sends a failed text again, with a new number.
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

// LastError is the error code of the last command that failed.
func (a *Agent) LastError() string { return a.lastError }

func (a *Agent) openThread(id string) *Thread {
	t := a.thread(id)
	if t == nil {
		t = newThread(id, sideAgent)
		a.threads = append(a.threads, t)
	}
	return t
}

// command sends a command. After an error, the next join shows the room's true state.
func (a *Agent) command(f frame) {
	a.sendCommand(f, func(e *errorFrame) {
		if e == nil {
			return
		}
		a.lastError = e.Code
		if f.Room == "" {
			return
		}
		if e.Code == "taken" || e.Code == "ended" || e.Code == "not_found" {
			a.removeFromQueue(f.Room)
		}
		if t := a.thread(f.Room); t != nil && t.Mine {
			a.unknownRoom(f.Room)
		}
	})
}

func (a *Agent) joinFrame(id, device string) *frame {
	f := &frame{Action: actionJoin, ID: id, Device: device, Rooms: []holding{}}
	var named []*Thread
	for _, t := range a.threads {
		if t.Mine || t.joinAt < never || t.out.head() != nil && !t.ended() {
			named = append(named, t)
		}
	}
	// The server refuses longer joins. It answers for the other own rooms too; what they miss follows by further joins.
	if len(named) > maxJoinRooms {
		slices.SortStableFunc(named, a.byUrgency)
		named = named[:maxJoinRooms]
	}
	a.roomsOfJoin = a.roomsOfJoin[:0]
	for _, t := range named {
		a.roomsOfJoin = append(a.roomsOfJoin, t.ID)
		f.Rooms = append(f.Rooms, holding{t.ID, t.Since})
	}
	return f
}

// byUrgency: rooms of which the server has to tell something come first, of these those with unsent texts, then the newest.
func (a *Agent) byUrgency(x, y *Thread) int {
	rank := func(t *Thread) (needsJoin, unsent, newest int64) {
		if a.roomJoinAt(t) < never {
			needsJoin = 1
		}
		if t.out.head() != nil {
			unsent = 1
		}
		if t.Room != nil {
			newest = t.Room.Created
			if t.Room.Last != nil {
				newest = t.Room.Last.At
			}
		}
		return needsJoin, unsent, newest
	}
	joinX, unsentX, newestX := rank(x)
	joinY, unsentY, newestY := rank(y)
	return cmp.Or(cmp.Compare(joinY, joinX), cmp.Compare(unsentY, unsentX), cmp.Compare(newestY, newestX))
}

func (a *Agent) joinAt() int64 {
	at := int64(never)
	for _, t := range a.threads {
		at = min(at, a.roomJoinAt(t))
	}
	return at
}

// roomJoinAt is when a join for a room is due: at once while the server has confirmed it for an earlier connection only.
func (a *Agent) roomJoinAt(t *Thread) int64 {
	if t.Mine && t.confirmedOn != a.line.id() {
		return 0
	}
	return t.joinAt
}

func (a *Agent) onScreen() bool { return a.fx.Visible() }

func (a *Agent) received(kind string, body []byte, action string, latest bool) {
	switch kind {
	case "desk":
		var f deskFrame
		if json.Unmarshal(body, &f) == nil {
			a.handleDesk(&f, latest)
		}
	case "queue":
		var f queueFrame
		if json.Unmarshal(body, &f) == nil {
			a.handleQueue(&f)
		}
	case "ok":
		if action == actionStatus { // while away the queue is not kept up to date
			a.pollAt = a.fx.Now()
		}
	case "room":
		var f roomFrame
		if json.Unmarshal(body, &f) == nil && f.Room != nil {
			a.merge(&f.roomUpdate)
			if action != "" {
				a.openThread(f.roomUpdate.Room.ID).confirmedOn = a.line.id()
			}
		}
	}
}

// unknownRoom lets a join ask for the room. A frame about a room that is being taken has only overtaken the answer, which brings the room.
func (a *Agent) unknownRoom(room string) {
	at := a.fx.Now()
	if slices.ContainsFunc(a.pending, func(k *pendingCommand) bool { return k.frame.Action == actionTake && k.frame.Room == room }) {
		at += gapWait
	}
	t := a.openThread(room)
	t.joinAt = min(t.joinAt, at)
}

func (a *Agent) wantsMessages(t *Thread) bool { return t.Mine || t.ended() }

func (a *Agent) refused(e *errorFrame) {
	if e.Code == "forbidden" {
		a.unknownRoom(e.Room)
	}
}

func (a *Agent) joinRefused(*errorFrame) bool { return false }

func (a *Agent) poll(isDue func(at int64) bool) {
	for isDue(a.pollAt) {
		now := a.fx.Now()
		a.pollAt = now + pollInterval
		a.line.askServer(&frame{Action: "queue", ID: a.nextID("queue")})
		a.line.expectAnswer(now)
	}
}

func (a *Agent) handleDesk(f *deskFrame, latest bool) {
	now := a.fx.Now()
	if !slices.ContainsFunc(a.pending, func(k *pendingCommand) bool { return k.frame.Action == actionStatus }) {
		a.status = f.Status
	}
	a.pollAt = now + pollInterval
	if a.me == "" { // before this answer the client did not know which rooms are the agent's
		a.me = f.Agent.ID
		for _, t := range a.threads {
			t.Mine = t.Room != nil && a.holds(t.Room)
		}
	}
	advanced, shown := false, map[string]bool{}
	for i := range f.Rooms {
		p := &f.Rooms[i]
		shown[p.Room.ID] = true
		from := a.openThread(p.Room.ID).Since
		t := a.merge(p)
		t.confirmedOn = a.line.id()
		advanced = advanced || t.Since > from
		if !t.Mine && t.joinAt > now {
			t.joinAt = never
		}
	}
	// Rooms that did not fit come without messages: ask again at once, as long as any thread advances.
	for i := range f.Rooms {
		if advanced && f.Rooms[i].More {
			a.openThread(f.Rooms[i].Room.ID).joinAt = now
		}
	}
	if latest {
		for _, id := range a.roomsOfJoin {
			if !shown[id] {
				t := a.openThread(id)
				t.Mine, t.joinAt = false, never
			}
		}
	}
	a.setQueue(f.Queue)
}

func (a *Agent) handleQueue(f *queueFrame) {
	if f.Add != nil {
		a.merge(&roomUpdate{Room: f.Add})
	}
	if f.Remove != nil {
		a.removeFromQueue(*f.Remove)
	}
	for _, id := range f.Removed {
		a.removeFromQueue(id)
	}
	if f.Rooms != nil {
		a.setQueue(*f.Rooms)
	}
	if f.Mine == nil {
		return
	}
	for _, id := range *f.Mine {
		if !a.openThread(id).Mine {
			a.unknownRoom(id)
		}
	}
	for _, t := range a.threads {
		if t.Mine && !slices.Contains(*f.Mine, t.ID) {
			a.unknownRoom(t.ID)
		}
	}
}

func (a *Agent) merge(p *roomUpdate) *Thread {
	room := p.Room
	waits := room.Status == statusWaiting
	t := a.thread(room.ID)
	if t == nil && waits { // rooms of the queue need no thread
		t = newThread(room.ID, sideAgent)
	} else if t == nil {
		t = a.openThread(room.ID)
	}
	if !t.merge(p, a.fx.Now()) {
		return t
	}
	t.Mine = a.holds(room)
	a.removeFromQueue(room.ID)
	if waits {
		a.setQueue(append(slices.Clone(a.queue), *room))
	}
	a.cancelCommands(func(f *frame) bool {
		return f.Room == room.ID && (f.Action == actionTake && t.Mine ||
			(f.Action == actionRelease || f.Action == actionTransfer) && !t.Mine)
	})
	return t
}

func (a *Agent) holds(room *RoomObject) bool {
	return room.Status == statusActive && room.Agent != nil && room.Agent.ID == a.me
}

func (a *Agent) removeFromQueue(room string) {
	a.queue = slices.DeleteFunc(slices.Clone(a.queue), func(r RoomObject) bool { return r.ID == room })
}

// setQueue sets the queue, oldest first. A room object older than the known one does not put a room back into the queue.
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
