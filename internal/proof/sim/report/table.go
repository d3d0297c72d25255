package report

import (
	"fmt"
	"io"
	"strconv"
)

// Table writes the totals of events and faults, as Markdown.
func (r *Report) Table(to io.Writer) error {
	rows := [][2]string{
		{"what", "how often"},
		{"---", "---:"},
		{"**steps**", grouped(r.Steps)},
		{"**seeds**", grouped(r.Seeds)},
		{"**histories that broke the law**", grouped(r.Counts.Broken)},
	}
	for name, n := range r.Each() {
		rows = append(rows, [2]string{name, grouped(n)})
	}
	for _, row := range rows {
		if _, err := fmt.Fprintf(to, "| %-43s | %13s |\n", row[0], row[1]); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	return nil
}

// Unseen names the events and faults that never happened.
func (r *Report) Unseen() []string {
	var names []string
	for name, n := range r.Each() {
		if n == 0 {
			names = append(names, name)
		}
	}
	return names
}

// grouped writes a number with commas.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
