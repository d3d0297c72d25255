// Package linear checks that calls of the service which run at the same time take effect as if one after the other
// (linearizability). It runs histories of joins, texts, takes, releases, ends and closes, of several people on several
// connections at once, through the service and a store. It records when each call began, when it returned and what it
// answered, and asks porcupine whether some order of the calls explains all answers. It has tests only.
//
// A call that makes several requests counts as several steps, each at one moment between the call's begin and its return:
// a person arrives with a connection; the room changes, or is read; a place of the room is filled, or read. The people and
// their room are one object, and each place is another. The whole is linearizable when each object is (Herlihy and Wing,
// 1990, locality).
//
// A call that failed may have taken effect, or may do so later, so it counts as open until the end. The last read of the
// room, when nothing runs any more, shows which did.
package linear
