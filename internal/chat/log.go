package chat

// Names of fields in the log.
const (
	LogRoom  = "room"
	LogPeer  = "peer" // the connection that was posted to or checked; not the event's own
	LogEvent = "event"
	LogError = "error"
)
