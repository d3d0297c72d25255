package memory_test

import (
	"testing"

	"rejoin/internal/chat"
	"rejoin/internal/proof/contract"
)

func TestStore(t *testing.T) {
	store := newStore(t)
	contract.TestStore(t, func(*testing.T) chat.Store { return store })
}

func TestService(t *testing.T) { contract.TestService(t, newStore) }
