package chat

import "context"

// Hours tells when shops are open. A shop is named by its key, as PersonID.Site: "" is the default shop. One without
// hours is always open.
type Hours interface {
	// Opening tells whether a shop is open at now.
	Opening(ctx context.Context, site string, now Millis) (Opening, error)
	// OpenTimes are how much of each of the times lay within its shop's opening hours of then, in the same order. It
	// reads each shop once.
	OpenTimes(ctx context.Context, of []ShopTime) ([]Millis, error)
}

// Opening is a shop's state at one moment.
type Opening struct {
	Open          bool
	Until         Millis // when it next opens or closes; 0: not within 400 days
	Zone          string // the IANA name of the shop's time zone; empty without hours
	EmailRequired bool   // who starts a chat while nobody serves has to give an address
}

// ShopTime is a time from From to To at a shop. It is empty if To is not after From.
type ShopTime struct {
	Site     string
	From, To Millis
}

// Availability is whether anybody serves a shop's customers, as named on the wire.
type Availability string

// The availabilities.
const (
	Open   Availability = "open"
	Closed Availability = "closed"
	Nobody Availability = "nobody" // open, but no agent is online
)
