package chat

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of texts and pages.
const (
	MaxText    = 4000 // Unicode code points, after trimming
	MaxComment = 1000 // of a rating, likewise
	MaxPage    = 30   // messages
)

// Event is what a system message tells.
type Event string

// The events of a room.
const (
	Opened      Event = "opened"
	TakenEvent  Event = "taken"
	Released    Event = "released"
	Transferred Event = "transferred"
	IdleWarning Event = "idle_warning"
	EndedEvent  Event = "ended"
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
	Holder   PersonID // of TakenEvent and Transferred: the agent who got the room
	At       Millis
	Void     bool
}

// Clean makes a text what is stored: trimmed of white space, without control characters other than tab and
// newline, valid UTF-8. It fails with Invalid when nothing is left and TooLong beyond MaxText.
func Clean(text string) (string, error) {
	text, err := clean("A text", text, MaxText)
	if err == nil && text == "" {
		err = fail(Invalid, "A text needs at least one character.")
	}
	return text, err
}

// clean is Clean with a limit of its own, for what may be empty too.
func clean(what, text string, most int) (string, error) {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\t' && r != '\n' {
			return -1
		}
		return r
	}, text))
	if n := utf8.RuneCountInString(text); n > most {
		return "", fail(TooLong, "%s has at most %d characters; this one has %d.", what, most, n)
	}
	return text, nil
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
	maxPreview = 96
	maxName    = 60
	maxTopic   = 90
)

// clip cuts a text to at most `most` bytes, at a whole code point.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most - len("…")
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
