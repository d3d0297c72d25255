package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"time"

	"rejoin/localstack/people"
)

// options say who talks, how much and for how long.
type options struct {
	chats  int           // open at once
	agents int           // online
	rate   float64       // texts a second, of all chats together
	texts  int           // in each chat, of both sides
	length time.Duration // after which no chat begins
	greedy int           // connections a second of somebody greedy, in the second half; 0: nobody is
	seed   uint64
	stack  people.Stack
}

const minuteLimit = 24 * 60

func parse(arguments []string) (o options, err error) {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says what is wrong
	flags.IntVar(&o.chats, "CHATS", 20, "chats open at once")
	flags.IntVar(&o.agents, "AGENTS", 3, "agents online")
	flags.Float64Var(&o.rate, "RATE", 5, "texts a second, of all chats together")
	flags.IntVar(&o.texts, "MESSAGES", 20, "texts in a chat")
	minutes := flags.Float64("MINUTES", 1, "until no chat begins any more")
	flags.IntVar(&o.greedy, "GREEDY", 0, "connections a second of somebody greedy")
	flags.Uint64Var(&o.seed, "SEED", 1, "chooses pauses and lengths")
	state := flags.String("state", "localstack/.state/endpoints.json", "the stack's addresses")
	if err := flags.Parse(arguments); err != nil {
		return o, err
	}
	if len(flags.Args()) > 0 || o.chats < 1 || o.agents < 0 || o.rate <= 0 || o.texts < 1 || *minutes <= 0 || *minutes > minuteLimit || o.greedy < 0 {
		return o, errors.New("CHATS and MESSAGES are whole numbers from 1, AGENTS and GREEDY from 0, RATE and MINUTES more than 0, at most a day")
	}
	o.length = time.Duration(*minutes * float64(time.Minute))
	o.stack, err = people.Read(*state)
	if errors.Is(err, fs.ErrNotExist) {
		return o, fmt.Errorf("there is no %s: `make up` first, or name the file of another stack: ENDPOINTS=file.json", *state)
	}
	return o, err
}

// pause is how long a chat waits between two texts, on average.
func (o options) pause() time.Duration {
	return time.Duration(float64(o.chats) / o.rate * float64(time.Second))
}
