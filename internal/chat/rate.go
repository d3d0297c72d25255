package chat

import (
	"context"
	"fmt"
)

// Rate stores the customer's rating of an ended room. A second rating replaces the first, and a repeat is harmless.
// Errors: Invalid for a score out of range; TooLong for a comment beyond MaxComment; NotFound for another customer's
// room; NotCurrent from an older connection; Forbidden while the room is open, and beyond MaxRatings ratings.
func (s *Service) Rate(ctx context.Context, c Caller, room RoomID, given Rating) error {
	if given.Score < 1 || given.Score > MaxScore {
		return fail(Invalid, "A rating is a score from 1 to %d.", MaxScore)
	}
	var err error
	if given.Comment, err = clean("A comment", given.Comment, MaxComment); err != nil {
		return err
	}
	if err := s.checkCurrent(ctx, c); err != nil { // an ended room does not know later joins
		return err
	}
	r, ok, err := s.Store.Rate(ctx, room, c, given)
	if err != nil {
		return fmt.Errorf("rate room %s: %w", room, err)
	}
	if ok {
		s.tellRated(ctx, r)
		return nil
	}
	why := refusal(r, c)
	switch {
	case why != nil && why.Code != Ended:
		return why
	case r.Status != StatusEnded:
		return fail(Forbidden, "A chat can be rated once it has ended.")
	case r.Customer.Seat.At > c.At:
		return notCurrent()
	case r.Rating == given: // a repeat: the first may have died before it told the agent
		s.tellRated(ctx, r)
		return nil
	}
	return fail(Forbidden, "A chat can be rated %d times.", MaxRatings)
}

// tellRated tells the last holder at their current connection: nobody is seated in the room after its end.
func (s *Service) tellRated(ctx context.Context, r Room) {
	if r.Agent.Who == "" {
		return
	}
	agent, err := s.Store.Person(ctx, r.Agent.Who)
	if err != nil {
		s.Log.WarnContext(ctx, "agent not told of a rating", LogRoom, r.ID, LogError, err)
		return
	}
	r.Agent.Seat = agent.Seat
	s.tell(ctx, r, Agent, RoomPush{View: View{Room: r, Side: Agent}})
}
