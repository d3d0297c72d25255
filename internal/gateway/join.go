package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) join(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	if caller.Side == chat.Agent {
		return c.joinAgent(ctx, caller, f)
	}
	return c.joinCustomer(ctx, caller, f)
}

func (c *Controller) joinCustomer(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	j, err := f.decodeCustomerJoin()
	if err != nil {
		return nil, err
	}
	page, err := c.Service.JoinCustomer(ctx, caller, j)
	switch {
	case err != nil:
		return nil, err
	case page.View.Room.ID == "":
		return roomFrame{head: f.head(typeRoom), pageObject: new(pageOf(*page)), Hours: servingOf(page.Hours)}, nil
	}
	f.room = page.View.Room.ID
	return f.roomWithPage(*page), nil
}

func (f *frame) decodeCustomerJoin() (chat.CustomerJoin, error) {
	f.room = f.optionalRoom("room")
	j := chat.CustomerJoin{Device: f.clientID("device"), Room: f.room, Since: f.since(), Start: f.flag("start")}
	var err error
	if j.Profile, err = f.decodeProfile(); err != nil {
		return chat.CustomerJoin{}, err
	}
	return j, f.failure()
}

func (c *Controller) joinAgent(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	j, err := f.decodeAgentJoin()
	if err != nil {
		return nil, err
	}
	desk, err := c.Service.JoinAgent(ctx, caller, j)
	if err != nil {
		return nil, err
	}
	return deskFrame{
		f.head(typeDesk), selfObject{personOf(desk.Agent), caller.Admin}, desk.Agent.Status,
		convertAll(desk.Rooms, roomPageOf), convertAll(desk.Queue, roomOf), desk.Waiting, desk.Left, convertAll(desk.Agents, personOf),
	}, nil
}

func (f *frame) decodeAgentJoin() (chat.AgentJoin, error) {
	j := chat.AgentJoin{Device: f.clientID("device")}
	for _, entry := range f.list("rooms", chat.MaxJoinRooms) {
		j.Rooms = append(j.Rooms, chat.KnownRoom{Room: entry.requiredRoom("room"), Since: entry.since()})
		if err := entry.failure(); err != nil {
			return chat.AgentJoin{}, err
		}
	}
	return j, f.failure()
}

// since reads the place up to which the client has everything; 0 if it doesn't say.
func (f *fields) since() int64 {
	if !f.has("since") {
		return 0
	}
	return f.integer("since", 0, maxSeq)
}

// roomWithPage is a room with a page of its messages.
func (f *frame) roomWithPage(p chat.RoomPage) roomFrame {
	return roomFrame{f.head(typeRoom), new(roomOf(p.View)), new(pageOf(p)), servingOf(p.Hours)}
}

// roomAlone is a room without messages.
func (f *frame) roomAlone(v chat.View) roomFrame {
	return roomFrame{head: f.head(typeRoom), Room: new(roomOf(v))}
}
