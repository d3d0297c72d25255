package chat

import "context"

// StatsStore keeps what ended rooms add up to. What the rows say is the business of internal/stats.
type StatsStore interface {
	// UncountedRooms lists at most limit ended rooms that are not Counted, by age, after the room named ("" = from the oldest).
	UncountedRooms(ctx context.Context, after RoomID, limit int) ([]RoomID, error)
	// SetCounted says that the statistics have the room as it is. Condition: its rev is still rev.
	SetCounted(ctx context.Context, id RoomID, rev int64) (Room, bool, error)
	// PutStats keeps a row in place of the one at its series and place. Condition: none of a greater weight stands there.
	PutStats(ctx context.Context, row StatsRow) (ok bool, err error)
	// Stats reads the rows of a series that stand from `from` to `to`, both included, in order.
	Stats(ctx context.Context, series, from, to string) ([]StatsRow, error)
}

// StatsRow is one row of statistics. What is counted only grows, so that of two who write the same row the one who saw
// more writes the greater weight, and stays.
type StatsRow struct {
	Series string
	At     string // its place in the series; rows are in the order of their bytes
	Weight int64
	Data   []byte
	// Expires is when the row may go, in ms, to the second; 0 = never.
	Expires Millis
}
