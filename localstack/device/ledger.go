package device

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"rejoin/internal/proof/sim/client"
)

// Place is a place in a room.
type Place struct {
	Room string
	Seq  int64
}

// Entry is a text that somebody wrote, and its reported outcome.
type Entry struct {
	Key    string // first word of the text; no other has it
	Text   string
	By     string // the device
	N      int    // its number among the device's texts
	At     Place  // where it was acknowledged; zero until then
	Failed string // the error code; empty: it has not failed

	stored []Place
}

// Ledger is all texts, their reported outcomes, and where they were found. It is safe for concurrent use.
type Ledger struct {
	mu      sync.Mutex
	entries map[string]*Entry
	counts  map[string]int // by device
	broken  []string
}

var _ client.Report = (*Ledger)(nil)

// NewLedger returns an empty ledger.
func NewLedger() *Ledger { return &Ledger{entries: map[string]*Entry{}, counts: map[string]int{}} }

// Write makes a device's next text, of a key and so many letters.
func (l *Ledger) Write(by string, long int) (text, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[by]++
	key = by + "." + strconv.Itoa(l.counts[by])
	text = strings.TrimSpace(key + " " + strings.Repeat("말", long))
	l.entries[key] = &Entry{Key: key, Text: text, By: by, N: l.counts[by]}
	return text, key
}

// KeyOf is the key of a text.
func KeyOf(text string) string {
	key, _, _ := strings.Cut(text, " ")
	return key
}

// HasFailed tells whether a text was reported as failed.
func (l *Ledger) HasFailed(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[key]
	return e != nil && e.Failed != ""
}

// Acked implements client.Report.
func (l *Ledger) Acked(key, room string, _ int, seq, _ int64) {
	l.settle(key, fmt.Sprintf("acknowledged at %s#%d", room, seq), func(e *Entry) { e.At = Place{room, seq} })
}

// Failed implements client.Report.
func (l *Ledger) Failed(key, room, code string) {
	l.settle(key, fmt.Sprintf("reported as failed in %s: %s", room, code), func(e *Entry) { e.Failed = code })
}

func (l *Ledger) settle(key, how string, note func(*Entry)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[key]
	switch {
	case e == nil:
		l.broken = append(l.broken, fmt.Sprintf("%s was %s, and nobody wrote it", key, how))
		return
	case e.settled():
		l.broken = append(l.broken, fmt.Sprintf("%s was %s, and had an outcome already", key, how))
		return
	}
	note(e)
}

func (e *Entry) settled() bool { return e.At != Place{} || e.Failed != "" }

// Sums counts the texts that were acknowledged, reported as failed, and neither.
func (l *Ledger) Sums() (acked, failed, open int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		switch {
		case e.Failed != "":
			failed++
		case e.settled():
			acked++
		default:
			open++
		}
	}
	return acked, failed, open
}

// Unsettled lists the texts that were neither acknowledged nor reported as failed.
func (l *Ledger) Unsettled() (keys []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, e := range l.entries {
		if !e.settled() {
			keys = append(keys, key)
		}
	}
	return keys
}

// Found notes that a text is stored at a place. It is an error if nobody wrote it.
func (l *Ledger) Found(text string, at Place) (Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[KeyOf(text)]
	if e == nil || e.Text != text {
		return Entry{}, fmt.Errorf("nobody wrote %q, which is stored at %v", text, at)
	}
	e.stored = append(e.stored, at)
	return *e, nil
}

// Break notes a promise that was not kept, as somebody saw it.
func (l *Ledger) Break(how string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.broken = append(l.broken, how)
}

// Broken lists all promises that were not kept, once everything that is stored has been Found: contradictory reports, texts without an
// outcome, acknowledged ones that are not stored once and at their place, and failed ones that are stored.
func (l *Ledger) Broken() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	broken := slices.Clone(l.broken)
	for _, e := range l.entries {
		switch {
		case !e.settled():
			broken = append(broken, e.Key+" has no outcome")
		case e.Failed != "" && len(e.stored) > 0:
			broken = append(broken, fmt.Sprintf("%s was reported as failed (%s), and is stored at %v", e.Key, e.Failed, e.stored))
		case e.Failed == "" && !slices.Equal(e.stored, []Place{e.At}):
			broken = append(broken, fmt.Sprintf("%s was acknowledged at %v, and is stored at %v", e.Key, e.At, e.stored))
		}
	}
	slices.Sort(broken)
	return broken
}
