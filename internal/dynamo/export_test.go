package dynamo

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// Weaken leaves one part of one write's condition out.
func (s *Store) Weaken(write, part string) {
	s.weaken = func(name, when string) string {
		if name != write {
			return when
		}
		var kept []string
		for _, p := range strings.Split(when, and) {
			if p != part {
				kept = append(kept, p)
			}
		}
		return strings.Join(kept, and)
	}
}

// WatchConditions calls seen, from many goroutines, with each part of each condition that is used.
func (s *Store) WatchConditions(seen func(write, part string)) {
	s.weaken = func(name, when string) string {
		for _, part := range strings.Split(when, and) {
			if part != "" {
				seen(name, part)
			}
		}
		return when
	}
}

// Overtaken is the same store, where something happens before each request of a kind.
func (s *Store) Overtaken(operation string, happens func()) *Store {
	overtaken := *s
	overtaken.client = dynamodb.New(s.client.Options(), func(o *dynamodb.Options) {
		o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
			return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("overtaken",
				func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
					if middleware.GetOperationName(ctx) == operation {
						happens()
					}
					return next.HandleInitialize(ctx, in)
				}), middleware.Before)
		})
	})
	return &overtaken
}

// SetRaw writes an attribute of a room past the codec.
func (s *Store) SetRaw(t *testing.T, id chat.RoomID, name, value string) {
	t.Helper()
	set := "SET #name = :value"
	_, err := s.client.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
		TableName: &s.tables.Rooms, Key: roomKey(id), UpdateExpression: &set,
		ExpressionAttributeNames: map[string]string{"#name": name}, ExpressionAttributeValues: item{":value": text(value)},
	})
	require.NoError(t, err)
}

// Raw reads an attribute of a room past the codec.
func (s *Store) Raw(t *testing.T, id chat.RoomID, name string) string {
	t.Helper()
	it, err := s.get(t.Context(), s.tables.Rooms, roomKey(id))
	require.NoError(t, err)
	return read[string](&reader{item: it}, name)
}

// RoomItem and MessageItem are what is stored, for tests that load many at once.
func RoomItem(r chat.Room) map[string]types.AttributeValue       { return encodeRoom(r) }
func MessageItem(m chat.Message) map[string]types.AttributeValue { return encodeMessage(m) }

// FullRoom is a room with every field set, and long.
func FullRoom() chat.Room { return fullRoom() }
