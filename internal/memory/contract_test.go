package memory_test

import (
	"testing"

	"rejoin/internal/proof/contract"
)

func TestStore(t *testing.T) { contract.TestStore(t, newStore) }

func TestService(t *testing.T) { contract.TestService(t, newStore) }
