// Package linear checks that concurrent calls of the service take effect as if they ran one after another
// (linearizability). It runs histories of joins, texts, takes, releases, ends and closes, of several people on several
// connections at once, through the service and a store. It records when each call began, when it returned and what it
// answered, and asks porcupine whether some order of the calls explains all answers. It has tests only.
//
// A call that makes several requests counts as several atomic steps between its start and its return: a person arrives with
// a connection; the room is changed or read; a place of the room is filled or read. The people and
// their room are one object, and each place is another. The whole is linearizable when each object is (Herlihy and Wing,
// 1990, locality).
//
// A failed call may have taken effect, or may do so later, so it counts as running until the end. The last read of the room,
// after all calls, shows which ones did.
package linear
