package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SetLoad implements chat.PeopleStore.
func (s *Store) SetLoad(ctx context.Context, agent chat.PersonID, load int) (chat.Person, bool, error) {
	return s.updatePerson(ctx, setLoadWrite(), agent, item{":load": number(load)})
}

// AddLoad implements chat.PeopleStore.
func (s *Store) AddLoad(ctx context.Context, agent chat.PersonID, by int) (chat.Person, bool, error) {
	return s.updatePerson(ctx, addLoadWrite(), agent, item{":by": number(by)})
}

// FreeAgents implements chat.PeopleStore. The index holds the agents with a status and a load.
func (s *Store) FreeAgents(ctx context.Context, limit int) ([]chat.Person, error) {
	return s.agentsIn(ctx, lookup{
		index: indexFree, where: "#key = :key", key: attrStatus, values: item{":key": text(chat.StatusOnline)}, limit: limit,
	})
}
