package stats

import (
	"encoding/binary"
	"errors"
	"slices"

	"rejoin/internal/chat"
)

// The first byte of all stored data says how the rest is encoded.
const (
	encodingVersion = 1 // of what was last counted of the present
	figuresVersion  = 2
	// beforeHours is the version of figures that were stored before shops had opening hours. They lack the last of the
	// reasons, the left chats and the last of the measures.
	beforeHours         = 1
	reasonsBeforeHours  = 5
	measuresBeforeHours = WaitOpen
)

var errDamaged = errors.New("damaged statistics")

// encode encodes figures; equal figures give equal bytes. Numbers are unsigned varints.
func encode(f Figures) []byte { return appendFigures([]byte{figuresVersion}, f) }

func appendFigures(b []byte, f Figures) []byte {
	put := func(n int64) { b = binary.AppendUvarint(b, uint64(n)) }
	for _, n := range f.counts(figuresVersion) {
		put(*n)
	}
	for i, h := range f.Histograms {
		if whole, isPart := Measure(i).whole(); isPart {
			b = appendDifference(b, f.Histograms[whole], h)
		} else {
			b = appendHistogram(b, h)
		}
	}
	return b
}

// counts are the figures outside histograms, in the order in which a version stores them.
func (f *Figures) counts(version byte) []*int64 {
	all := []*int64{&f.Started, &f.Answered, &f.Abandoned, &f.Unanswered}
	for i := range f.Ended {
		if version > beforeHours || i < reasonsBeforeHours {
			all = append(all, &f.Ended[i])
		}
	}
	for i := range f.Texts {
		all = append(all, &f.Texts[i])
	}
	if version > beforeHours {
		all = append(all, &f.Left, &f.LeftAnswered)
	}
	return all
}

// histograms are those that a version stores.
func (f *Figures) histograms(version byte) []Histogram {
	if version > beforeHours {
		return f.Histograms[:]
	}
	return f.Histograms[:measuresBeforeHours]
}

// encodeContributions encodes what one chat adds: how many contributions and, of each, agent, name and figures.
func encodeContributions(all []Contribution) []byte {
	b := binary.AppendUvarint([]byte{figuresVersion}, uint64(len(all)))
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
	version byte
	rest    []byte
	err     error
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

func (d *decoder) signed() int64 {
	n, size := binary.Varint(d.rest)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
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

// figures reads figures of any version. Before shops had hours, they were always open: so what lay within the hours is what
// counting again would find.
func (d *decoder) figures() Figures {
	var f Figures
	for _, n := range f.counts(d.version) {
		*n = d.number()
	}
	histograms := f.histograms(d.version)
	for i := range histograms {
		if whole, isPart := Measure(i).whole(); isPart {
			histograms[i] = d.difference(histograms[whole])
		} else {
			histograms[i] = d.histogram()
		}
	}
	if d.version == beforeHours {
		f.Histograms[WaitOpen].Add(f.Histograms[Wait])
		f.Histograms[FirstResponseOpen].Add(f.Histograms[FirstResponse])
	}
	return f
}

// newDecoder begins to decode data after its version, which must be one of these.
func newDecoder(data []byte, versions ...byte) *decoder {
	d := &decoder{rest: data}
	if len(data) == 0 || !slices.Contains(versions, data[0]) {
		d.fail()
	} else {
		d.version, d.rest = data[0], data[1:]
	}
	return d
}

func newFiguresDecoder(data []byte) *decoder { return newDecoder(data, beforeHours, figuresVersion) }

// end returns the error of what was read. Bytes that are left over are an error too.
func (d *decoder) end() error {
	if len(d.rest) > 0 {
		d.fail()
	}
	return d.err
}

func decode(data []byte) (Figures, error) {
	d := newFiguresDecoder(data)
	f := d.figures()
	return f, d.end()
}

func decodeContributions(data []byte) ([]Contribution, error) {
	d := newFiguresDecoder(data)
	var all []Contribution
	for n := d.number(); n > 0 && d.err == nil; n-- {
		all = append(all, Contribution{Agent: chat.PersonID(d.text()), Name: d.text(), Figures: d.figures()})
	}
	return all, d.end()
}
