package sim

import (
	"context"

	"rejoin/internal/chat"
)

func (s *store) Canned(ctx context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	return ask(s.w, s.w.named("Canned", string(owner)), reading, func() ([]chat.Canned, error) { return s.inner.Canned(ctx, owner) })
}

func (s *store) PutCanned(ctx context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	return s.canned("PutCanned", c.Key, func() (chat.Canned, bool, error) {
		defer s.w.edits(c.Owner, c.Key, before, false)()
		return s.inner.PutCanned(ctx, c, before)
	})
}

func (s *store) DeleteCanned(ctx context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	return s.canned("DeleteCanned", key, func() (chat.Canned, bool, error) {
		defer s.w.edits(owner, key, version, version == 0)()
		return s.inner.DeleteCanned(ctx, owner, key, version)
	})
}

// canned makes a conditional write to a canned message.
func (s *store) canned(name, key string, do func() (chat.Canned, bool, error)) (chat.Canned, bool, error) {
	var ok bool
	c, err := ask(s.w, s.w.named(name, key), writing, func() (c chat.Canned, err error) {
		c, ok, err = do()
		return c, err
	})
	return c, ok && err == nil, err
}

// edits holds, around a write of a canned message, that it changes only the version that its writer saw.
func (w *World) edits(owner chat.PersonID, key string, seen int, whichever bool) func() {
	before := w.cannedAt(owner, key)
	return func() {
		after := w.cannedAt(owner, key)
		if after == before {
			return
		}
		w.did(edited)
		if before.Version != seen && !whichever {
			w.breaks("EDIT_LOST", "version %d of canned message %s of %s is overwritten by who saw version %d", before.Version, key, owner, seen)
		}
	}
}

func (w *World) cannedAt(owner chat.PersonID, key string) chat.Canned {
	all, _ := w.inner.Canned(context.Background(), owner) // memory never fails
	for _, c := range all {
		if c.Key == key {
			return c
		}
	}
	return chat.Canned{}
}
