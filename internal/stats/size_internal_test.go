package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestAYearByDayIsOnePage: 365 days of 500 chats each fit into the 1 MB that one page of a Query holds.
func TestAYearByDayIsOnePage(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	year := 0
	for range 365 {
		var f Figures
		for _, n := range f.counts() {
			*n = 500
		}
		for i := range f.Histograms {
			for range 500 {
				if Measure(i) == Rating {
					f.Histograms[i].Observe(1 + random.Int64N(5))
				} else {
					f.Histograms[i].Observe(int64(60_000 * math.Exp(1.2*random.NormFloat64())))
				}
			}
		}
		const attributes = 120 // names, keys, weight
		year += len(encode(f)) + attributes
	}
	t.Logf("a year is %d KB", year/1024)
	assert.Greater(t, year, 200<<10)
	assert.Less(t, year, 1<<20)
}
