package sim

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Table writes what was done and what went wrong below it, as Markdown.
func (r *Report) Table(to io.Writer) error {
	t := tabwriter.NewWriter(to, 0, 0, 1, ' ', tabwriter.AlignRight|tabwriter.Debug)
	row := func(name string, n int64) { _, _ = fmt.Fprintf(t, "| %s\t %s\t\n", name, grouped(n)) } // Flush says
	row("**steps**", r.Steps)
	row("**seeds**", r.Seeds)
	row("**histories that broke the law**", r.Tally.Broken)
	for d := range deeds {
		row(d.String(), r.deeds[d])
	}
	for f := noFault + 1; f < faults; f++ {
		row(f.String(), r.faults[f])
	}
	return t.Flush()
}

// grouped writes a number with commas.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
