package chat

import "context"

// StatsStore keeps the statistics of ended rooms. internal/stats knows what the rows mean.
type StatsStore interface {
	// UncountedRooms lists at most limit ended rooms that are not Counted, oldest first, after the given room ("" =
	// from the oldest).
	UncountedRooms(ctx context.Context, after RoomID, limit int) ([]RoomID, error)
	// SetCounted records that the statistics include the room as it is. Condition: its rev is still rev.
	SetCounted(ctx context.Context, id RoomID, rev int64) (Room, bool, error)
	// PutStats stores a row, replacing the one with its series and At. Condition: no row of a greater weight is
	// stored there.
	PutStats(ctx context.Context, row StatsRow) (ok bool, err error)
	// Stats reads the rows of a series whose At is from `from` to `to`, both included, in order.
	Stats(ctx context.Context, series, from, to string) ([]StatsRow, error)
}

// StatsRow is one row of statistics. Counts only grow. Of two writers of the same row, the one that saw more has the
// greater weight, and its row stays.
type StatsRow struct {
	Series string
	At     string // the key within the series; rows are sorted by its bytes
	Weight int64
	Data   []byte
	// Expires is when the row may be deleted, in ms, rounded to the second; 0 = never.
	Expires Millis
}
