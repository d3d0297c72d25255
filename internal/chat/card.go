package chat

import (
	"context"
	"fmt"
)

// Card describes the customer to an agent, once, with the first page of the room.
type Card struct {
	Profile Profile // as of their last opening of a chat
	Chats   int     // how many chats they opened, this one included
	Blocked bool
}

func cardOf(p Person) *Card { return &Card{Profile: p.Profile, Chats: p.Chats, Blocked: p.Blocked} }

// cardBytes is roughly what a card adds to a frame besides its words.
const cardBytes = 120

// card reads the card of the room's customer.
func (s *Service) card(ctx context.Context, r Room) (*Card, error) {
	p, err := s.Store.Person(ctx, r.Customer.Who)
	if err != nil {
		return nil, fmt.Errorf("read customer of room %s: %w", r.ID, err)
	}
	return cardOf(p), nil
}

// withCard adds the card to an agent's first page of a room.
func (s *Service) withCard(ctx context.Context, page RoomPage, since int64, b *budget) (RoomPage, error) {
	if since > 0 || page.Through == 0 {
		return page, nil
	}
	card, err := s.card(ctx, page.View.Room)
	if err != nil {
		return RoomPage{}, err
	}
	p := card.Profile
	b.bytes -= quoted(p.Name+p.Email+p.Topic+p.Page.URL+p.Page.Title+p.Page.Lang) + cardBytes
	page.Card = card
	return page, nil
}
