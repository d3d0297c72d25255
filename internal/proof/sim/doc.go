// Package sim is a deterministic simulation of the whole system, to look for an order of events that breaks what Rejoin
// promises. It drives the code that is deployed (token checks, controller, service) and the clients' state machine, in
// one thread of control, over a simulated gateway, clock, database and network. A seed decides everything: which of the
// running invocations goes on at each of its calls, which frame travels, what fails. The same seed is the same history.
//
// It may know every other package. Nothing that is deployed may know it.
package sim
