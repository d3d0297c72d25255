package chat_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

func TestPreview(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	for no, trial := range []struct{ text, want string }{
		{" short ", "short"},
		{strings.Repeat("가", 23), strings.Repeat("가", 23)},
		{strings.Repeat("가", 24), strings.Repeat("가", 22) + "…"},
	} {
		w.send(customer, r.ID, no+1, trial.text)
		assert.Equal(t, trial.want, w.room(r.ID).Preview)
	}
}

func TestAsError(t *testing.T) {
	own := &chat.Error{Code: chat.Taken, Message: "words"}
	assert.Same(t, own, chat.AsError(fmt.Errorf("wrapped: %w", own)))
	assert.False(t, own.Retry())
	assert.Equal(t, "taken: words", own.Error())

	below := chat.AsError(errors.New("secret table name"))
	assert.Equal(t, chat.Unavailable, below.Code)
	assert.True(t, below.Retry())
	assert.NotContains(t, below.Message, "secret")
}
