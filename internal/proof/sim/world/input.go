package world

// What a user can do on a page, with the arguments. For an agent the room comes first.
const (
	inputStart    = "start" // name, topic
	inputSend     = "send"  // text, key; an agent's: room, text, key
	inputEnd      = "end"   // an agent's: room
	inputTake     = "take"
	inputRelease  = "release"
	inputTransfer = "transfer" // room, agent
	inputStatus   = "status"   // status
	inputSeen     = "seen"
	inputTyping   = "typing"
	inputRetry    = "retry"   // key
	inputDiscard  = "discard" // key
	inputTakeOver = "takeOver"
	inputNudge    = "nudge" // the page is shown or hidden
)

// input performs a user's input on the device's page.
func (d *device) input(what string, args ...string) {
	d.recorder.begin(what, words(args)...)
	switch what {
	case inputRetry:
		d.page().Retry(args[0])
	case inputDiscard:
		d.page().Discard(args[0])
	case inputTakeOver:
		d.page().TakeOver()
	case inputNudge:
		d.page().Nudge()
	default:
		if d.Customer != nil {
			d.customerInput(what, args)
		} else {
			d.agentInput(what, args)
		}
	}
	d.recorder.end()
}

func (d *device) customerInput(what string, args []string) {
	switch what {
	case inputStart:
		d.Customer.Start(args[0], args[1])
	case inputSend:
		d.Customer.Send(args[0], args[1])
	case inputEnd:
		d.Customer.End()
	case inputSeen:
		d.Customer.Seen()
	case inputTyping:
		d.Customer.Typing()
	}
}

func (d *device) agentInput(what string, args []string) {
	switch what {
	case inputSend:
		d.Agent.Send(args[0], args[1], args[2])
	case inputEnd:
		d.Agent.End(args[0])
	case inputTake:
		d.Agent.Take(args[0])
	case inputRelease:
		d.Agent.Release(args[0])
	case inputTransfer:
		d.Agent.Transfer(args[0], args[1])
	case inputStatus:
		d.Agent.SetStatus(args[0])
	case inputSeen:
		d.Agent.Seen(args[0])
	case inputTyping:
		d.Agent.Typing(args[0])
	}
}

// page is what the clients of both sides have in common.
func (d *device) page() interface {
	Retry(key string)
	Discard(key string)
	TakeOver()
	Nudge()
	Close()
} {
	if d.Customer != nil {
		return d.Customer
	}
	return d.Agent
}
