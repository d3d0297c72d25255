package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) status(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	status, err := f.decodeStatus()
	if err != nil {
		return nil, err
	}
	if err := c.Service.SetStatus(ctx, caller, status); err != nil {
		return nil, err
	}
	return plainFrame{f.head(typeOK)}, nil
}

func (f *frame) decodeStatus() (chat.AgentStatus, error) {
	status := chat.AgentStatus(f.string("status", 0))
	if status != chat.StatusOnline && status != chat.StatusAway {
		f.refuse("The field %q has to be %q or %q.", "status", chat.StatusOnline, chat.StatusAway)
	}
	return status, f.failure()
}
