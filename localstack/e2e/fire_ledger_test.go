package e2e_test

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// entry is a text that somebody wrote, and its reported outcome.
type entry struct {
	key    string // first word of the text; no other has it
	text   string
	by     string // the device
	n      int    // its number among the device's texts
	room   string
	seq    int64
	failed string // the error code; empty: it has not failed
}

// ledger is all texts and their reported outcomes.
type ledger struct {
	mu      sync.Mutex
	entries map[string]*entry
	counts  map[string]int // by device
	broken  []string
}

// write makes a device's next text.
func (l *ledger) write(by string, long int) (text, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[by]++
	key = by + "." + strconv.Itoa(l.counts[by])
	text = strings.TrimSpace(key + " " + strings.Repeat("말", long))
	l.entries[key] = &entry{key: key, text: text, by: by, n: l.counts[by]}
	return text, key
}

// Acked implements client.Report.
func (l *ledger) Acked(key, room string, _ int, seq, _ int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[key]
	if e == nil || e.seq != 0 || e.failed != "" {
		l.broken = append(l.broken, fmt.Sprintf("an ack at %s#%d for %s, known of it: %+v", room, seq, key, e))
		return
	}
	e.room, e.seq = room, seq
}

// Failed implements client.Report.
func (l *ledger) Failed(key, room, code string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[key]
	if e == nil || e.seq != 0 || e.failed != "" {
		l.broken = append(l.broken, fmt.Sprintf("%s is reported as failed in %s: %s; known of it: %+v", key, room, code, e))
		return
	}
	e.room, e.failed = room, code
}

// sums counts the texts that were acknowledged, reported as failed, and neither.
func (l *ledger) sums() (acked, failed, open int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		switch {
		case e.seq != 0:
			acked++
		case e.failed != "":
			failed++
		default:
			open++
		}
	}
	return acked, failed, open
}

// unsettled lists the texts that were neither acknowledged nor reported as failed.
func (l *ledger) unsettled() (keys []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, e := range l.entries {
		if e.seq == 0 && e.failed == "" {
			keys = append(keys, key)
		}
	}
	return keys
}
