package chat

import (
	"errors"
	"fmt"
)

// Code tells clients how to react to an error.
type Code string

// The codes of the wire protocol.
const (
	Invalid     Code = "invalid"      // the frame is malformed
	TooLong     Code = "too_long"     // a text, title, comment or chat beyond its limit
	NotFound    Code = "not_found"    // no such room, or another customer's
	Forbidden   Code = "forbidden"    // not allowed, or no longer
	NotCurrent  Code = "not_current"  // a newer connection of the same person has joined
	Taken       Code = "taken"        // another agent holds the room
	Ended       Code = "ended"        // the room has ended
	Conflict    Code = "conflict"     // edited by somebody else since: see Error.Stored and Error.Shop
	OutOfOrder  Code = "out_of_order" // not the next number: see Error.Expected
	RateLimited Code = "rate_limited" // too many texts at once: try again later
	Full        Code = "full"         // so many customers wait that no other may start a chat
	Unavailable Code = "unavailable"  // a dependency failed or is not available: try again
)

// Error is the error that the service returns for its own reasons. Any other error is a failure of the store or the
// gateway and counts as Unavailable.
type Error struct {
	Code     Code
	Message  string       // for a person
	Expected int          // OutOfOrder: the number to send
	Stored   *Canned      // Conflict of a canned message: the stored one
	Shop     *ShopVersion // Conflict of a shop's settings: the stored ones
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.Message }

// Retry tells whether the same frame may succeed later.
func (e *Error) Retry() bool { return e.Code == Unavailable || e.Code == RateLimited }

var (
	// ErrGone is what a Pusher answers for a connection that no longer exists (@connections' 410 GoneException).
	ErrGone = errors.New("connection is gone")
	// ErrThrottled is what a Pusher answers when there are too many posts at the moment (@connections' 429
	// LimitExceededException). It says nothing about the connection.
	ErrThrottled = errors.New("too many posts")
)

func fail(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// AsError converts any error to an *Error. Other errors become Unavailable, without their details.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return fail(Unavailable, "Something went wrong on our side. Please try again.")
}
