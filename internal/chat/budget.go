package chat

import "encoding/json"

const (
	// MaxPageBytes limits a page's texts as JSON. With the rest of the frame they stay within 32 KB, one message on
	// API Gateway's bill.
	MaxPageBytes = 28 * 1024
	// MaxFrameBytes limits all that an agent's desk or queue lists, as JSON. API Gateway carries at most 128 KB.
	MaxFrameBytes = 120 * 1024

	// The size of things in a frame besides people's ids and words.
	messageBytes = 160
	roomBytes    = 465
	personBytes  = 24
)

func messageSize(m Message) int { return messageBytes + quoted(m.Text+m.By) }

func roomSize(r Room) int {
	ids := string(r.Customer.Who + r.Agent.Who)
	return roomBytes + quoted(ids+r.Customer.Name+r.Agent.Name+r.Topic+r.Preview+r.Rating.Comment)
}

func personSize(p Person) int { return personBytes + quoted(string(p.ID)+p.Name) }

// quoted is the length of a text as JSON.
func quoted(text string) int {
	raw, _ := json.Marshal(text) // a string always marshals
	return len(raw)
}

// budget counts the bytes that are left in a frame. The first thing always fits, so that paging always advances.
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

// takeRoom takes a room that must be shown. If it does not fit, the room loses what people wrote.
func (b *budget) takeRoom(r *Room) {
	if b.take(roomSize(*r)) {
		return
	}
	r.Topic, r.Preview, r.Rating.Comment = "", "", ""
	b.bytes -= roomSize(*r)
}

func (b *budget) exhausted() bool { return b.used && b.bytes <= messageBytes }
