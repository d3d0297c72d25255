package chat

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

const (
	// searchChunk is how many places are read at a time. A page ends after reading searchBytes of texts.
	searchChunk = 100
	searchBytes = 1 << 20
)

// splitWords splits a search at white space; Invalid for too many words.
func splitWords(text string) ([]string, error) {
	words := strings.Fields(normalize(text))
	slices.Sort(words)
	words = slices.Compact(words)
	if len(words) > MaxWords {
		return nil, fail(Invalid, "At most %d words can be looked for at once.", MaxWords)
	}
	return words, nil
}

// normalize makes texts equal that people take for the same: in any case, in any width, composed or decomposed
// (systems differ in Hangul and accents), and with or without invisible characters. İ and ı become i, which is what
// people type to find them.
func normalize(text string) string {
	text = cases.Fold().String(norm.NFKC.String(text))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == 'ı':
			return 'i'
		}
		return r
	}, strings.ReplaceAll(norm.NFKC.String(text), "i\u0307", "i"))
}

// search looks for words. A word is also found within another, since in Korean particles follow words directly.
type search struct {
	store MessageStore
	words []string
	bytes int // of texts that may still be read
}

// inRoom tells whether each of the words occurs in the room's texts, topic or customer's name. `from` is how far an
// earlier page came. If the returned cursor has a Seq, this page's work ended before the room did, and the next page
// goes on there.
func (s *search) inRoom(ctx context.Context, r Room, from ChatsCursor) (at ChatsCursor, found bool, err error) {
	found = s.markFound(r.Topic+"\n"+r.Customer.Name, &from.FoundWords)
	for !found && from.Seq < r.Seq {
		if s.bytes <= 0 {
			return from, false, nil
		}
		to := min(from.Seq+searchChunk, r.Seq)
		texts, err := s.store.Messages(ctx, r.Customer.Who, r.ID, from.Seq+1, to)
		if err != nil {
			return from, false, fmt.Errorf("search room %s: %w", r.ID, err)
		}
		for _, m := range texts {
			s.bytes -= len(m.Text) + messageBytes
			found = s.markFound(m.Text, &from.FoundWords)
		}
		from.Seq = to
	}
	return ChatsCursor{Ending: from.Ending}, found, nil
}

// markFound marks the words that occur in a text, and tells whether all have been found by then.
func (s *search) markFound(text string, seen *int) bool {
	text = normalize(text)
	for i, word := range s.words {
		if strings.Contains(text, word) {
			*seen |= 1 << i
		}
	}
	return *seen&(1<<len(s.words)-1) == 1<<len(s.words)-1
}
