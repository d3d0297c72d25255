package world

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// meteredPusher is a pusher whose posts are counted.
type meteredPusher struct{ pusher }

// Post implements chat.Pusher.
func (p meteredPusher) Post(ctx context.Context, conn chat.ConnectionID, push chat.Push) error {
	p.w.law.Spends(law.Cost{Posts: 1})
	err := p.pusher.Post(ctx, conn, push)
	p.failed(err)
	return err
}

// failed allows what a failed post leads to: the connection is closed, its seat emptied, and a newer one told.
func (p meteredPusher) failed(err error) {
	if err != nil {
		p.w.law.Repairs(law.Cost{Calls: 2, Invocations: 1, Posts: 1, Writes: 3})
	}
}

// PostAll implements chat.Pusher.
func (p meteredPusher) PostAll(ctx context.Context, conns []chat.ConnectionID, push chat.Push) []error {
	p.w.law.Spends(law.Cost{Posts: len(conns)})
	results := p.pusher.PostAll(ctx, conns, push)
	for _, err := range results {
		p.failed(err)
	}
	return results
}

// Close implements chat.Pusher.
func (p meteredPusher) Close(ctx context.Context, conn chat.ConnectionID) error {
	cost := law.Cost{Invocations: 1}
	if v := p.w.current; v != nil && v.Connection != nil && v.Connection.ID == conn { // it has sent on though it was refused, and ends with this
		p.w.law.Repairs(law.Cost{Calls: 1, Invocations: 1})
	}
	p.w.law.Spends(cost)
	return p.pusher.Close(ctx, conn)
}
