package gateway

import (
	"context"
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"strings"

	"rejoin/internal/chat"
)

// maxCursor bounds a cursor: a room's id, a point and a number, as base64.
const maxCursor = 128

func (c *Controller) history(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	query, err := f.decodeHistory(caller.Side)
	if err != nil {
		return nil, err
	}
	page, err := c.Service.History(ctx, caller, query)
	if err != nil {
		return nil, err
	}
	return historyFrame{f.head(typeHistory), convertAll(page.Messages, historyMessageOf), encodeCursor(page.Before), page.Blocked}, nil
}

// decodeHistory reads the query. A customer's history is their own, whatever room they name.
func (f *frame) decodeHistory(side chat.Side) (chat.HistoryQuery, error) {
	query := chat.HistoryQuery{Limit: chat.MaxPage}
	if side == chat.Agent {
		query.Room = f.readRoom()
	}
	if f.has("limit") {
		query.Limit = int(min(f.integer("limit", 1, math.MaxInt32), chat.MaxPage))
	}
	if before := f.string("before", maxCursor); before != "" {
		var err error
		if query.Before, err = decodeCursor(before); err != nil {
			f.refuse("The field %q has to be one that an earlier answer had.", "before")
		}
	}
	return query, f.failure()
}

// historyMessageOf is a message with its room.
func historyMessageOf(m chat.Message) messageObject {
	o := messageOf(m)
	o.Room = m.Room
	return o
}

// encodeCursor makes a cursor an opaque string; "" for the zero one.
func encodeCursor(at chat.Cursor) string {
	if at == (chat.Cursor{}) {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(string(at.Room) + "." + strconv.FormatInt(at.Seq, 10)))
}

var errCursor = errors.New("not a cursor")

// decodeCursor accepts only what encodeCursor returned.
func decodeCursor(s string) (chat.Cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return chat.Cursor{}, errCursor
	}
	room, number, _ := strings.Cut(string(raw), ".")
	seq, err := strconv.ParseInt(number, 10, 64)
	at := chat.Cursor{Room: chat.RoomID(room), Seq: seq}
	if err != nil || seq < 1 || seq > maxSeq || room == "" || len(room) > maxRoomID || !isSafeID(room) || encodeCursor(at) != s {
		return chat.Cursor{}, errCursor
	}
	return at, nil
}
