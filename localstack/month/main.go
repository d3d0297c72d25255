// Month fills a new local stack with a month of past chats and their statistics. It runs the month in memory, through the
// server's own service with a simulated clock, since the wire cannot write into the past, and then writes all rows into the
// tables.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/zone"
)

// stack is the part of endpoints.json that month reads.
type stack struct {
	Aws, Region string
	Tables      struct{ Rooms, Messages, Handled, Stats, Shops string }
	Agents      []struct {
		ID   chat.PersonID
		Name string
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if err := fill(ctx, os.Args[1], time.Now()); err != nil {
		fmt.Fprintln(os.Stderr, "month:", err)
		os.Exit(1)
	}
}

func fill(ctx context.Context, file string, now time.Time) error {
	text, err := os.ReadFile(file) //nolint:gosec // the file that the caller names
	if err != nil {
		return err
	}
	var s stack
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	zoneData, err := zone.Release()
	if err != nil {
		return err
	}
	shop := newShop(now, zoneData)
	for _, a := range s.Agents {
		shop.employ(a.ID, a.Name)
	}
	month, err := shop.play(ctx)
	if err != nil {
		return err
	}
	client := dynamodb.New(dynamodb.Options{
		Region: s.Region, BaseEndpoint: &s.Aws, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	store := dynamo.New(client, dynamo.Tables{
		Rooms: s.Tables.Rooms, Messages: s.Tables.Messages, Handled: s.Tables.Handled, Stats: s.Tables.Stats, Shops: s.Tables.Shops,
	})
	for _, v := range shop.hours {
		if _, _, err := store.PutShop(ctx, v); err != nil {
			return err
		}
	}
	return store.Load(ctx, month)
}
