package chat

import "context"

// An agent's Load decides who is told of the queue, and nothing else. It is written after the change that it follows from,
// without a condition on the room, so a function that dies between the two leaves it wrong. The agent's next join or queue
// frame, which reads their rooms anyway, sets it right.

// moveLoad notes that a room has gone from one agent to another, to the queue, or from it.
func (s *Service) moveLoad(ctx context.Context, c change) {
	from, to := c.before.holder(), c.after.holder()
	if from == to {
		return
	}
	if from != "" {
		s.addLoad(ctx, from, -1)
	}
	if to != "" {
		s.addLoad(ctx, to, 1)
	}
}

func (s *Service) addLoad(ctx context.Context, agent PersonID, by int) {
	if _, _, err := s.Store.AddLoad(ctx, agent, by); err != nil {
		s.Log.WarnContext(ctx, "agent's load not changed", LogError, err)
	}
}

// setLoad sets an agent's load to the number of rooms that they were just found to hold.
func (s *Service) setLoad(ctx context.Context, agent Person, rooms int) {
	if agent.Load == rooms {
		return
	}
	if _, _, err := s.Store.SetLoad(ctx, agent.ID, rooms); err != nil {
		s.Log.WarnContext(ctx, "agent's load not set", LogError, err)
	}
}
