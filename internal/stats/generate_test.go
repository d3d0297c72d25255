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

// generatedChat is a random chat, with every single value that it adds for the reference.
type generatedChat struct {
	began    chat.Millis
	tally    map[chat.PersonID]*tally
	room     chat.Room
	messages []chat.Message
}

// tally is sums, and lists of single values.
type tally struct {
	started, answered, abandoned, unanswered int64
	left, leftAnswered                       int64
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
	t.left += o.left
	t.leftAnswered += o.leftAnswered
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

// generator makes a chat message by message, and records its values.
type generator struct {
	*generatedChat
	random          *rand.Rand
	now             chat.Millis
	holder          chat.PersonID
	heldSince       chat.Millis
	unansweredSince chat.Millis // 0: all texts are answered
	firstTextAt     chat.Millis // the customer's first text
	replied         bool        // an agent has written since
	answered        bool        // an agent has written
	held            chat.Millis // how long agents held it
	firstHolder     chat.PersonID
	lastHolder      chat.PersonID
}

func (g *generator) of(who chat.PersonID) *tally {
	if g.tally[who] == nil {
		g.tally[who] = newTally()
		g.tally[who].started = 1
		if who != "" {
			g.tally[who].answered = 1
		}
		if g.room.Kept != 0 {
			g.tally[who].left = 1
		}
	}
	return g.tally[who]
}

func (g *generator) observe(m stats.Measure, value chat.Millis) {
	for _, who := range slices.Compact([]chat.PersonID{"", g.holder}) {
		g.of(who).values[m] = append(g.of(who).values[m], int64(value))
	}
}

// observeSince records a time until now, and how much of it lay within the hours of the customer's shop.
func (g *generator) observeSince(m, open stats.Measure, from chat.Millis) {
	g.observe(m, g.now-from)
	g.observe(open, openTimeOf(g.room.Customer.Who.Site())(from, g.now))
}

func (g *generator) wait(seconds float64) {
	g.now += chat.Millis(g.random.ExpFloat64()*seconds*1000) + 1
}

func (g *generator) add(m chat.Message) {
	g.room.Seq++
	m.Customer, m.Room, m.Seq, m.At = g.room.Customer.Who, g.room.ID, g.room.Seq, g.now
	g.messages = append(g.messages, m)
}

func (g *generator) assign(agent chat.PersonID, event chat.Event) {
	g.release()
	g.holder, g.heldSince, g.lastHolder = agent, g.now, agent
	g.of(agent)
	if g.firstHolder == "" {
		g.firstHolder = agent
		g.room.Waited = g.now - g.began
		g.of("").answered++
		g.observeSince(stats.Wait, stats.WaitOpen, g.began)
	}
	if i, found := slices.BinarySearch(g.room.Held, agent); !found {
		g.room.Held = slices.Insert(g.room.Held, i, agent)
	}
	g.add(chat.Message{From: chat.System, By: "name of " + string(agent), Event: event, Holder: agent})
}

func (g *generator) release() {
	if g.holder != "" {
		g.of(g.holder).values[stats.Talk] = append(g.of(g.holder).values[stats.Talk], int64(g.now-g.heldSince))
		g.held += g.now - g.heldSince
	}
	g.holder = ""
}

func (g *generator) write(side chat.Side) {
	for _, who := range slices.Compact([]chat.PersonID{"", g.holder}) {
		g.of(who).texts[side]++
	}
	g.add(chat.Message{From: side, Text: "text"})
	if side == chat.Agent && !g.answered {
		g.answered = true
		if g.room.Kept != 0 {
			for _, who := range slices.Compact([]chat.PersonID{"", g.holder}) {
				g.of(who).leftAnswered++
			}
		}
	}
	switch {
	case side == chat.Customer && g.unansweredSince == 0:
		g.unansweredSince = g.now
		if g.firstTextAt == 0 {
			g.firstTextAt = g.now
		}
	case side == chat.Agent && g.firstTextAt != 0:
		if !g.replied {
			g.replied = true
			g.observeSince(stats.FirstResponse, stats.FirstResponseOpen, g.firstTextAt)
			if g.room.Kept != 0 {
				g.observeSince(stats.LeftFirst, stats.LeftFirstOpen, g.firstTextAt)
			}
		}
		if g.unansweredSince != 0 {
			g.observe(stats.Response, g.now-max(g.unansweredSince, g.heldSince))
			g.unansweredSince = 0
		}
	}
}

func (g *generator) end(reason chat.Reason, score int) {
	g.release()
	g.room.Status, g.room.Reason, g.room.EndedAt, g.room.Rating.Score = chat.StatusEnded, reason, g.now, score
	g.add(chat.Message{From: chat.System, Event: chat.EventEnded})
	g.room.Settled, g.room.SweepAt = g.room.Seq, 0
	for _, who := range slices.Compact([]chat.PersonID{"", g.lastHolder}) {
		t := g.of(who)
		t.ended[reason]++
		if score > 0 {
			t.values[stats.Rating] = append(t.values[stats.Rating], int64(score))
		}
		if g.firstHolder != "" && g.firstTextAt != 0 && !g.replied {
			t.unanswered++
		}
	}
	all := g.of("")
	switch kept := g.room.Kept != 0; {
	case g.firstHolder != "" && kept:
		all.values[stats.Talk] = append(all.values[stats.Talk], int64(g.held))
	case g.firstHolder != "":
		all.values[stats.Talk] = append(all.values[stats.Talk], int64(g.now-g.began-g.room.Waited))
	default:
		all.abandoned++
		if !kept {
			all.values[stats.AbandonedWait] = append(all.values[stats.AbandonedWait], int64(g.now-g.began))
		}
	}
}

// generate makes n chats within two months, most of them in the daytime.
func generate(random *rand.Rand, n int) []*generatedChat {
	agents := []chat.PersonID{"a_1", "a_2", "a_3", "a_4"}
	begin := chat.Millis(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
	reasons := chat.Reasons()
	var all []*generatedChat
	for i := range n {
		at := begin.After(time.Duration(random.IntN(61))*24*time.Hour + time.Duration(12+4*random.NormFloat64())*time.Hour)
		at += chat.Millis(random.IntN(3_600_000))
		g := newGenerator(at, i, random)
		g.run(agents, reasons)
		all = append(all, g.generatedChat)
	}
	return all
}

// customerOf is the i-th customer: every third of a shop that never had hours, every third of one that changed them.
func customerOf(i int) chat.PersonID {
	return chat.PersonID(fmt.Sprintf([]string{"c_%d", "c_tea:%d", "c_books:%d"}[i%3], i))
}

// newGenerator starts the i-th chat. Every ninth is left.
func newGenerator(at chat.Millis, i int, random *rand.Rand) *generator {
	c := &generatedChat{began: at, tally: map[chat.PersonID]*tally{}}
	c.room = chat.Room{
		ID: chat.RoomID(fmt.Sprintf("%010d-%06d", at/1000, i)), Rev: 1, Status: chat.StatusWaiting, Created: at, SweepAt: at,
		Customer: chat.Member{Who: customerOf(i), Next: 1}, Agent: chat.Member{Next: 1},
	}
	if random.IntN(9) == 0 {
		c.room.Kept = at
	}
	g := &generator{generatedChat: c, random: random, now: at}
	g.of("")
	g.add(chat.Message{From: chat.System, Event: chat.EventOpened})
	return g
}

// run generates random messages and the end.
func (g *generator) run(agents []chat.PersonID, reasons []chat.Reason) {
	random := g.random
	for range random.IntN(3) {
		g.wait(20)
		g.write(chat.Customer)
	}
	if g.room.Kept != 0 {
		g.wait(30_000)
	}
	if random.IntN(5) > 0 {
		for range 1 + random.IntN(12) {
			g.wait(45)
			switch act := random.IntN(20); {
			case g.holder == "":
				g.assign(agents[random.IntN(len(agents))], chat.EventTaken)
			case act == 0:
				g.add(chat.Message{From: chat.System, Event: chat.EventReleased})
				g.release()
			case act == 1:
				g.assign(agents[random.IntN(len(agents))], chat.EventTransferred)
			case act == 2 && g.room.Kept != 0:
				g.add(chat.Message{From: chat.System, Event: chat.EventLeft})
				g.release()
				g.wait(30_000)
			case act == 2:
				g.add(chat.Message{From: chat.System, Void: true})
			case act < 12:
				g.write(chat.Agent)
			default:
				g.write(chat.Customer)
			}
		}
	}
	g.wait(90)
	score := 0
	if random.IntN(3) == 0 {
		score = 1 + random.IntN(chat.MaxScore)
	}
	g.end(reasons[random.IntN(len(reasons))], score)
}

// store writes the ended chat into a store.
func (c *generatedChat) store(t *testing.T, store *memory.Store) {
	t.Helper()
	open := c.room
	open.Status, open.SweepAt = chat.StatusWaiting, 1
	ok, err := store.OpenRoom(t.Context(), open, c.messages[0], chat.Start{})
	require.NoError(t, err)
	require.True(t, ok)
	for _, m := range c.messages[1:] {
		_, ok, err := store.PutMessage(t.Context(), m)
		require.NoError(t, err)
		require.True(t, ok)
	}
	ok, err = store.ChangeRoom(t.Context(), open, c.room, nil)
	require.NoError(t, err)
	require.True(t, ok)
}
