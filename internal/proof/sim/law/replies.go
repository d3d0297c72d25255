package law

import (
	"context"

	"rejoin/internal/chat"
)

// WritesReply checks, from now until the function that it returns is called, that a write of a saved reply changes only
// the version that its writer saw; or any, where they name none.
func (l *Law) WritesReply(owner chat.PersonID, key string, seen int, anyVersion bool) (written func()) {
	before := l.reply(owner, key)
	return func() {
		if l.reply(owner, key) == before {
			return
		}
		l.world.Count(RepliesEdited)
		if before.Version != seen && !anyVersion {
			l.Break("EDIT_LOST", "version %d of canned message %s of %s is overwritten by who saw version %d", before.Version, key, owner, seen)
		}
	}
}

func (l *Law) reply(owner chat.PersonID, key string) chat.Canned {
	all, _ := l.store.Canned(context.Background(), owner) // memory never fails
	for _, c := range all {
		if c.Key == key {
			return c
		}
	}
	return chat.Canned{}
}
