package gateway_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// FuzzWords looks for words of a customer, as a text, in their profile or of their page, that are not stored and
// shown to the agent as they should be; and for an invented cursor that is accepted.
func FuzzWords(f *testing.F) {
	f.Add("Hello", "Mina", "mina@example.com", "Order 2210", "https://shop.example/a?b=c#d", "Order · Shop", "ko-KR", "MDFLOVozSDJUNlFXOEU1UjFZUEFDQkRHSEouMTI")
	f.Add(" \u202e<script>\x00\t\n", "\u200d한글\r\n", "@", strings.Repeat("é", 100), "javascript:alert(1)", strings.Repeat("é", 300), "<i>", "!")
	f.Add(" \xae\n", "", "", "", "", "", "", "")
	f.Add(strings.Repeat("한", 50), strings.Repeat("한", 64), "a@b", strings.Repeat("한", 100), "http://[::1]:80/%zz", "\ufffd\xff", "", "Ui4x")
	f.Add("", "", "", "", "https://shop.example/"+strings.Repeat("한", 1900), "", "", "")
	f.Add(strings.Repeat("\"\\\x01", 20), strings.Repeat("\u2028", 64), "", "", "HTTPS://user:pass@EXAMPLE/", "a\u2066b", "x_y", "Ui4wMQ")
	people := callers()
	customer, agent := people[0], people[1]
	customer.Name = "" // so that the page's counts
	f.Fuzz(func(tt *testing.T, text, name, email, topic, url, title, lang, before string) {
		t := cheapHelper{tt}
		s := newScene(t, nobody)
		say := func(route string, by chat.Caller, fields map[string]any) errorAnswer {
			body, err := json.Marshal(fields)
			require.NoError(t, err)
			return requireFrame(t, answerOf(t, s.controller, eventOf(route, by, string(body))))
		}
		joined := say("join", customer, map[string]any{
			"start": true, "profile": map[string]any{"name": name, "email": email, "topic": topic},
			"page": map[string]any{"url": url, "title": title, "lang": lang},
		})
		if joined.Type == "error" { // something was too long: nothing has begun
			require.Equal(t, string(chat.Invalid), joined.Code)
			require.Equal(t, newScene(t, nobody).stored(t), s.stored(t))
			return
		}
		s.requireProfile(t, customer.Who)
		sent := say("message", customer, map[string]any{"room": roomID, "no": 1, "text": text})
		s.requireStored(t, asSent(t, text), sent)
		require.Equal(t, "room", say("take", agent, map[string]any{"room": roomID}).Type)
		past := say("history", agent, map[string]any{"room": roomID, "before": before})
		require.True(t, past.Type == "history" || past.Code == string(chat.Invalid))
		s.requireStillWorks(t)
	})
}

// asSent is a text as a frame carries it: JSON writes U+FFFD for each byte that is not UTF-8.
func asSent(t testing.TB, text string) (sent string) {
	t.Helper()
	body, err := json.Marshal(text)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &sent))
	return sent
}

// requireProfile requires a page's words about its customer to be on one line, and its address to be a web page's.
func (s *scene) requireProfile(t testing.TB, who chat.PersonID) {
	t.Helper()
	p, err := s.store.Person(t.Context(), who)
	require.NoError(t, err)
	requireValidProfile(t, p.Profile)
	r, err := s.store.Room(t.Context(), roomID)
	require.NoError(t, err)
	for _, line := range []string{p.Profile.Name, p.Profile.Email, p.Profile.Topic, p.Profile.Page.Title, p.Profile.Page.URL, r.Customer.Name, r.Topic} {
		require.True(t, utf8.ValidString(line))
		require.False(t, strings.ContainsFunc(line, breaksLine), "%q", line)
	}
}

func breaksLine(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// requireStored requires a text to be stored in the room, cleaned, or to be refused.
func (s *scene) requireStored(t testing.TB, text string, answer errorAnswer) {
	t.Helper()
	places, err := s.store.Messages(t.Context(), callers()[0].Who, roomID, 2, 3)
	require.NoError(t, err)
	clean, err := chat.Clean(text)
	if err != nil || answer.Type == "error" {
		require.Contains(t, []chat.Code{chat.Invalid, chat.TooLong}, chat.Code(answer.Code))
		require.Empty(t, places)
		require.True(t, err != nil || len(text) > maxFrame/6, "refused for its size, of which JSON may make six times as much")
		return
	}
	require.Equal(t, "ack", answer.Type)
	require.Len(t, places, 1)
	require.Equal(t, clean, places[0].Text)
	again, err := chat.Clean(clean)
	require.NoError(t, err)
	require.Equal(t, clean, again, "cleaning twice is cleaning once")
	require.LessOrEqual(t, utf8.RuneCountInString(clean), chat.MaxText)
	require.False(t, strings.ContainsFunc(clean, func(r rune) bool {
		return unicode.IsControl(r) && r != '\t' && r != '\n' || r == '\u202d' || r == '\u202e'
	}))
}

// maxFrame is the largest frame that a client may send, in bytes.
const maxFrame = 32 << 10
