// Package chattest is what tests of the service layer stand on: a chat.Store in memory, a chat.Pusher that records, a
// clock and ids that a test controls, and the contract that every chat.Store must pass. It knows chat alone.
//
// The contract is part of the package, not of its tests, so that each repository runs the same one:
//
//	func TestStore(t *testing.T) { chattest.TestStore(t, openMine) }
package chattest
