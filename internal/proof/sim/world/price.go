package world

import "rejoin/internal/chat"

// What DynamoDB bills (Developer Guide, "DynamoDB read and write operations"): a write unit for each KB of an item and for
// each change of an index's entry, twice in a transaction, and a read unit for each 4 KB; half of it where reads are not
// strongly consistent.
const (
	inTransaction = 2
	eventually    = 0.5

	// Sizes in bytes, besides what people wrote.
	entryBytes  = 130 // of a room or a person in an index
	roomBytes   = 700
	personBytes = 250
)

// unitsOf is how many units of so many bytes an item has.
func unitsOf(bytes, unit int) float64 { return float64(max(1, (bytes+unit-1)/unit)) }

// written is the write units of an item.
func written(bytes int) float64 { return unitsOf(bytes, 1024) }

// read is the read units of an item.
func read(bytes int) float64 { return unitsOf(bytes, 4096) }

// listed is the read units of so many entries of an index.
func listed(n int) float64 { return eventually * read(n*entryBytes) }

func sizeOfPerson(p chat.Person) int {
	f := p.Profile
	return personBytes + len(p.ID) + len(p.Name) + len(f.Name) + len(f.Email) + len(f.Topic) + len(f.Page.URL) + len(f.Page.Title) + len(f.Page.Lang)
}

func sizeOfRoom(r chat.Room) int {
	n := roomBytes + len(r.Rating.Comment)
	for _, agent := range r.Held {
		n += len(agent)
	}
	return n
}

// indexed is the write units of the changes of a room's entries in the indexes.
func indexed(before, after chat.Room) float64 {
	units := 0.0
	changes := func(was, is, same bool) {
		switch {
		case was != is:
			units++
		case is && !same: // one entry goes, another comes
			units += 2
		}
	}
	b, a := placesOf(before), placesOf(after)
	changes(b.exists, a.exists, true)                                    // customer
	changes(b.waits, a.waits, before.Left == after.Left)                 // queue
	changes(b.held, a.held, before.Agent.Who == after.Agent.Who)         // agent
	changes(b.open(), a.open(), before.SweepAt == after.SweepAt)         // due
	changes(b.ended, a.ended, true)                                      // ended
	changes(b.ended && !before.Counted, a.ended && !after.Counted, true) // uncounted
	return units
}

// places tells in which indexes a room is.
type places struct{ exists, waits, held, ended bool }

func placesOf(r chat.Room) places {
	return places{r.ID != "", r.Status == chat.StatusWaiting, r.Status == chat.StatusActive, r.Status == chat.StatusEnded}
}

func (p places) open() bool { return p.waits || p.held }
