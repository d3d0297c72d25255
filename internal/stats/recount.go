package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// recountPage is how many ended rooms are read at a time.
const recountPage = 100

// Recount counts anew the rooms that ended from `from` to `to`, both included, and adds up every hour that has any of
// them: the same code as Count's, so that it changes nothing where nothing is wrong. It stops before the context's
// deadline, and tells up to where it came, newest first: the range from `from` to there is still to do; 0 when all is
// done. Invalid for a range that is none or longer than chat.MaxSpan.
func (s *Service) Recount(ctx context.Context, from, to chat.Millis) (rest chat.Millis, err error) {
	if from > to || to > from.After(chat.MaxSpan) {
		return 0, refuse(chat.Invalid, "A range of dates ends no earlier than it begins, and has at most three years.")
	}
	for before, more := (chat.Ending{}), true; more; {
		ends, err := s.Store.EndedRooms(ctx, chat.Span{From: from, To: to}, before, recountPage)
		if err != nil {
			return 0, fmt.Errorf("list ended rooms: %w", err)
		}
		more = len(ends) == recountPage
		b := batch{}
		for _, end := range ends {
			if late(ctx) {
				rest, more = end.At, false
				break
			}
			if err := s.recountRoom(ctx, end.Room, b); err != nil {
				return 0, fmt.Errorf("count room %s: %w", end.Room, err)
			}
			before = end
		}
		if _, err := s.finish(ctx, b); err != nil {
			return 0, err
		}
	}
	return rest, nil
}

func (s *Service) recountRoom(ctx context.Context, id chat.RoomID, b batch) error {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return err
	}
	if r.Status != chat.StatusEnded { // the list may lag behind an erasure
		return nil
	}
	began := hourOf(r.Created)
	if _, known := b[began]; !known {
		b[began] = nil
	}
	if !r.Counted {
		b[began] = append(b[began], r)
	}
	return s.keep(ctx, r)
}
