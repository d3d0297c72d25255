// Package world simulates what Rejoin runs on: API Gateway, Lambda, DynamoDB, the clock, the network, and people with the
// clients that they use. The deployed code (token checks, controller, service) runs in it, in a single thread.
//
// An invocation is a coroutine that stops before each call to the store, the pusher and the clock. A scheduler decides by
// chance which invocation, frame, timer or person goes on, and what goes wrong. Chance comes from a seed, so that a seed is a
// history, the same one each time. Every write, push and answer is shown to the law.
package world
