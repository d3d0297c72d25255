package client

import (
	"encoding/json"
	"slices"
)

// Customer is a customer's session.
type Customer struct {
	session
	visitor         bool    // identified by a key that stays in the browser, so texts of an ended chat may stay there too
	known           bool    // the client knows whether there is a room
	room            string  // the current one: the open one, else the last
	textsForNewRoom []*Own  // wait for a room to be opened
	request         profile // what the next start says
	startWanted     bool    // the customer wants a chat that is not open yet
	startAt         int64   // when the next start is due, ms
	failedStarts    int     // in a row that opened no room
	lastJoin        struct {
		room  string
		start bool
	}
}

// NewCustomer returns a customer's session. It continues from what was saved, if anything was.
func NewCustomer(fx Effects, report Report, visitor bool, saved *Saved) *Customer {
	c := &Customer{visitor: visitor, startAt: never}
	c.init(fx, report, c, sideCustomer)
	if saved == nil {
		return c
	}
	c.known, c.room = saved.known && saved.room != "", saved.room
	for _, t := range saved.threads {
		c.restore(t)
	}
	for _, own := range saved.textsForNewRoom {
		c.textsForNewRoom = append(c.textsForNewRoom, &own)
	}
	if slices.ContainsFunc(c.textsForNewRoom, func(own *Own) bool { return !own.Failed }) {
		c.requestStart(0)
	}
	return c
}

// Saved is what stays after a reload.
func (c *Customer) Saved() *Saved {
	saved := &Saved{known: c.known, room: c.room}
	for _, t := range c.threads {
		if t.ID == c.room || len(t.out.texts) > 0 {
			saved.threads = append(saved.threads, t.save(t.ID == c.room, !c.visitor && t.ended()))
		}
	}
	for _, own := range c.textsForNewRoom {
		saved.textsForNewRoom = append(saved.textsForNewRoom, *own)
	}
	return saved
}

// TextsForNewRoom is how many texts wait for a room to be opened.
func (c *Customer) TextsForNewRoom() int { return len(c.textsForNewRoom) }

// CurrentRoom is the current room's id; empty if there is none.
func (c *Customer) CurrentRoom() string { return c.room }

// Start opens a chat when none is open.
func (c *Customer) Start(name, topic string) {
	if c.isOpen() {
		return
	}
	c.request = profile{Name: name, Topic: topic}
	c.requestStart(0)
	c.step()
}

// Send queues a text; it starts a chat when none is open.
func (c *Customer) Send(text, key string) {
	own := &Own{Key: key, Text: text}
	if c.isOpen() {
		c.currentThread().out.add(own)
	} else {
		c.textsForNewRoom = append(c.textsForNewRoom, own)
		c.requestStart(0)
	}
	c.step()
}

// Retry sends a failed text again, with a new number, in a new chat if its own has ended.
func (c *Customer) Retry(key string) {
	for _, t := range c.threads {
		if own := t.out.find(key); own != nil && own.Failed {
			t.out.remove(key)
			c.Send(own.Text, key)
			return
		}
	}
	if len(c.textsForNewRoom) > 0 {
		c.requestStart(0)
	}
	c.line.nudge()
	c.step()
}

// Discard removes a failed text.
func (c *Customer) Discard(key string) {
	c.textsForNewRoom = slices.DeleteFunc(c.textsForNewRoom, func(own *Own) bool { return own.Key == key && own.Failed })
	c.session.Discard(key)
}

// End ends the chat.
func (c *Customer) End() {
	if c.isOpen() {
		c.sendCommand(frame{Action: actionEnd, Room: c.room}, func(*errorFrame) {})
	}
}

// Typing tells the other side.
func (c *Customer) Typing() { c.typingIn(c.currentThread()) }

// Seen moves the read mark to the newest text.
func (c *Customer) Seen() {
	if t := c.currentThread(); t != nil && t.seen() {
		c.step()
	}
}

func (c *Customer) currentThread() *Thread {
	if c.room == "" {
		return nil
	}
	return c.thread(c.room)
}

func (c *Customer) isOpen() bool {
	t := c.currentThread()
	return t != nil && t.Room != nil && !t.ended()
}

func (c *Customer) joinFrame(id, device string) *frame {
	t := c.currentThread()
	f := &frame{Action: actionJoin, ID: id, Device: device}
	c.lastJoin.room, c.lastJoin.start = "", false
	if t != nil {
		f.Room, f.Since = t.ID, &t.Since
		c.lastJoin.room = t.ID
	}
	// Only once the last room is known: otherwise a repeat of an old request could open a second room.
	if c.startWanted && (c.known || c.room != "") {
		f.Start, c.lastJoin.start = true, true
		if device != "" && c.request != (profile{}) {
			f.Profile = &c.request
		}
	}
	c.startAt = never
	return f
}

func (c *Customer) joinRefused(e *errorFrame) bool {
	if !c.lastJoin.start || e.Code != codeFull && e.Code != codeRateLimited && e.Code != codeInvalid {
		return false
	}
	c.startWanted = false
	for _, own := range c.textsForNewRoom {
		own.Failed = true
		c.report.Failed(own.Key, "", e.Code)
	}
	return true
}

func (c *Customer) joinAt() int64 {
	at := c.startAt
	if t := c.currentThread(); t != nil {
		at = min(at, t.joinAt)
	}
	return at
}

func (c *Customer) onScreen() bool { return c.fx.Visible() && c.isOpen() }

func (c *Customer) received(kind string, body []byte, _ string, latest bool) {
	if kind != "room" {
		return
	}
	var f roomFrame
	if json.Unmarshal(body, &f) != nil {
		return
	}
	shown := ""
	if f.Room != nil {
		shown = f.Room.ID
		t := c.thread(shown)
		if t == nil && latest {
			t = newThread(shown, sideCustomer)
			c.threads = append(c.threads, t)
		}
		if t == nil {
			c.unknownRoom(shown)
			return
		}
		t.merge(&f.roomUpdate, c.fx.Now())
		if latest {
			c.switchTo(t)
		}
	} else if latest {
		c.known = true // a customer who has had a room always has one
	}
	if latest {
		c.settleStart(shown)
	}
}

// switchTo makes a room the current one. The previous thread stays while its texts wait for their ack.
func (c *Customer) switchTo(t *Thread) {
	last := c.currentThread()
	c.room, c.known = t.ID, true
	if last != nil && last != t && len(last.out.texts) == 0 {
		c.removeThread(last.ID)
	}
	if !c.isOpen() {
		return
	}
	for _, own := range c.textsForNewRoom {
		t.out.add(own)
	}
	c.textsForNewRoom = nil
}

// settleStart keeps, repeats or drops the start request after a join's answer. shown: the room in the answer.
func (c *Customer) settleStart(shown string) {
	if c.isOpen() {
		c.request, c.startWanted, c.failedStarts = profile{}, false, 0
	}
	switch {
	case !c.startWanted:
	case !c.lastJoin.start:
		c.requestStart(0)
	case c.lastJoin.room == shown:
		c.failedStarts++
		c.requestStart(backoff(c.fx, c.failedStarts))
	// The room was unknown: an earlier start may have opened and ended it, so only waiting texts justify another.
	case len(c.textsForNewRoom) > 0:
		c.requestStart(0)
	default:
		c.startWanted = false
	}
}

func (c *Customer) requestStart(wait int64) {
	c.startWanted = true
	for _, own := range c.textsForNewRoom {
		own.Failed = false
	}
	if c.known || c.room != "" {
		c.startAt = c.fx.Now() + wait
	}
}

func (c *Customer) unknownRoom(string) {
	if !c.isOpen() {
		c.startAt = c.fx.Now()
	}
}

func (c *Customer) wantsMessages(t *Thread) bool { return t.ID == c.room }

func (c *Customer) refused(*errorFrame) {}

func (c *Customer) poll(func(int64) bool) {}
