package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/sim/law"
)

// TestBoundsAreDocumented: docs/guarantees.md shows what one event may cost, as the law checks it. `-args update` writes it
// again.
func TestBoundsAreDocumented(t *testing.T) {
	path := filepath.Join(root, "docs/guarantees.md")
	document, err := os.ReadFile(path)
	require.NoError(t, err)
	table := regexp.MustCompile(`(?m)^\| event \|.*\n(\|.*\n)+`)
	require.Len(t, table.FindAll(document, -1), 1)
	if flag.Arg(0) == "update" {
		document = table.ReplaceAllLiteral(document, []byte(boundsTable()))
		require.NoError(t, os.WriteFile(path, document, 0o644))
	}
	assert.Equal(t, boundsTable(), string(table.Find(document)), "go test ./internal/proof/sim -run Documented -args update")
}

func boundsTable() string {
	rows := "| event | functions run | calls in turn | posts | write units | read units | texts read |\n|---|--:|--:|--:|--:|--:|--:|\n"
	for _, b := range law.Bounds() {
		rows += row(b.Event, b.Most)
		if b.Room != (law.Cost{}) {
			rows += row("… and for each of their rooms", b.Room)
		}
	}
	return rows
}

func row(event string, c law.Cost) string {
	cells := []string{strconv.Itoa(c.Invocations), strconv.Itoa(c.Calls), strconv.Itoa(c.Posts), fmt.Sprint(c.Writes), fmt.Sprint(c.Reads), strconv.Itoa(c.Texts)}
	for i, cell := range cells {
		if cell == "0" {
			cells[i] = ""
		}
	}
	return "| " + event + " | " + strings.Join(cells, " | ") + " |\n"
}

// TestCountedIsWithinBounds: what the events of a chat cost on Amazon's own engine, as `make count` has counted it, is within
// the bounds of the law.
func TestCountedIsWithinBounds(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "infra/cost/counted.json"))
	require.NoError(t, err)
	var counted map[string]struct {
		Base struct{ Invocations, Posts, Writes, Reads float64 }
	}
	require.NoError(t, json.Unmarshal(raw, &counted))
	for event, names := range map[string][]string{
		"`$connect`": {"authorize", "connect", "agent authorize", "agent connect"}, "`$disconnect`": {"disconnect", "late disconnect", "agent disconnect"},
		"`join` of a customer": {"join", "rejoin", "heartbeat"}, "`join` with `start` that begins a chat": {"start"},
		"`join` of an agent": {"agent join", "agent heartbeat"}, "`message`": {"text"}, "`typing`": {"typing"}, "`read`": {"read"},
		"`end`": {"end"}, "`rate`": {"rate"}, "`take`": {"take"}, "`cannedList`": {"canned"},
	} {
		i := slices.IndexFunc(law.Bounds(), func(b law.Bound) bool { return b.Event == event })
		require.GreaterOrEqual(t, i, 0, event)
		most := law.Bounds()[i].Most.Plus(law.Bounds()[i].Room)
		for _, name := range names {
			cost, has := counted[name]
			require.True(t, has, name)
			texts := float64(most.Texts) // of which a query's first page costs a unit
			assert.LessOrEqual(t, cost.Base.Writes, most.Writes, "%s: write units", name)
			assert.LessOrEqual(t, cost.Base.Reads, most.Reads+texts, "%s: read units", name)
			assert.LessOrEqual(t, cost.Base.Posts, float64(most.Posts), "%s: posts", name)
			assert.LessOrEqual(t, cost.Base.Invocations, float64(most.Invocations), "%s: functions run", name)
		}
	}
}
