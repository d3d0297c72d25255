package gateway

import (
	"context"

	"rejoin/internal/chat"
)

const maxVersion = 1<<31 - 1

func (c *Controller) cannedPut(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	put, err := f.decodeCannedPut()
	if err != nil {
		return nil, err
	}
	stored, err := c.Service.CannedPut(ctx, caller, put)
	if err != nil {
		return nil, err
	}
	return cannedFrame{head: f.head(typeCanned), Items: []cannedObject{cannedOf(stored)}}, nil
}

func (f *frame) decodeCannedPut() (chat.CannedPut, error) {
	put := chat.CannedPut{Title: f.oneLine("title", 0), Text: f.string("text", 0)}
	put.Scope, put.Key, put.Version = f.canned()
	if f.has("position") {
		put.Position = new(f.integer("position", -chat.MaxPosition, chat.MaxPosition))
	}
	return put, f.failure()
}

// canned reads which canned message a frame is about; version 0 if it has none.
func (f *fields) canned() (scope chat.Scope, key string, version int) {
	scope, key = chat.Scope(f.string("scope", 0)), f.string("key", chat.MaxID)
	if key == "" || !isSafeID(key) {
		f.refuse("The field %q has to be a key, such as a UUID.", "key")
	}
	if !isScope(scope) {
		f.refuse("The field %q has to be %q or %q.", "scope", chat.Shared, chat.Mine)
	}
	if f.has("version") {
		version = int(f.integer("version", 1, maxVersion))
	}
	return scope, key, version
}

func isScope(s chat.Scope) bool { return s == chat.Shared || s == chat.Mine }
