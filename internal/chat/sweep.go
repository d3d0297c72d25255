package chat

import (
	"context"
	"time"
)

// sweepReserve is the time that a run leaves unused, to finish what it is doing.
const sweepReserve = 5 * time.Second

// Swept counts what a run of the sweep did: the rooms checked, how many of these failed, and how many it ended, returned
// to the queue or to the questions left (Released), and warned. Lag is how long the oldest room had been due that the run
// left because its time was up; 0 when it left none.
type Swept struct {
	Checked, Failed, Ended, Released, Warned int
	Lag                                      Millis
}

// Sweep closes the connections whose token has expired, checks the open rooms that are due, the longest due first,
// applies the rules to them and sets when to check them again, and looks for agents who seem online and are not. It does
// these beside each other, so that none has to wait for another, and stops before the context's deadline; the next run
// goes on. Any number of runs may overlap.
func (s *Service) Sweep(ctx context.Context) (done Swept, err error) {
	err = s.Each.All(ctx,
		s.sweepConnections,
		func(ctx context.Context) (err error) {
			done, err = s.sweepRooms(ctx)
			return err
		},
		s.sweepAgents)
	return done, err
}

// outOfTime tells whether only the reserve is left of the run's time.
func outOfTime(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < sweepReserve
}
