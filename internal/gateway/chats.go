package gateway

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

// maxTime is the latest time that a client may name: it has 13 digits, in the year 2286.
const maxTime = 9_999_999_999_999

func (c *Controller) chats(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	query, err := f.decodeChats()
	if err != nil {
		return nil, err
	}
	page, err := c.Service.Chats(ctx, caller, query)
	if err != nil {
		return nil, err
	}
	return chatsFrame{f.head(typeChats), convertAll(page.Rooms, chatOf), encodeChatsCursor(page.After)}, nil
}

func (f *frame) decodeChats() (chat.ChatsQuery, error) {
	query := chat.ChatsQuery{
		From: chat.Millis(f.integer("from", 0, maxTime)), To: chat.Millis(f.integer("to", 0, maxTime)),
		Agent: f.agent(), Reason: chat.Reason(f.string("reason", 0)), Text: f.string("text", chat.MaxSearch),
		Emails: f.flag("emails"),
	}
	if f.has("rating") {
		query.Score = int(f.integer("rating", 1, chat.MaxScore))
	}
	if query.Reason != "" && !slices.Contains(chat.Reasons(), query.Reason) {
		f.refuse("The field %q has to be one of %q.", "reason", chat.Reasons())
	}
	if cursor := f.string("cursor", maxChatsCursor); cursor != "" {
		var err error
		if query.After, err = decodeChatsCursor(cursor); err != nil {
			f.refuse("The field %q has to be one that an earlier answer had.", "cursor")
		}
	}
	return query, f.failure()
}

// agent reads the id of an agent; "" if there is none.
func (f *frame) agent() chat.PersonID {
	agent := chat.PersonID(f.string("agent", maxPerson))
	if agent != "" && (!isPerson(agent) || !agent.IsAgent()) {
		f.refuse("The field %q has to be the id of an agent.", "agent")
	}
	return agent
}

func chatOf(e chat.EndedRoom) chatObject {
	waited, talked := e.Room.Times()
	return chatObject{
		roomOf(chat.View{Room: e.Room, Side: chat.Agent}), waited, talked, convertAll(e.Agents, personOf), e.Email,
		encodeCursor(chat.Cursor{Room: e.Room.ID, Seq: e.Room.Seq + 1}),
	}
}

// maxChatsCursor bounds a cursor of chats: a room's id and three numbers, as base64.
const maxChatsCursor = 192

// encodeChatsCursor makes a cursor an opaque string; "" for the zero one.
func encodeChatsCursor(p chat.ChatsCursor) string {
	if p == (chat.ChatsCursor{}) {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %d %s", p.At, p.Seq, p.FoundWords, p.Room))
}

// decodeChatsCursor accepts only what encodeChatsCursor returned.
func decodeChatsCursor(s string) (p chat.ChatsCursor, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return chat.ChatsCursor{}, errCursor
	}
	_, err = fmt.Sscanf(string(raw), "%d %d %d %s", &p.At, &p.Seq, &p.FoundWords, &p.Room)
	switch {
	case err != nil, encodeChatsCursor(p) != s, !isSafeID(string(p.Room)), len(p.Room) > maxRoomID:
		return chat.ChatsCursor{}, errCursor
	case p.At < 0, p.At > maxTime, p.Seq < 0, p.Seq > maxSeq, p.FoundWords < 0, p.FoundWords >= 1<<chat.MaxWords, p.Seq == 0 && p.FoundWords > 0:
		return chat.ChatsCursor{}, errCursor
	}
	return p, nil
}
