package chat

import (
	"crypto/sha256"
	"encoding/base64"
	"unicode/utf8"
)

// Event is the kind of a system message.
type Event string

// The events of a room.
const (
	EventOpened            Event = "opened"
	EventTaken             Event = "taken"
	EventReleased          Event = "released"
	EventTransferred       Event = "transferred"
	EventIdleWarning       Event = "idle_warning"
	EventUnansweredWarning Event = "unanswered_warning"
	EventLeft              Event = "left" // nobody serves, or the customer is gone: it is kept, or goes back among the questions that were left
	EventEnded             Event = "ended"
)

// Message is the content of one place of a room: a text, a system message or, if Void, nothing for ever.
type Message struct {
	Customer PersonID // whose room
	Room     RoomID
	Seq      int64
	From     Side
	Who      PersonID // the author; empty for the system
	By       string   // the author's name at that time
	No       int      // the sender's number; 0 for the system
	Text     string
	Event    Event
	Holder   PersonID // EventTaken, EventTransferred: the new holder
	At       Millis
	Void     bool
}

// digest distinguishes two texts with one number: from two devices, or from two agents who held the room one after
// the other and wrote the same words. 96 bits.
func digest(who PersonID, text string) string {
	sum := sha256.Sum256([]byte(string(who) + "\n" + text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// Limits, in bytes, of the words that a room keeps: it takes at most 1 KB when stored, so that a message costs one
// write unit.
const (
	maxPreview = 69
	maxName    = 60
	maxTopic   = 90
)

// truncateBytes cuts a text to at most `most` bytes, at a whole code point.
func truncateBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most - len("…")
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
