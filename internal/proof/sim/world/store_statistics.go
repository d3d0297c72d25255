package world

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/stats"
)

// counter is the statistics as the controller uses them.
type counter interface {
	gateway.Statistics
	chat.Forecast
}

// uncounted counts nothing: in most scenarios the steps are better spent on what people do.
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
	return s.write("SetCounted", id, func() (chat.Room, bool, error) { return s.database.SetCounted(ctx, id, rev) })
}

func (s *store) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	return ask(s.w, s.w.named("PutStats", row.Series, row.At), writing, func() (bool, error) {
		before, _ := s.database.Stats(ctx, row.Series, row.At, row.At) // memory never fails
		ok, err := s.database.PutStats(ctx, row)
		if ok {
			s.w.law.RowPut(before, row)
		}
		return ok, err
	})
}

func (s *store) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	return ask(s.w, s.w.named("Stats", series), reading, func() ([]chat.StatsRow, error) {
		return s.database.Stats(ctx, series, from, to)
	})
}
