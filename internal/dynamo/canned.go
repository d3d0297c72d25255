package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// Attributes of a canned message besides its text.
const (
	attrTitle    = "title"
	attrPosition = "position"
	attrVersion  = "version"
)

func cannedKey(owner chat.PersonID, key string) item {
	return item{keyOwner: text(owner), keyCanned: text(key)}
}

// decodeCanned returns the zero Canned for no item.
func decodeCanned(it item) (chat.Canned, error) {
	if len(it) == 0 {
		return chat.Canned{}, nil
	}
	d := &itemReader{item: it}
	c := chat.Canned{
		Owner: requireText[chat.PersonID](d, keyOwner), Key: requireText[string](d, keyCanned), Title: requireText[string](d, attrTitle),
		Text: requireText[string](d, attrText), Position: readNumber[int64](d, attrPosition), Version: readNumber[int](d, attrVersion),
	}
	return c, d.err("canned message")
}

// Canned implements chat.CannedStore, strongly consistent.
func (s *Store) Canned(ctx context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	where, consistent := "#owner = :owner", true
	q := &dynamodb.QueryInput{
		TableName: &s.tables.Canned, ConsistentRead: &consistent, KeyConditionExpression: &where,
		ExpressionAttributeNames: map[string]string{"#owner": keyOwner}, ExpressionAttributeValues: item{":owner": text(owner)},
	}
	var all []chat.Canned
	err := s.pages(ctx, q, func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			c, err := decodeCanned(it)
			if err != nil {
				return false, err
			}
			all = append(all, c)
		}
		return true, nil
	})
	return all, err
}
