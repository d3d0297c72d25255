package chat

import "context"

// ChatsQuery asks for a page of ended chats.
type ChatsQuery struct {
	From, To Millis   // when they ended
	Agent    PersonID // one who ever held them; empty: the caller, or for an admin anybody
	Reason   Reason   // empty: any
	Score    int      // of the rating; 0: any or none
	Text     string   // search words, all of which must occur in the chat; may be empty
	Emails   bool     // whether to include the customers' addresses, each of which costs a read
	After    ChatsCursor
}

// ChatsCursor is how far a page came: to a room, and within it if its texts were being searched.
type ChatsCursor struct {
	Ending
	Seq        int64 // 0: done with the room
	FoundWords int   // a bit for each word that was found up to Seq
}

// Chats is a page of ended chats, newest first. After is zero on the last page. A page may be empty and still not be
// the last, because its work is bounded.
type Chats struct {
	Rooms []EndedRoom
	After ChatsCursor
}

// EndedRoom is an ended room with everybody who ever held it, and the customer's latest Email if it was wanted.
type EndedRoom struct {
	Room   Room
	Agents []Person
	Email  string
}

// Chats lists ended chats: an admin's any, an agent's those that they ever held. Errors: Forbidden for another
// agent's; Invalid for an empty range or one longer than MaxSpan, and for more than MaxWords.
func (s *Service) Chats(ctx context.Context, c Caller, query ChatsQuery) (Chats, error) {
	span, err := query.span(c)
	if err != nil {
		return Chats{}, err
	}
	words, err := splitWords(query.Text)
	if err != nil {
		return Chats{}, err
	}
	if err := s.checkCurrent(ctx, c); err != nil {
		return Chats{}, err
	}
	p := &chatsPage{
		Service: s, query: query, span: span, search: search{store: s.Store, words: words, bytes: searchBytes},
		budget: budget{bytes: MaxPageBytes}, names: map[PersonID]string{}, emails: map[PersonID]string{},
	}
	if err := p.fill(ctx); err != nil {
		return Chats{}, err
	}
	return p.result, nil
}

func (query ChatsQuery) span(c Caller) (Span, error) {
	span := Span{Agent: query.Agent, From: query.From, To: query.To}
	switch {
	case span.From > span.To || span.To > span.From.After(MaxSpan):
		return Span{}, fail(Invalid, "A range of dates ends no earlier than it begins, and has at most three years.")
	case c.Admin:
		return span, nil
	case span.Agent != "" && span.Agent != c.Who:
		return Span{}, fail(Forbidden, "These chats are another agent's.")
	}
	span.Agent = c.Who
	return span, nil
}

// matches tells whether the room meets the query, search words aside.
func (query ChatsQuery) matches(r Room) bool {
	return (query.Reason == "" || r.Reason == query.Reason) && (query.Score == 0 || r.Rating.Score == query.Score)
}
