package stats

import (
	"encoding/binary"
	"errors"

	"rejoin/internal/chat"
)

// layout is the first byte of what is stored: it says how the rest is to be read.
const layout = 1

var errDamaged = errors.New("statistics cannot be read")

// encode makes figures bytes: equal ones the same bytes. All numbers are varints; of a spread, its sum, then how many bins
// it has, then for each the distance from the one before, and how many values.
func encode(f Figures) []byte { return appendFigures([]byte{layout}, f) }

func appendFigures(b []byte, f Figures) []byte {
	put := func(n int64) { b = binary.AppendUvarint(b, uint64(n)) }
	for _, n := range f.plain() {
		put(*n)
	}
	for i := range f.Histograms {
		s := &f.Histograms[i]
		put(s.Sum)
		put(int64(len(s.bins)))
		last := 0
		for _, bin := range s.sorted() {
			put(int64(bin - last))
			put(s.bins[bin])
			last = bin
		}
	}
	return b
}

// plain are the figures that are numbers, in the order in which they are stored.
func (f *Figures) plain() []*int64 {
	all := []*int64{&f.Started, &f.Answered, &f.Abandoned, &f.Unanswered}
	for i := range f.Ended {
		all = append(all, &f.Ended[i])
	}
	for i := range f.Texts {
		all = append(all, &f.Texts[i])
	}
	return all
}

// encodeContributions is the parts of one chat.
func encodeContributions(parts []Contribution) []byte {
	b := binary.AppendUvarint([]byte{layout}, uint64(len(parts)))
	for _, p := range parts {
		for _, s := range []string{string(p.Agent), p.Name} {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
		b = appendFigures(b, p.Figures)
	}
	return b
}

// decoder reads bytes from the front; what is wrong with them stays as its error.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail() { d.rest, d.err = nil, errDamaged }

func (d *decoder) number() int64 {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 || int64(n) < 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return int64(n)
}

func (d *decoder) text() string {
	n := d.number()
	if n > int64(len(d.rest)) {
		d.fail()
		return ""
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) figures() Figures {
	var f Figures
	for _, n := range f.plain() {
		*n = d.number()
	}
	for i := range f.Histograms {
		s := &f.Histograms[i]
		s.Sum = d.number()
		bin := 0
		for n := d.number(); n > 0 && d.err == nil; n-- {
			bin += int(d.number())
			if bin < 0 || bin > lastBin {
				d.fail()
				break
			}
			s.add(bin, d.number())
		}
	}
	return f
}

// open checks the layout.
func open(data []byte) *decoder {
	d := &decoder{rest: data}
	if len(data) == 0 || data[0] != layout {
		d.fail()
	} else {
		d.rest = data[1:]
	}
	return d
}

// end is the error of what was read, and of what was left over.
func (d *decoder) end() error {
	if len(d.rest) > 0 {
		d.fail()
	}
	return d.err
}

func decode(data []byte) (Figures, error) {
	d := open(data)
	f := d.figures()
	return f, d.end()
}

func decodeContributions(data []byte) ([]Contribution, error) {
	d := open(data)
	var parts []Contribution
	for n := d.number(); n > 0 && d.err == nil; n-- {
		parts = append(parts, Contribution{Agent: chat.PersonID(d.text()), Name: d.text(), Figures: d.figures()})
	}
	return parts, d.end()
}
