package dynamotest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// inTransaction: AWS bills a transaction's operations at twice the units (Developer Guide, "Transactional write requests").
const inTransaction = 2

type attributes = map[string]types.AttributeValue

// scales read the items of a transaction before and after it, and price each operation. They are needed because DynamoDB Local
// counts operations of equal cost in one table only once.
type scales struct {
	client *dynamodb.Client // its own requests are not metered
	tables sync.Map         // *types.TableDescription by name
}

// touched is an item by its table and key.
type touched struct {
	table *types.TableDescription
	key   attributes
}

// weigh calls do, and returns what the operations of a transaction cost. The error of do is the caller's to handle.
func (s *scales) weigh(ctx context.Context, in any, do func() error) (sum float64, err error) {
	transaction, ok := in.(*dynamodb.TransactWriteItemsInput)
	if !ok {
		_ = do()
		return 0, nil
	}
	all, err := s.find(ctx, transaction)
	before, failed := s.read(ctx, all)
	if do() != nil {
		return 0, nil
	}
	after, lost := s.read(ctx, all)
	if err := errors.Join(err, failed, lost); err != nil {
		return 0, err
	}
	for i, it := range all {
		sum += inTransaction * price(it.table, before[i], after[i])
	}
	return sum, nil
}

// find lists what a transaction touches.
func (s *scales) find(ctx context.Context, in *dynamodb.TransactWriteItemsInput) (all []touched, err error) {
	for _, op := range in.TransactItems {
		var name *string
		var key attributes
		switch {
		case op.Put != nil:
			name, key = op.Put.TableName, op.Put.Item
		case op.Update != nil:
			name, key = op.Update.TableName, op.Update.Key
		case op.Delete != nil:
			name, key = op.Delete.TableName, op.Delete.Key
		case op.ConditionCheck != nil:
			name, key = op.ConditionCheck.TableName, op.ConditionCheck.Key
		}
		table, err := s.table(ctx, name)
		if err != nil {
			return nil, err
		}
		all = append(all, touched{table, only(key, table.KeySchema)})
	}
	return all, nil
}

func (s *scales) table(ctx context.Context, name *string) (*types.TableDescription, error) {
	if known, ok := s.tables.Load(*name); ok {
		return known.(*types.TableDescription), nil
	}
	out, err := s.client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: name})
	if err != nil {
		return nil, fmt.Errorf("describe %s: %w", *name, err)
	}
	s.tables.Store(*name, out.Table)
	return out.Table, nil
}

// read reads the items as they are now.
func (s *scales) read(ctx context.Context, all []touched) ([]attributes, error) {
	items := make([]attributes, len(all))
	for i, it := range all {
		out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{
			TableName: it.table.TableName, Key: it.key, ConsistentRead: aws.Bool(true),
		})
		if err != nil {
			return nil, fmt.Errorf("weigh an item of %s: %w", *it.table.TableName, err)
		}
		items[i] = out.Item
	}
	return items, nil
}

// price is what a write costs, by the item before and after it, either of which may be missing: the larger of both, and the
// changes of each index (Developer Guide, "Global secondary indexes", "Provisioned throughput considerations").
func price(table *types.TableDescription, before, after attributes) float64 {
	sum := kilobytes(before, after)
	for _, index := range table.GlobalSecondaryIndexes {
		was, is := entry(before, table, index), entry(after, table, index)
		switch {
		case reflect.DeepEqual(was, is):
		case was == nil || is == nil || reflect.DeepEqual(only(was, index.KeySchema), only(is, index.KeySchema)):
			sum += kilobytes(was, is)
		default: // it moves: one is taken out, another put in
			sum += kilobytes(was) + kilobytes(is)
		}
	}
	return sum
}

// kilobytes is the size of the largest item, in whole KB, one at least.
func kilobytes(items ...attributes) float64 {
	most := 1
	for _, it := range items {
		most = max(most, (Size(it)+unit-1)/unit)
	}
	return float64(most)
}

// entry is what an index holds of an item; nil if the item lacks one of the index's keys.
func entry(item attributes, table *types.TableDescription, index types.GlobalSecondaryIndexDescription) attributes {
	keys := only(item, index.KeySchema)
	if len(keys) < len(index.KeySchema) {
		return nil
	}
	maps.Copy(keys, only(item, table.KeySchema))
	for _, name := range index.Projection.NonKeyAttributes {
		if v, ok := item[name]; ok {
			keys[name] = v
		}
	}
	return keys
}

func only(item attributes, schema []types.KeySchemaElement) attributes {
	keys := attributes{}
	for _, element := range schema {
		if v, ok := item[*element.AttributeName]; ok {
			keys[*element.AttributeName] = v
		}
	}
	return keys
}
