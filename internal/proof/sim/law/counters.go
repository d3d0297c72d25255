package law

// Counter names something that a history does, so that it can be counted: what never happens proves nothing.
type Counter int

// What is counted.
const (
	TextsWritten Counter = iota
	TextsAcknowledged
	TextsFailed
	NumbersVoided
	RoomsOpened
	Takes
	Releases
	Transfers
	IdleWarnings
	UnansweredWarnings
	RoomsEnded
	Ratings
	RepliesEdited
	CustomersBlocked
	BlockedRefused
	CustomersUnblocked
	Connections
	IdleDisconnects
	AnsweredNotCurrent
	AnsweredTooFast
	Counters // how many there are
)

func (c Counter) String() string {
	return [Counters]string{
		"texts written", "texts acknowledged", "texts told as failed", "numbers made void", "rooms opened", "takes", "releases",
		"transfers", "idle warnings", "customers told that they wait for an answer", "rooms ended", "ratings", "edits of saved replies",
		"customers blocked", "connections refused to who is blocked", "customers let in again",
		"connections", "$disconnects that were no-ops", "frames answered not_current", "texts refused as too fast",
	}[c]
}
