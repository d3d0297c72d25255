package sim

import (
	"sync"
	"sync/atomic"
)

// Plan is how much to simulate: seeds from First on, until there were at least Steps and Seeds, or Stop says so.
type Plan struct {
	First        uint64
	Steps, Seeds int64
	Workers      int
	Stop         func() bool   // asked after each seed; may be nil
	Each         func(*Tally)  // told the totals after each few seeds; may be nil
	Found        func(History) // told each history that breaks the law; may be nil
	UntilBroken  bool          // stop at the first history that breaks the law
}

// Report is what came of it.
type Report struct {
	Tally
	Broken []History // in the order of their seeds
	Hash   uint64    // of the hashes of all histories: the same plan gives the same, unless it stops by steps or time
}

// batch is how many seeds a worker takes at a time.
const batch = 16

// Soak simulates what the plan says.
func (c *Crowd) Soak(p Plan) Report {
	var report Report
	var mu sync.Mutex
	var next atomic.Uint64
	var done atomic.Bool
	var workers sync.WaitGroup
	for range max(1, p.Workers) {
		workers.Go(func() {
			for !done.Load() {
				taken := next.Add(batch) - batch
				if p.Steps == 0 && taken >= uint64(p.Seeds) {
					return
				}
				from := p.First + taken
				var tally Tally
				var broken []History
				sum := uint64(0)
				for seed := from; seed < from+batch; seed++ {
					h := c.Run(seed, &tally)
					sum += h.Hash * (seed | 1)
					if len(h.Broken) == 0 {
						continue
					}
					broken = append(broken, h)
					if p.Found != nil {
						p.Found(h)
					}
				}
				mu.Lock()
				report.Add(&tally)
				report.Broken = append(report.Broken, broken...)
				report.Hash += sum
				if p.Each != nil {
					p.Each(&report.Tally)
				}
				enough := report.Steps >= p.Steps && report.Seeds >= p.Seeds
				if enough || p.Stop != nil && p.Stop() || p.UntilBroken && len(report.Broken) > 0 {
					done.Store(true)
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return report
}
