package law

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// RowPut checks a row of the statistics against the one that it replaced, if any.
func (l *Law) RowPut(before []chat.StatsRow, row chat.StatsRow) {
	if len(before) > 0 && before[0].Weight > row.Weight {
		l.Break("LIGHTER", "%s at %s replaces a row that includes more", row.Series, row.At)
	}
}

// AddsUp checks the statistics of a world at rest: they equal a count of its ended rooms from scratch. So nothing is left
// out or counted twice, even if runs of the sweep died or overlapped, or ratings came late.
func (l *Law) AddsUp(clock chat.Clock) {
	scratch := memory.NewStore()
	var from, to chat.Millis
	for _, id := range l.Opened {
		r := l.Rooms[id]
		if r.Status != chat.StatusEnded {
			return // it has not been left for long enough
		}
		if !r.Counted {
			l.Break("NOT_COUNTED", "room %s has ended, and is not counted", id)
			return
		}
		if from == 0 || r.EndedAt < from {
			from = r.EndedAt
		}
		to = max(to, r.EndedAt)
		l.copyRoom(scratch, r)
	}
	_, err := (&stats.Service{Store: scratch, Clock: clock, Each: memory.Each, Zone: time.UTC}).Recount(context.Background(), from, to)
	if err != nil {
		l.Break("NOT_COUNTED", "count from scratch: %v", err)
	}
	for _, series := range l.series() {
		got, want := rowsOf(l.store, series), rowsOf(scratch, series)
		if len(got) != len(want) {
			l.Break("MISCOUNTED", "%s has %d rows, but %d if counted from scratch", series, len(got), len(want))
			return
		}
		for i := range got {
			if got[i].At != want[i].At || !bytes.Equal(got[i].Data, want[i].Data) {
				l.Break("MISCOUNTED", "%s at %s is not what its rooms add up to", series, got[i].At)
			}
		}
	}
}

// copyRoom stores an ended room that is not counted yet, and its messages.
func (l *Law) copyRoom(to *memory.Store, r chat.Room) {
	ctx := context.Background()
	past := l.messages(r.Customer.Who, r.ID, 1, r.Seq)
	before, _ := to.Person(ctx, r.Customer.Who) // memory never fails
	r.Counted = false
	_, _ = to.OpenRoom(ctx, r, past[0], chat.Start{Last: before.Room})
	for _, m := range past[1:] {
		_, _, _ = to.PutMessage(ctx, m)
	}
}

// series lists the series of figures.
func (l *Law) series() []string {
	series := []string{"hours/all", "days/UTC@/all", "agents"}
	for _, p := range l.world.People() {
		series = append(series, fmt.Sprintf("hours/%s", p.ID), fmt.Sprintf("days/UTC@/%s", p.ID))
	}
	return series
}

func rowsOf(s *memory.Store, series string) []chat.StatsRow {
	rows, _ := s.Stats(context.Background(), series, " ", "~")
	return rows
}
