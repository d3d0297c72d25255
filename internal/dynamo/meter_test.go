package dynamo_test

import (
	"context"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"rejoin/internal/chat"
)

// meter notes what is asked of the database and the gateway, in order, and what DynamoDB says it costs.
type meter struct {
	mu          sync.Mutex
	journal     []string
	write, read float64 // units, indexes among them
	busy        bool    // a request is under way
	overlapped  bool    // two were
}

func (m *meter) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.journal, m.write, m.read, m.overlapped = nil, 0, 0, false
}

func (m *meter) note(what string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.journal = append(m.journal, what)
}

func (m *meter) posted(conn chat.ConnectionID, _ chat.Push) { m.note("post " + string(conn)) }

// attach adds the meter to a client.
func (m *meter) attach(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("meter", m.measure), middleware.Before)
	})
}

func (m *meter) measure(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	operation := middleware.GetOperationName(ctx)
	const all = types.ReturnConsumedCapacityIndexes
	switch in := in.Parameters.(type) {
	case *dynamodb.UpdateItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.PutItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.GetItemInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.QueryInput:
		in.ReturnConsumedCapacity = all
	case *dynamodb.BatchGetItemInput:
		in.ReturnConsumedCapacity = all
	}
	m.mu.Lock()
	m.journal = append(m.journal, operation)
	m.overlapped = m.overlapped || m.busy
	m.busy = true
	m.mu.Unlock()

	out, meta, err := next.HandleInitialize(ctx, in)

	m.mu.Lock()
	defer m.mu.Unlock()
	m.busy = false
	switch out := out.Result.(type) {
	case *dynamodb.UpdateItemOutput:
		m.write += units(out.ConsumedCapacity)
	case *dynamodb.PutItemOutput:
		m.write += units(out.ConsumedCapacity)
	case *dynamodb.GetItemOutput:
		m.read += units(out.ConsumedCapacity)
	case *dynamodb.QueryOutput:
		m.read += units(out.ConsumedCapacity)
	case *dynamodb.BatchGetItemOutput:
		for _, table := range out.ConsumedCapacity {
			m.read += units(&table)
		}
	}
	return out, meta, err
}

func units(c *types.ConsumedCapacity) float64 {
	if c == nil || c.CapacityUnits == nil {
		return 0
	}
	return *c.CapacityUnits
}

func (m *meter) String() string { return strings.Join(m.journal, ", ") }
