package chat

import (
	"crypto/sha256"
	"encoding/base64"
	"unicode/utf8"
)

// Event is what a system message tells.
type Event string

// The events of a room.
const (
	EventOpened            Event = "opened"
	EventTaken             Event = "taken"
	EventReleased          Event = "released"
	EventTransferred       Event = "transferred"
	EventIdleWarning       Event = "idle_warning"
	EventUnansweredWarning Event = "unanswered_warning"
	EventEnded             Event = "ended"
)

// Message is what stands at one place of a room: a text, a system message or, if Void, nothing for ever.
type Message struct {
	Customer PersonID // whose room
	Room     RoomID
	Seq      int64
	From     Side
	Who      PersonID // wrote it; empty for the system's
	By       string   // their name, as it was then
	No       int      // the sender's number; 0 for the system's
	Text     string
	Event    Event
	Holder   PersonID // of EventTaken and Transferred: the agent who got the room
	At       Millis
	Void     bool
}

// digest tells two texts with one number apart: of two devices, or of two agents who held the room one after the other
// and used the same words. 96 bits.
func digest(who PersonID, text string) string {
	sum := sha256.Sum256([]byte(string(who) + "\n" + text))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// What a room keeps of people's words, in bytes: it is at most 1 KB when stored, whoever they are, so that a message
// costs one write unit for it.
const (
	maxPreview = 84
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
