package dynamo

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// personKey tells where a person is kept: customers and agents have tables of their own, and the same attributes.
func (s *Store) personKey(id chat.PersonID) (table string, key item) {
	if id.IsAgent() {
		return s.tables.Agents, item{keyAgent: text(id)}
	}
	return s.tables.Customers, item{keyCustomer: text(id)}
}

func profileAttributes() []string {
	return []string{attrPName, attrPEmail, attrPTopic, attrPURL, attrPTitle, attrPLang}
}

func encodeProfile(p chat.Profile) item {
	it := item{}
	with(it, attrPName, p.Name)
	with(it, attrPEmail, p.Email)
	with(it, attrPTopic, p.Topic)
	with(it, attrPURL, p.Page.URL)
	with(it, attrPTitle, p.Page.Title)
	with(it, attrPLang, p.Page.Lang)
	return it
}

// decodePerson of no item is the zero Person. The item's key says who it is, agent or customer.
func decodePerson(it item) (chat.Person, error) {
	if len(it) == 0 {
		return chat.Person{}, nil
	}
	d := &reader{item: it}
	key := keyCustomer
	if it[keyAgent] != nil {
		key = keyAgent
	}
	p := chat.Person{
		ID: need[chat.PersonID](d, key), Name: read[string](d, attrName), Seat: decodeSeat(d, ""),
		Status: read[chat.AgentStatus](d, attrStatus), Room: read[chat.RoomID](d, attrRoom), Blocked: readFlag(d, attrBlocked),
		Chats: readNumber[int](d, attrChats),
		Profile: chat.Profile{
			Name: read[string](d, attrPName), Email: read[string](d, attrPEmail), Topic: read[string](d, attrPTopic),
			Page: chat.Page{URL: read[string](d, attrPURL), Title: read[string](d, attrPTitle), Lang: read[string](d, attrPLang)},
		},
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
