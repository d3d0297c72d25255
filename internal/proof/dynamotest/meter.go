package dynamotest

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"rejoin/internal/dynamo"
)

// unit is what one write unit pays for, in bytes.
const unit = 1024

// Meter records the requests to the database, and other notes, in order, and the units that AWS bills for them: those that
// DynamoDB Local reports, corrected where AWS bills differently (docs/fidelity.md). They include indexes, transactions and
// writes whose condition failed.
type Meter struct {
	mu          sync.Mutex
	journal     []string
	write, read float64
	busy        bool    // a request is running
	overlapped  bool    // two requests have run at the same time
	failures    []error // failures other than of a condition: their cost is unknown
}

// Reading is what a meter has recorded since its last reset.
type Reading struct {
	Journal     []string
	Write, Read float64 // units
	Overlapped  bool    // two requests ran at the same time
	Failures    []error
}

func (r Reading) String() string { return strings.Join(r.Journal, ", ") }

// Reset clears the meter.
func (m *Meter) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.journal, m.write, m.read, m.overlapped, m.failures = nil, 0, 0, false, nil
}

// Note adds an entry to the journal.
func (m *Meter) Note(what string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.journal = append(m.journal, what)
}

// Reading returns what was recorded.
func (m *Meter) Reading() Reading {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Reading{Journal: m.journal, Write: m.write, Read: m.read, Overlapped: m.overlapped, Failures: m.failures}
}

// Attach adds the meter to a client.
func (m *Meter) Attach(o *dynamodb.Options) {
	transactions := &transactionMeter{client: dynamodb.New(o.Copy())}
	measure := func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
		return m.measure(ctx, transactions, in, next)
	}
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("meter", measure), middleware.Before)
	})
}

func (m *Meter) measure(ctx context.Context, transactions *transactionMeter, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	dynamo.RequestUnits(in.Parameters)
	m.mu.Lock()
	m.journal = append(m.journal, middleware.GetOperationName(ctx))
	m.overlapped = m.overlapped || m.busy
	m.busy = true
	m.mu.Unlock()

	out, meta, err := middleware.InitializeOutput{}, middleware.Metadata{}, error(nil)
	transacted, failure := transactions.measure(ctx, in.Parameters, func() error {
		out, meta, err = next.HandleInitialize(ctx, in)
		return err
	})

	m.mu.Lock()
	defer m.mu.Unlock()
	m.busy = false
	m.write += transacted
	if failure != nil {
		m.failures = append(m.failures, failure)
	}
	if err != nil {
		m.addRefusal(err)
		return out, meta, err
	}
	if _, transaction := in.Parameters.(*dynamodb.TransactWriteItemsInput); transaction {
		return out, meta, nil // measured already
	}
	write, read := dynamo.BilledUnits(out.Result)
	switch of := in.Parameters.(type) {
	case *dynamodb.QueryInput:
		read = max(read, minimumUnits(of.ConsistentRead))
	case *dynamodb.ScanInput:
		read = max(read, minimumUnits(of.ConsistentRead))
	case *dynamodb.BatchGetItemInput:
		read += unitsOfMissing(of, out.Result.(*dynamodb.BatchGetItemOutput))
	}
	m.write += write
	m.read += read
	return out, meta, nil
}

// unitsOfMissing is the cost of those keys of a batch that have no item, which DynamoDB Local does not count.
func unitsOfMissing(in *dynamodb.BatchGetItemInput, out *dynamodb.BatchGetItemOutput) (sum float64) {
	for table, asked := range in.RequestItems {
		none := len(asked.Keys) - len(out.Responses[table]) - len(out.UnprocessedKeys[table].Keys)
		sum += float64(none) * minimumUnits(asked.ConsistentRead)
	}
	return sum
}

// addRefusal adds the cost of a write whose condition failed, which the answer does not report: the units of the stored item, at
// least one (Developer Guide, "Write request units and conditional writes").
func (m *Meter) addRefusal(err error) {
	var refused *types.ConditionalCheckFailedException
	if !errors.As(err, &refused) {
		m.failures = append(m.failures, err)
		return
	}
	m.write += kilobytes(refused.Item)
}

// minimumUnits is the cost of a read that finds nothing, which DynamoDB Local does not report (Developer Guide, "DynamoDB read and write
// operations": a read of an item that does not exist costs as one of the smallest).
func minimumUnits(consistent *bool) float64 {
	if consistent != nil && *consistent {
		return 1
	}
	return 0.5
}

// Size is the size of an item as DynamoDB counts it, in bytes (Developer Guide, "DynamoDB item sizes and formats"): names and strings
// in UTF-8 bytes, a number one byte for two digits and one more, binary data as it is.
func Size(item map[string]types.AttributeValue) int {
	n := 0
	for name, v := range item {
		n += len(name)
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			n += len(v.Value)
		case *types.AttributeValueMemberN:
			n += (len(v.Value)+1)/2 + 1
		case *types.AttributeValueMemberB:
			n += len(v.Value)
		case *types.AttributeValueMemberSS:
			for _, s := range v.Value {
				n += len(s)
			}
		default:
			n++
		}
	}
	return n
}
