package stats

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
)

// fine is how many bins lie between a value and its double: a value is at most half a bin, 1/64, from the middle of its
// own, so a quantile is within 1.6 %. Values below it have a bin each.
const (
	fineBits = 5
	fine     = 1 << fineBits
	lastBin  = (64 - fineBits) << fineBits // of the greatest value
)

// Histogram is how values of one kind are distributed: how many there are, their sum, and how many lie in each bin. The bins
// are the same everywhere, so that adding two spreads loses nothing that either had.
type Histogram struct {
	N, Sum int64
	bins   map[int]int64
}

// Observe counts a value; one below 0, which clocks that differ can make, is 0.
func (h *Histogram) Observe(value int64) {
	value = max(value, 0)
	h.add(binOf(value), 1)
	h.Sum += value
}

// Add counts all values of another histogram.
func (h *Histogram) Add(other Histogram) {
	for bin, n := range other.bins {
		h.add(bin, n)
	}
	h.Sum += other.Sum
}

func (h *Histogram) add(bin int, n int64) {
	if h.bins == nil {
		h.bins = map[int]int64{}
	}
	h.bins[bin] += n
	h.N += n
}

// Quantile is the value, within 1.6 %, below or at which the share q of all values lie; 0 where there are none.
func (h *Histogram) Quantile(q float64) int64 {
	rank := max(int64(q*float64(h.N)+0.999999), 1) // the nearest, rounded up
	for _, bin := range h.sorted() {
		if rank -= h.bins[bin]; rank <= 0 {
			return middle(bin)
		}
	}
	return 0
}

func (h *Histogram) sorted() []int { return slices.SortedFunc(maps.Keys(h.bins), cmp.Compare) }

// binOf is the bin of a value that is not negative. Bins are in the order of their values.
func binOf(value int64) int {
	if value < fine {
		return int(value)
	}
	doublings := bits.Len64(uint64(value)) - 1 - fineBits
	return doublings<<fineBits + int(value>>doublings)
}

// middle is the value in the middle of a bin.
func middle(bin int) int64 {
	if bin < fine {
		return int64(bin)
	}
	doublings := bin>>fineBits - 1
	low := int64(bin-doublings<<fineBits) << doublings
	return low + int64(1)<<doublings/2
}
