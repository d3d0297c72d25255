package gateway

import (
	"context"
	"encoding/json"
	"log/slog"
)

// Sweep looks at the rooms that are due. What the schedule sends says nothing. An error makes the run count as failed;
// running again, or twice at once, is harmless.
func (c *Controller) Sweep() func(context.Context, json.RawMessage) error {
	return func(ctx context.Context, _ json.RawMessage) error {
		start := c.Now()
		done, err := c.Service.Sweep(ctx)
		c.log(ctx, start, err, []slog.Attr{
			slog.String(logRoute, "sweep"), slog.Int("looked", done.Looked), slog.Int("ended", done.Ended),
		})
		return err
	}
}
