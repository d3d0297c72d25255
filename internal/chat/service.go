package chat

import (
	"context"
	"log/slog"
)

// Service is the use cases: one method for each frame and event, one file for each method. It holds no state between
// calls, and any number of calls may run side by side in any number of processes.
type Service struct {
	Store    Store
	Pusher   Pusher
	Clock    Clock
	IDs      IDs
	Rules    Rules
	Forecast Forecast
	Log      *slog.Logger // for what no answer tells: what is survived, what the sweep does, who leaves
}

// Forecast guesses from what has been.
type Forecast interface {
	// Wait is how long a customer waits who is at this place of the queue; 0 when too little is known.
	Wait(ctx context.Context, position int) (Millis, error)
}

// Clock tells the time.
type Clock interface{ Now() Millis }

// IDs makes room ids.
type IDs interface {
	// NewRoomID returns an id of the time now that no other call returns, and that sorts after `after`, whatever the
	// clock that made `after` said.
	NewRoomID(now Millis, after RoomID) RoomID
}
