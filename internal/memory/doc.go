// Package memory holds a chat.Store in memory, a chat.Pusher that records posts, and a clock and ids that a test
// controls. Tests, simulations and the month of sample chats use it; no function does.
package memory
