package stats

import (
	"slices"

	"rejoin/internal/chat"
)

// Contribution is what one chat adds to everybody's figures, or to those of one agent who held it.
type Contribution struct {
	Agent chat.PersonID // empty: everybody's
	Name  string        // of the agent, as it was when they got the chat
	Figures
}

// FromRoom is what an ended room adds, by the outline of all its messages: everybody's contribution first, then those of the
// agents who held it, in the order in which they first got it. openTime is how much of a time lay within the shop's hours.
func FromRoom(r chat.Room, past []chat.Message, openTime func(from, to chat.Millis) chat.Millis) []Contribution {
	c := counter{room: r, openTime: openTime, contributions: []Contribution{{Figures: Figures{Started: 1}}}}
	if c.left = r.Kept != 0; c.left {
		c.everybody().Left++
	}
	for _, m := range past {
		switch {
		case m.Void:
		case m.From == chat.Customer:
			c.customerWrote(m)
		case m.From == chat.Agent:
			c.agentWrote(m)
		case m.Event == chat.EventTaken, m.Event == chat.EventTransferred:
			c.assigned(m)
		case m.Event == chat.EventReleased, m.Event == chat.EventLeft:
			c.released(m.At)
		}
	}
	c.end()
	return c.contributions
}

// counter adds up one room, message by message.
type counter struct {
	room          chat.Room
	openTime      func(from, to chat.Millis) chat.Millis
	contributions []Contribution // the first is everybody's
	left          bool           // the room was kept for later

	holder     int         // index of the contribution of the agent who holds the room; 0 = nobody
	lastHolder int         // the same of the agent who held it last
	heldSince  chat.Millis // when that agent got it
	held       chat.Millis // how long agents have held it until now
	taken      bool        // an agent has held it
	answered   bool        // an agent has written

	wrote           bool        // the customer has written
	firstTextAt     chat.Millis // the customer's first text
	replied         bool        // an agent has written since
	unanswered      bool        // no agent has written after the customer's last text
	unansweredSince chat.Millis // the oldest text without an answer
}

func (c *counter) everybody() *Figures { return &c.contributions[0].Figures }

// own is the holder's figures; nil without a holder.
func (c *counter) own() *Figures {
	if c.holder == 0 {
		return nil
	}
	return &c.contributions[c.holder].Figures
}

// observe adds a value to everybody's figures and to the holder's.
func (c *counter) observe(m Measure, value chat.Millis) {
	c.everybody().Histograms[m].Observe(int64(value))
	if own := c.own(); own != nil {
		own.Histograms[m].Observe(int64(value))
	}
}

// observeOpen adds a time, and how much of it lay within the hours.
func (c *counter) observeOpen(m, open Measure, from, to chat.Millis) {
	c.observe(m, to-from)
	c.observe(open, c.openTime(from, to))
}

func (c *counter) assigned(m chat.Message) {
	c.released(m.At)
	c.holder = c.contributionOf(m.Holder, m.By)
	c.lastHolder, c.heldSince = c.holder, m.At
	if !c.taken {
		c.taken = true
		c.everybody().Answered++
		c.observeOpen(Wait, WaitOpen, c.room.Created, m.At)
	}
}

// contributionOf is the index of an agent's contribution, which it appends if it is the first time.
func (c *counter) contributionOf(agent chat.PersonID, name string) int {
	i := slices.IndexFunc(c.contributions, func(of Contribution) bool { return of.Agent == agent })
	if i < 0 {
		i = len(c.contributions)
		c.contributions = append(c.contributions, Contribution{Agent: agent, Name: name, Figures: Figures{Started: 1, Answered: 1}})
		if c.left {
			c.contributions[i].Left++
		}
	}
	return i
}

// released ends the holder's time with the room, if there is a holder.
func (c *counter) released(at chat.Millis) {
	if own := c.own(); own != nil {
		own.Histograms[Talk].Observe(int64(at - c.heldSince))
		c.held += max(at-c.heldSince, 0)
	}
	c.holder = 0
}

func (c *counter) customerWrote(m chat.Message) {
	c.everybody().Texts[customerTexts]++
	if own := c.own(); own != nil {
		own.Texts[customerTexts]++
	}
	if !c.wrote {
		c.wrote, c.firstTextAt = true, m.At
	}
	if !c.unanswered {
		c.unanswered, c.unansweredSince = true, m.At
	}
}

func (c *counter) agentWrote(m chat.Message) {
	c.everybody().Texts[agentTexts]++
	if own := c.own(); own != nil {
		own.Texts[agentTexts]++
	}
	if c.left && !c.answered {
		c.everybody().LeftAnswered++
		if own := c.own(); own != nil {
			own.LeftAnswered++
		}
	}
	c.answered = true
	if c.wrote && !c.replied {
		c.replied = true
		c.observeOpen(FirstResponse, FirstResponseOpen, c.firstTextAt, m.At)
		if c.left {
			c.observeOpen(LeftFirst, LeftFirstOpen, c.firstTextAt, m.At)
		}
	}
	if c.unanswered { // agents cannot answer before they get the chat
		c.unanswered = false
		c.observe(Response, m.At-max(c.unansweredSince, c.heldSince))
	}
}

func (c *counter) end() {
	all, r := c.everybody(), c.room
	c.released(r.EndedAt)
	reason := slices.Index(chat.Reasons(), r.Reason)
	finish := func(f *Figures) {
		if reason >= 0 {
			f.Ended[reason]++
		}
		if r.Rating.Score > 0 {
			f.Histograms[Rating].Observe(int64(r.Rating.Score))
		}
	}
	finish(all)
	if !c.taken {
		all.Abandoned++
		if !c.left { // nobody waited there
			all.Histograms[AbandonedWait].Observe(int64(r.EndedAt - r.Created))
		}
		return
	}
	talked := r.EndedAt - r.Created - r.Waited
	if c.left { // it may have lain there for days between two texts
		talked = c.held
	}
	all.Histograms[Talk].Observe(int64(talked))
	unanswered := c.wrote && !c.replied
	if unanswered {
		all.Unanswered++
	}
	if c.lastHolder == 0 { // earlier versions stored no holder
		return
	}
	own := &c.contributions[c.lastHolder].Figures
	finish(own)
	if unanswered {
		own.Unanswered++
	}
}
