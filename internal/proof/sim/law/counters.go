package law

// Counter names something that happens in a history and is counted, because checks of what never happens prove nothing.
type Counter int

// The counters.
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
	EndedWithMany
	HoursChanged
	RoomsKept
	QuestionsLeft
	QuestionsBack
	QuestionsAnswered
	QuestionsExpired
	Connections
	IdleDisconnects
	AnsweredNotCurrent
	AnsweredTooFast
	Counters // how many there are
)

func (c Counter) String() string {
	return [Counters]string{
		"texts written", "texts acknowledged", "texts reported as failed", "numbers made void", "rooms opened", "takes", "releases",
		"transfers", "idle warnings", "unanswered warnings", "rooms ended", "ratings", "edits of saved replies",
		"customers blocked", "connections of blocked customers refused", "customers unblocked", "rooms ended with many",
		"openings and closings of the shop", "rooms kept by the sweep", "questions left", "questions whose customer came back",
		"answered questions given back", "questions that expired",
		"connections", "$disconnects that were no-ops", "frames answered not_current", "texts refused as too fast",
	}[c]
}
