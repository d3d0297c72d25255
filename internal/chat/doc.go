// Package chat is the service layer: the words of live chat and its rules. It knows nobody: no gateway, no
// database, no clock but the ones it is given, and imports the standard library only.
//
// # Words
//
// A person (customer or agent) talks on connections; of a person's connections the newest is the current one.
// A room is one conversation of one customer. It waits in the queue, becomes active when an agent takes it, and
// ends once. A room has two seats, the customer's and the agent's, and each seat names the connection that is
// current there. Everything that happens in a room has a place, its seq: 1, 2, 3, …; a place holds a text, a
// system message or, for ever, nothing (void).
//
// # Rules
//
// Every write to a room raises its rev. A write that comes from a connection is on condition that the connection
// is the newest of its seat. A change of a room (open, take, release, transfer, end) is decided on a room that
// was read, and written on condition that its rev has not moved since, in one transaction with its system
// message. A text first gets its number by one conditional write to the room, then its place by one conditional
// put; only then is it acknowledged.
package chat
