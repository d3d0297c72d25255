package sim

// What a user can press; on the console first of all the room.
const (
	pressStart    = "start" // name, topic
	pressSend     = "send"  // text, key; the console's: room, text, key
	pressEnd      = "end"   // the console's: room
	pressTake     = "take"
	pressRelease  = "release"
	pressTransfer = "transfer" // room, agent
	pressStatus   = "status"   // status
	pressSeen     = "seen"
	pressTyping   = "typing"
	pressRetry    = "retry"   // key
	pressDiscard  = "discard" // key
	pressTakeOver = "takeOver"
	nudged        = "nudge" // the page is shown or hidden
)

// press does something at the device's page.
func (d *device) press(what string, args ...string) {
	d.tape.begin(what, words(args)...)
	switch what {
	case pressRetry:
		d.page().Retry(args[0])
	case pressDiscard:
		d.page().Discard(args[0])
	case pressTakeOver:
		d.page().TakeOver()
	case nudged:
		d.page().Nudge()
	default:
		if d.customer != nil {
			d.pressed(what, args)
		} else {
			d.pressedAtDesk(what, args)
		}
	}
	d.tape.end()
}

func (d *device) pressed(what string, args []string) {
	switch what {
	case pressStart:
		d.customer.Start(args[0], args[1])
	case pressSend:
		d.customer.Send(args[0], args[1])
	case pressEnd:
		d.customer.End()
	case pressSeen:
		d.customer.Seen()
	case pressTyping:
		d.customer.Typing()
	}
}

func (d *device) pressedAtDesk(what string, args []string) {
	switch what {
	case pressSend:
		d.agent.Send(args[0], args[1], args[2])
	case pressEnd:
		d.agent.End(args[0])
	case pressTake:
		d.agent.Take(args[0])
	case pressRelease:
		d.agent.Release(args[0])
	case pressTransfer:
		d.agent.Transfer(args[0], args[1])
	case pressStatus:
		d.agent.SetStatus(args[0])
	case pressSeen:
		d.agent.Seen(args[0])
	case pressTyping:
		d.agent.Typing(args[0])
	}
}

// page is what both sides' pages can do.
func (d *device) page() interface {
	Retry(key string)
	Discard(key string)
	TakeOver()
	Nudge()
	Close()
} {
	if d.customer != nil {
		return d.customer
	}
	return d.agent
}
