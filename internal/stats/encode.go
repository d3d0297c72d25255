package stats

import (
	"encoding/binary"
	"errors"

	"rejoin/internal/chat"
)

// encodingVersion is the first byte of all stored data, and says how the rest is encoded.
const encodingVersion = 1

var errDamaged = errors.New("damaged statistics")

// encode encodes figures; equal figures give equal bytes. All numbers are unsigned varints. A histogram is its sum, its
// number of bins and, for each bin, the distance from the bin before and its number of values.
func encode(f Figures) []byte { return appendFigures([]byte{encodingVersion}, f) }

func appendFigures(b []byte, f Figures) []byte {
	put := func(n int64) { b = binary.AppendUvarint(b, uint64(n)) }
	for _, n := range f.counts() {
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

// counts are the figures outside histograms, in the order in which they are stored.
func (f *Figures) counts() []*int64 {
	all := []*int64{&f.Started, &f.Answered, &f.Abandoned, &f.Unanswered}
	for i := range f.Ended {
		all = append(all, &f.Ended[i])
	}
	for i := range f.Texts {
		all = append(all, &f.Texts[i])
	}
	return all
}

// encodeContributions encodes what one chat adds: how many contributions and, of each, agent, name and figures.
func encodeContributions(all []Contribution) []byte {
	b := binary.AppendUvarint([]byte{encodingVersion}, uint64(len(all)))
	for _, p := range all {
		b = appendText(appendText(b, string(p.Agent)), p.Name)
		b = appendFigures(b, p.Figures)
	}
	return b
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// decoder reads bytes from the front. After an error it reads zeros.
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
	for _, n := range f.counts() {
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

// newDecoder begins to decode data after its version, which must be ours.
func newDecoder(data []byte) *decoder {
	d := &decoder{rest: data}
	if len(data) == 0 || data[0] != encodingVersion {
		d.fail()
	} else {
		d.rest = data[1:]
	}
	return d
}

// end returns the error of what was read. Bytes that are left over are an error too.
func (d *decoder) end() error {
	if len(d.rest) > 0 {
		d.fail()
	}
	return d.err
}

func decode(data []byte) (Figures, error) {
	d := newDecoder(data)
	f := d.figures()
	return f, d.end()
}

func decodeContributions(data []byte) ([]Contribution, error) {
	d := newDecoder(data)
	var all []Contribution
	for n := d.number(); n > 0 && d.err == nil; n-- {
		all = append(all, Contribution{Agent: chat.PersonID(d.text()), Name: d.text(), Figures: d.figures()})
	}
	return all, d.end()
}
