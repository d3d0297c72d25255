package main

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// step is something whose time is measured, in the order in which it is printed.
type step int

// The steps of a chat, and after them the floor: what the stack takes for the least.
const (
	connect  step = iota // from dialling until the socket is open
	join                 // from there until the first join is answered
	start                // from asking for a chat until it is open
	wait                 // from there until an agent has it
	take                 // from an agent's take to its answer
	ack                  // from sending a text to its ack
	delivery             // from sending a text until the other side shows it
	end                  // from ending the chat to the answer
	pingFloor
	functionFloor
	putFloor
	postFloor
	steps // how many there are
)

func (s step) String() string {
	return [steps]string{"connect", "join", "start", "wait", "take", "ack", "delivery", "end", "a ping", "a function alone", "a raw PutItem", "a raw post"}[s]
}

// part is a part of the run.
type part int

// The parts: of a run without anybody greedy there is one.
const (
	quiet part = iota
	storm
	parts
)

// figures collects what was measured. It is safe for concurrent use.
type figures struct {
	mu      sync.Mutex
	now     part
	took    [parts][steps][]time.Duration
	pushes  map[string]int // frames that answer nothing, by type
	errors  map[string]int // errors that people of ours got, by code, and failed connections
	chats   int            // that ended
	holding int            // chats open now
	waiting int
}

func newFigures() *figures { return &figures{pushes: map[string]int{}, errors: map[string]int{}} }

func (f *figures) add(s step, d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.took[f.now][s] = append(f.took[f.now][s], d)
}

// change changes counts.
func (f *figures) change(do func(*figures)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do(f)
}

func (f *figures) pushed(kind string)  { f.change(func(f *figures) { f.pushes[kind]++ }) }
func (f *figures) refused(code string) { f.change(func(f *figures) { f.errors[code]++ }) }

// times are a step's times in a part, sorted.
func (f *figures) times(p part, s step) []time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(slices.Values(f.took[p][s]))
}

// latest is the newest n of a step's times, sorted.
func (f *figures) latest(s step, n int) []time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.took[f.now][s]
	return slices.Sorted(slices.Values(all[max(0, len(all)-n):]))
}

// percentile is the smallest time that p percent of the sorted times do not exceed; 0 of none.
func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, (len(sorted)*p+99)/100-1)]
}

// counted is a copy of counts.
func (f *figures) counted(of *map[string]int) map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(*of)
}
