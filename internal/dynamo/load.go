package dynamo

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Load is what Store.Load writes.
type Load struct {
	Rooms    []chat.Room
	Messages []chat.Message
	Stats    []chat.StatsRow
}

const (
	maxBatchWrite = 25 // DynamoDB's limit of one BatchWriteItem
	writers       = 8
)

// Load writes everything without conditions, in batches. It is only for a stack that nobody uses yet.
func (s *Store) Load(ctx context.Context, l Load) error {
	puts := map[string][]types.WriteRequest{}
	put := func(table string, it item) {
		puts[table] = append(puts[table], types.WriteRequest{PutRequest: &types.PutRequest{Item: it}})
	}
	for _, r := range l.Rooms {
		put(s.tables.Rooms, s.roomItem(r))
		for _, agent := range r.Held {
			put(s.tables.Handled, s.handledItem(agent, r))
		}
	}
	for _, m := range l.Messages {
		put(s.tables.Messages, s.messageItem(m))
	}
	for _, row := range l.Stats {
		put(s.tables.Stats, encodeStats(row))
	}
	var batches []map[string][]types.WriteRequest
	for table, all := range puts {
		for batch := range slices.Chunk(all, maxBatchWrite) {
			batches = append(batches, map[string][]types.WriteRequest{table: batch})
		}
	}
	return s.writeAll(ctx, batches)
}

func (s *Store) writeAll(ctx context.Context, batches []map[string][]types.WriteRequest) error {
	todo, errs := make(chan map[string][]types.WriteRequest), make(chan error, writers)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var work sync.WaitGroup
	for range writers {
		work.Go(func() {
			for batch := range todo {
				for len(batch) > 0 {
					out, err := s.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: batch})
					if err != nil {
						errs <- fmt.Errorf("write many: %w", err)
						stop()
						return
					}
					batch = out.UnprocessedItems
				}
			}
		})
	}
	for _, batch := range batches {
		select {
		case todo <- batch:
		case <-ctx.Done():
		}
	}
	close(todo)
	work.Wait()
	close(errs)
	return <-errs
}
