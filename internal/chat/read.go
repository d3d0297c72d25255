package chat

import (
	"context"
	"fmt"
)

// Read moves the caller's read mark forward, at most to the room's newest place, and tells the other side if it
// moved.
func (s *Service) Read(ctx context.Context, c Caller, room RoomID, seq int64) error {
	for range 2 { // a second time with the room's seq if the caller's was beyond it
		r, ok, err := s.Store.MarkRead(ctx, room, c, seq)
		if err != nil {
			return fmt.Errorf("mark room %s as read: %w", room, err)
		}
		if ok {
			s.tell(ctx, r, c.Side.Other(), ReadPush{Room: room, Who: c.Side, Seq: seq})
			return nil
		}
		if why := refusal(r, c); why != nil && why.Code != Ended {
			return why
		}
		if seq <= r.Seq { // already marked
			return nil
		}
		seq = r.Seq
	}
	return nil
}
