package world

import (
	"context"

	"rejoin/internal/chat"
)

func (s *store) Canned(ctx context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	return ask(s.w, s.w.named("Canned", string(owner)), reading, func() ([]chat.Canned, error) { return s.database.Canned(ctx, owner) })
}

func (s *store) PutCanned(ctx context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	return s.canned("PutCanned", c.Key, func() (chat.Canned, bool, error) {
		defer s.w.law.WritesReply(c.Owner, c.Key, before, false)()
		return s.database.PutCanned(ctx, c, before)
	})
}

func (s *store) DeleteCanned(ctx context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	return s.canned("DeleteCanned", key, func() (chat.Canned, bool, error) {
		defer s.w.law.WritesReply(owner, key, version, version == 0)()
		return s.database.DeleteCanned(ctx, owner, key, version)
	})
}

// canned makes a conditional write to a saved reply.
func (s *store) canned(name, key string, do func() (chat.Canned, bool, error)) (chat.Canned, bool, error) {
	var ok bool
	c, err := ask(s.w, s.w.named(name, key), writing, func() (c chat.Canned, err error) {
		c, ok, err = do()
		return c, err
	})
	return c, ok && err == nil, err
}
