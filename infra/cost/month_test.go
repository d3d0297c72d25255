package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMonth compares with a small month computed by hand.
func TestMonth(t *testing.T) {
	events := map[string]event{
		text:           {Base: operations{invocations: 1, frames: 1, posts: 1, answers: 1, writes: 2, requests: 2}},
		start:          {Base: operations{invocations: 1, frames: 1, answers: 1}, Agent: operations{posts: 1}},
		idleSweep:      {Base: operations{invocations: 1, reads: 4, requests: 8}},
		sweep:          {Base: operations{invocations: 1, reads: 4, requests: 8}, Agent: operations{callbacks: 1}},
		agentHeartbeat: {Base: operations{frames: 1, answers: 1}},
		ping:           {Base: operations{frames: 1, answers: 1}},
		stored:         {Base: operations{tableBytes: 1000, indexBytes: 100}, Text: operations{tableBytes: 200}},
		allMetrics:     {Base: operations{metrics: 14}},
		idleMetrics:    {Base: operations{metrics: 3}},
	}
	m := month{chats: 10, texts: 4, minutes: 5, agents: 2, hours: 1, ms: 10}
	use := m.usage(events)
	const (
		runs    = 30 * 24 * 60 // of the sweep
		open    = 30 * 60      // minutes with agents
		beats   = 10 * 5 * 60 / 25
		desks   = 2 * open * 60 / 25
		starts  = 10 * (1 + 1 + 2) // a frame, an answer, two agents told
		texts   = 10 * 4 * 3
		asked   = open * 2 // for two agents, in each run
		pongs   = (beats + desks) * 2 * 4 / 5
		joins   = desks * 2 / 5
		invoked = runs + 10*4 + 10
	)
	assert.InDelta(t, starts+texts+asked+pongs+joins, use[item{"API Gateway", "messages"}], 1e-6)
	assert.InDelta(t, 10*5+2*open, use[item{"API Gateway", "connection minutes"}], 1e-6)
	assert.InDelta(t, 10*4*2, use[item{"DynamoDB", "write units"}], 1e-6)
	assert.InDelta(t, runs*4, use[item{"DynamoDB", "read units"}], 1e-6)
	assert.InDelta(t, invoked, use[item{"Lambda", "invocations"}], 1e-6)
	waits := float64(runs*8 + asked + 10*4*3 + 10*2)
	waits -= open // of two checks of agents, the second runs beside the first, and so do
	waits -= 10   // of two agents who are told of a chat
	swept := float64(runs + 10*(runs*8+open))
	assert.InDelta(t, ((invoked+10*waits)*0.25+swept*(1769.0/1024-0.25))/1000, use[item{"Lambda", "duration, arm64"}], 1e-6)
	assert.InDelta(t, 10*365.0/30*1900/(1<<30), use[item{"DynamoDB", "storage"}], 1e-9, "a year of chats")
	assert.InDelta(t, 10*365.0/30*1800/(1<<30), use[item{"DynamoDB", "point-in-time recovery"}], 1e-9, "of the tables, not of their indexes")
	assert.InDelta(t, 14, use[item{"CloudWatch", "custom metrics"}], 0)
	assert.InDelta(t, 3, month{}.usage(events)[item{"CloudWatch", "custom metrics"}], 0, "the sweep's own, where nobody is there")
}

// TestMore: no parameter makes a month cheaper when it grows.
func TestMore(t *testing.T) {
	events, err := counted()
	require.NoError(t, err)
	list, err := prices()
	require.NoError(t, err)
	cost := func(m month) float64 {
		rows, err := bill(m.usage(events), list, false)
		require.NoError(t, err)
		return total(rows, regions[0])
	}
	for name, of := range map[string]func(*month) *float64{
		"chats": func(m *month) *float64 { return &m.chats }, "texts": func(m *month) *float64 { return &m.texts },
		"minutes": func(m *month) *float64 { return &m.minutes }, "visits": func(m *month) *float64 { return &m.visits },
		"agents": func(m *month) *float64 { return &m.agents }, "hours": func(m *month) *float64 { return &m.hours },
		"ms": func(m *month) *float64 { return &m.ms }, "alarms": func(m *month) *float64 { return &m.alarms },
	} {
		m := month{chats: 100, texts: 5, minutes: 7, visits: 1000, agents: 2, hours: 3, ms: 5}
		for before, i := cost(m), 0; i < 10; before, i = cost(m), i+1 {
			*of(&m)++
			assert.Greater(t, cost(m), before, "%s: %v", name, *of(&m))
		}
	}
}

// TestLimits compares with limits computed by hand; the first one is the nearest.
func TestLimits(t *testing.T) {
	l := limit{most: 100, need: func(open float64) float64 { return open * open }}
	assert.InDelta(t, 10, l.maxOpen(), 0)
	l.need = func(float64) float64 { return 1 }
	assert.InDelta(t, unlimited, l.maxOpen(), 0)
	l.need = func(float64) float64 { return 101 }
	assert.Zero(t, l.maxOpen())

	events, err := counted()
	require.NoError(t, err)
	limits := month{chats: 3000, texts: 20, minutes: 10, visits: 100_000, ms: 10, rates: rates{400, 1000, 2000, 2500}}.limits(events)
	wall := first(limits, design)
	assert.GreaterOrEqual(t, wall.maxOpen(), 50_000.0, wall.name)
	for _, l := range limits {
		if l.whose == design {
			assert.GreaterOrEqual(t, l.maxOpen(), wall.maxOpen(), l.name)
		}
		assert.LessOrEqual(t, l.need(100), l.need(200), "%s never falls", l.name)
		assert.NotEmpty(t, l.move, l.name)
		assert.Regexp(t, `^https://docs\.aws\.amazon\.com/|^infra/template\.yaml$`, l.source, l.name)
	}
	for _, whose := range []owner{parameter, quota} {
		for _, l := range before(limits, whose, wall.maxOpen()) {
			assert.Equal(t, whose, l.whose)
			assert.Less(t, l.maxOpen(), wall.maxOpen(), l.name)
		}
	}
	assert.Equal(t, "requests of the account", before(limits, quota, wall.maxOpen())[0].name)
	assert.GreaterOrEqual(t, first(limits, parameter).maxOpen(), 50_000.0, "the defaults of the parameters")
}

// TestAssumptions: values copied from the template and the pages are still the same there.
func TestAssumptions(t *testing.T) {
	for _, c := range []struct {
		file, pattern string
		want          float64
	}{
		{"infra/template.yaml", `MemorySize: (\d+)`, memoryGB * 1024},
		{"infra/template.yaml", `\n      MemorySize: (\d+)`, sweepGB * 1024},
		{"infra/template.yaml", `(?s)LookAfter:.*?Default: (\d+)`, checkMinutes * 60},
		{"infra/template.yaml", `(?s)KeepTexts:.*?Default: (\d+)`, monthsKept * days},
		{"infra/template.yaml", `(?s)KeepRooms:.*?Default: (\d+)`, monthsKept * days},
		{"infra/template.yaml", `(?s)LogRetention:.*?Default: (\d+)`, days},
		{"internal/app/each.go", `atOnce = (\d+)`, sideBySide},
		{"internal/push/push.go", `atOnce += (\d+)`, sideBySide},
		{"internal/dynamo/keys.go", `queueShards += (\d+)`, queueShards},
		{"internal/chat/tell.go", `MaxTold = (\d+)`, told},
		{"internal/chat/tell.go", `MaxListed = (\d+)`, listed},
		{"infra/template.yaml", `\n      Timeout: (\d+)`, sweepSeconds + 5},
		{"web/client/line/line.ts", `HEARTBEAT_ON_SCREEN = ([\d_]+)`, heartbeatSeconds * 1000},
		{"web/client/agent/agent.ts", `POLL_INTERVAL = ([\d_]+)`, pollSeconds * 1000},
		{"web/client/line/line.ts", `JOIN_EVERY = (\d+)`, heartbeatsPerJoin},
		{"web/client/line/line.ts", `RENEW_FROM = (\d+) \* 60_000`, connectionMinutes},
		{"web/size.test.ts", `LOADER = (\d+) \* 1024`, loaderBytes / 1024},
		{"web/size.test.ts", `FORM = (\d+) \* 1024`, (loaderBytes + panelBytes) / 1024},
		{"web/size.test.ts", `CONVERSATION = (\d+) \* 1024`, talkBytes / 1024},
		{"web/console.size.test.ts", `FIRST = (\d+) \* 1024`, consoleBytes / 1024},
	} {
		body, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(c.file)))
		require.NoError(t, err)
		found := regexp.MustCompile(c.pattern).FindSubmatch(body)
		require.NotNil(t, found, "%s: %s", c.file, c.pattern)
		got, err := strconv.ParseFloat(strings.ReplaceAll(string(found[1]), "_", ""), 64)
		require.NoError(t, err)
		assert.InDelta(t, c.want, got, 1e-9, "%s: %s", c.file, c.pattern)
	}
}
