package chat

import (
	"context"
	"fmt"
)

// Card is whom an agent talks with: shown once, with the first page of the room.
type Card struct {
	Profile Profile // as it was said when they last began a chat
	Chats   int     // how many chats they have begun, this one included
	Blocked bool
}

func cardOf(p Person) *Card { return &Card{Profile: p.Profile, Chats: p.Chats, Blocked: p.Blocked} }

// cardBytes is about what a card costs in a frame beside its words.
const cardBytes = 120

// card reads whom the room is with.
func (s *Service) card(ctx context.Context, r Room) (*Card, error) {
	p, err := s.Store.Person(ctx, r.Customer.Who)
	if err != nil {
		return nil, fmt.Errorf("read customer of room %s: %w", r.ID, err)
	}
	return cardOf(p), nil
}

// withCard shows the card with the first page that an agent gets of a room, where the frame has space for it.
func (s *Service) withCard(ctx context.Context, part RoomPage, since int64, b *budget) (RoomPage, error) {
	if since > 0 || part.Through == 0 {
		return part, nil
	}
	card, err := s.card(ctx, part.View.Room)
	if err != nil {
		return RoomPage{}, err
	}
	p := card.Profile
	b.bytes -= quoted(p.Name+p.Email+p.Topic+p.Page.URL+p.Page.Title+p.Page.Lang) + cardBytes
	part.Card = card
	return part, nil
}
