package sim

import (
	"flag"
	"fmt"
	"io"
	"runtime"
	"time"

	"rejoin/internal/memory"
)

// shown is how many broken histories are told in full.
const shown = 3

// Main is the command soak. It returns the exit status: 0, 1 when the law was broken, 2 for wrong arguments.
func Main(args []string, out, progress io.Writer) int {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.SetOutput(progress)
	steps := flags.Int64("steps", 1_000_000, "simulate at least so many `steps`")
	seeds := flags.Int64("seeds", 0, "simulate at least so many seeds")
	first := flags.Uint64("first", 1, "the first `seed`")
	replay := flags.Uint64("replay", 0, "tell the story of one `seed`, shrunk, instead")
	whole := flags.Bool("whole", false, "with -replay: the whole story")
	without := flags.String("without", "", "leave one `condition` of the store out")
	in := flags.String("shape", "", "only in worlds of one `shape`")
	until := flags.Bool("until-broken", false, "stop at the first history that breaks the law")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	crowd, err := NewCrowd()
	if err != nil {
		_, _ = fmt.Fprintln(progress, err)
		return 2
	}
	crowd = crowd.Without(memory.Condition(*without))
	if *in != "" {
		found := false
		if crowd, found = crowd.In(*in); !found {
			_, _ = fmt.Fprintf(progress, "There is no shape %q.\n", *in)
			return 2
		}
	}
	if *replay != 0 {
		h := crowd.Replay(*replay)
		if !*whole {
			h = crowd.Shrink(*replay)
		}
		return h.tell(out)
	}
	begun, told := time.Now(), time.Now()
	report := crowd.Soak(Plan{
		First: *first, Steps: *steps, Seeds: *seeds, Workers: runtime.GOMAXPROCS(0), UntilBroken: *until,
		Found: func(h History) { _, _ = fmt.Fprintln(progress, h) },
		Each: func(t *Tally) {
			if time.Since(told) > 5*time.Second {
				told = time.Now()
				rate := float64(t.Steps) / time.Since(begun).Seconds()
				_, _ = fmt.Fprintf(progress, "%s of %s steps, %s seeds, %s broken, %s steps/s\n", grouped(t.Steps), grouped(*steps),
					grouped(t.Seeds), grouped(t.Broken), grouped(int64(rate)))
			}
		},
	})
	if err := report.Table(out); err != nil {
		return 2
	}
	for i, h := range report.Broken {
		if i == shown {
			_, _ = fmt.Fprintf(out, "… and %d more\n", len(report.Broken)-shown)
			break
		}
		where := ""
		if *in != "" {
			where = fmt.Sprintf(" -shape %q", *in)
		}
		_, _ = fmt.Fprintf(out, "\n%s\n  replay: go run ./internal/proof/sim/soak%s -replay %d\n", h, where, h.Seed)
	}
	if len(report.Broken) > 0 {
		return 1
	}
	return 0
}

// tell writes the story.
func (h History) tell(out io.Writer) int {
	for _, line := range h.Story {
		_, _ = fmt.Fprintln(out, line)
	}
	_, _ = fmt.Fprintln(out, h)
	if len(h.Broken) > 0 {
		return 1
	}
	return 0
}
