package client

// Own is a text of this client's until its ack.
type Own struct {
	Key, Text string
	No        int // once it was sent; a repeat bears the same
	Failed    bool
}

// retryAfter is how long an error that may pass is waited for, in ms.
const retryAfter = 1000

// outbox is one side's texts in one room that are not acknowledged: one is under way, the others wait.
type outbox struct {
	texts []*Own
	no    int // the last number known to be used on this side
	line  int
	dueAt int64
	tries int64
}

// head is the text that is under way or next.
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

// due is when something is to be sent on this line.
func (o *outbox) due(line int) int64 {
	h := o.head()
	switch {
	case h == nil:
		return never
	case o.line == line && h.No != 0:
		return o.dueAt
	}
	return 0
}

// next is the text to send now, if one is due on this line.
func (o *outbox) next(now int64, line int) *Own {
	h := o.head()
	if h == nil || o.due(line) > now {
		return nil
	}
	if h.No == 0 {
		h.No = o.no + 1
		o.tries = 0
	}
	o.line, o.dueAt = line, now+answer
	o.tries++
	return h
}

// acked is the text that an ack settles, if any.
func (o *outbox) acked(no int) *Own {
	h := o.head()
	if h == nil || h.No != no {
		return nil
	}
	o.no = max(o.no, no)
	o.remove(h.Key)
	return h
}

// refused takes in an error in answer to a text. It returns the text that has failed for good, if so.
func (o *outbox) refused(e *failure, now int64) *Own {
	h := o.head()
	if h == nil || e.No == nil || h.No != *e.No {
		return nil
	}
	switch {
	case e.Code == "out_of_order" && e.Expected != 0:
		h.No, o.dueAt = e.Expected, now
		return nil
	case e.Retry || e.Code == "unavailable" || e.Code == "rate_limited":
		o.dueAt = now + retryAfter*min(o.tries, 5)
		return nil
	}
	h.Failed = true
	return h
}

func (o *outbox) hurry(at int64) { o.dueAt = min(o.dueAt, at) }
