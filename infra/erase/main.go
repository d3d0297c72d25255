// Erase deletes all data of one customer, with the caller's own AWS permissions, and prints what it deleted:
//
//	go run ./infra/erase -customer c_kim -stage prod                                  (AWS, as you are logged in)
//	go run ./infra/erase -customer c_kim -endpoints localstack/.state/endpoints.json  (the local stack)
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/ssm"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
)

func main() {
	customer := flag.String("customer", "", "whom: c_ and what the shop calls them, or v_…")
	stage := flag.String("stage", "local", "the stage whose tables they are in")
	endpoints := flag.String("endpoints", "", "endpoints.json of the local stack, instead of AWS")
	flag.Parse()
	if err := erase(context.Background(), chat.PersonID(*customer), *stage, *endpoints); err != nil {
		fmt.Fprintln(os.Stderr, "erase:", err)
		os.Exit(1)
	}
}

func erase(ctx context.Context, who chat.PersonID, stage, endpoints string) error {
	if !strings.HasPrefix(string(who), "c_") && !strings.HasPrefix(string(who), "v_") {
		return fmt.Errorf("-customer %q is not the id of a customer: it starts with c_ or v_", who)
	}
	cfg, err := connect(ctx, endpoints)
	if err != nil {
		return err
	}
	table := func(name string) string { return "rejoin-" + stage + "-" + name }
	done, err := dynamo.New(dynamodb.NewFromConfig(cfg), dynamo.Tables{
		Connections: table("connections"), Rooms: table("rooms"), Messages: table("messages"), Customers: table("customers"),
		Handled: table("handled"),
	}).Erase(ctx, who)
	if err != nil && done == (dynamo.Erased{}) {
		return err
	}
	fmt.Printf("Deleted of %s: %d messages, %d chats, %d entries in agents' lists, %d connections, %d customers.\n",
		who, done.Messages, done.Rooms, done.Lists, done.Connections, done.Customers)
	if err != nil {
		return err
	}
	fmt.Println("Statistics stay: they do not say whose chats they are of. Backups keep what they have for 35 days.")
	return note(ctx, ssm.NewFromConfig(cfg), stage, who, time.Now())
}

// connect reads the SDK's standard configuration, or the local stack's.
func connect(ctx context.Context, endpoints string) (aws.Config, error) {
	if endpoints == "" {
		return config.LoadDefaultConfig(ctx)
	}
	text, err := os.ReadFile(endpoints) //nolint:gosec // the file that the caller names
	if err != nil {
		return aws.Config{}, err
	}
	var local struct{ Aws, Region string }
	if err := json.Unmarshal(text, &local); err != nil {
		return aws.Config{}, err
	}
	return aws.Config{
		Region: local.Region, BaseEndpoint: &local.Aws, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}, nil
}
