package chat

import "time"

// The limits of the wire. web/client/wire/limits.ts is generated from them. What people write is counted in Unicode code
// points as it is stored (Clean, CleanLine).
const (
	MaxText    = 4000
	MaxComment = 1000 // of a rating
	MaxScore   = 5    // the best rating; 1 is the worst
	MaxName    = 64
	MaxEmail   = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets
	MaxTopic   = 100

	// A longer address or language of the customer's page is dropped; a longer title is cut.
	MaxURL       = 2000
	MaxPageTitle = 200
	MaxLang      = 35 // RFC 5646, 4.4.1

	MaxTitle    = 100 // of a canned message, whose body is limited by MaxText
	MaxCanned   = 200 // of one owner
	MaxPosition = 1<<53 - 1

	MaxSettings = 16 << 10 // of a shop, in bytes

	MaxSearch = 200 // of all search words together
	MaxWords  = 8   // how many search words

	// MaxID limits ids that a client makes up: of a frame, of its device, the key of a canned message.
	MaxID = 64
	// MaxPage is the number of messages on a page, MaxQueue of waiting rooms in a frame: the oldest, who are next.
	MaxPage  = 30
	MaxQueue = 150
	// MaxLeftShown is how many of the questions that were left are in such a frame, if there is space: the oldest. MaxLeft is how
	// many there may be, and how many are counted.
	MaxLeftShown = 50
	MaxLeft      = 2000
	// MaxJoinRooms is how many rooms a join may name.
	MaxJoinRooms = 100
	// MaxPlaces is how many places people may fill in a room, so that counting it, which reads them all, always can.
	// System messages still find a place in a full room.
	MaxPlaces = 10_000
	// MaxMoves is how many more places a room has before nobody may take or transfer it any more: two agents could pass it to
	// and fro without end.
	MaxMoves = 1000
	// MaxUnsettled is how many places of a room may be unsettled, since an end reads them all: as many of the longest
	// texts are 1,190 read units, of the 3,000 that one key of DynamoDB has in a second.
	MaxUnsettled = 300
	// MaxRatings is how many ratings a room gets, since the statistics read all of the room again after each.
	MaxRatings = 5
	// MaxSpan is the longest range of one request.
	MaxSpan = 3 * 366 * 24 * time.Hour
)
