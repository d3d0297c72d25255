package dynamo

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Attributes of a connection besides attrWho and attrAt.
const (
	attrRole  = "role"  // HASH of the index `lasting`
	attrUntil = "until" // RANGE to role: only a connection that ends with its token has it
)

// connectionLife is how long the record of a connection is kept: the gateway closes every connection after 2 h.
const connectionLife = 2*time.Hour + 10*time.Minute

// openedAt is when a connection was opened, according to its stamp.
func openedAt(c chat.Caller) chat.Millis { return chat.Millis(c.At / chat.StampUnit) }

func encodeConnection(c chat.Caller) item {
	it := item{
		keyConnection: text(c.Conn), attrWho: text(c.Who), attrRole: text(c.Side), attrAt: number(c.At),
		attrTTL: expiry(openedAt(c), connectionLife),
	}
	withNumber(it, attrUntil, c.Until)
	return it
}

func decodeConnection(it item) (chat.Caller, error) {
	if len(it) == 0 {
		return chat.Caller{}, nil
	}
	d := &itemReader{item: it}
	c := chat.Caller{
		Conn: requireText[chat.ConnectionID](d, keyConnection), Who: requireText[chat.PersonID](d, attrWho),
		Side: requireText[chat.Side](d, attrRole), At: readNumber[chat.Stamp](d, attrAt), Until: readNumber[chat.Millis](d, attrUntil),
	}
	return c, d.err("connection")
}

// PutConnection implements chat.PeopleStore.
func (s *Store) PutConnection(ctx context.Context, c chat.Caller) error {
	_, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.tables.Connections, Item: encodeConnection(c)})
	if err != nil {
		return fmt.Errorf("put connection: %w", err)
	}
	return nil
}

// DeleteConnection implements chat.PeopleStore. It returns Conn, Who, Side, At and Until.
func (s *Store) DeleteConnection(ctx context.Context, id chat.ConnectionID) (chat.Caller, error) {
	out, err := s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.tables.Connections, Key: item{keyConnection: text(id)}, ReturnValues: types.ReturnValueAllOld,
	})
	if err != nil {
		return chat.Caller{}, fmt.Errorf("delete connection: %w", err)
	}
	return decodeConnection(out.Attributes)
}

// ExpiredConnections implements chat.PeopleStore. Only agents' connections end with their tokens.
func (s *Store) ExpiredConnections(ctx context.Context, now chat.Millis) ([]chat.ConnectionID, error) {
	return keysIn[chat.ConnectionID](ctx, s, s.tables.Connections, keyConnection, lookup{
		index: indexLasting, where: "#key = :key AND #range < :range", key: attrRole, sort: attrUntil,
		values: item{":key": text(chat.Agent), ":range": number(now)},
	})
}
