package gateway

import (
	"context"
	"log/slog"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/stats"
	"rejoin/internal/telemetry"
)

// SweepEvent is the event of the sweep. The schedule's event has no Restat; `make restat` sets it to count a range
// again.
type SweepEvent struct {
	Restat *Range `json:"restat"`
}

// Range is the rooms that ended from From to To, in ms, both included.
type Range struct {
	From chat.Millis `json:"from"`
	To   chat.Millis `json:"to"`
}

// Swept is the result of a run of the sweep. Rest is the end of the part of a range that is still to be counted, which
// begins at its From; 0 when all is done.
type Swept struct {
	Checked int         `json:"looked"`
	Ended   int         `json:"ended"`
	Counted int         `json:"counted"`
	Rest    chat.Millis `json:"rest"`
}

// Sweep checks the rooms that are due and counts those that have ended; or it counts a range again. An error makes
// the run count as failed. Running it again, or twice at once, is harmless.
func (c *Controller) Sweep() func(context.Context, SweepEvent) (Swept, error) {
	return func(ctx context.Context, event SweepEvent) (Swept, error) {
		ctx = telemetry.Begin(ctx, slog.String(telemetry.LogRoute, routeSweep))
		done, err := c.sweep(ctx, event)
		c.write(ctx, c.Now(), err, []slog.Attr{slog.Int("looked", done.Checked), slog.Int("counted", done.Counted)})
		if err != nil {
			err = Recorded{err}
		}
		return done, err
	}
}

func (c *Controller) sweep(ctx context.Context, event SweepEvent) (done Swept, err error) {
	if span := event.Restat; span != nil {
		done.Rest, err = c.Stats.Recount(ctx, span.From, span.To)
		return done, err
	}
	var rooms chat.Swept
	var sample stats.Sample
	sampled := false
	err = c.Each.All(ctx, // beside each other: none waits for another
		func(ctx context.Context) (err error) {
			rooms, err = c.Service.Sweep(ctx)
			return err
		},
		func(ctx context.Context) (err error) {
			done.Counted, err = c.Stats.Count(ctx)
			return err
		},
		func(ctx context.Context) (err error) {
			sample, err = c.Stats.Sample(ctx)
			sampled = err == nil
			return err
		})
	done.Checked, done.Ended = rooms.Checked, rooms.Ended
	line := telemetry.From(ctx)
	if sampled {
		line.Count(telemetry.Waiting, sample.Waiting)
		line.Time(telemetry.LongestWait, time.Duration(sample.LongestWait)*time.Millisecond)
	}
	line.Time(telemetry.SweepLag, time.Duration(rooms.Lag)*time.Millisecond)
	for metric, n := range map[telemetry.Metric]int{
		telemetry.SweepEnded: rooms.Ended, telemetry.SweepReleased: rooms.Released, telemetry.SweepWarned: rooms.Warned,
	} {
		if n > 0 {
			line.Count(metric, n)
		}
	}
	return done, err
}
