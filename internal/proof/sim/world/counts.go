package world

import (
	"iter"

	"rejoin/internal/proof/sim/law"
)

// Counts is what happened in histories, and which faults they had.
type Counts struct {
	Steps, Seeds, Broken int64 // Broken: histories that broke the law
	events               [law.Counters]int64
	faults               [faults]int64
}

// Add adds other counts.
func (c *Counts) Add(o *Counts) {
	c.Steps += o.Steps
	c.Seeds += o.Seeds
	c.Broken += o.Broken
	for i := range c.faults {
		c.faults[i] += o.faults[i]
	}
	for i := range c.events {
		c.events[i] += o.events[i]
	}
}

// Each is every event and then every fault, with how often it happened.
func (c *Counts) Each() iter.Seq2[string, int64] {
	return func(yield func(string, int64) bool) {
		for e, n := range c.events {
			if !yield(law.Counter(e).String(), n) {
				return
			}
		}
		for f := noFault + 1; f < faults; f++ {
			if !yield(f.String(), c.faults[f]) {
				return
			}
		}
	}
}
