package gateway

import (
	"encoding/json"
	"fmt"

	"rejoin/internal/chat"
)

// Encode encodes a push as a frame. It fails for a push that has no frame.
func Encode(p chat.Push) ([]byte, error) {
	var frame any
	switch p := p.(type) {
	case chat.MessagePush:
		frame = messageFrame{head{Type: typeMessage}, p.Message.Room, messageOf(p.Message)}
	case chat.RoomPush:
		frame = roomFrame{head: head{Type: typeRoom}, Room: new(roomOf(p.View))}
	case chat.PresencePush:
		frame = presenceFrame{head{Type: typePresence}, p.Room, p.Who, p.Online, p.At, p.Rev}
	case chat.TypingPush:
		frame = typingFrame{head{Type: typeTyping}, p.Room, p.Who}
	case chat.ReadPush:
		frame = readMarkFrame{head{Type: typeRead}, p.Room, p.Who, p.Seq}
	case chat.QueueAdd:
		frame = queueAddFrame{head{Type: typeQueue}, roomOf(p.View)}
	case chat.QueueRemove:
		frame = queueRemoveFrame{head{Type: typeQueue}, p.Room}
	case chat.QueueRemoveAll:
		frame = queueRemoveAllFrame{head{Type: typeQueue}, p.Rooms}
	case chat.Replaced:
		frame = replacedFrame{head{Type: typeReplaced}, p.By}
	case chat.Refused:
		frame = errorOf(p.Re, p.Why)
	default:
		return nil, fmt.Errorf("no frame for %T", p)
	}
	return json.Marshal(frame)
}

// roomOf is a room as its viewer may see it.
func roomOf(v chat.View) roomObject {
	r := v.Room
	o := roomObject{
		ID: r.ID, Rev: r.Rev, Status: r.Status, Seq: r.Seq, Created: r.Created, Topic: r.Topic,
		No:       r.Member(v.Side).Next - 1,
		Customer: memberOf(r.Customer),
		Read:     readObjects{r.Customer.Read, r.Agent.Read},
		Last:     lastOf(r),
	}
	if v.Side == chat.Agent {
		o.Site = r.Customer.Who.Site()
	}
	if r.Agent.Who != "" {
		o.Agent = new(memberOf(r.Agent))
	}
	switch r.Status {
	case chat.StatusWaiting:
		if v.Left != nil {
			o.Left = &leftObject{v.Left.Since, v.Left.Open}
		} else {
			o.Position, o.Wait = v.Position, v.Wait
		}
		if v.ShowNetwork {
			o.From = r.Network
		}
	case chat.StatusEnded:
		o.Ended, o.Reason = r.EndedAt, r.Reason
		if r.Rating.Score != 0 {
			o.Rating = &ratingObject{r.Rating.Score, r.Rating.Comment}
		}
	}
	return o
}

// lastOf is the newest text; nil if there is none. Its author is the side whose last text has the greater place.
func lastOf(r chat.Room) *lastObject {
	if r.Preview == "" {
		return nil
	}
	if r.Agent.NoSeq > r.Customer.NoSeq {
		return &lastObject{r.Preview, chat.Agent, r.Agent.NoAt}
	}
	return &lastObject{r.Preview, chat.Customer, r.Customer.NoAt}
}

func memberOf(m chat.Member) memberObject {
	return memberObject{personObject{m.Who, m.Name}, m.Seat.Online()}
}

func personOf(p chat.Person) personObject { return personObject{p.ID, p.Name} }

func messageOf(m chat.Message) messageObject {
	return messageObject{Seq: m.Seq, From: m.From, By: m.By, Text: m.Text, Event: m.Event, At: m.At}
}

func cannedOf(c chat.Canned) cannedObject {
	return cannedObject{c.Key, c.Scope(), c.Title, c.Text, c.Position, c.Version}
}

func pageOf(p chat.RoomPage) pageObject {
	return pageObject{convertAll(p.Messages, messageOf), append([]int64{}, p.Void...), p.Through, p.More, cardOf(p.Card)}
}

func cardOf(c *chat.Card) *cardObject {
	if c == nil {
		return nil
	}
	p := c.Profile
	return &cardObject{profileObject{p.Name, p.Email, p.Topic}, pageInfo{p.Page.URL, p.Page.Title, p.Page.Lang}, c.Chats, c.Blocked}
}

func roomPageOf(p chat.RoomPage) roomPageObject { return roomPageObject{roomOf(p.View), pageOf(p)} }

// convertAll never returns nil: on the wire an empty list is [], not null.
func convertAll[From, To any](from []From, convert func(From) To) []To {
	to := make([]To, len(from))
	for i, v := range from {
		to[i] = convert(v)
	}
	return to
}
