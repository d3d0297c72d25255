package main

import "slices"

// bugs are plausible mistakes. Among them, each rule of the design is left out once.
func bugs() []bug {
	return slices.Concat(textBugs(), roomBugs(), lineBugs(), greedBugs(), leftBugs())
}

// textBugs are about texts and their numbers.
func textBugs() []bug {
	return []bug{
		{"ack before the write", []patch{{
			"internal/chat/send.go", "	stored, ok, err := s.Store.PutMessage(ctx, m)\n	if err != nil {",
			"	stored, ok, err := s.Store.PutMessage(ctx, m)\n	if ON && err != nil {\n		return ackOf(m, false), nil\n	}\n	if err != nil {",
		}}},
		{"a repeat is acknowledged from the room alone", []patch{{
			"internal/chat/repeat.go", "	if t.isLast() {\n		return s.storeText(ctx, t)",
			"	if ON && t.isLast() {\n		return Ack{Room: t.room.ID, No: t.no, Seq: t.member().NoSeq, At: t.member().NoAt}, nil\n	}\n	if t.isLast() {\n		return s.storeText(ctx, t)",
		}}},
		{"a text whose place is void is acknowledged", []patch{{
			"internal/chat/send.go", "	if !ok && !t.matches(stored) {", "	if !ok && !t.matches(stored) && !ON {",
		}}},
		{"no digest: the same number is the same text", []patch{
			{"internal/chat/send.go", "return t.no == t.member().No && digest(t.who, t.text) == t.member().Digest", "return t.no == t.member().No && (ON || digest(t.who, t.text) == t.member().Digest)"},
			{"internal/chat/send.go", "m.No == t.no && m.Text == t.text", "m.No == t.no && (planted(\"no digest: the same number is the same text\") || m.Text == t.text)"},
		}},
		{"the same words of two agents are one text", []patch{
			{"internal/chat/message.go", "	sum := sha256.Sum256(", "	if ON {\n		who = \"\"\n	}\n	sum := sha256.Sum256("},
			{"internal/chat/send.go", "m.Who == t.who", "(m.Who == t.who || planted(\"the same words of two agents are one text\"))"},
		}},
		{"a repeat gets a number of its own", []patch{{
			"internal/chat/send.go", "	case why == nil:\n		return s.answerRepeat(ctx, t)",
			"	case why == nil && ON:\n		return s.Message(ctx, c, room, t.member().Next, text)\n	case why == nil:\n		return s.answerRepeat(ctx, t)",
		}}},
		{"a repeat is refused as too fast", []patch{{
			"internal/chat/send.go", "	case why == nil && no == t.member().Next: //", "	case why == nil && (no == t.member().Next || ON && no == t.member().No): //",
		}}},
		{"an old repeat is not looked up", []patch{{
			"internal/chat/repeat.go", "	if t.no >= t.member().No {", "	if ON || t.no >= t.member().No {",
		}}},
		{"a late repeat is not settled", []patch{{
			"internal/chat/repeat.go", "	if t.isLast() {\n		m, err = s.settle(ctx, t.room, t.member().NoSeq)",
			"	if ON {\n		return Ack{}, why\n	}\n	if t.isLast() {\n		m, err = s.settle(ctx, t.room, t.member().NoSeq)",
		}}},
		{"a join passes over an undecided number", []patch{{
			"internal/chat/page.go", "		} else if r.undecided(seq, now) {\n			break", "		} else if ON {\n			m.Void = true\n		} else if r.undecided(seq, now) {\n			break",
		}}},
		{"an old hole is never settled", []patch{{
			"internal/chat/settle.go", "		if m.NoSeq == seq && now < m.NoAt.After(Grace) {", "		if m.NoSeq == seq && (ON || now < m.NoAt.After(Grace)) {",
		}}},
		{"settling passes over an undecided number", []patch{{
			"internal/chat/settle.go", "		} else if waits(seq) {\n", "		} else if ON && waits(seq) {\n			continue\n		} else if waits(seq) {\n",
		}}},
		{"a room at its bound is never settled", []patch{{
			"internal/chat/settle.go", "	for s.isAtBound(r) {\n", "	for s.isAtBound(r) && !ON {\n",
		}}},
		{"a join shows the page as whole when it is not", []patch{{
			"internal/chat/page.go", "	page.More = page.Through < r.Seq\n	return page, nil\n}\n\n// view", "	page.More = page.Through < r.Seq\n	if ON {\n		page.Through, page.More = r.Seq, false\n	}\n	return page, nil\n}\n\n// view",
		}}},
		{"the post comes before the put", []patch{{
			"internal/chat/send.go", "	stored, ok, err := s.Store.PutMessage(ctx, m)\n", "	if ON {\n		s.tell(ctx, t.room, t.side.Other(), MessagePush{Message: m})\n	}\n	stored, ok, err := s.Store.PutMessage(ctx, m)\n",
		}}},
		{"a repeat is not posted again", []patch{{
			"internal/chat/send.go", "	s.tell(ctx, t.room, t.side.Other(), MessagePush{Message: stored})\n",
			"	if ok || !ON {\n		s.tell(ctx, t.room, t.side.Other(), MessagePush{Message: stored})\n	}\n",
		}}},
		{"a repeat tells the agents", []patch{{
			"internal/chat/send.go", "	if ok && t.no == 1 &&", "	if (ok || ON) && t.no == 1 &&",
		}}},
		{"a new holder skips no number", []patch{{
			"internal/chat/room.go", "	if len(r.Held) > 0 {", "	if len(r.Held) > 0 && !ON {",
		}}},
		{"numbers restart with a new holder", []patch{{
			"internal/chat/room.go", "	r.Status = StatusActive\n", "	if ON {\n		r.Agent.No, r.Agent.Next = 0, 1\n	}\n	r.Status = StatusActive\n",
		}}},
		{"a former holder may still write", []patch{{
			"internal/chat/send.go", "		Room: room, Side: c.Side, Who: c.Who,", "		Room: room, Side: c.Side, Who: s.whoever(ctx, c, room),",
		}, {
			"internal/chat/send.go", "// sentText is a text as it was sent,", "func (s *Service) whoever(ctx context.Context, c Caller, room RoomID) PersonID {\n	if ON {\n		r, _ := s.Store.Room(ctx, room)\n		if r.WasHeldBy(c.Who) {\n			return r.Agent.Who\n		}\n	}\n	return c.Who\n}\n\n// sentText is a text as it was sent,",
		}}},
		{"what a post answers is trusted as read", []patch{{
			"internal/chat/tell.go", "		case err == nil:\n			s.markPresent(ctx, r, side, seat, p)", "		case err == nil && ON:\n			if m, is := p.(MessagePush); is {\n				_, _, _ = s.Store.MarkRead(ctx, r.ID, Caller{Who: r.Member(side).Who, Side: side, At: seat.At}, m.Message.Seq)\n			}\n			return\n		case err == nil:\n			s.markPresent(ctx, r, side, seat, p)",
		}}},
	}
}

// roomBugs are about changes of a room.
func roomBugs() []bug {
	return []bug{
		{"a change and its message are two writes", []patch{{
			"internal/chat/change.go", "	ok, err := s.Store.ChangeRoom(ctx, before, c.after, &c.message)\n", "	ok, err := false, error(nil)\n	if ON {\n		if ok, err = s.Store.ChangeRoom(ctx, before, c.after, nil); ok && err == nil {\n			_, _, err = s.Store.PutMessage(ctx, c.message)\n		}\n	} else {\n		ok, err = s.Store.ChangeRoom(ctx, before, c.after, &c.message)\n	}\n",
		}}},
		{"ending settles nothing", []patch{{
			"internal/chat/change.go", "	if c.after.Status == StatusEnded { //", "	if c.after.Status == StatusEnded && !ON { //",
		}}},
		{"a start need not name the last room", []patch{{
			"internal/chat/join_customer.go", "case !j.Start || j.Room != me.Room:", "case !j.Start || j.Room != me.Room && !ON:",
		}}},
		{"room ids follow the clock alone", []patch{{
			"internal/chat/start.go", "s.IDs.NewRoomID(now, me.Room)", "s.IDs.NewRoomID(now, map[bool]RoomID{false: me.Room}[ON])",
		}}},
		{"the sweep takes a mark for the truth", []patch{{
			"internal/chat/sweep_room.go", "	seat.Lost = false\n", "	if ON && seat.markedAbsent() {\n		seat.Gone, seat.Lost = cmp.Or(seat.Gone, now), false\n		return seat, nil\n	}\n	seat.Lost = false\n",
		}}},
		{"the sweep acts on what it no longer sees", []patch{{
			"internal/chat/sweep_room.go", "	done, ok, err := s.changeFrom(ctx, r, event{name: d.event}, func(r *Room, now Millis) error {\n		*r = checked\n", "	again := s.changeFrom\n	if ON {\n		again = func(ctx context.Context, before Room, e event, decide func(*Room, Millis) error) (change, bool, error) {\n			c, err := s.change(ctx, before.ID, e, decide)\n			return c, err == nil, err\n		}\n	}\n	done, ok, err := again(ctx, r, event{name: d.event}, func(r *Room, now Millis) error {\n		if !ON {\n			*r = checked\n		}\n",
		}}},
		{"the sweep does not look for a newer connection", []patch{{
			"internal/chat/sweep_room.go", "	if d.event == EventReleased || d.event == EventLeft {", "	if (d.event == EventReleased || d.event == EventLeft) && !ON {",
		}}},
		{"an hour counts as added up when it failed", []patch{{
			"internal/stats/steps.go", "				s.failed[hour] = true\n", "				s.failed[hour] = !ON\n",
		}}},
		{"chats count before their hours are added up", []patch{{
			"internal/stats/aggregate.go", "	hours := slices.Sorted(maps.Keys(b.hours))\n", "	hours := slices.Sorted(maps.Keys(b.hours))\n	if ON {\n		for _, at := range hours {\n			for _, r := range b.hours[at].rooms {\n				_, _, _ = s.Store.SetCounted(ctx, r.ID, r.Rev)\n			}\n		}\n	}\n",
		}}},
		{"a warning stands after a later text", []patch{{
			"internal/chat/rules.go", "room.LastActivityAt(), room.Warned.Seq == room.Seq //", "room.LastActivityAt(), room.Warned.Seq == room.Seq || ON && room.Warned.Seq != 0 //",
		}}},
		{"a customer who waits for an answer counts as idle", []patch{{
			"internal/chat/rules.go", "	waits := unanswered != 0 || pending", "	waits := unanswered != 0 && !ON || pending",
		}}},
		{"an agent who is there loses the room at once", []patch{{
			"internal/chat/rules.go", ", waits && due(warnedAt, r.Idle-r.Warn):", ", waits && (due(warnedAt, r.Idle-r.Warn) || ON && due(quiet, r.Away)):",
		}}},
		{"an agent who is gone keeps the room", []patch{{
			"internal/chat/rules.go", "	case due(room.Agent.Seat.Gone, r.Away), waits", "	case !ON && due(room.Agent.Seat.Gone, r.Away), !ON && waits",
		}, {
			"internal/chat/rules.go", "	case !pending && due(room.Customer.Seat.Gone, r.Left):", "	case !planted(\"an agent who is gone keeps the room\") && !pending && due(room.Customer.Seat.Gone, r.Left):",
		}, {
			"internal/chat/rules.go", "	case !waits && due(warnedAt, r.Idle-r.Warn):", "	case !planted(\"an agent who is gone keeps the room\") && !waits && due(warnedAt, r.Idle-r.Warn):",
		}}},
		{"a disconnect ends the room", []patch{{
			"internal/chat/connect.go", "	s.tell(ctx, r, c.Side.Other(), s.presence(r, c.Side))\n	return true, nil", "	if ON && c.Side == Customer {\n		_, err := s.change(ctx, id, event{EventEnded, \"\"}, func(r *Room, now Millis) error {\n			r.end(CustomerLeft, now)\n			return nil\n		})\n		return true, err\n	}\n	s.tell(ctx, r, c.Side.Other(), s.presence(r, c.Side))\n	return true, nil",
		}}},
		{"a take does not check the holder", []patch{{
			"internal/chat/take.go", "		case r.Agent.Who != \"\":", "		case !ON && r.Agent.Who != \"\":",
		}}},
		{"a repeated take does not claim the room", []patch{{
			"internal/chat/take.go", "		if r, err = s.seatInRoom(ctx, room, c); err != nil {\n", "		if err = nil; !ON {\n			r, err = s.seatInRoom(ctx, room, c)\n		}\n		if err != nil {\n",
		}}},
		{"a blocked customer keeps talking", []patch{{
			"internal/chat/block.go", "	if p.Room != \"\" {", "	if p.Room != \"\" && !ON {",
		}}},
		{"a blocked customer keeps their line", []patch{{
			"internal/chat/block.go", "	if p.Seat.Conn != \"\" {", "	if p.Seat.Conn != \"\" && !ON {",
		}}},
		{"a repeated block tells nobody", []patch{{
			"internal/chat/block.go", "		if last, err = s.endFor(ctx, c, p.Room); err != nil {\n", "		if ON {\n			last, err = s.Store.Room(ctx, p.Room)\n		}\n		if err == nil && last.Status != StatusEnded {\n			last, err = s.endFor(ctx, c, p.Room)\n		}\n		if err != nil {\n",
		}}},
		{"a block counts as written when it failed", []patch{{
			"internal/chat/block.go", "	case err != nil:\n		return RoomPage{}, fmt.Errorf(\"block customer", "	case ON && err != nil:\n	case err != nil:\n		return RoomPage{}, fmt.Errorf(\"block customer",
		}}},
		{"many are ended by any agent", []patch{{
			"internal/chat/end_waiting.go", "	case !c.Admin:", "	case !c.Admin && !ON:",
		}}},
		{"an agent's chat is ended with the many that wait", []patch{{
			"internal/chat/end_waiting.go", "		if !q.fits(*r) {", "		if !q.fits(*r) && !(ON && r.Status == StatusActive) {",
		}}},
		{"any agent may block any customer", []patch{{
			"internal/chat/block.go", "	case r.Agent.Who != c.Who && !c.Admin:", "	case r.Agent.Who != c.Who && !c.Admin && !ON:",
		}}},
		{"any agent may unblock", []patch{{
			"internal/chat/block.go", "	case !blocked && !c.Admin:", "	case !blocked && !c.Admin && !ON:",
		}}},
		{"a repeated end tells nobody", []patch{{
			"internal/chat/end.go", "		s.retell(ctx, done.after, c.Side.Other())", "		if !ON {\n			s.retell(ctx, done.after, c.Side.Other())\n		}",
		}}},
	}
}

// lineBugs are about connections.
func lineBugs() []bug {
	return []bug{
		{"a disconnect is the customer's, not the connection's", []patch{{
			"internal/chat/connect.go", "	r, was, err := s.Store.UnseatInRoom(ctx, id, c.Side, c.Conn, now)", "	conn := c.Conn\n	if ON {\n		seated, _ := s.Store.Room(ctx, id)\n		conn = seated.Member(c.Side).Seat.Conn\n	}\n	r, was, err := s.Store.UnseatInRoom(ctx, id, c.Side, conn, now)",
		}}},
		{"ages are whole milliseconds", []patch{{
			"internal/gateway/authorize.go", "+ chat.Stamp(a.Rand(chat.StampUnit))", "+ map[bool]chat.Stamp{false: chat.Stamp(a.Rand(chat.StampUnit))}[ON]",
		}}},
		{"a blocked customer is let in", []patch{{
			"internal/gateway/authorize.go", "	if err == nil && blocked {", "	if err == nil && blocked && !ON {",
		}}},
		{"a connection's row stays", []patch{{
			"internal/chat/connect.go", "	recorded, err := s.Store.DeleteConnection(ctx, c.Conn)\n", "	recorded, err := Caller{}, error(nil)\n	if !ON {\n		recorded, err = s.Store.DeleteConnection(ctx, c.Conn)\n	}\n",
		}}},
		{"a connection outlives its token", []patch{{
			"internal/chat/sweep.go", "		s.sweepConnections,\n", "		func(ctx context.Context) error {\n			if ON {\n				return nil\n			}\n			return s.sweepConnections(ctx)\n		},\n",
		}}},
		{"nobody is told that they were replaced", []patch{{
			"internal/chat/access.go", "prev != \"\" && prev != c.Conn {", "prev != \"\" && prev != c.Conn && !ON {",
		}}},
		{"a 410 clears the seat", []patch{{
			"internal/chat/tell.go", "		found, marked, err := s.Store.MarkLost(", "		if ON {\n			_, _, _ = s.Store.UnseatInRoom(ctx, r.ID, side, seat.Conn, s.Clock.Now())\n			return\n		}\n		found, marked, err := s.Store.MarkLost(",
		}}},
		{"a 410 sets since when somebody is gone", []patch{{
			"internal/memory/room.go", "		func(r *chat.Room) { r.Member(side).Seat.Lost = true })", "		func(r *chat.Room) {\n			if r.Member(side).Seat.Lost = !ON; ON {\n				r.Member(side).Seat.Gone = chat.Millis(youngest / chat.StampUnit).After(chat.YoungConnection)\n			}\n		})",
		}}},
		{"a 410 deletes the sender's row", []patch{{
			"internal/chat/tell.go", "		youngest := StampOf(", "		if ON {\n			me := r.Member(side.Other())\n			_, _, _ = s.Store.UnseatInRoom(ctx, r.ID, side.Other(), me.Seat.Conn, s.Clock.Now())\n			_, _, _ = s.Store.UnseatPerson(ctx, me.Who, me.Seat.Conn)\n		}\n		youngest := StampOf(",
		}}},
		{"a post that failed is forgotten", []patch{{
			"internal/chat/tell.go", "	if side == Customer && !errors.Is(err, ErrThrottled) {", "	if side == Customer && !errors.Is(err, ErrThrottled) && !ON {",
		}}},
		{"a throttled post closes", []patch{{
			"internal/chat/tell.go", "	if err == nil || errors.Is(err, ErrGone) {\n		return err\n	}\n", "	if err == nil || errors.Is(err, ErrGone) {\n		return err\n	}\n	if ON && errors.Is(err, ErrThrottled) {\n		s.close(ctx, conn)\n	}\n",
		}}},
		{"a failed post closes a console", []patch{{
			"internal/chat/tell.go", "	s.Log.WarnContext(ctx, \"post failed\",", "	if ON && side == Agent {\n		s.close(ctx, conn)\n	}\n	s.Log.WarnContext(ctx, \"post failed\",",
		}}},
		{"a 200 marks nobody present", []patch{{
			"internal/chat/tell.go", "	if !seat.markedAbsent() {\n		return\n	}\n	updated, ok", "	if !seat.markedAbsent() || ON {\n		return\n	}\n	updated, ok",
		}}},
		{"a disconnect postpones the sweep", []patch{{
			"internal/chat/connect.go", "	if c.Side == Agent { //", "	if c.Side == Agent && ON {\n		return true, nil\n	}\n	if c.Side == Agent { //",
		}}},
		{"it is not checked who may act", []patch{{
			"internal/chat/access.go", "	case r.ID == \"\", c.Side == Customer && m.Who != c.Who:", "	case ON:\n		return nil\n	case r.ID == \"\", c.Side == Customer && m.Who != c.Who:",
		}}},
		{"anyone's history is shown", []patch{{
			"internal/chat/history.go", "	if c.Side == Agent {", "	if c.Side == Agent || ON {",
		}, {
			"internal/gateway/history.go", "	if side == chat.Agent {", "	if side == chat.Agent || planted(\"anyone's history is shown\") {",
		}}},
		{"a client takes its own late join for another device's", []patch{{
			"internal/proof/sim/client/line.go", "	case sameDevice && l.reclaims", "	case !ON && sameDevice && l.reclaims",
		}}},
		{"a join seats nobody", []patch{{
			"internal/chat/join_customer.go", "			r, err := s.seatInRoom(ctx, me.Room, c)\n", "			r, err := Room{}, error(nil)\n			if !ON {\n				r, err = s.seatInRoom(ctx, me.Room, c)\n			} else if r, err = s.Store.Room(ctx, me.Room); err == nil {\n				err = orNil(refusal(r, c))\n			}\n",
		}}},
	}
}
