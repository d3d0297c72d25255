package stats

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
)

// Each doubling of values is divided into binsPerDoubling bins. The middle of a bin is at most half a bin, 1/64, from its
// values, so a quantile is within 1.6 %. Values below binsPerDoubling have a bin each.
const (
	binBits         = 5
	binsPerDoubling = 1 << binBits
	lastBin         = (64 - binBits) << binBits // of the greatest value
)

// Histogram is how many values there are, their sum, and how many lie in each bin. All histograms have the same bins, so
// adding two of them loses nothing.
type Histogram struct {
	N, Sum int64
	bins   map[int]int64
}

// Observe counts a value. A negative one, which two clocks can produce, counts as 0.
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

// positive is the histogram without its zeros.
func (h *Histogram) positive() Histogram {
	var others Histogram
	others.Add(*h)
	others.N -= others.bins[0]
	delete(others.bins, 0)
	return others
}

// Quantile is the value that the share q (0 … 1) of all values does not exceed, within 1.6 %; 0 without values.
func (h *Histogram) Quantile(q float64) int64 {
	rank := max(int64(q*float64(h.N)+0.999999), 1) // nearest rank, rounded up
	for _, bin := range h.sorted() {
		if rank -= h.bins[bin]; rank <= 0 {
			return middle(bin)
		}
	}
	return 0
}

func (h *Histogram) sorted() []int { return slices.SortedFunc(maps.Keys(h.bins), cmp.Compare) }

// binOf is the bin of a value ≥ 0. Bins are in the order of their values.
func binOf(value int64) int {
	if value < binsPerDoubling {
		return int(value)
	}
	doublings := bits.Len64(uint64(value)) - 1 - binBits
	return doublings<<binBits + int(value>>doublings)
}

// middle is the value in the middle of a bin.
func middle(bin int) int64 {
	if bin < binsPerDoubling {
		return int64(bin)
	}
	doublings := bin>>binBits - 1
	low := int64(bin-doublings<<binBits) << doublings
	return low + int64(1)<<doublings/2
}
