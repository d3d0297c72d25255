package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Tables are the names of the tables. A function names only those that it uses.
type Tables struct{ Connections, Rooms, Messages, Customers, Agents, Canned, Handled, Stats, Shops string }

// Store is chat.Store on DynamoDB. It is safe for concurrent use.
type Store struct {
	Retention Retention

	client *dynamodb.Client
	tables Tables
	// weaken changes the condition of a named write, for tests that show that each part of it is needed.
	weaken func(write, condition string) string
}

var _ chat.Store = (*Store)(nil)

// New returns a store. It keeps everything unless its Retention is set before its first use. It retries what DynamoDB
// says may be retried, including conflicts of transactions, a few times within about a second.
func New(client *dynamodb.Client, tables Tables) *Store {
	return &Store{
		client: dynamodb.New(client.Options(), func(o *dynamodb.Options) {
			o.Retryer = newRetryer()
			o.HTTPClient = readOnlyBodies{o.HTTPClient}
		}),
		tables: tables,
		weaken: func(_, condition string) string { return condition },
	}
}

// expression is a write with its tokens resolved.
type expression struct {
	condition, update *string
	names             map[string]string
	values            item
}

// resolve gives each token of the write its name or value. Values that no token uses are left out, because DynamoDB
// refuses them.
func (s *Store) resolve(w write, side chat.Side, values item) expression {
	condition := s.weaken(w.name, w.condition)
	e := expression{names: map[string]string{}}
	if condition != "" {
		e.condition = &condition
	}
	if w.update != "" {
		e.update = &w.update
	}
	for _, token := range tokens(condition + " " + w.update) {
		if token[0] == '#' {
			e.names[token] = attributeOf(side, token)
		} else if e.values == nil {
			e.values = item{token: values[token]}
		} else {
			e.values[token] = values[token]
		}
	}
	return e
}

// tokens are the words of an expression that start with # or :.
func tokens(expression string) []string {
	words := strings.FieldsFunc(expression, func(r rune) bool { return strings.ContainsRune(" ,()=<>+", r) })
	found := words[:0]
	for _, word := range words {
		if strings.ContainsRune("#:", rune(word[0])) {
			found = append(found, word)
		}
	}
	return found
}

// update does the write to the item with this key. If the condition does not hold, ok is false and the item is as it
// was found, nil if there is none.
func (s *Store) update(ctx context.Context, w write, table string, key item, side chat.Side, values item) (found item, ok bool, err error) {
	e := s.resolve(w, side, values)
	out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &table, Key: key,
		ConditionExpression: e.condition, UpdateExpression: e.update,
		ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
		ReturnValues:                        types.ReturnValueAllNew,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if err != nil {
		return refused(w.name, err)
	}
	return out.Attributes, true, nil
}

// delete deletes the item with this key. If the condition does not hold, ok is false and the item is as it was found.
func (s *Store) delete(ctx context.Context, w write, table string, key, values item) (found item, ok bool, err error) {
	e := s.resolve(w, "", values)
	_, err = s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &table, Key: key,
		ConditionExpression: e.condition, ExpressionAttributeNames: nilIfEmpty(e.names), ExpressionAttributeValues: e.values,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	if err != nil {
		return refused(w.name, err)
	}
	return nil, true, nil
}

// refused distinguishes a condition that did not hold, with the item as found, from a failure.
func refused(name string, err error) (item, bool, error) {
	var failed *types.ConditionalCheckFailedException
	if errors.As(err, &failed) {
		return failed.Item, false, nil
	}
	return nil, false, fmt.Errorf("%s: %w", name, err)
}

// transact does all writes or none. ok is false if a condition did not hold. The SDK gives the request a token, so
// that a retry after a lost answer is not applied twice.
func (s *Store) transact(ctx context.Context, name string, writes ...types.TransactWriteItem) (ok bool, err error) {
	_, err = s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: writes})
	switch {
	case err == nil:
		return true, nil
	case cancelled(err, conditionFailed):
		return false, nil
	}
	return false, fmt.Errorf("%s: %w", name, err)
}

func (s *Store) transactPut(w write, table string, it item) types.TransactWriteItem {
	e := s.resolve(w, "", nil)
	return types.TransactWriteItem{Put: &types.Put{
		TableName: &table, Item: it, ConditionExpression: e.condition, ExpressionAttributeNames: nilIfEmpty(e.names),
	}}
}

func (s *Store) transactUpdate(w write, table string, key item, side chat.Side, values item) types.TransactWriteItem {
	e := s.resolve(w, side, values)
	return types.TransactWriteItem{Update: &types.Update{
		TableName: &table, Key: key, ConditionExpression: e.condition, UpdateExpression: e.update,
		ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
	}}
}

func nilIfEmpty(names map[string]string) map[string]string {
	if len(names) == 0 {
		return nil
	}
	return names
}

// get reads an item, strongly consistent; nil if there is none.
func (s *Store) get(ctx context.Context, table string, key item) (item, error) {
	consistent := true
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &table, Key: key, ConsistentRead: &consistent})
	if err != nil {
		return nil, err
	}
	return out.Item, nil
}
