package gateway

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"rejoin/internal/chat"
)

func (c *Controller) cannedList(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	after, err := f.decodeCannedList()
	if err != nil {
		return nil, err
	}
	page, err := c.Service.CannedList(ctx, caller, after)
	if err != nil {
		return nil, err
	}
	return cannedFrame{f.head(typeCanned), convertAll(page.Items, cannedOf), encodeCannedCursor(page.After)}, nil
}

func (f *frame) decodeCannedList() (after chat.CannedCursor, err error) {
	if cursor := f.string("cursor", maxCursor); cursor != "" {
		if after, err = decodeCannedCursor(cursor); err != nil {
			f.refuse("The field %q has to be one that an earlier answer had.", "cursor")
		}
	}
	return after, f.failure()
}

// encodeCannedCursor makes a cursor an opaque string; "" for the zero one.
func encodeCannedCursor(p chat.CannedCursor) string {
	if p == (chat.CannedCursor{}) {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(string(p.Scope) + "." + strconv.FormatInt(p.Position, 10) + "." + p.Key))
}

// decodeCannedCursor accepts only what encodeCannedCursor returned.
func decodeCannedCursor(s string) (chat.CannedCursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return chat.CannedCursor{}, errCursor
	}
	scope, rest, _ := strings.Cut(string(raw), ".")
	number, key, _ := strings.Cut(rest, ".")
	position, err := strconv.ParseInt(number, 10, 64)
	p := chat.CannedCursor{Scope: chat.Scope(scope), Position: position, Key: key}
	if err != nil || !isScope(p.Scope) || key == "" || len(key) > chat.MaxID || !isSafeID(key) || encodeCannedCursor(p) != s {
		return chat.CannedCursor{}, errCursor
	}
	return p, nil
}
