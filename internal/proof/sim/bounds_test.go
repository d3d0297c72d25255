package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	rows := "| event | functions run | posts | write units | read units | texts read |\n|---|--:|--:|--:|--:|--:|\n"
	for _, b := range law.Bounds() {
		rows += row(b.Event, b.Most)
		if b.Room != (law.Cost{}) {
			rows += row("… and for each of their rooms", b.Room)
		}
	}
	return rows
}

func row(event string, c law.Cost) string {
	cells := []string{strconv.Itoa(c.Invocations), strconv.Itoa(c.Posts), fmt.Sprint(c.Writes), fmt.Sprint(c.Reads), strconv.Itoa(c.Texts)}
	for i, cell := range cells {
		if cell == "0" {
			cells[i] = ""
		}
	}
	return "| " + event + " | " + strings.Join(cells, " | ") + " |\n"
}
