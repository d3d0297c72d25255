package chattest_test

import (
	"testing"

	"rejoin/internal/chat"
	"rejoin/internal/chat/chattest"
)

func open(*testing.T) chat.Store { return chattest.NewStore() }

func TestStore(t *testing.T) { chattest.TestStore(t, open) }

func TestService(t *testing.T) { chattest.TestService(t, open) }
