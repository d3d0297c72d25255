package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
)

// report is all that is printed.
type report struct {
	month       month
	free        bool
	own, sample []row
	events      map[string]event
	notes       []string
}

func (r report) print(out io.Writer) error {
	w, m := &strings.Builder{}, r.month
	fmt.Fprintf(w, "CHATS=%s a month, MESSAGES=%s and MINUTES=%s each; VISITS=%s page views; AGENTS=%s for HOURS=%s a day; MS=%s a call",
		number(m.chats), number(m.texts), number(m.minutes), number(m.visits), number(m.agents), number(m.hours), number(m.ms))
	if m.edge != noEdge {
		fmt.Fprintf(w, "; EDGE=%s", m.edge)
	}
	fmt.Fprint(w, "\n")
	r.printEvents(w)
	r.printBill(w)
	r.printScan(w)
	r.printLimits(w)
	for _, note := range r.notes {
		fmt.Fprintf(w, "* not verified: %s\n", note)
	}
	aligned := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(aligned, w.String()); err != nil {
		return err
	}
	return aligned.Flush()
}

func (r report) printEvents(w *strings.Builder) {
	fmt.Fprint(w, "\nOne event\tfunctions\tgateway messages\twrite units\tread units\tDynamoDB requests\n")
	for _, name := range []string{authorize, connect, join, start, take, typing, text, read, heartbeat, ping, rejoin, lateDisconnect, end, rate, disconnect, agentJoin, agentHeartbeat, queue, idleSweep, sweep, checkRoom, countChat} {
		o := r.events[name].with(r.month.agents, r.month.texts)
		cells := []float64{o[invocations], o[frames] + o[answers] + o[posts] + o[callbacks], o[writes], o[reads], o[requests]}
		fmt.Fprint(w, name)
		for _, n := range cells {
			fmt.Fprintf(w, "\t%s", number(n))
		}
		fmt.Fprint(w, "\n")
	}
}

func (r report) printBill(w *strings.Builder) {
	fmt.Fprintf(w, "\nA month, USD (%s)\tRejoin\t%s\tscanning sample\t%s\n", freeWords(r.free), strings.Join(regions, "\t"), strings.Join(regions, "\t"))
	service := ""
	for i, line := range r.own {
		if line.used == 0 && r.sample[i].used == 0 {
			continue
		}
		if line.Service != service {
			service = line.Service
			fmt.Fprintf(w, "%s\t\t%s\t\t%s\n", service, sums(r.own, service), sums(r.sample, service))
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", line.Line, number(line.used), costs(line), number(r.sample[i].used), costs(r.sample[i]))
	}
	fmt.Fprintf(w, "All\t\t%s\t\t%s\n", sums(r.own, ""), sums(r.sample, ""))
}

func freeWords(free bool) string {
	if free {
		return "after what is free for every account for ever"
	}
	return "FREE=0: nothing free"
}

func costs(r row) string {
	cells := make([]string, len(regions))
	for i, region := range regions {
		cells[i] = strconv.FormatFloat(r.usd[region], 'f', 2, 64)
		if r.Unverified[region] != "" {
			cells[i] += "*"
		}
	}
	return strings.Join(cells, "\t")
}

// sums adds up a service's rows, or for "" all rows.
func sums(rows []row, service string) string {
	cells := make([]string, len(regions))
	for i, region := range regions {
		var of []row
		for _, r := range rows {
			if service == "" || r.Service == service {
				of = append(of, r)
			}
		}
		cells[i] = strconv.FormatFloat(total(of, region), 'f', 2, 64)
	}
	return strings.Join(cells, "\t")
}

func (r report) printScan(w *strings.Builder) {
	fmt.Fprint(w, "\nOne text, of so many connected\tgateway messages\twrite units\tread units\tscanning sample: gateway messages\twrite units\tread units\n")
	own := r.events[text].Base
	for _, n := range []float64{2, 10, 100, 1000, 10_000} {
		other := scanned(n)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", number(n), number(own[frames]+own[answers]+own[posts]), number(own[writes]), number(own[reads]),
			number(other[frames]+other[posts]), number(other[writes]), number(other[reads]))
	}
}

// shown is the number of open chats for which limits are shown.
const shown = 50_000

func (r report) printLimits(w *strings.Builder) {
	limits := r.month.limits(r.events)
	fmt.Fprintf(w, "\nLimit\tat first\twith %s open chats\tis reached with\twhose\tto move it\n", number(shown))
	for _, l := range limits {
		fmt.Fprintf(w, "%s\t%s%s\t%s\t%s\t%s\t%s\n", l.name, number(l.most), l.unit, number(l.need(shown)), reached(l), l.whose, l.move)
	}
	for _, line := range []struct {
		whose owner
		words string
	}{{design, "The first wall of Rejoin's own"}, {parameter, "Before it, a parameter has to be raised"}, {quota, "Before it, AWS has to raise its quota"}} {
		nearest := []limit{first(limits, line.whose)}
		if line.whose != design {
			nearest = before(limits, line.whose, first(limits, design).maxOpen())
		}
		for _, l := range nearest {
			fmt.Fprintf(w, "%s: %s, with %s open chats.\n", line.words, l.name, number(l.maxOpen()))
		}
	}
	fmt.Fprint(w, "\n")
}

func reached(l limit) string {
	if l.maxOpen() >= unlimited {
		return "any number"
	}
	return number(l.maxOpen())
}

// number formats with three significant digits below 1000, else whole with separators.
func number(n float64) string {
	if math.Abs(n) < 1000 {
		return strconv.FormatFloat(n, 'g', 3, 64)
	}
	digits := strconv.FormatFloat(n, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
