package chat

// Names in the log: of what no answer tells, and of what the caller logs.
const (
	LogRoom  = "room"
	LogPeer  = "peer" // the connection that was told, or looked at: another's than the one that the event came by
	LogEvent = "event"
	LogError = "error"
)
