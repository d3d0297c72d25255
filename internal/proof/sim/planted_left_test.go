package main

// leftBugs are about questions that are left.
func leftBugs() []bug {
	return []bug{
		{"a question that is left is abandoned", []patch{{
			"internal/chat/rules.go", "	pending := room.Customer.Seat.Gone != 0 && room.Pending() //", "	pending := !ON && room.Customer.Seat.Gone != 0 && room.Pending() //",
		}}},
		{"a question that is left ends before its time", []patch{{
			"internal/chat/rules.go", "r.KeepLeft) && due(room.Customer", "map[bool]time.Duration{false: r.KeepLeft, true: r.Abandon}[ON]) && due(room.Customer",
		}}},
		{"an answered question ends as idle", []patch{{
			"internal/chat/rules.go", "	case pending && !waits: //", "	case pending && !waits && !ON: //",
		}}},
		{"an answer counts as read", []patch{{
			"internal/chat/room.go", "r.Customer.Read < r.Agent.NoSeq)", "r.Customer.Read < r.Agent.NoSeq && !ON)",
		}}},
		{"a chat is abandoned though nobody serves", []patch{{
			"internal/chat/left.go", "	if err != nil || hours.State == Open {\n		return d, err", "	if err != nil || hours.State == Open || ON {\n		return d, err",
		}}},
		{"a start while nobody serves is not kept", []patch{{
			"internal/chat/start.go", "	if hours.State != Open {", "	if hours.State != Open && !ON {",
		}}},
		{"an agent who is online counts though the shop is closed", []patch{{
			"internal/chat/availability.go", "	case !opening.Open:", "	case !opening.Open && !(ON && len(agents) > 0):",
		}}},
		{"a disconnect leaves a question among those who wait", []patch{{
			"internal/chat/connect.go", "	if r, err = s.relist(ctx, r); err != nil {", "	if ON {\n		err = nil\n	} else if r, err = s.relist(ctx, r); err != nil {",
		}}},
		{"a customer who is back stays among the questions left", []patch{{
			"internal/chat/join_customer.go", "	r, err := s.relist(ctx, r)\n", "	var err error\n	if !ON {\n		r, err = s.relist(ctx, r)\n	}\n",
		}}},
		{"the sweep puts no question on its list", []patch{{
			"internal/chat/sweep_room.go", "	checked.Left = checked.belongsToLeft()\n", "	if !ON {\n		checked.Left = checked.belongsToLeft()\n	}\n",
		}}},
		{"a take leaves a question on its list", []patch{{
			"internal/chat/change.go", "	s.Rules.relist(&c.after, now)\n", "	if !ON {\n		s.Rules.relist(&c.after, now)\n	}\n",
		}}},
	}
}
