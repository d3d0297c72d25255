package stats

import (
	"slices"

	"rejoin/internal/chat"
)

// Contribution is what one chat adds to everybody's figures, or to those of an agent who held it.
type Contribution struct {
	Agent chat.PersonID // empty: everybody's
	Name  string        // of the agent, as it was when they got the chat
	Figures
}

// FromRoom is what an ended room adds, from the outline of all its messages: everybody's part first, then one of each agent who held
// it, in the order in which they got it.
func FromRoom(r chat.Room, past []chat.Message) []Contribution {
	w := walk{room: r, parts: []Contribution{{Figures: Figures{Started: 1}}}}
	for _, m := range past {
		switch {
		case m.Void:
		case m.From == chat.Customer:
			w.asked(m)
		case m.From == chat.Agent:
			w.answered(m)
		case m.Event == chat.EventTaken, m.Event == chat.EventTransferred:
			w.got(m)
		case m.Event == chat.EventReleased:
			w.lost(m.At)
		}
	}
	w.end()
	return w.parts
}

// walk goes through the messages of a room.
type walk struct {
	room   chat.Room
	parts  []Contribution
	holder int         // index of the part of who has the room; 0 = nobody
	last   int         // of who had it last
	since  chat.Millis // when they got it
	taken  bool        // ever
	wrote  chat.Millis // the customer's first text
	ask    chat.Millis // their oldest text that nobody answered yet
	first  bool        // an agent answered
	texted bool        // the customer wrote
	open   bool        // something is unanswered
}

func (w *walk) everybody() *Figures { return &w.parts[0].Figures }

// own are the figures of who holds the room; nil where nobody does.
func (w *walk) own() *Figures {
	if w.holder == 0 {
		return nil
	}
	return &w.parts[w.holder].Figures
}

// put gives a value to everybody's figures and to the holder's.
func (w *walk) put(m Measure, value chat.Millis) {
	w.everybody().Histograms[m].Observe(int64(value))
	if own := w.own(); own != nil {
		own.Histograms[m].Observe(int64(value))
	}
}

func (w *walk) got(m chat.Message) {
	w.lost(m.At)
	w.holder = w.partOf(m.Holder, m.By)
	w.last, w.since = w.holder, m.At
	if !w.taken {
		w.taken = true
		w.everybody().Answered++
		w.put(Wait, m.At-w.room.Created)
	}
}

// roomPageOf finds the part of an agent, or makes one: of a chat, each agent has one.
func (w *walk) partOf(agent chat.PersonID, name string) int {
	i := slices.IndexFunc(w.parts, func(p Contribution) bool { return p.Agent == agent })
	if i < 0 {
		i = len(w.parts)
		w.parts = append(w.parts, Contribution{Agent: agent, Name: name, Figures: Figures{Started: 1, Answered: 1}})
	}
	return i
}

// lost is when the holder, if there was one, gave the room away: what they talked is theirs.
func (w *walk) lost(at chat.Millis) {
	if own := w.own(); own != nil {
		own.Histograms[Talk].Observe(int64(at - w.since))
	}
	w.holder = 0
}

func (w *walk) asked(m chat.Message) {
	w.everybody().Texts[customerTexts]++
	if own := w.own(); own != nil {
		own.Texts[customerTexts]++
	}
	if !w.texted {
		w.texted, w.wrote = true, m.At
	}
	if !w.open {
		w.open, w.ask = true, m.At
	}
}

func (w *walk) answered(m chat.Message) {
	w.everybody().Texts[agentTexts]++
	if own := w.own(); own != nil {
		own.Texts[agentTexts]++
	}
	if w.texted && !w.first {
		w.first = true
		w.put(FirstResponse, m.At-w.wrote)
	}
	if w.open { // nobody answers what they cannot read yet
		w.open = false
		w.put(Response, m.At-max(w.ask, w.since))
	}
}

func (w *walk) end() {
	all, r := w.everybody(), w.room
	w.lost(r.EndedAt)
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
	if !w.taken {
		all.Abandoned++
		all.Histograms[AbandonedWait].Observe(int64(r.EndedAt - r.Created))
		return
	}
	all.Histograms[Talk].Observe(int64(r.EndedAt - r.Created - r.Waited))
	unanswered := w.texted && !w.first
	if unanswered {
		all.Unanswered++
	}
	if w.last == 0 { // an event of an earlier version does not say who got the chat
		return
	}
	own := &w.parts[w.last].Figures
	finish(own)
	if unanswered {
		own.Unanswered++
	}
}
