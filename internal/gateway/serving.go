package gateway

import "rejoin/internal/chat"

// emailRequired is how the wire says that a customer has to give an address.
const emailRequired = "required"

// servingOf tells a customer whether somebody serves; nil if that was not asked.
func servingOf(h *chat.HoursNow) *servingObject {
	if h == nil {
		return nil
	}
	o := &servingObject{State: h.State, Zone: h.Zone}
	if h.State == chat.Closed {
		o.Until = h.Until
	}
	if h.EmailRequired {
		o.Email = emailRequired
	}
	return o
}
