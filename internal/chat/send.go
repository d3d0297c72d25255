package chat

import (
	"context"
	"fmt"
)

// Message stores a text at its place in the room and tells the other side. The Ack promises that it is stored. no is
// the sender's number for it: the next one of their side.
//
// A repeat (the same number and text) gets the answer of the first. Errors: Invalid or TooLong for the text itself;
// TooLong also when the room is full; RateLimited when the sender is too fast, who then repeats it later; OutOfOrder
// with Expected when no is not the next, was another text's, or has a void place; Ended, Forbidden or NotFound when
// the text is not stored and never will be under this number; NotCurrent from an older connection; Unavailable or any
// other error when it may be stored: the sender repeats it.
func (s *Service) Message(ctx context.Context, c Caller, room RoomID, no int, text string) (Ack, error) {
	text, err := Clean(text)
	if err != nil {
		return Ack{}, err
	}
	now := s.Clock.Now()
	r, ok, err := s.number(ctx, c, Send{
		Room: room, Side: c.Side, Who: c.Who, Conn: c.Conn, At: c.At,
		No: no, Digest: digest(c.Who, text), Preview: truncateBytes(text, maxPreview), Now: now, PreviousBurstBy: s.Rules.previousBurstBy(no, now),
	})
	if err != nil {
		return Ack{}, err
	}
	t := sentText{room: r, side: c.Side, who: c.Who, no: no, text: text}
	if ok {
		return s.storeText(ctx, t)
	}
	why := refusal(r, c)
	switch {
	case why == nil && no == t.member().Next && r.full():
		return Ack{}, fail(TooLong, "This chat is full. Please end it and begin another.")
	case why == nil && no == t.member().Next: // no other reason is left
		return Ack{}, fail(RateLimited, "You are writing very fast. Please wait a moment.")
	case why == nil && no > t.member().No:
		return Ack{}, t.outOfOrder()
	case why == nil:
		return s.answerRepeat(ctx, t)
	case why.Code == Ended || why.Code == Forbidden && r.WasHeldBy(c.Who):
		return s.answerLateRepeat(ctx, t, why)
	}
	return Ack{}, why
}

// number reserves the text's number. If the room is at its bound, it settles places and tries again, as one text in
// Rules.Unsettled has to.
func (s *Service) number(ctx context.Context, c Caller, t Send) (Room, bool, error) {
	r, ok, err := s.Store.Send(ctx, t)
	if err == nil && !ok && refusal(r, c) == nil && t.No == r.Member(t.Side).Next && s.isAtBound(r) && !r.full() {
		if r, err = s.settleMore(ctx, r); err == nil && !s.isAtBound(r) {
			r, ok, err = s.Store.Send(ctx, t)
		}
	}
	if err != nil {
		return Room{}, false, fmt.Errorf("number a text of room %s: %w", t.Room, err)
	}
	return r, ok, nil
}

// sentText is a text as it was sent, and the room as it was when its number was checked.
type sentText struct {
	room Room
	side Side
	who  PersonID
	no   int
	text string
}

func (t sentText) member() *Member { return t.room.Member(t.side) }

func (t sentText) outOfOrder() *Error {
	e := fail(OutOfOrder, "This is not the next message.")
	e.Expected = t.member().Next
	return e
}

// isLast tells whether the text is the last numbered one of its side.
func (t sentText) isLast() bool {
	return t.no == t.member().No && digest(t.who, t.text) == t.member().Digest
}

// matches tells whether m is this text.
func (t sentText) matches(m Message) bool {
	return !m.Void && m.From == t.side && m.Who == t.who && m.No == t.no && m.Text == t.text
}

// storeText puts the last numbered text at its place, tells the other side, and only then acknowledges it. The
// outcome of the post decides nothing. A repeat comes here too: its first copy may have died before the put or the
// post.
func (s *Service) storeText(ctx context.Context, t sentText) (Ack, error) {
	from := t.member()
	m := Message{
		Customer: t.room.Customer.Who, Room: t.room.ID, Seq: from.NoSeq, From: t.side, Who: t.who, By: from.Name,
		No: t.no, Text: t.text, At: from.NoAt,
	}
	stored, ok, err := s.Store.PutMessage(ctx, m)
	if err != nil {
		return Ack{}, fmt.Errorf("store %s#%d: %w", m.Room, m.Seq, err)
	}
	if !ok && !t.matches(stored) {
		return Ack{}, t.outOfOrder()
	}
	s.tell(ctx, t.room, t.side.Other(), MessagePush{Message: stored})
	if ok && t.no == 1 && t.room.Status == StatusWaiting { // tell the agents what the waiting room is about
		// Who writes is there, so the room is not left. A repeat does not tell: agents whom the first did not see it with their next `queue`.
		s.tellAgents(ctx, QueueAdd{View: View{Room: t.room, Side: Agent}})
	}
	return ackOf(stored, !ok), nil
}

func ackOf(m Message, again bool) Ack {
	return Ack{Room: m.Room, No: m.No, Seq: m.Seq, At: m.At, Repeated: again}
}
