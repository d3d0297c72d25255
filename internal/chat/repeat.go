package chat

import (
	"context"
	"fmt"
)

// answerRepeat answers a number that was used before.
func (s *Service) answerRepeat(ctx context.Context, t sentText) (Ack, error) {
	if t.isLast() {
		return s.storeText(ctx, t)
	}
	m, err := s.findText(ctx, t)
	if err != nil {
		return Ack{}, err
	}
	if t.matches(m) {
		return ackOf(m, true), nil
	}
	return Ack{}, t.outOfOrder()
}

// answerLateRepeat answers a text that came after the room ended or changed hands. If it repeats a stored text, it is
// acknowledged. Otherwise its place is settled first, so that it is never stored later.
func (s *Service) answerLateRepeat(ctx context.Context, t sentText, why *Error) (Ack, error) {
	var m Message
	var err error
	if t.isLast() {
		m, err = s.settle(ctx, t.room, t.member().NoSeq)
	} else {
		m, err = s.findText(ctx, t)
	}
	switch {
	case err != nil:
		return Ack{}, err
	case t.matches(m):
		return ackOf(m, true), nil
	}
	return Ack{}, why
}

// findText finds a text that was numbered before its side's last, reading back from the last place that it can have.
// It returns the zero Message when the text is not stored and never will be, because every place that it may have is
// settled by then.
//
// Each number takes a place, and a skipped number stands for the place of the change of holder. So between two
// numbers of a side there are at least as many places as numbers, and the same holds between the opening and the
// first number. That excludes most places of a long room.
func (s *Service) findText(ctx context.Context, t sentText) (Message, error) {
	if t.no >= t.member().No {
		return Message{}, nil
	}
	// below is the last place that the text can have, given that a later number has seq.
	below := func(seq int64, later int) int64 { return seq - int64(later-t.no) }
	first, last := int64(t.no)+1, below(t.member().NoSeq, t.member().No)
	for last >= first {
		from := max(first, last-MaxPage+1)
		found, err := s.Store.Messages(ctx, t.room.Customer.Who, t.room.ID, from, last)
		if err != nil {
			return Message{}, fmt.Errorf("look up text %d of room %s: %w", t.no, t.room.ID, err)
		}
		next := from - 1
		for seq := last; seq >= from; seq-- {
			var m Message
			if n := len(found); n > 0 && found[n-1].Seq == seq {
				m, found = found[n-1], found[:n-1]
			} else if m, err = s.settle(ctx, t.room, seq); err != nil {
				return Message{}, err
			}
			switch {
			case t.matches(m):
				return m, nil
			case m.Void || m.From != t.side:
			case m.No <= t.no:
				return Message{}, nil
			default:
				next = min(next, below(seq, m.No))
			}
		}
		last = next
	}
	return Message{}, nil
}
