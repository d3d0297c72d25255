package sim

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// counter is the statistics as the code uses them.
type counter interface {
	gateway.Statistics
	chat.Forecast
}

// uncounted are none: in most worlds the steps of a history are better spent on what people do.
type uncounted struct{}

func (uncounted) Query(context.Context, chat.Caller, stats.Query) (stats.Result, error) {
	return stats.Result{}, nil
}
func (uncounted) Count(context.Context) (int, error)             { return 0, nil }
func (uncounted) Sample(context.Context) (stats.Sample, error)   { return stats.Sample{}, nil }
func (uncounted) Wait(context.Context, int) (chat.Millis, error) { return 0, nil }
func (uncounted) Recount(context.Context, chat.Millis, chat.Millis) (chat.Millis, error) {
	return 0, nil
}

// UncountedRooms lags, as an index does.
func (s *store) UncountedRooms(_ context.Context, after chat.RoomID, limit int) ([]chat.RoomID, error) {
	ids, err := s.list("UncountedRooms", func(r chat.Room) bool {
		return r.Status == chat.StatusEnded && !r.Counted && r.ID > after
	})
	return ids[:min(limit, len(ids))], err
}

func (s *store) SetCounted(ctx context.Context, id chat.RoomID, rev int64) (chat.Room, bool, error) {
	return s.write("SetCounted", id, func() (chat.Room, bool, error) { return s.inner.SetCounted(ctx, id, rev) })
}

func (s *store) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	return ask(s.w, s.w.named("PutStats", row.Series, row.At), writing, func() (bool, error) {
		before, _ := s.inner.Stats(ctx, row.Series, row.At, row.At) // memory never fails
		ok, err := s.inner.PutStats(ctx, row)
		if ok && len(before) > 0 && before[0].Weight > row.Weight {
			s.w.breaks("LIGHTER", "%s at %s loses what a newer count has seen", row.Series, row.At)
		}
		return ok, err
	})
}

func (s *store) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	return ask(s.w, s.w.named("Stats", series), reading, func() ([]chat.StatsRow, error) {
		return s.inner.Stats(ctx, series, from, to)
	})
}

// addsUp holds that once a world is quiet its statistics are what its ended rooms add up to from scratch: whatever runs
// of the sweep died or ran at once, and however late a rating came, nothing is left out or counted twice.
func (w *World) addsUp() {
	if !w.shape.counting {
		return
	}
	w.replica.catchUp()
	w.sweep()
	w.calmDown(0)
	scratch := memory.NewStore()
	var from, to chat.Millis
	for _, id := range w.law.order {
		r := w.law.rooms[id]
		if r.Status != chat.StatusEnded {
			return // nobody left it for long enough
		}
		if !r.Counted {
			w.breaks("NOT_COUNTED", "room %s has ended, and is not counted", id)
			return
		}
		if from == 0 || r.EndedAt < from {
			from = r.EndedAt
		}
		to = max(to, r.EndedAt)
		w.copyRoom(scratch, r)
	}
	ctx := context.Background()
	_, err := (&stats.Service{Store: scratch, Clock: clock{w}, Zone: time.UTC}).Recount(ctx, from, to)
	if err != nil {
		w.breaks("NOT_COUNTED", "count from scratch: %v", err)
	}
	for _, series := range w.seriesOfAll() {
		got, want := rowsOf(w.inner, series), rowsOf(scratch, series)
		if len(got) != len(want) {
			w.breaks("MISCOUNTED", "%s has %d rows, and from scratch %d", series, len(got), len(want))
			return
		}
		for i := range got {
			if got[i].At != want[i].At || !bytes.Equal(got[i].Data, want[i].Data) {
				w.breaks("MISCOUNTED", "%s at %s is not what its rooms add up to", series, got[i].At)
			}
		}
	}
}

// copyRoom stores an ended room and its messages.
func (w *World) copyRoom(to *memory.Store, r chat.Room) {
	ctx := context.Background()
	past, _ := w.inner.Messages(ctx, r.Customer.Who, r.ID, 1, r.Seq) // memory never fails
	before, _ := to.Person(ctx, r.Customer.Who)
	r.Counted = false
	_, _ = to.OpenRoom(ctx, r, past[0], before.Room, chat.Profile{})
	for _, m := range past[1:] {
		_, _, _ = to.PutMessage(ctx, m)
	}
}

// seriesOfAll are the series that hold figures.
func (w *World) seriesOfAll() []string {
	series := []string{"hours/all", "days/UTC@/all", "agents"}
	for _, p := range w.people {
		series = append(series, fmt.Sprintf("hours/%s", p.id), fmt.Sprintf("days/UTC@/%s", p.id))
	}
	return series
}

func rowsOf(s *memory.Store, series string) []chat.StatsRow {
	rows, _ := s.Stats(context.Background(), series, " ", "~")
	return rows
}
