package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// exact is the nearest-rank quantile of all values.
func exact(values []int64, q float64) int64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(int(math.Ceil(q*float64(len(sorted))))-1, 0)]
}

// TestQuantiles: p50, p90 and p99 are within 2 % of the exact ones, for any distribution and any division into histograms.
func TestQuantiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, draw := range map[string]func() float64{
		"a minute or so":   func() float64 { return 60_000 * math.Exp(random.NormFloat64()) },
		"seconds to hours": func() float64 { return 1000 * math.Exp(random.Float64()*9) },
		"all the same":     func() float64 { return 12_345 },
		"tiny":             func() float64 { return random.Float64() * 100 },
		"years":            func() float64 { return 1e11 * random.Float64() },
		"two kinds": func() float64 {
			if random.IntN(2) == 0 {
				return 5000
			}
			return 3e6
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{1, 2, 3, 10, 99, 100, 101, 5000} {
				values, histograms := make([]int64, n), make([]Histogram, 24)
				sum := int64(0)
				for i := range values {
					values[i] = int64(draw())
					histograms[random.IntN(len(histograms))].Observe(values[i])
					sum += values[i]
				}
				var whole Histogram
				for _, i := range random.Perm(len(histograms)) {
					whole.Add(histograms[i])
				}
				assert.Equal(t, int64(n), whole.N)
				assert.Equal(t, sum, whole.Sum)
				for _, q := range []float64{0, 0.5, 0.9, 0.99, 1} {
					want := exact(values, q)
					assert.InDelta(t, want, whole.Quantile(q), 0.02*float64(want), "q%v of %d", q, n)
				}
			}
		})
	}
}

func TestNoValues(t *testing.T) {
	var s Histogram
	assert.Zero(t, s.Quantile(0.5))
	s.Observe(-3)
	assert.Equal(t, int64(1), s.N)
	assert.Zero(t, s.Sum)
	assert.Zero(t, s.Quantile(0.5))
}

// TestBins: bins are ordered, have no gaps and are narrow.
func TestBins(t *testing.T) {
	last := -1
	for v := range int64(1 << 20) {
		bin := binOf(v)
		if bin != last && bin != last+1 {
			t.Fatalf("%d is in bin %d after %d", v, bin, last)
		}
		last = bin
		if off := math.Abs(float64(middle(bin) - v)); off > float64(v)/64 {
			t.Fatalf("%d is %v from the middle of its bin", v, off)
		}
	}
	for shift := range 62 {
		for _, v := range []int64{1<<shift - 1, 1 << shift, 1<<shift + 1} {
			assert.LessOrEqual(t, math.Abs(float64(middle(binOf(v))-v)), float64(v)/64, "%d", v)
		}
	}
	for score := range int64(6) {
		assert.Equal(t, score, middle(binOf(score)), "ratings are exact")
	}
}
