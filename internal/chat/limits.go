package chat

import "time"

// The limits of the wire. Each stands here once; those of the browser's clients are written from it
// (web/shared/limits.ts). What people write is counted in Unicode code points, as it is stored (Clean, Line).
const (
	MaxText    = 4000
	MaxComment = 1000 // of a rating
	MaxScore   = 5    // the best rating; 1 is the worst
	MaxName    = 64
	MaxEmail   = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets
	MaxTopic   = 100

	// Of the page that a customer is on, what is longer is left out, but for a title, which is cut.
	MaxURL       = 2000
	MaxPageTitle = 200
	MaxLang      = 35 // RFC 5646, 4.4.1

	MaxTitle    = 100 // of a canned message; its text is a text
	MaxCanned   = 200 // of one owner
	MaxPosition = 1<<53 - 1

	MaxSearch = 200 // of the words that are looked for
	MaxWords  = 8   // how many

	// MaxID is of a frame's own id, and of what a client makes up otherwise: its device, the key of a canned message.
	MaxID = 64
	// MaxPage is how many messages a page shows, MaxQueue how many waiting rooms a frame: the oldest, who are next.
	MaxPage  = 30
	MaxQueue = 150
	// MaxHoldings is how many rooms a join may name.
	MaxHoldings = 100
	// MaxPlaces is how many places people may fill in a room, so that whatever has to look at all of them, as an end has,
	// always can. What the system says still finds a place in a full one.
	MaxPlaces = 10_000
	// MaxSpan is the longest range that is asked for at once.
	MaxSpan = 3 * 366 * 24 * time.Hour
)
