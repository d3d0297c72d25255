package linear

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// counts counts what happened in histories. Lock it before adding.
type counts struct {
	sync.Mutex
	histories, illegal, undecided                        int
	calls, overlaps, unknown, repeated, placeOps, voided int
	kinds                                                map[kind]int
	codes                                                map[chat.Code]int
}

func (t *counts) add(h *history, is porcupine.CheckResult) {
	if t.kinds == nil {
		t.kinds, t.codes = map[kind]int{}, map[chat.Code]int{}
	}
	t.histories++
	t.overlaps += h.overlaps()
	switch is {
	case porcupine.Illegal:
		t.illegal++
	case porcupine.Unknown:
		t.undecided++
	}
	for _, c := range h.calls {
		t.calls++
		t.kinds[c.steps[len(c.steps)-1].kind]++
		if c.answer.unknown {
			t.unknown++
		}
		if c.answer.repeated {
			t.repeated++
		}
		if c.answer.code != "" {
			t.codes[c.answer.code]++
		}
		t.placeOps += len(c.placeOps)
		for _, v := range c.placeOps {
			if v.value == void {
				t.voided++
			}
		}
	}
}

func kinds() []kind { return []kind{join, send, take, release, end, leave} }

func codes() []chat.Code {
	return []chat.Code{chat.NotCurrent, chat.Forbidden, chat.Taken, chat.Ended, chat.OutOfOrder}
}

func (t *counts) String() string {
	var b strings.Builder
	row := func(name string, n int) { fmt.Fprintf(&b, "| %-48s | %9d |\n", name, n) }
	row("histories", t.histories)
	row("illegal", t.illegal)
	row("not decided in time", t.undecided)
	row("calls", t.calls)
	for _, k := range kinds() {
		row("  "+string(k), t.kinds[k])
	}
	row("pairs of calls at the same time", t.overlaps)
	row("calls whose outcome is unknown", t.unknown)
	row("calls with an answer lost on the wire", t.repeated)
	for _, c := range codes() {
		row("refused: "+string(c), t.codes[c])
	}
	row("places read", t.placeOps)
	row("  of them void", t.voided)
	return b.String()
}

// requireVaried checks that everything that the histories are meant to test has happened.
func (t *counts) requireVaried(tt *testing.T) {
	for _, k := range kinds() {
		assert.Positive(tt, t.kinds[k], k)
	}
	for _, c := range codes() {
		assert.Positive(tt, t.codes[c], c)
	}
	assert.Greater(tt, t.overlaps, t.histories)
	assert.Positive(tt, t.unknown)
	assert.Positive(tt, t.voided)
}
