package chat

import "context"

// ChatsQuery asks for a page of ended chats.
type ChatsQuery struct {
	From, To Millis   // when they ended
	Agent    PersonID // who held them at any time; empty: an agent's own, anybody's for an admin
	Reason   Reason   // empty: any
	Score    int      // of their rating; 0: any, or none
	Text     string   // words, each of which occurs in the chat; empty: none is looked for
	Emails   bool     // the customers' addresses are wanted, each of which is a read
	After    ChatsCursor
}

// ChatsCursor is how far a page came: to a room, and within it where its texts were being searched.
type ChatsCursor struct {
	Ending
	Seq        int64 // 0: the room is done
	FoundWords int   // a bit for each word that occurs up to Seq
}

// Chats is a page of ended chats, newest first. After is the zero place when there is nothing older; else there may be,
// even when the page is empty, because a page does no more than so much work.
type Chats struct {
	Rooms []EndedRoom
	After ChatsCursor
}

// EndedRoom is an ended room and everybody who ever held it. Email is the customer's, as last said, where it was wanted.
type EndedRoom struct {
	Room   Room
	Agents []Person
	Email  string
}

// Chats lists ended chats: an admin any, an agent those that they held at any time, whoever ended them. Forbidden to ask
// for another agent's; Invalid for a range that is none or longer than MaxSpan, and for more than MaxWords.
func (s *Service) Chats(ctx context.Context, c Caller, ask ChatsQuery) (Chats, error) {
	span, err := ask.span(c)
	if err != nil {
		return Chats{}, err
	}
	words, err := splitWords(ask.Text)
	if err != nil {
		return Chats{}, err
	}
	if err := s.checkCurrent(ctx, c); err != nil {
		return Chats{}, err
	}
	p := &chatsPage{
		Service: s, query: ask, span: span, search: search{store: s.Store, words: words, bytes: searchBytes},
		budget: budget{bytes: MaxPageBytes}, names: map[PersonID]string{}, emails: map[PersonID]string{},
	}
	if err := p.fill(ctx); err != nil {
		return Chats{}, err
	}
	return p.result, nil
}

func (ask ChatsQuery) span(c Caller) (Span, error) {
	span := Span{Agent: ask.Agent, From: ask.From, To: ask.To}
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

// matches tells whether the room has what is asked of it, words aside.
func (ask ChatsQuery) matches(r Room) bool {
	return (ask.Reason == "" || r.Reason == ask.Reason) && (ask.Score == 0 || r.Rating.Score == ask.Score)
}
