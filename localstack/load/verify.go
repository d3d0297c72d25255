package main

import (
	"context"
	"fmt"
	"time"

	"rejoin/localstack/device"
	"rejoin/localstack/wire"
)

const (
	readEvery = 25 * time.Millisecond // below the stage's default rate for history
	readTries = 5
	pageSize  = 30
)

// readBack reads the stored history of each chat, as its customer, and notes it in the ledger.
func (c *crew) readBack(ctx context.Context) error {
	for _, chat := range c.rooms {
		var err error
		for range readTries {
			var texts []stored
			if texts, err = c.history(ctx, chat); err == nil {
				c.found(texts)
				break
			}
			rest(ctx, time.Second)
		}
		if err != nil {
			return fmt.Errorf("reading back room %s: %w", chat.id, err)
		}
		rest(ctx, readEvery)
	}
	return nil
}

// stored is a text as it is stored.
type stored struct {
	text string
	at   device.Place
}

// history is all texts of a customer, who has this one chat.
func (c *crew) history(ctx context.Context, chat room) (texts []stored, err error) {
	token, err := c.stack.Customer(chat.who, nil)
	if err != nil {
		return nil, err
	}
	line, err := wire.Connect(ctx, c.stack.WS, token)
	if err != nil {
		return nil, err
	}
	defer line.Close()
	if _, err := line.Ask(ctx, wire.Frame{"action": "join"}); err != nil {
		return nil, err
	}
	ask := wire.Frame{"action": "history", "limit": pageSize}
	for {
		page, err := line.Ask(ctx, ask)
		if err != nil {
			return nil, err
		}
		messages, _ := page["messages"].([]any)
		for _, m := range messages {
			fields, _ := m.(map[string]any)
			if fields["from"] == "system" {
				continue
			}
			seq, _ := fields["seq"].(float64)
			text, _ := fields["text"].(string)
			room, _ := fields["room"].(string)
			texts = append(texts, stored{text, device.Place{Room: room, Seq: int64(seq)}})
		}
		before, more := page["before"].(string)
		if !more {
			return texts, nil
		}
		ask = wire.Frame{"action": "history", "limit": pageSize, "before": before}
	}
}

func (c *crew) found(texts []stored) {
	for _, s := range texts {
		if _, err := c.ledger.Found(s.text, s.at); err != nil {
			c.ledger.Break(err.Error())
		}
	}
}
