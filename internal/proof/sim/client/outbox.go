package client

// Own is the client's own text without an ack.
type Own struct {
	Key, Text string
	No        int // set once it was sent; repeats have the same number
	Failed    bool
}

// outbox is one side's texts in one room that have no ack: the first is being sent, the others wait.
type outbox struct {
	texts  []*Own
	no     int    // the last number that this side is known to have used
	repeat repeat // of the head
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

// due is when the head is to be sent.
func (o *outbox) due() int64 {
	if o.head() == nil {
		return never
	}
	return o.repeat.dueAt
}

// next is the text that is due.
func (o *outbox) next(fx Effects) *Own {
	h := o.head()
	if h.No == 0 {
		h.No = o.no + 1
		o.repeat.tries = 0
	}
	o.repeat.markSent(fx)
	return h
}

// acked removes the text that an ack acknowledges, and returns it.
func (o *outbox) acked(no int) *Own {
	h := o.head()
	if h == nil || h.No != no {
		return nil
	}
	o.no, o.repeat.dueAt = max(o.no, no), 0
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
		h.No, o.repeat.dueAt = e.Expected, min(o.repeat.dueAt, now)
		return nil
	case e.Retry:
		o.repeat.retryLater(now)
		return nil
	}
	h.Failed, o.repeat.dueAt = true, 0
	return h
}
