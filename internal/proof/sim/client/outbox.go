package client

// Own is the client's own text without an ack.
type Own struct {
	Key, Text string
	No        int // set once it was sent; repeats have the same number
	Failed    bool
}

// retryWait is the wait before a repeat, in ms, multiplied by the number of tries.
const retryWait = 1000

// outbox is one side's texts in one room that have no ack: the first is being sent, the others wait.
type outbox struct {
	texts  []*Own
	no     int // the last number that this side is known to have used
	sentOn int // number of the connection on which the head was last sent
	dueAt  int64
	tries  int64
}

// head is the text that is being sent or is next.
func (o *outbox) head() *Own {
	for _, own := range o.texts {
		if !own.Failed {
			return own
		}
	}
	return nil
}

func (o *outbox) add(own *Own) {
	for _, other := range o.texts {
		if other.Key == own.Key {
			return
		}
	}
	o.texts = append(o.texts, own)
}

func (o *outbox) find(key string) *Own {
	for _, own := range o.texts {
		if own.Key == key {
			return own
		}
	}
	return nil
}

func (o *outbox) remove(key string) {
	for i, own := range o.texts {
		if own.Key == key {
			o.texts = append(o.texts[:i:i], o.texts[i+1:]...)
			return
		}
	}
}

// due is when the next text is to be sent on a connection.
func (o *outbox) due(connection int) int64 {
	h := o.head()
	switch {
	case h == nil:
		return never
	case o.sentOn == connection && h.No != 0:
		return o.dueAt
	}
	return 0
}

// next is the text to send now on a connection, if one is due.
func (o *outbox) next(now int64, connection int) *Own {
	h := o.head()
	if h == nil || o.due(connection) > now {
		return nil
	}
	if h.No == 0 {
		h.No = o.no + 1
		o.tries = 0
	}
	o.sentOn, o.dueAt = connection, now+answerTimeout
	o.tries++
	return h
}

// acked removes the text that an ack acknowledges, and returns it.
func (o *outbox) acked(no int) *Own {
	h := o.head()
	if h == nil || h.No != no {
		return nil
	}
	o.no = max(o.no, no)
	o.remove(h.Key)
	return h
}

// refused handles an error that answers a text: the text is sent again, or has failed. It returns a failed text.
func (o *outbox) refused(e *errorFrame, now int64) *Own {
	h := o.head()
	if h == nil || e.No == nil || h.No != *e.No {
		return nil
	}
	switch {
	case e.Code == "out_of_order" && e.Expected != 0:
		h.No, o.dueAt = e.Expected, now
		return nil
	case e.Retry || e.Code == "unavailable" || e.Code == "rate_limited":
		o.dueAt = now + retryWait*min(o.tries, 5)
		return nil
	}
	h.Failed = true
	return h
}

// retryBy sends the head again at this time at the latest, for instance after an error that names no text.
func (o *outbox) retryBy(at int64) { o.dueAt = min(o.dueAt, at) }
