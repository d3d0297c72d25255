package chat

import "encoding/json"

const (
	// MaxPageBytes is of a page's texts as JSON, so that with what is around them they are one message of API Gateway's
	// bill, which is 32 KB.
	MaxPageBytes = 28 * 1024
	// MaxFrameBytes is of all that an agent's desk or queue lists, as JSON: API Gateway carries no more than 128 KB.
	MaxFrameBytes = 120 * 1024

	// What things cost in a frame beside people's ids and what they wrote.
	messageBytes = 160
	roomBytes    = 450
	personBytes  = 24
)

func messageSize(m Message) int { return messageBytes + quoted(m.Text+m.By) }

func roomSize(r Room) int {
	ids := string(r.Customer.Who + r.Agent.Who)
	return roomBytes + quoted(ids+r.Customer.Name+r.Agent.Name+r.Topic+r.Preview+r.Rating.Comment)
}

func personSize(p Person) int { return personBytes + quoted(string(p.ID)+p.Name) }

// quoted is how long a text is as JSON.
func quoted(text string) int {
	raw, _ := json.Marshal(text) // a string always marshals
	return len(raw)
}

// budget is how many bytes a frame has left. The first always fits, so that every page gets on.
type budget struct {
	bytes int
	used  bool
}

func (b *budget) take(n int) bool {
	if b.used && n > b.bytes {
		return false
	}
	b.bytes -= n
	b.used = true
	return true
}

// takeRoom takes a room that has to be shown: where it does not fit, without what people wrote.
func (b *budget) takeRoom(r *Room) {
	if b.take(roomSize(*r)) {
		return
	}
	r.Topic, r.Preview, r.Rating.Comment = "", "", ""
	b.bytes -= roomSize(*r)
}

func (b *budget) exhausted() bool { return b.used && b.bytes <= messageBytes }
