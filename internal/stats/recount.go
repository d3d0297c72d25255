package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// recountPage is how many ended rooms are read at a time.
const recountPage = 100

// Recount counts the rooms again that ended from `from` to `to`, both included, newest first, and adds up their hours. It
// runs Count's code, so it changes nothing if the figures are right. It stops 5 s before the context's deadline; rest is
// then the end of the range that is still to do, which begins at `from`, else 0. Invalid for a range that ends before it
// begins or is longer than chat.MaxSpan.
func (s *Service) Recount(ctx context.Context, from, to chat.Millis) (rest chat.Millis, err error) {
	if from > to || to > from.After(chat.MaxSpan) {
		return 0, refuse(chat.Invalid, "A range of dates ends no earlier than it begins, and has at most three years.")
	}
	past := s.newHistories()
	for before, more := (chat.Ending{}), true; more; {
		ends, err := s.Store.EndedRooms(ctx, chat.Span{From: from, To: to}, before, recountPage)
		if err != nil {
			return 0, fmt.Errorf("list ended rooms: %w", err)
		}
		more = len(ends) == recountPage
		b := &batch{past: past}
		for _, end := range ends {
			if outOfTime(ctx) {
				rest, more = end.At, false
				break
			}
			if err := s.recountRoom(ctx, end.Room, b); err != nil {
				return 0, fmt.Errorf("count room %s: %w", end.Room, err)
			}
			before = end
		}
		if _, err := s.finishBatch(ctx, b); err != nil {
			return 0, err
		}
	}
	return rest, nil
}

func (s *Service) recountRoom(ctx context.Context, id chat.RoomID, b *batch) error {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return err
	}
	if r.Status != chat.StatusEnded { // the list may still name an erased room
		return nil
	}
	return s.storeRoom(ctx, r, b)
}
