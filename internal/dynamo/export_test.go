package dynamo

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// Without is the same store, which leaves one part of a condition out of its writes: `write / part`, or none.
func (s *Store) Without(part string) *Store {
	forgets := *s
	forgets.weaken = func(name, when string) string {
		return strings.Join(slices.DeleteFunc(strings.Split(when, and), func(p string) bool { return name+" / "+p == part }), and)
	}
	return &forgets
}

// Watched is the same store, which reports each part of each condition that it uses, from many goroutines.
func (s *Store) Watched(seen func(part string)) *Store {
	watched := *s
	watched.weaken = func(name, when string) string {
		for _, part := range strings.Split(when, and) {
			if part != "" {
				seen(name + " / " + part)
			}
		}
		return s.weaken(name, when)
	}
	return &watched
}

// Overtaken is the same store, which calls happens before each request of a kind.
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

// SetRaw writes an attribute of a room, bypassing the codec.
func (s *Store) SetRaw(t *testing.T, id chat.RoomID, name, value string) {
	t.Helper()
	set := "SET #name = :value"
	_, err := s.client.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
		TableName: &s.tables.Rooms, Key: roomKey(id), UpdateExpression: &set,
		ExpressionAttributeNames: map[string]string{"#name": name}, ExpressionAttributeValues: item{":value": text(value)},
	})
	require.NoError(t, err)
}

// Raw reads an attribute of a room, bypassing the codec.
func (s *Store) Raw(t *testing.T, id chat.RoomID, name string) string {
	t.Helper()
	it, err := s.get(t.Context(), s.tables.Rooms, roomKey(id))
	require.NoError(t, err)
	return readText[string](&itemReader{item: it}, name)
}

// RoomItem and MessageItem are stored items, for tests that load many at once.
func RoomItem(r chat.Room) map[string]types.AttributeValue       { return encodeRoom(r) }
func MessageItem(m chat.Message) map[string]types.AttributeValue { return encodeMessage(m) }

// FullRoom is a room with every field set, and long.
func FullRoom() chat.Room { return fullRoom() }
