package chat

import (
	"errors"
	"fmt"
)

// Code says what went wrong, in words that clients act on.
type Code string

// The codes of the wire protocol.
const (
	Invalid     Code = "invalid"      // the frame is not well formed
	TooLong     Code = "too_long"     // a text, title, comment or chat beyond its limit
	NotFound    Code = "not_found"    // no such room, or somebody else's
	Forbidden   Code = "forbidden"    // not yours to do, or no longer
	NotCurrent  Code = "not_current"  // a newer connection of the same person has joined
	Taken       Code = "taken"        // another agent holds the room
	Ended       Code = "ended"        // the room is over
	Conflict    Code = "conflict"     // edited by somebody else since: Error.Stored is what is there
	OutOfOrder  Code = "out_of_order" // not the next number: Error.Expected is
	RateLimited Code = "rate_limited" // too many texts at once: try again a little later
	Unavailable Code = "unavailable"  // something below failed or is away: try again
)

// Error is the one error that the service returns for a reason of its own; any other error that comes out of it
// is a failure of the store or the gateway below and counts as Unavailable.
type Error struct {
	Code     Code
	Message  string  // for a person
	Expected int     // OutOfOrder: the number to send
	Stored   *Canned // Conflict: what stands in the way
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.Message }

// Retry tells whether the same frame may succeed later.
func (e *Error) Retry() bool { return e.Code == Unavailable || e.Code == RateLimited }

// ErrGone is what a Pusher answers for a connection that no longer exists (@connections' 410 GoneException).
var ErrGone = errors.New("connection is gone")

func fail(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// AsError makes any error an *Error: what is not one becomes Unavailable, with no detail from below.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return fail(Unavailable, "Something went wrong on our side. Please try again.")
}
