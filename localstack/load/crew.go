package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"rejoin/localstack/device"
)

var (
	errBroken     = errors.New("something was lost")
	errNotReached = errors.New("nothing answers there")
)

// grace is how long open chats may take to end once the time is up: as long as a client needs to find a dead connection and to come back.
const grace = time.Minute

// crew is everybody in a run, and what they saw.
type crew struct {
	options
	name    string          // makes the names of this run's customers unique
	life    context.Context // of all pages
	figures *figures
	ledger  *device.Ledger
	lobby   *lobby
	pages   atomic.Int64
	show    func(string) // what happens now

	mu    sync.Mutex
	staff []*agent
	rooms []room
}

// room is a chat of this run, and its customer as the shop calls them.
type room struct{ id, who string }

// run is the whole command. It returns errBroken, with everything printed, if a promise was not kept.
func run(stop context.Context, o options, out, progress io.Writer) error {
	life, leave := context.WithCancel(context.Background())
	defer leave()
	show := newProgress(progress)
	defer show.done()
	c := &crew{
		options: o, name: fmt.Sprint(time.Now().UnixMilli()), life: life, figures: newFigures(), ledger: device.NewLedger(),
		lobby: &lobby{rooms: map[string]chan<- *agent{}}, show: show.now,
	}
	if err := c.openAgents(stop); err != nil {
		return err
	}
	floor, err := c.openFloor(life)
	if err != nil {
		return err
	}
	from := time.Now()
	greedy := c.talk(stop, floor)
	to := time.Now()
	show.now("reading back what is stored")
	if err := c.readBack(life); err != nil {
		return err
	}
	show.now("reading the log")
	usage, err := c.readLog(life, from, to)
	show.done()
	r := report{crew: c, took: to.Sub(from), usage: usage, noLog: err, greedy: greedy}
	return r.print(out)
}

// talk lets everybody talk until the time is up or the run is stopped, and all chats have ended.
func (c *crew) talk(stop context.Context, floor *floor) *greedy {
	open, cancel := context.WithTimeout(stop, c.length)
	defer cancel()
	ctx, giveUp := context.WithCancel(c.life)
	defer giveUp()
	context.AfterFunc(open, func() { time.AfterFunc(grace, giveUp) })
	var others, all sync.WaitGroup
	others.Go(func() { c.progress(ctx) })
	others.Go(func() { floor.measure(ctx) })
	g := &greedy{crew: c}
	others.Go(func() { g.storm(open) })
	for chair := range c.chats {
		all.Go(func() { c.visits(ctx, open, chair) })
	}
	all.Wait()
	giveUp()
	others.Wait()
	return g
}

// progress says each second how it goes.
func (c *crew) progress(ctx context.Context) {
	const shownTexts = 200
	since, before := time.Now(), 0
	for rest(ctx, time.Second) {
		acked, failed, _ := c.ledger.Sums()
		recent := c.figures.latest(ack, shownTexts)
		var holding, waiting, ended, errors int
		c.figures.change(func(f *figures) {
			holding, waiting, ended = f.holding, f.waiting, f.chats
			for _, n := range f.errors {
				errors += n
			}
		})
		c.show(fmt.Sprintf("%3.0f s: %d chats open, %d of them wait, %d ended; %d texts, %d in this second, %d failed; ack p50 %s, p99 %s; %d errors",
			time.Since(since).Seconds(), holding, waiting, ended, acked, acked-before, failed,
			short(percentile(recent, 50)), short(percentile(recent, 99)), errors))
		before = acked
	}
}

// began notes a chat, to be read back.
func (c *crew) began(id, who string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rooms = append(c.rooms, room{id, who})
}

// came notes an agent.
func (c *crew) came(a *agent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.staff = append(c.staff, a)
}

// present are the agents who have come.
func (c *crew) present() []*agent {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.staff
}
