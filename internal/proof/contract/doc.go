// Package contract holds what every chat.Store, and the service over it, must do. It is no test file, so that each store
// runs the same one:
//
//	func TestContract(t *testing.T) { contract.TestStore(t, open) }
package contract
