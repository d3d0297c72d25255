package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// SetStatus implements chat.PeopleStore.
func (s *Store) SetStatus(ctx context.Context, c chat.Caller, status chat.AgentStatus) (chat.Person, bool, error) {
	return s.updatePerson(ctx, setStatusWrite(), c.Who, item{":at": number(c.At), ":status": text(status)})
}

// ConnectedAgents implements chat.PeopleStore. The index holds the agents with a status and a connection.
func (s *Store) ConnectedAgents(ctx context.Context, status chat.AgentStatus) ([]chat.Person, error) {
	return s.agentsIn(ctx, lookup{index: indexOnline, where: "#key = :key", key: attrStatus, values: item{":key": text(status)}})
}

// agentsIn lists the agents in an index, with what a push to them needs.
func (s *Store) agentsIn(ctx context.Context, l lookup) ([]chat.Person, error) {
	var agents []chat.Person
	err := s.pages(ctx, l.query(s.tables.Agents), func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			p, err := decodePerson(it)
			if err != nil {
				return false, err
			}
			if p.Seat.Conn == "" { // unseated by a version that does not know the load
				continue
			}
			agents = append(agents, chat.Person{ID: p.ID, Name: p.Name, Seat: chat.Seat{Conn: p.Seat.Conn}})
		}
		return l.limit == 0, nil // a limit is far below a page of 1 MB
	})
	return agents, err
}
