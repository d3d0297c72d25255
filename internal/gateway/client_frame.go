package gateway

import (
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
)

// maxFrame is API Gateway's limit of one WebSocket frame, in bytes.
const maxFrame = 32 << 10

// frame is a client's frame while it is being answered.
type frame struct {
	*fields
	re string // the frame's id, echoed by the answer

	room chat.RoomID // the room it is about, for the log
	text bool        // whether it has a text, which an error names by its number
}

// readFrame reads what all frames have in common. On an error it still returns a frame that can be answered.
func readFrame(event events.APIGatewayWebsocketProxyRequest) (*frame, error) {
	f := &frame{fields: &fields{}, text: event.RequestContext.RouteKey == routeMessage}
	if event.IsBase64Encoded || !utf8.ValidString(event.Body) {
		return f, invalid("A frame has to be text in UTF-8.")
	}
	all, err := readObject([]byte(event.Body))
	if err != nil {
		return f, err
	}
	f.fields = all
	f.re = f.string("id", chat.MaxID)
	if f.has("id") && f.re == "" {
		f.refuse("The field %q may not be empty.", "id")
	}
	switch {
	case len(event.Body) <= maxFrame:
		return f, f.failure()
	case f.text:
		return f, &chat.Error{Code: chat.TooLong, Message: "A frame has at most 32 KB."}
	}
	return f, invalid("A frame has at most 32 KB.")
}

// readRoom reads the room that the frame is about.
func (f *frame) readRoom() chat.RoomID {
	f.room = f.requiredRoom("room")
	return f.room
}

// refusal is the frame that answers an error.
func (f *frame) refusal(err error) errorFrame {
	answer := errorOf(f.re, chat.AsError(err))
	if f.text { // read again, whatever else was wrong
		named := &fields{values: f.values}
		answer.Room, answer.No = named.requiredRoom("room"), named.no()
	}
	return answer
}

// errorOf is the frame of an error; re is the id of the frame that it answers.
func errorOf(re string, why *chat.Error) errorFrame {
	answer := errorFrame{
		head: head{typeError, re}, Code: why.Code, Message: why.Message, Retry: why.Retry(), Expected: why.Expected,
	}
	if why.Stored != nil {
		answer.Item = new(cannedOf(*why.Stored))
	}
	if why.Shop != nil {
		answer.Hours = &storedHoursObject{why.Shop.Version, why.Shop.Settings}
	}
	return answer
}

func (f *frame) head(kind string) head { return head{Type: kind, Re: f.re} }
