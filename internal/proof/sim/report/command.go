package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"time"

	"rejoin/internal/memory"
	"rejoin/internal/proof/sim/world"
)

// Exit statuses of the command.
const (
	exitKept   = 0
	exitBroken = 1
	exitUsage  = 2
)

const (
	// shown is how many broken histories are listed at the end.
	shown = 3
	// progressEvery is the time between two lines of progress.
	progressEvery = 5 * time.Second
)

// command is the command line.
type command struct {
	out, progress io.Writer
	fixture       *world.Fixture

	steps, seeds    int64
	minutes         float64
	first, replay   uint64
	whole, until    bool
	traces          bool
	flood           world.Flood
	without, inside string
}

// Main is the command sim. It returns the exit status: 0, 1 when the law was broken, 2 for wrong arguments.
func Main(args []string, out, progress io.Writer) int {
	c := &command{out: out, progress: progress}
	if err := c.parse(args); err != nil {
		_, _ = fmt.Fprintln(progress, err)
		return exitUsage
	}
	switch {
	case c.flood.PerSecond > 0:
		return c.writeFlood()
	case c.traces:
		return c.writeTraces()
	case c.replay != 0 && c.whole:
		return c.tell(c.fixture.Replay(c.replay))
	case c.replay != 0:
		return c.tell(Shrink(c.fixture, c.replay))
	}
	return c.soak()
}

func (c *command) parse(args []string) error {
	flags := flag.NewFlagSet("sim", flag.ContinueOnError)
	flags.SetOutput(c.progress)
	flags.Int64Var(&c.steps, "steps", 0, "simulate at least so many `steps`")
	flags.Int64Var(&c.seeds, "seeds", 0, "simulate at least so many seeds")
	flags.Float64Var(&c.minutes, "minutes", 0, "simulate for so many minutes instead")
	flags.Uint64Var(&c.first, "first", 1, "the first `seed`")
	flags.Uint64Var(&c.replay, "replay", 0, "tell the story of one `seed`, shrunk, instead")
	flags.BoolVar(&c.whole, "whole", false, "with -replay: the whole story")
	flags.StringVar(&c.without, "without", "", "leave one `condition` of the store out")
	flags.StringVar(&c.inside, "scenario", "", "only in worlds of one `scenario`")
	flags.BoolVar(&c.until, "until-broken", false, "stop at the first history that breaks the law")
	c.flood = world.UsualFlood()
	flags.IntVar(&c.flood.PerSecond, "flood", 0, "tell what a shop feels of a script that connects so many times a second for a minute instead")
	flags.IntVar(&c.flood.FromOne, "from-one", c.flood.FromOne, "with -flood: ConnectsFromOne")
	flags.IntVar(&c.flood.ConnectRate, "connect-rate", c.flood.ConnectRate, "with -flood: ConnectRate")
	flags.BoolVar(&c.traces, "traces", false, "write what the clients of -seeds seeds go through instead, one line of JSON for each")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if c.flood.PerSecond == 0 && c.replay == 0 && c.steps == 0 && c.seeds == 0 && c.minutes == 0 {
		return errors.New("say how much: -steps, -seeds, -minutes, -replay or -flood")
	}
	fixture, err := world.NewFixture()
	if err != nil {
		return err
	}
	c.fixture = fixture.Without(memory.Condition(c.without))
	if c.inside == "" {
		return nil
	}
	var found bool
	if c.fixture, found = c.fixture.In(c.inside); !found {
		return fmt.Errorf("there is no scenario %q", c.inside)
	}
	return nil
}

// tell writes a history's story.
func (c *command) tell(h world.History) int {
	for _, line := range h.Story {
		_, _ = fmt.Fprintln(c.out, line)
	}
	_, _ = fmt.Fprintln(c.out, h)
	if len(h.Broken) > 0 {
		return exitBroken
	}
	return exitKept
}

// soak simulates seed after seed, with progress, and ends with a table and what was broken.
func (c *command) soak() int {
	begun := time.Now()
	report := Soak(c.fixture, c.plan(begun))
	if err := report.Table(c.out); err != nil {
		_, _ = fmt.Fprintln(c.progress, err)
		return exitUsage
	}
	for i, h := range report.Broken {
		if i == shown {
			_, _ = fmt.Fprintf(c.out, "… and %d more\n", len(report.Broken)-shown)
			break
		}
		where := ""
		if c.inside != "" {
			where = fmt.Sprintf(" -scenario %q", c.inside)
		}
		_, _ = fmt.Fprintf(c.out, "\n%s\n  replay: go run ./internal/proof/sim%s -replay %d\n", h, where, h.Seed)
	}
	if len(report.Broken) > 0 {
		return exitBroken
	}
	return exitKept
}

func (c *command) plan(begun time.Time) Plan {
	told := begun
	p := Plan{
		First: c.first, Steps: c.steps, Seeds: c.seeds, Workers: runtime.GOMAXPROCS(0), UntilBroken: c.until,
		Found: func(h world.History) { _, _ = fmt.Fprintln(c.progress, h) },
		Each: func(counts *world.Counts) {
			if time.Since(told) < progressEvery {
				return
			}
			told = time.Now()
			rate := float64(counts.Steps) / time.Since(begun).Seconds()
			_, _ = fmt.Fprintf(c.progress, "%s steps, %s seeds, %s broken, %s steps/s\n", grouped(counts.Steps),
				grouped(counts.Seeds), grouped(counts.Broken), grouped(int64(rate)))
		},
	}
	if c.minutes > 0 {
		end := begun.Add(time.Duration(c.minutes * float64(time.Minute)))
		p.Stop = func() bool { return time.Now().After(end) }
	}
	return p
}

// writeTraces writes the traces of each seed's clients. The browser's client must do the same.
func (c *command) writeTraces() int {
	out := bufio.NewWriter(c.out)
	line := json.NewEncoder(out)
	for seed := c.first; seed < c.first+uint64(c.seeds); seed++ {
		for _, trace := range c.fixture.Traces(seed) {
			if err := line.Encode(trace); err != nil {
				_, _ = fmt.Fprintln(c.progress, err)
				return exitUsage
			}
		}
	}
	if err := out.Flush(); err != nil {
		_, _ = fmt.Fprintln(c.progress, err)
		return exitUsage
	}
	return exitKept
}
