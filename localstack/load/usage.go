package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

// use is what the invocations of one event asked of AWS, summed up.
type use struct {
	invocations, calls, posts, writes, reads float64
	cut                                      bool // a line lists 100 calls at most, and one had more
}

// The events that a line's route does not tell apart.
const (
	firstJoin = "join, without a room"
	startJoin = "join that begins a chat"
	laterJoin = "join, with a room"
)

// line is the part of a log line that is counted.
type line struct {
	Timestamp                 time.Time
	Route, Code, Room         string
	StoreLatency, PostLatency latencies
	WriteUnits, ReadUnits     float64
}

// latencies are the times of calls. A single one is written without brackets.
type latencies []float64

const maxLatencies = 100 // in a line: CloudWatch reads no more

func (l *latencies) UnmarshalJSON(text []byte) error {
	if text[0] == '[' {
		return json.Unmarshal(text, (*[]float64)(l))
	}
	*l = make(latencies, 1)
	return json.Unmarshal(text, &(*l)[0])
}

// readLog adds up what the functions logged of each event in a time. It needs the names of the functions, and on AWS the permission to read
// their logs.
func (c *crew) readLog(ctx context.Context, from, to time.Time) (map[string]use, error) {
	if len(c.stack.Functions) == 0 {
		return nil, errors.New("the stack's file names no functions")
	}
	client, err := c.logs(ctx)
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, function := range slices.Sorted(maps.Values(c.stack.Functions)) {
		pages := cloudwatchlogs.NewFilterLogEventsPaginator(client, &cloudwatchlogs.FilterLogEventsInput{
			LogGroupName: new("/aws/lambda/" + function), StartTime: new(from.UnixMilli()), EndTime: new(to.UnixMilli()),
		})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if none := new(types.ResourceNotFoundException); errors.As(err, &none) {
				break // it has logged nothing yet
			}
			if err != nil {
				return nil, fmt.Errorf("the log of %s: %w", function, err)
			}
			for _, event := range page.Events {
				var l line
				if event.Message != nil && json.Unmarshal([]byte(*event.Message), &l) == nil && l.Route != "" && l.Code != "" {
					lines = append(lines, l)
				}
			}
		}
	}
	ours := map[string]bool{}
	for _, r := range c.rooms {
		ours[r.id] = true
	}
	return addUp(lines, ours), nil
}

func (c *crew) logs(ctx context.Context) (*cloudwatchlogs.Client, error) {
	if c.stack.AWS != "" {
		return cloudwatchlogs.New(cloudwatchlogs.Options{
			Region: c.stack.Region, BaseEndpoint: &c.stack.AWS, Credentials: credentials.NewStaticCredentialsProvider(c.stack.Key, "test", ""),
		}), nil
	}
	aws, err := config.LoadDefaultConfig(ctx, config.WithRegion(c.stack.Region))
	return cloudwatchlogs.NewFromConfig(aws), err
}

// addUp sums up lines by their event, without those of other people's rooms. The first join that names a room began it.
func addUp(lines []line, ours map[string]bool) map[string]use {
	slices.SortStableFunc(lines, func(a, b line) int { return a.Timestamp.Compare(b.Timestamp) })
	begun, sums := map[string]bool{}, map[string]use{}
	for _, l := range lines {
		event := l.Route
		if l.Room != "" && !ours[l.Room] {
			continue
		}
		switch {
		case event != "join":
		case l.Room == "":
			event = firstJoin
		case begun[l.Room]:
			event = laterJoin
		default:
			event, begun[l.Room] = startJoin, true
		}
		if l.Code != "ok" {
			event += ": " + l.Code
		}
		sum := sums[event]
		sum.invocations++
		sum.calls += float64(len(l.StoreLatency))
		sum.posts += float64(len(l.PostLatency))
		sum.writes += l.WriteUnits
		sum.reads += l.ReadUnits
		sum.cut = sum.cut || max(len(l.StoreLatency), len(l.PostLatency)) == maxLatencies
		sums[event] = sum
	}
	return sums
}
