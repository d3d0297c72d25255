package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) cannedDelete(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	scope, key, version := f.canned()
	if err := f.failure(); err != nil {
		return nil, err
	}
	if err := c.Service.CannedDelete(ctx, caller, scope, key, version); err != nil {
		return nil, err
	}
	return plainFrame{f.head(typeOK)}, nil
}
