// Seed fills a new local stack over the wire with a few rooms, past chats and saved replies. It knows the wire protocol and
// endpoints.json, and none of the server's code.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"rejoin/localstack/people"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := seed(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "seed:", err)
		os.Exit(1)
	}
}

func seed(ctx context.Context, file string) error {
	stack, err := people.Read(file)
	if err != nil {
		return err
	}
	if err := putCanned(ctx, stack); err != nil {
		return err
	}
	if err := putHours(ctx, stack); err != nil {
		return err
	}
	for _, c := range conversations {
		if err := c.play(ctx, stack); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}
