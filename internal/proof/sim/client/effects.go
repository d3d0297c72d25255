// Package client is the browser's client, ported to Go: the state machine of web/client, with the same names, so that
// simulations can run it fast. Sockets, clocks and random numbers come from its Effects. It is not
// safe for concurrent use.
package client

import "math"

// never is the time of what is not due.
const never = math.MaxInt64

// Effects is everything that a client depends on. Times are ms since the epoch, by the device's clock.
type Effects interface {
	Now() int64
	// Rand is uniform in 0 … n−1.
	Rand(n int64) int64
	// After runs do once, ms from now, unless it is cancelled.
	After(ms int64, do func()) (cancel func())
	// Dial opens a connection with the person's token.
	Dial(e SocketEvents) Socket
	// Device is the device's name, which its person's other connections are told. It survives a reload.
	Device() string
	// Visible tells whether the page is on the user's screen.
	Visible() bool
}

// SocketEvents receives a socket's events.
type SocketEvents interface {
	Opened()
	Frame(body []byte)
	Closed()
}

// Socket is one connection.
type Socket interface {
	Send(body []byte)
	Close()
}

// Report receives the outcome of each text, by the key that it was sent under.
type Report interface {
	Acked(key, room string, no int, seq, at int64)
	Failed(key, room, code string)
}
