package stats

import (
	"context"

	"rejoin/internal/chat"
)

// steps is work on several hours, one step after the other. What is planned for a step is done side by side. An hour of which
// something fails takes part in no later step.
type steps struct {
	failed  []bool // by hour
	errs    []error
	planned []work
}

// work is a part of a step, and the hours that need it.
type work struct {
	hours []int
	do    func(context.Context) error
}

func newSteps(hours int) *steps { return &steps{failed: make([]bool, hours)} }

// plan adds work for one hour to the next step.
func (s *steps) plan(hour int, do func(context.Context) error) { s.planFor([]int{hour}, do) }

// planFor adds work that several hours need to the next step, unless all of them have failed.
func (s *steps) planFor(hours []int, do func(context.Context) error) {
	for _, hour := range hours {
		if !s.failed[hour] {
			s.planned = append(s.planned, work{hours, do})
			return
		}
	}
}

// do does what was planned.
func (s *steps) do(ctx context.Context, each chat.Each) {
	errs := make([]error, len(s.planned))
	each(ctx, len(s.planned), func(ctx context.Context, i int) { errs[i] = s.planned[i].do(ctx) })
	for i, err := range errs {
		if err != nil {
			s.errs = append(s.errs, err)
			for _, hour := range s.planned[i].hours {
				s.failed[hour] = true
			}
		}
	}
	s.planned = nil
}

// needs lists what several hours need, each once, in the order in which it was added.
type needs[T comparable] struct {
	order []T
	hours map[T][]int
}

func (n *needs[T]) add(one T, hour int) {
	if n.hours == nil {
		n.hours = map[T][]int{}
	}
	if _, known := n.hours[one]; !known {
		n.order = append(n.order, one)
	}
	n.hours[one] = append(n.hours[one], hour)
}
