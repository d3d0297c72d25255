// Package e2e holds the tests that talk to the running stack over real sockets, as any client would: they know the wire
// protocol and endpoints.json, and none of the code except the clients' state machine (internal/proof/sim/client), which
// TestUnderFire drives over bad networks. Each fault of the chat service that Rejoin replaces has a test here.
// They run when REJOIN_TEST_STATE names the stack's state folder, as `make test` does.
package e2e
