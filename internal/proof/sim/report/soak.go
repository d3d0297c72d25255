package report

import (
	"runtime/debug"
	"sync"
	"sync/atomic"

	"rejoin/internal/proof/sim/world"
)

// Plan is how much to simulate: seeds from First on, until there were at least Steps and Seeds, or Stop says so.
type Plan struct {
	First        uint64
	Steps, Seeds int64
	Workers      int
	Stop         func() bool         // called after each few seeds; may be nil
	Each         func(*world.Counts) // called with the totals after each few seeds; may be nil
	Found        func(world.History) // called with each history that breaks the law; may be nil
	UntilBroken  bool                // stop at the first history that breaks the law
}

// Report is the result of a plan.
type Report struct {
	world.Counts
	Broken []world.History
	Hash   uint64 // of the hashes of all histories: the same plan gives the same one, unless it stops by steps or time
}

const (
	// batch is how many seeds a worker takes at a time.
	batch = 16
	// gcPercent lets the heap grow to about 40 MB, which saves a tenth of the time: worlds are small and short-lived.
	gcPercent = 400
)

// Soak simulates a plan.
func Soak(f *world.Fixture, p Plan) Report {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	var report Report
	var mu sync.Mutex
	var next atomic.Uint64
	var done atomic.Bool
	var workers sync.WaitGroup
	for range max(1, p.Workers) {
		workers.Go(func() {
			for !done.Load() {
				taken := next.Add(batch) - batch
				if p.Steps == 0 && p.Stop == nil && taken >= uint64(p.Seeds) {
					return
				}
				part := simulate(f, p, p.First+taken)
				mu.Lock()
				report.add(&part)
				if p.Each != nil {
					p.Each(&report.Counts)
				}
				if p.enough(&report) {
					done.Store(true)
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return report
}

// simulate runs a batch of seeds.
func simulate(f *world.Fixture, p Plan, from uint64) Report {
	var part Report
	for seed := from; seed < from+batch; seed++ {
		h := f.Run(seed, &part.Counts)
		part.Hash += h.Hash * (seed | 1)
		if len(h.Broken) == 0 {
			continue
		}
		part.Broken = append(part.Broken, h)
		if p.Found != nil {
			p.Found(h)
		}
		if p.UntilBroken {
			break
		}
	}
	return part
}

func (r *Report) add(part *Report) {
	r.Add(&part.Counts)
	r.Broken = append(r.Broken, part.Broken...)
	r.Hash += part.Hash
}

func (p Plan) enough(r *Report) bool {
	if p.UntilBroken && len(r.Broken) > 0 || p.Stop != nil && p.Stop() {
		return true
	}
	return p.Stop == nil && r.Steps >= p.Steps && r.Seeds >= p.Seeds
}
