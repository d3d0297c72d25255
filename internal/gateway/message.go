package gateway

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/telemetry"
)

// maxNo is the largest number that a text may have.
const maxNo = 1 << 31

func (c *Controller) message(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room, no, text, err := f.decodeMessage()
	if err != nil {
		return nil, err
	}
	ack, err := c.Service.Message(ctx, caller, room, no, text)
	if err != nil {
		return nil, err
	}
	counted := telemetry.Accepted
	if ack.Repeated {
		counted = telemetry.Duplicates
	}
	telemetry.From(ctx).Count(counted, 1)
	return ackFrame{f.head(typeAck), ack.Room, ack.No, ack.Seq, ack.At}, nil
}

func (f *frame) decodeMessage() (room chat.RoomID, no int, text string, err error) {
	room, no, text = f.readRoom(), f.no(), f.string("text", 0)
	if !f.has("text") {
		f.refuse("The field %q is missing.", "text")
	}
	return room, no, text, f.failure()
}

// no reads the number that the sender gave to a text.
func (f *fields) no() int { return int(f.integer("no", 1, maxNo)) }
