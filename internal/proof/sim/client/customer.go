package client

import "encoding/json"

// startAgain is how long a customer waits before the next start, in ms.
const startAgain = 2000

// Customer is a customer's session.
type Customer struct {
	session
	visitor  bool   // known by the browser's key alone, which stays in it: what they said may too, when their chat is over
	known    bool   // whether there is a room
	room     string // the present one: the open one, else the last
	homeless []*Own // texts for a room that is still to open
	wish     *profile
	wishAt   int64
	named    struct {
		room  string
		start bool
	}
}

// NewCustomer returns a customer's session that goes on from what was saved, if anything was.
func NewCustomer(fx Effects, report Report, visitor bool, saved *Saved) *Customer {
	c := &Customer{visitor: visitor, wishAt: never}
	c.init(fx, report, c, sideCustomer)
	if saved == nil {
		return c
	}
	c.known, c.room = saved.known && saved.room != "", saved.room
	for _, t := range saved.threads {
		c.restore(t)
	}
	for _, own := range saved.homeless {
		c.homeless = append(c.homeless, &own)
	}
	if len(c.homeless) > 0 {
		c.want(&profile{}, 0)
	}
	return c
}

// Saved is what outlives a reload.
func (c *Customer) Saved() *Saved {
	saved := &Saved{known: c.known, room: c.room}
	for _, t := range c.threads {
		if t.ID == c.room || len(t.out.texts) > 0 {
			saved.threads = append(saved.threads, t.save(t.ID == c.room, !c.visitor && t.ended()))
		}
	}
	for _, own := range c.homeless {
		saved.homeless = append(saved.homeless, *own)
	}
	return saved
}

// Homeless is how many texts wait for a room to be opened for them.
func (c *Customer) Homeless() int { return len(c.homeless) }

// Present is the present room's id; "" where there is none.
func (c *Customer) Present() string { return c.room }

// Start opens a chat when none is open.
func (c *Customer) Start(name, topic string) {
	if c.isOpen() {
		return
	}
	c.want(&profile{Name: name, Topic: topic}, 0)
	c.step()
}

// Send queues a text; it starts a chat when none is open.
func (c *Customer) Send(text, key string) {
	own := &Own{Key: key, Text: text}
	if c.isOpen() {
		c.present().out.add(own)
	} else {
		c.homeless = append(c.homeless, own)
		wish := c.wish
		if wish == nil {
			wish = &profile{}
		}
		c.want(wish, 0)
	}
	c.step()
}

// Retry sends a failed text anew, in a new chat when its own has ended.
func (c *Customer) Retry(key string) {
	for _, t := range c.threads {
		if own := t.out.find(key); own != nil && own.Failed {
			t.out.remove(key)
			c.Send(own.Text, key)
			return
		}
	}
}

// End ends the chat.
func (c *Customer) End() {
	if c.isOpen() {
		c.ask(frame{Action: actionEnd, Room: c.room}, func(*failure) {})
	}
}

// Typing tells the other side.
func (c *Customer) Typing() { c.typingIn(c.present()) }

// Seen moves the read mark to the newest text.
func (c *Customer) Seen() {
	if t := c.present(); t != nil && t.seen() {
		c.step()
	}
}

func (c *Customer) present() *Thread {
	if c.room == "" {
		return nil
	}
	return c.thread(c.room)
}

func (c *Customer) isOpen() bool {
	t := c.present()
	return t != nil && t.Room != nil && !t.ended()
}

func (c *Customer) joinFrame(id, device string) *frame {
	t := c.present()
	f := &frame{Action: actionJoin, ID: id, Device: device}
	c.named.room, c.named.start = "", false
	if t != nil {
		f.Room, f.Since = t.ID, &t.Since
		c.named.room = t.ID
	}
	// Only when the last room is known: else the repeat of an old wish might open a second room.
	if c.wish != nil && (c.known || c.room != "") {
		f.Start, c.named.start = true, true
		if device != "" && *c.wish != (profile{}) {
			f.Profile = c.wish
		}
	}
	c.wishAt = never
	return f
}

func (c *Customer) joinAt() int64 {
	at := c.wishAt
	if t := c.present(); t != nil {
		at = min(at, t.askAt)
	}
	return at
}

func (c *Customer) onScreen() bool { return c.fx.Visible() && c.isOpen() }

func (c *Customer) on(kind string, body []byte, _ string, latest bool) {
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
			c.unknown(shown)
			return
		}
		t.merge(&f.part, c.fx.Now())
		if latest {
			c.move(t)
		}
	} else if latest {
		c.known = true // who ever had a room has one
	}
	if latest {
		c.wishes(shown)
	}
}

// move makes a room the present one. Texts of the last one that await their answer keep its thread.
func (c *Customer) move(t *Thread) {
	last := c.present()
	c.room, c.known = t.ID, true
	if last != nil && last != t && len(last.out.texts) == 0 {
		c.forgetThread(last.ID)
	}
	if !c.isOpen() {
		return
	}
	for _, own := range c.homeless {
		t.out.add(own)
	}
	c.homeless = nil
}

// wishes is what a join's answer means for the wish to chat. shown: the room that it showed.
func (c *Customer) wishes(shown string) {
	if c.isOpen() {
		c.wish = nil
	}
	switch {
	case c.wish == nil:
	case !c.named.start:
		c.want(c.wish, 0)
	case c.named.room == shown:
		c.want(c.wish, startAgain)
	// A room that was not known: an earlier start may have opened it, so only waiting texts justify another.
	case len(c.homeless) > 0:
		c.want(c.wish, 0)
	default:
		c.wish = nil
	}
}

func (c *Customer) want(wish *profile, wait int64) {
	c.wish = wish
	if c.known || c.room != "" {
		c.wishAt = c.fx.Now() + wait
	}
}

func (c *Customer) unknown(string) {
	if !c.isOpen() {
		c.wishAt = c.fx.Now()
	}
}

func (c *Customer) follows(t *Thread) bool { return t.ID == c.room }

func (c *Customer) refused(*failure) {}

func (c *Customer) also(int64) int64 { return never }
