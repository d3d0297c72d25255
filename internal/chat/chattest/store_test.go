package chattest_test

import (
	"testing"

	"rejoin/internal/chat/chattest"
)

func TestStore(t *testing.T) { chattest.TestStore(t, newStore) }

func TestService(t *testing.T) { chattest.TestService(t, newStore) }
