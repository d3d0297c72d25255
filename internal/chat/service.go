package chat

import (
	"context"
	"log/slog"
)

// Service is the use cases: one method for each frame and event, one file for each method. It keeps no state between
// calls, and any number of calls may run side by side in any number of processes.
type Service struct {
	Store    Store
	Pusher   Pusher
	Clock    Clock
	IDs      IDs
	Rules    Rules
	Forecast Forecast
	Snapshot Snapshot
	Hours    Hours // nil: somebody always serves
	Each     Each
	Log      *slog.Logger // what no answer reports: failures that were tolerated, what the sweep does, which seats are emptied
}

// Forecast estimates waiting times from the past.
type Forecast interface {
	// Wait is how long the customer at this position of the queue (1 = next) waits; 0 when too little is known.
	Wait(ctx context.Context, position int) (Millis, error)
}

// Snapshot answers questions about the queue from its last count, without reading all of it.
type Snapshot interface {
	// Position is a waiting room's position: 1 = next. Customers who left do not count. In a long queue it is some seconds
	// old.
	Position(ctx context.Context, room RoomID) (int, error)
	// Waiting is how many rooms waited some seconds ago.
	Waiting(ctx context.Context) (int, error)
	// IsFull tells whether at least `most` rooms wait.
	IsFull(ctx context.Context, most int) (bool, error)
}

// Clock tells the time.
type Clock interface{ Now() Millis }

// IDs makes room ids.
type IDs interface {
	// NewRoomID returns a unique id for a room opened at now. It sorts after `after`, even if the clock that made
	// `after` was ahead.
	NewRoomID(now Millis, after RoomID) RoomID
}
