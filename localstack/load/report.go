package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// report is all that is printed in the end.
type report struct {
	*crew
	took   time.Duration
	usage  map[string]use // by event
	noLog  error          // why there is none
	greedy *greedy
}

func (r report) print(out io.Writer) error {
	w := &strings.Builder{}
	acked, failed, _ := r.ledger.Sums()
	fmt.Fprintf(w, "CHATS=%d at once, AGENTS=%d, RATE=%g texts a second, MESSAGES=%d; %.0f s\n",
		r.chats, r.agents, r.rate, r.texts, r.took.Seconds())
	fmt.Fprintf(w, "%d chats, %d texts acknowledged, %.1f/s, %d reported as failed\n", len(r.rooms), acked, float64(acked)/r.took.Seconds(), failed)
	r.printFigures(w, quiet)
	if r.greedy.answers != nil {
		r.printFigures(w, storm)
		r.printStorm(w)
	}
	r.printPushes(w)
	r.printUsage(w)
	if refused := r.figures.counted(&r.figures.errors); len(refused) > 0 {
		fmt.Fprintf(w, "\nErrors that these people got: %s\n", counts(refused))
	}
	broken := r.ledger.Broken()
	fmt.Fprintf(w, "\nLost: %s\n", lost(broken, acked, len(r.ledger.Unsettled())))
	aligned := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(aligned, w.String()); err != nil {
		return err
	}
	if err := aligned.Flush(); err != nil {
		return err
	}
	if len(broken) > 0 {
		return errBroken
	}
	return nil
}

// lost says that every promise was kept, or lists those that were not. A text without an answer was promised nothing.
func lost(broken []string, acked, unanswered int) string {
	if len(broken) == unanswered {
		kept := fmt.Sprintf("nothing. Each of the %d acknowledged texts is stored once, at the place that its ack named; no failed one is stored.", acked)
		if unanswered > 0 {
			kept += fmt.Sprintf("\n%d texts had no answer %v after the end:\n  %s", unanswered, grace, strings.Join(broken, "\n  "))
		}
		return kept
	}
	return fmt.Sprintf("%d promises were not kept:\n  %s", len(broken), strings.Join(broken, "\n  "))
}

func (r report) printFigures(w *strings.Builder, p part) {
	name := map[part]string{quiet: "Step", storm: "Step, in the storm"}[p]
	fmt.Fprintf(w, "\n%s\tnumber\tp50\tp90\tp99\tmost\tfloor\n", name)
	for s := range steps {
		times := r.figures.times(p, s)
		if len(times) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", s, len(times),
			short(percentile(times, 50)), short(percentile(times, 90)), short(percentile(times, 99)), short(times[len(times)-1]), r.floorOf(p, s))
	}
	if p == quiet {
		fmt.Fprint(w, "The floor is what an event's invocations, its calls to DynamoDB and its posts take alone, one after the other, at the same time (p50).\n")
	}
}

// events are those whose cost is the floor of a step.
func (s step) events() []string {
	switch s {
	case connect:
		return []string{"authorize", "$connect"}
	case join:
		return []string{firstJoin}
	case start:
		return []string{startJoin}
	case take:
		return []string{"take"}
	case ack, delivery:
		return []string{"message"}
	case end:
		return []string{"end"}
	}
	return nil
}

// floorOf is what the stack alone takes for a step.
func (r report) floorOf(p part, s step) string {
	alone := func(s step) time.Duration { return percentile(r.figures.times(p, s), 50) }
	if alone(putFloor) == 0 || alone(postFloor) == 0 {
		return ""
	}
	var sum time.Duration
	for _, event := range s.events() {
		u, known := r.usage[event]
		if !known {
			return ""
		}
		sum += alone(functionFloor) + time.Duration(u.calls/u.invocations*float64(alone(putFloor))+u.posts/u.invocations*float64(alone(postFloor)))
	}
	if sum == 0 {
		return ""
	}
	return short(sum)
}

func (r report) printStorm(w *strings.Builder) {
	p99 := func(p part) time.Duration { return percentile(r.figures.times(p, ack), 99) }
	fmt.Fprintf(w, "\nGREEDY=%d connections a second from %s: %s\n", r.options.greedy, greedyAddress, counts(r.greedy.answers))
	if p99(quiet) > 0 {
		fmt.Fprintf(w, "p99 of another customer's ack: %s without, %s with: %.2f times\n",
			short(p99(quiet)), short(p99(storm)), float64(p99(storm))/float64(p99(quiet)))
	}
}

// printPushes prints what was posted, as it arrived: the log lists at most 100 posts of an invocation.
func (r report) printPushes(w *strings.Builder) {
	pushes, sum := r.figures.counted(&r.figures.pushes), 0
	for _, n := range pushes {
		sum += n
	}
	fmt.Fprintf(w, "\nFrames pushed: %d, %.1f for each chat: %s\n", sum, float64(sum)/float64(max(1, len(r.rooms))), counts(pushes))
}

func (r report) printUsage(w *strings.Builder) {
	if r.noLog != nil {
		fmt.Fprintf(w, "\nPosts and units of each event: not available: %v\n", r.noLog)
		return
	}
	fmt.Fprint(w, "\nOne event\tnumber\tDynamoDB requests\tposts\twrite units\tread units\n")
	for _, event := range slices.Sorted(maps.Keys(r.usage)) {
		u := r.usage[event]
		more := ""
		if u.cut {
			more = "+"
		}
		each := func(sum float64) string { return fmt.Sprintf("%.3g", sum/u.invocations) }
		fmt.Fprintf(w, "%s\t%.0f\t%s%s\t%s%s\t%s\t%s\n", event, u.invocations, each(u.calls), more, each(u.posts), more, each(u.writes), each(u.reads))
	}
	if r.stack.AWS != "" {
		fmt.Fprint(w, "Units as the emulator counts them; `make cost` has them as AWS bills them.\n")
	}
}

// counts are names with how often they occurred, the most frequent first.
func counts(of map[string]int) string {
	names := slices.SortedFunc(maps.Keys(of), func(a, b string) int { return of[b] - of[a] })
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", of[name], name)
	}
	return strings.Join(names, ", ")
}

// short is a duration with as much as can be told.
func short(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.3g ms", float64(d)/float64(time.Millisecond))
	}
	return d.Round(100 * time.Millisecond).String()
}
