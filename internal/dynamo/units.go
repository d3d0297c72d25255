package dynamo

import (
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// RequestUnits lets the answer to a request name the units that AWS bills for it.
func RequestUnits(request any) {
	const all = types.ReturnConsumedCapacityTotal
	switch in := request.(type) {
	case *dynamodb.UpdateItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.PutItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.DeleteItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.TransactWriteItemsInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.GetItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.QueryInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.ScanInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.BatchGetItemInput:
		in.ReturnConsumedCapacity = all
	}
}

// BilledUnits are the units that the answer to such a request names, with those of indexes. An error names none, though AWS bills a write
// whose condition failed.
func BilledUnits(answer any) (write, read float64) {
	switch out := answer.(type) {
	case *dynamodb.UpdateItemOutput:
		return units(out.ConsumedCapacity), 0
	case *dynamodb.PutItemOutput:
		return units(out.ConsumedCapacity), 0
	case *dynamodb.DeleteItemOutput:
		return units(out.ConsumedCapacity), 0
	case *dynamodb.TransactWriteItemsOutput:
		return unitsOfTables(out.ConsumedCapacity), 0
	case *dynamodb.GetItemOutput:
		return 0, units(out.ConsumedCapacity)
	case *dynamodb.QueryOutput:
		return 0, units(out.ConsumedCapacity)
	case *dynamodb.ScanOutput:
		return 0, units(out.ConsumedCapacity)
	case *dynamodb.BatchGetItemOutput:
		return 0, unitsOfTables(out.ConsumedCapacity)
	}
	return 0, 0
}

func units(of *types.ConsumedCapacity) float64 {
	if of == nil || of.CapacityUnits == nil {
		return 0
	}
	return *of.CapacityUnits
}

func unitsOfTables(of []types.ConsumedCapacity) (sum float64) {
	for i := range of {
		sum += units(&of[i])
	}
	return sum
}
