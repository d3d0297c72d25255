package stats_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// chatted is what a generated chat was made to be: every value by itself, as the reference adds them up.
type chatted struct {
	began  chat.Millis
	tally  map[chat.PersonID]*tally
	room   chat.Room
	places []chat.Message
}

// tally is plain sums and lists of all values.
type tally struct {
	started, answered, abandoned, unanswered int64
	ended                                    map[chat.Reason]int64
	texts                                    map[chat.Side]int64
	values                                   map[stats.Measure][]int64
}

func newTally() *tally {
	return &tally{ended: map[chat.Reason]int64{}, texts: map[chat.Side]int64{}, values: map[stats.Measure][]int64{}}
}

func (t *tally) add(o *tally) {
	t.started += o.started
	t.answered += o.answered
	t.abandoned += o.abandoned
	t.unanswered += o.unanswered
	for k, n := range o.ended {
		t.ended[k] += n
	}
	for k, n := range o.texts {
		t.texts[k] += n
	}
	for k, v := range o.values {
		t.values[k] = append(t.values[k], v...)
	}
}

// writer makes a chat, one thing after the other, and keeps the books beside it.
type writer struct {
	*chatted
	random *rand.Rand
	now    chat.Millis
	holder chat.PersonID
	got    chat.Millis
	asked  chat.Millis // 0: nothing is unanswered
	wrote  chat.Millis // the customer's first text
	reply  bool        // an agent wrote after it
	first  chat.PersonID
	last   chat.PersonID
}

func (w *writer) of(who chat.PersonID) *tally {
	if w.tally[who] == nil {
		w.tally[who] = newTally()
		w.tally[who].started = 1
		if who != "" {
			w.tally[who].answered = 1
		}
	}
	return w.tally[who]
}

func (w *writer) both(m stats.Measure, value chat.Millis) {
	for _, who := range slices.Compact([]chat.PersonID{"", w.holder}) {
		w.of(who).values[m] = append(w.of(who).values[m], int64(value))
	}
}

func (w *writer) passes(seconds float64) {
	w.now += chat.Millis(w.random.ExpFloat64()*seconds*1000) + 1
}

func (w *writer) says(m chat.Message) {
	w.room.Seq++
	m.Customer, m.Room, m.Seq, m.At = w.room.Customer.Who, w.room.ID, w.room.Seq, w.now
	w.places = append(w.places, m)
}

func (w *writer) gets(agent chat.PersonID, event chat.Event) {
	w.loses()
	w.holder, w.got, w.last = agent, w.now, agent
	w.of(agent)
	if w.first == "" {
		w.first = agent
		w.room.Waited = w.now - w.began
		w.of("").answered++
		w.both(stats.Wait, w.now-w.began)
	}
	if i, found := slices.BinarySearch(w.room.Held, agent); !found {
		w.room.Held = slices.Insert(w.room.Held, i, agent)
	}
	w.says(chat.Message{From: chat.System, By: "name of " + string(agent), Event: event, Holder: agent})
}

func (w *writer) loses() {
	if w.holder != "" {
		w.of(w.holder).values[stats.Talk] = append(w.of(w.holder).values[stats.Talk], int64(w.now-w.got))
	}
	w.holder = ""
}

func (w *writer) writes(side chat.Side) {
	for _, who := range slices.Compact([]chat.PersonID{"", w.holder}) {
		w.of(who).texts[side]++
	}
	w.says(chat.Message{From: side, Text: "text"})
	switch {
	case side == chat.Customer && w.asked == 0:
		w.asked = w.now
		if w.wrote == 0 {
			w.wrote = w.now
		}
	case side == chat.Agent && w.wrote != 0:
		if !w.reply {
			w.reply = true
			w.both(stats.FirstResponse, w.now-w.wrote)
		}
		if w.asked != 0 {
			w.both(stats.Response, w.now-max(w.asked, w.got))
			w.asked = 0
		}
	}
}

func (w *writer) ends(reason chat.Reason, score int) {
	w.loses()
	w.room.Status, w.room.Reason, w.room.EndedAt, w.room.Rating.Score = chat.StatusEnded, reason, w.now, score
	w.says(chat.Message{From: chat.System, Event: chat.EventEnded})
	w.room.Settled, w.room.SweepAt = w.room.Seq, 0
	for _, who := range slices.Compact([]chat.PersonID{"", w.last}) {
		t := w.of(who)
		t.ended[reason]++
		if score > 0 {
			t.values[stats.Rating] = append(t.values[stats.Rating], int64(score))
		}
		if w.first != "" && w.wrote != 0 && !w.reply {
			t.unanswered++
		}
	}
	all := w.of("")
	if w.first == "" {
		all.abandoned++
		all.values[stats.AbandonedWait] = append(all.values[stats.AbandonedWait], int64(w.now-w.began))
	} else {
		all.values[stats.Talk] = append(all.values[stats.Talk], int64(w.now-w.began-w.room.Waited))
	}
}

// generate makes n chats of two months, of which each hour has some and most fall into the day.
func generate(random *rand.Rand, n int) []*chatted {
	agents := []chat.PersonID{"a_1", "a_2", "a_3", "a_4"}
	begin := chat.Millis(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
	reasons := chat.Reasons()
	var all []*chatted
	for i := range n {
		at := begin.After(time.Duration(random.IntN(61))*24*time.Hour + time.Duration(12+4*random.NormFloat64())*time.Hour)
		at += chat.Millis(random.IntN(3_600_000))
		w := opened(at, i, random)
		w.play(agents, reasons)
		all = append(all, w.chatted)
	}
	return all
}

// opened begins the chat of a number.
func opened(at chat.Millis, i int, random *rand.Rand) *writer {
	c := &chatted{began: at, tally: map[chat.PersonID]*tally{}}
	c.room = chat.Room{
		ID: chat.RoomID(fmt.Sprintf("%010d-%06d", at/1000, i)), Rev: 1, Status: chat.StatusWaiting, Created: at, SweepAt: at,
		Customer: chat.Member{Who: chat.PersonID(fmt.Sprintf("c_%d", i)), Next: 1}, Agent: chat.Member{Next: 1},
	}
	w := &writer{chatted: c, random: random, now: at}
	w.of("")
	w.says(chat.Message{From: chat.System, Event: chat.EventOpened})
	return w
}

// play lets happen what can.
func (w *writer) play(agents []chat.PersonID, reasons []chat.Reason) {
	random := w.random
	for range random.IntN(3) {
		w.passes(20)
		w.writes(chat.Customer)
	}
	if random.IntN(5) > 0 {
		for range 1 + random.IntN(12) {
			w.passes(45)
			switch act := random.IntN(20); {
			case w.holder == "":
				w.gets(agents[random.IntN(len(agents))], chat.EventTaken)
			case act == 0:
				w.says(chat.Message{From: chat.System, Event: chat.EventReleased})
				w.loses()
			case act == 1:
				w.gets(agents[random.IntN(len(agents))], chat.EventTransferred)
			case act == 2:
				w.says(chat.Message{From: chat.System, Void: true})
			case act < 12:
				w.writes(chat.Agent)
			default:
				w.writes(chat.Customer)
			}
		}
	}
	w.passes(90)
	score := 0
	if random.IntN(3) == 0 {
		score = 1 + random.IntN(chat.MaxScore)
	}
	w.ends(reasons[random.IntN(len(reasons))], score)
}

// store puts a chat into a store, as it is when it has ended.
func (c *chatted) store(t *testing.T, store *memory.Store) {
	t.Helper()
	open := c.room
	open.Status, open.SweepAt = chat.StatusWaiting, 1
	ok, err := store.OpenRoom(t.Context(), open, c.places[0], "", chat.Profile{})
	require.NoError(t, err)
	require.True(t, ok)
	for _, m := range c.places[1:] {
		_, ok, err := store.PutMessage(t.Context(), m)
		require.NoError(t, err)
		require.True(t, ok)
	}
	ok, err = store.ChangeRoom(t.Context(), open, c.room, nil)
	require.NoError(t, err)
	require.True(t, ok)
}
