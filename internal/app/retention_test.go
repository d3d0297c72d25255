package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
)

// TestAnAnswerOnTheLastDay: whoever left a question is known, and the question can be read, for as long as it may be open.
func TestAnAnswerOnTheLastDay(t *testing.T) {
	rules := chat.DefaultRules()
	for given, words := range map[string]string{
		"rooms=14": "", "rooms=13": "a customer may be gone for 336h0m0s",
		"texts=7": "", "texts=0": "", "texts=6": "a question may wait for its answer for 168h0m0s",
	} {
		_, _, err := environment{envKeep: given}.retention(rules)
		if words == "" {
			assert.NoError(t, err, given)
		} else {
			assert.ErrorContains(t, err, words, given)
		}
	}
}

func TestRetention(t *testing.T) {
	rules := chat.DefaultRules()
	retention, statistics, err := environment{}.retention(rules)
	require.NoError(t, err)
	assert.Zero(t, retention)
	assert.Zero(t, statistics)

	retention, statistics, err = environment{envKeep: "texts=7,rooms=365,statistics=2"}.retention(rules)
	require.NoError(t, err)
	assert.Equal(t, dynamo.Retention{Texts: 7 * 24 * time.Hour, Rooms: 365 * 24 * time.Hour}, retention)
	assert.Equal(t, 48*time.Hour, statistics)

	for _, bad := range []string{"", "texts", "texts=-1", "texts=ever", "chats=1"} {
		_, _, err := environment{envKeep: bad}.retention(rules)
		assert.ErrorContains(t, err, envKeep, bad)
	}

	rules.KeepLeft = time.Hour
	for _, absence := range []*time.Duration{&rules.Left, &rules.KeepLeft} {
		before := *absence
		*absence = 24*time.Hour + time.Second
		_, _, err = environment{envKeep: "rooms=1"}.retention(rules)
		require.ErrorContains(t, err, envKeep, "a customer would be forgotten while their chat is open")
		*absence = before
	}
	rules.Left = 24*time.Hour + time.Second
	for _, good := range []string{"rooms=2", "rooms=0"} {
		_, _, err := environment{envKeep: good}.retention(rules)
		assert.NoError(t, err, good)
	}
}
