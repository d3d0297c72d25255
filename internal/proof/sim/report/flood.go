package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"rejoin/internal/proof/sim/world"
)

// writeFlood runs the same chats quietly and with a flood, and writes what their people felt.
func (c *command) writeFlood() int {
	quiet := c.flood
	quiet.PerSecond = 0
	if err := WriteFlood(c.out, c.fixture.Flood(quiet), c.fixture.Flood(c.flood)); err != nil {
		_, _ = fmt.Fprintln(c.progress, err)
		return exitUsage
	}
	return exitKept
}

// WriteFlood writes a table of a quiet run and one with a flood.
func WriteFlood(to io.Writer, quiet, flood world.Felt) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	write := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) } // Flush returns what failed
	write("others, ms\tn\tquiet p50\tp99\tflood p50\tp99\tratio of p99\n")
	for s := range world.Steps {
		before, then := quiet.Percentile(s, 99), flood.Percentile(s, 99)
		write("%s\t%d\t%d\t%d\t%d\t%d\t%.2f\n", s, len(flood.Took[s]), quiet.Percentile(s, 50).Milliseconds(), before.Milliseconds(),
			flood.Percentile(s, 50).Milliseconds(), then.Milliseconds(), then.Seconds()/before.Seconds())
	}
	for _, of := range []struct {
		who  string
		what map[string]int
	}{{"the script", flood.Script}, {"others, quiet", quiet.Refused}, {"others, in the flood", flood.Refused}} {
		for _, what := range slices.Sorted(maps.Keys(of.what)) {
			write("%s: %s\t%d\n", of.who, what, of.what[what])
		}
		if len(of.what) == 0 {
			write("%s: refused\t0\n", of.who)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}
