package stats

import (
	"encoding/binary"
	"maps"
)

// appendHistogram encodes a histogram: its sum, its number of bins and, for each bin, the distance from the bin before and its
// number of values.
func appendHistogram(b []byte, h Histogram) []byte {
	b = binary.AppendUvarint(b, uint64(h.Sum))
	b = binary.AppendUvarint(b, uint64(len(h.bins)))
	last := 0
	for _, bin := range h.sorted() {
		b = binary.AppendUvarint(b, uint64(bin-last))
		b = binary.AppendUvarint(b, uint64(h.bins[bin]))
		last = bin
	}
	return b
}

// appendDifference encodes a histogram of parts by how it differs from that of the whole times: its sum, the number of bins
// that differ and, for each of them, the distance from the one before and, signed, how many values more it has.
func appendDifference(b []byte, whole, part Histogram) []byte {
	var more Histogram
	more.Add(part)
	for bin, n := range whole.bins {
		more.add(bin, -n)
	}
	maps.DeleteFunc(more.bins, func(_ int, n int64) bool { return n == 0 })
	b = binary.AppendUvarint(b, uint64(part.Sum))
	b = binary.AppendUvarint(b, uint64(len(more.bins)))
	last := 0
	for _, bin := range more.sorted() {
		b = binary.AppendUvarint(b, uint64(bin-last))
		b = binary.AppendVarint(b, more.bins[bin])
		last = bin
	}
	return b
}

func (d *decoder) histogram() Histogram {
	h := Histogram{Sum: d.number()}
	d.bins(func(bin int) {
		if n := d.number(); n > 0 {
			h.add(bin, n)
		} else {
			d.fail()
		}
	})
	return h
}

func (d *decoder) difference(whole Histogram) Histogram {
	var h Histogram
	h.Add(whole)
	h.Sum = d.number()
	d.bins(func(bin int) {
		switch h.add(bin, d.signed()); {
		case h.bins[bin] < 0:
			d.fail()
		case h.bins[bin] == 0:
			delete(h.bins, bin)
		}
	})
	if len(h.bins) == 0 {
		h.bins = nil
	}
	return h
}

// bins reads how many bins follow, and the number of each; of reads the rest of it.
func (d *decoder) bins(of func(bin int)) {
	bin := 0
	for n := d.number(); n > 0 && d.err == nil; n-- {
		bin += int(d.number())
		if bin < 0 || bin > lastBin {
			d.fail()
			return
		}
		of(bin)
	}
}
