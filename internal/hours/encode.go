package hours

import (
	"encoding/json"
	"fmt"

	"rejoin/internal/chat"
)

// wireOptional is how the wire says EmailOptional.
const wireOptional = "optional"

// The form in which schedules are sent and stored, as docs/protocol.md describes it. decode.go has the names once more.
type (
	scheduleObject struct {
		Zone       string            `json:"zone"`
		Week       [7][]spanObject   `json:"week"`
		Exceptions []exceptionObject `json:"exceptions"`
		Closed     *closedObject     `json:"closed,omitempty"`
		Email      string            `json:"email"`
	}
	spanObject struct {
		From string `json:"from"`
		To   string `json:"to"`
	}
	exceptionObject struct {
		Date string       `json:"date"`
		Open []spanObject `json:"open"`
	}
	closedObject struct {
		Since chat.Millis `json:"since"`
		Until chat.Millis `json:"until,omitempty"`
	}
)

// Encode writes the JSON of a schedule that Clean has returned. Decode reads it.
func (s Schedule) Encode() ([]byte, error) {
	o := scheduleObject{Zone: s.Zone, Exceptions: []exceptionObject{}, Email: wireOptional}
	for i, spans := range s.Week {
		o.Week[i] = spansOf(spans)
	}
	for _, e := range s.Exceptions {
		o.Exceptions = append(o.Exceptions, exceptionObject{e.Date, spansOf(e.Open)})
	}
	if s.Pause.Since != 0 {
		o.Closed = &closedObject{s.Pause.Since, s.Pause.Until}
	}
	if s.Email != EmailOptional {
		o.Email = string(s.Email)
	}
	data, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("encode hours: %w", err)
	}
	return data, nil
}

func spansOf(spans []Span) []spanObject {
	all := []spanObject{}
	for _, span := range spans {
		all = append(all, spanObject{timeOfDay(span.From), timeOfDay(span.To)})
	}
	return all
}
