package law

import (
	"context"

	"rejoin/internal/chat"
)

// WritesReply checks that a write of a saved reply changes only the version that its writer saw, or any if they name none.
// The write happens between this call and the call of the returned function.
func (l *Law) WritesReply(owner chat.PersonID, key string, seen int, anyVersion bool) (written func()) {
	before := l.reply(owner, key)
	return func() {
		if l.reply(owner, key) == before {
			return
		}
		l.world.Count(RepliesEdited)
		if before.Version != seen && !anyVersion {
			l.Break("EDIT_LOST", "version %d of canned message %s of %s is overwritten by an edit of version %d", before.Version, key, owner, seen)
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
