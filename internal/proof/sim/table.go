package sim

import (
	"fmt"
	"io"
)

// Table writes what was done and what went wrong below it, as Markdown.
func (r *Report) Table(to io.Writer) error {
	rows := [][2]string{
		{"what", "how often"}, {"---", "---:"}, {"**steps**", grouped(r.Steps)}, {"**seeds**", grouped(r.Seeds)},
		{"**histories that broke the law**", grouped(r.Tally.Broken)},
	}
	for d := range deeds {
		rows = append(rows, [2]string{d.String(), grouped(r.deeds[d])})
	}
	for f := noFault + 1; f < faults; f++ {
		rows = append(rows, [2]string{f.String(), grouped(r.faults[f])})
	}
	for _, row := range rows {
		if _, err := fmt.Fprintf(to, "| %-43s | %13s |\n", row[0], row[1]); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	return nil
}

// grouped writes a number with commas.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
