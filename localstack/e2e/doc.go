// Package e2e holds the tests that speak to the started stack over real sockets, as any client would: they know the
// wire protocol and endpoints.json, and nothing of the code but the clients' state machine (internal/proof/sim/client), which
// TestUnderFire drives over bad networks. Each of the faults of the chat service that Rejoin replaces has its test here.
// They run when REJOIN_TEST_STATE names the stack's state folder, as `make test` does.
package e2e
