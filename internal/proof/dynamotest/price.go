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

// transactionMeter reads the items of a transaction before and after it, and prices each operation, because DynamoDB Local counts
// operations of equal cost in one table only once.
type transactionMeter struct {
	client *dynamodb.Client // its own requests are not metered
	tables sync.Map         // *types.TableDescription by name
}

// target is the table and key of an item.
type target struct {
	table *types.TableDescription
	key   attributes
}

// measure calls do, and returns the units of a transaction's operations. The caller handles the error of do.
func (s *transactionMeter) measure(ctx context.Context, in any, do func() error) (sum float64, err error) {
	transaction, ok := in.(*dynamodb.TransactWriteItemsInput)
	if !ok {
		_ = do()
		return 0, nil
	}
	all, err := s.targets(ctx, transaction)
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

// targets lists the items that a transaction reads or writes.
func (s *transactionMeter) targets(ctx context.Context, in *dynamodb.TransactWriteItemsInput) (all []target, err error) {
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
		all = append(all, target{table, pick(key, table.KeySchema)})
	}
	return all, nil
}

func (s *transactionMeter) table(ctx context.Context, name *string) (*types.TableDescription, error) {
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

// read returns the items as they are now.
func (s *transactionMeter) read(ctx context.Context, all []target) ([]attributes, error) {
	items := make([]attributes, len(all))
	for i, it := range all {
		out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{
			TableName: it.table.TableName, Key: it.key, ConsistentRead: aws.Bool(true),
		})
		if err != nil {
			return nil, fmt.Errorf("read an item of %s: %w", *it.table.TableName, err)
		}
		items[i] = out.Item
	}
	return items, nil
}

// price is the cost of a write, given the item before and after it, either of which may be missing: that of the larger one,
// and of the changes of each index (Developer Guide, "Global secondary indexes", "Provisioned throughput considerations").
func price(table *types.TableDescription, before, after attributes) float64 {
	sum := kilobytes(before, after)
	for _, index := range table.GlobalSecondaryIndexes {
		was, is := indexEntry(before, table, index), indexEntry(after, table, index)
		switch {
		case reflect.DeepEqual(was, is):
		case was == nil || is == nil || reflect.DeepEqual(pick(was, index.KeySchema), pick(is, index.KeySchema)):
			sum += kilobytes(was, is)
		default: // the key changes: one entry is deleted, another put
			sum += kilobytes(was) + kilobytes(is)
		}
	}
	return sum
}

// kilobytes is the size of the largest item in whole KB, at least 1.
func kilobytes(items ...attributes) float64 {
	most := 1
	for _, it := range items {
		most = max(most, (Size(it)+unit-1)/unit)
	}
	return float64(most)
}

// indexEntry is an item's entry in an index; nil if the item lacks one of the index's keys.
func indexEntry(item attributes, table *types.TableDescription, index types.GlobalSecondaryIndexDescription) attributes {
	keys := pick(item, index.KeySchema)
	if len(keys) < len(index.KeySchema) {
		return nil
	}
	maps.Copy(keys, pick(item, table.KeySchema))
	for _, name := range index.Projection.NonKeyAttributes {
		if v, ok := item[name]; ok {
			keys[name] = v
		}
	}
	return keys
}

func pick(item attributes, schema []types.KeySchemaElement) attributes {
	keys := attributes{}
	for _, element := range schema {
		if v, ok := item[*element.AttributeName]; ok {
			keys[*element.AttributeName] = v
		}
	}
	return keys
}
