package dynamo

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// Attributes of a person besides those of a member.
const (
	attrRoom         = "room"
	attrBlocked      = "blocked"
	attrChats        = "chats"
	attrStartAt      = "startAt" // when the current burst of starts began
	attrProfileName  = "pName"
	attrProfileEmail = "pEmail"
	attrProfileTopic = "pTopic"
	attrPageURL      = "pURL"
	attrPageTitle    = "pTitle"
	attrPageLang     = "pLang"
)

// personKey is where a person is stored. Customers and agents have separate tables with the same attributes.
func (s *Store) personKey(id chat.PersonID) (table string, key item) {
	if id.IsAgent() {
		return s.tables.Agents, item{keyAgent: text(id)}
	}
	return s.tables.Customers, item{keyCustomer: text(id)}
}

func profileAttributes() []string {
	return []string{attrProfileName, attrProfileEmail, attrProfileTopic, attrPageURL, attrPageTitle, attrPageLang}
}

func encodeProfile(p chat.Profile) item {
	it := item{}
	withText(it, attrProfileName, p.Name)
	withText(it, attrProfileEmail, p.Email)
	withText(it, attrProfileTopic, p.Topic)
	withText(it, attrPageURL, p.Page.URL)
	withText(it, attrPageTitle, p.Page.Title)
	withText(it, attrPageLang, p.Page.Lang)
	return it
}

// decodePerson returns the zero Person for no item. The key tells whether it is an agent or a customer.
func decodePerson(it item) (chat.Person, error) {
	if len(it) == 0 {
		return chat.Person{}, nil
	}
	d := &itemReader{item: it}
	key := keyCustomer
	if it[keyAgent] != nil {
		key = keyAgent
	}
	p := chat.Person{
		ID: requireText[chat.PersonID](d, key), Name: readText[string](d, attrName), Seat: decodeSeat(d, ""),
		Status: readText[chat.AgentStatus](d, attrStatus), Load: readNumber[int](d, attrLoad), Room: readText[chat.RoomID](d, attrRoom), Blocked: readFlag(d, attrBlocked),
		Chats: readNumber[int](d, attrChats), StartAt: readNumber[chat.Millis](d, attrStartAt),
		Profile: chat.Profile{
			Name: readText[string](d, attrProfileName), Email: readText[string](d, attrProfileEmail), Topic: readText[string](d, attrProfileTopic),
			Page: chat.Page{URL: readText[string](d, attrPageURL), Title: readText[string](d, attrPageTitle), Lang: readText[string](d, attrPageLang)},
		},
	}
	if p.ID.IsAgent() && p.Seat.Conn != "" && it[attrLoad] == nil {
		p.Load = chat.UnknownLoad
	}
	return p, d.err("person")
}

// Person implements chat.PeopleStore.
func (s *Store) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	table, key := s.personKey(id)
	it, err := s.get(ctx, table, key)
	if err != nil {
		return chat.Person{}, fmt.Errorf("get person: %w", err)
	}
	return decodePerson(it)
}

func (s *Store) updatePerson(ctx context.Context, w write, id chat.PersonID, values item) (chat.Person, bool, error) {
	table, key := s.personKey(id)
	it, ok, err := s.update(ctx, w, table, key, "", values)
	if err != nil {
		return chat.Person{}, false, err
	}
	p, err := decodePerson(it)
	return p, ok && err == nil, err
}
