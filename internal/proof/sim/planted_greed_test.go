package main

// greedBugs are about what one person can make the system do.
func greedBugs() []bug {
	return []bug{
		{"a room is told to the whole team", []patch{{
			"internal/chat/tell.go", "s.Store.FreeAgents(ctx, MaxTold)", "s.Store.FreeAgents(ctx, MaxTold*(1+map[bool]int{true: 1}[ON]))",
		}}},
		{"a customer starts as many chats as they like", []patch{{
			"internal/chat/rules.go", "	return previousBurstBy(chats+1, r.Starts, r.StartWindow, now)", "	if ON {\n		return 0\n	}\n	return previousBurstBy(chats+1, r.Starts, r.StartWindow, now)",
		}}},
		{"one address connects as often as it likes", []patch{{
			"internal/gateway/authorize.go", "	if err := a.limitConnections(ctx, network); err != nil {", "	if err := a.limitConnections(ctx, network); err != nil && !ON {",
		}}},
		{"everybody is one address", []patch{{
			"internal/gateway/network.go", "	network, _ := address.Prefix(min(networkBits, address.BitLen()))", "	network, _ := address.Prefix(map[bool]int{false: min(networkBits, address.BitLen())}[ON])",
		}}},
		{"one connection sends as many frames as it likes", []patch{{
			"internal/gateway/frame_limit.go", "	case c.frames.AllowN(now, frames):", "	case ON, c.frames.AllowN(now, frames):",
		}}},
		{"everybody shares one limit of frames", []patch{{
			"internal/gateway/frame_limit.go", "func (l *FrameLimit) of(conn chat.ConnectionID) *allowance {\n", "func (l *FrameLimit) of(conn chat.ConnectionID) *allowance {\n	if ON {\n		conn = \"\"\n	}\n",
		}}},
		{"who waits is told that it is full", []patch{{
			"internal/chat/join_customer.go", "	for range changeTries {\n		if me.Blocked {", "	if ON && j.Start && me.Room != \"\" {\n		if full, _ := s.Snapshot.IsFull(ctx, s.Rules.Waiting); full {\n			return nil, fail(Full, \"\")\n		}\n	}\n	for range changeTries {\n		if me.Blocked {",
		}}},
		{"a client that is refused repeats each second", []patch{{
			"internal/proof/sim/client/backoff.go", "	return shortestPause + fx.Rand(most-shortestPause)", "	if ON {\n		most = 4 * shortestPause\n	}\n	return shortestPause + fx.Rand(most-shortestPause)",
		}}},
		{"a client asks again and again though it is full", []patch{{
			"internal/proof/sim/client/customer.go", "	c.startWanted = false\n	for _, own", "	if c.startWanted = ON; ON {\n		c.requestStart(answerTimeout)\n		return true\n	}\n	for _, own",
		}}},
		{"the queue is never full", []patch{{
			"internal/stats/snapshot.go", "	return len(ids) >= most, nil", "	return len(ids) >= most && !ON || len(ids) >= most-1 && planted(\"the queue is full one too early\"), nil",
		}}},
		{"the queue is full one too early", nil},
		{"customers who left count in positions", []patch{{
			"internal/stats/snapshot.go", "		if r.WaitsPresent() {\n			position++", "		if ON || r.WaitsPresent() {\n			position++",
		}}},
		{"a position reads everybody before it", []patch{{
			"internal/stats/snapshot.go", "	before, err := s.before(ctx, snap, room)\n	if err != nil {\n		return 0, err\n	}\n	if snap.isOutdated",
			"	if ON {\n		all, _ := s.Store.Queue(ctx, chat.ListWaiting, \"\", room, 0)\n		_, _ = s.Store.Rooms(ctx, all)\n	}\n	before, err := s.before(ctx, snap, room)\n	if err != nil {\n		return 0, err\n	}\n	if snap.isOutdated",
		}}},
		{"marks count fewer rooms than there are", []patch{{
			"internal/stats/snapshot.go", "	before := min(p.nth*snap.every, snap.waiting) + len(p.rooms)", "	before := min(p.nth*map[bool]int{false: snap.every, true: snap.every - 10}[ON], snap.waiting) + len(p.rooms)",
		}}},
		{"a text waits for the agents", []patch{{
			"internal/chat/send.go", "	from := t.member()\n	m := Message{", "	if ON {\n		_, _ = s.Store.ConnectedAgents(ctx, StatusOnline)\n	}\n	from := t.member()\n	m := Message{",
		}}},
		{"the sweep checks one room in a run", []patch{{
			"internal/chat/sweep_rooms.go", "		checked := make([]sweptRoom, len(rooms))\n", "		if ON {\n			rooms, done.Lag = rooms[:1], 1\n		}\n		checked := make([]sweptRoom, len(rooms))\n",
		}}},
	}
}
