// Package linear holds that calls of the service which run at the same time take effect as if one after the other. It
// runs histories of joins, texts, takes, releases, ends and closes, of several people on several connections at once,
// through the service and a store, writes down when each call began, when it returned and what it answered, and asks
// porcupine whether some order of them explains all answers. It has tests only, and may know every other package.
//
// A call of several requests to the database counts as so many steps, each at one moment between the call's begin and
// its return: a person arrives with a connection; the room changes, or says how it is; each place of the room is
// filled, or read. The people with their room are one object, each place is one of its own; that each of the objects is
// linearizable makes the whole so (Herlihy and Wing, 1990, locality).
//
// A call that failed may have taken effect, or do so later, so it stays open to the end. What the last read of the room
// shows, when all is quiet, tells which did, and every call is held to it.
package linear
