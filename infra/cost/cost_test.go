package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReport compares what is printed.
func TestReport(t *testing.T) {
	for name, arguments := range map[string][]string{
		"small":   nil,
		"large":   {"-CHATS=300000", "-AGENTS=60", "-VISITS=10000000"},
		"nobody":  {"-CHATS=0", "-AGENTS=0", "-VISITS=0"},
		"no_free": {"-FREE=0"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := ask(arguments)
			require.NoError(t, err)
			var got bytes.Buffer
			require.NoError(t, r.print(&got))
			path := filepath.Join("testdata", name+".golden")
			if flag.Arg(0) == "update" {
				require.NoError(t, os.WriteFile(path, got.Bytes(), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), got.String(), "`make count` writes it again")
		})
	}
}

func TestAskRefuses(t *testing.T) {
	for _, bad := range []string{"-CHATS=-1", "-MINUTES=0", "-HOURS=25", "-MS=-1", "-CHATS=many", "-chats=1"} {
		_, err := ask([]string{bad})
		assert.Error(t, err, bad)
	}
}

// TestBudget: the bill counts a text with the operations that it may cost.
func TestBudget(t *testing.T) {
	events, err := counted()
	require.NoError(t, err)
	for _, agents := range []float64{1, 100} {
		o := events[text].with(agents, 20)
		for operation, want := range map[string]float64{invocations: 1, frames: 1, answers: 1, posts: 1, requests: 2, writes: 2, reads: 0, callbacks: 0} {
			assert.InDelta(t, want, o[operation], 0, operation)
		}
	}
	assert.Zero(t, events[ping].Base[invocations])
}

// TestPrices: each price has a date, a source and both regions.
func TestPrices(t *testing.T) {
	list, err := prices()
	require.NoError(t, err)
	seen := map[item]bool{}
	for _, p := range list {
		assert.False(t, seen[p.item()], "%v is there twice", p.item())
		seen[p.item()] = true
		assert.NotEmpty(t, p.Unit, "%v", p.item())
		assert.Regexp(t, `^https://(aws\.amazon\.com|pricing\.us-east-1\.amazonaws\.com)/`, p.Source, "%v", p.item())
		_, err := time.Parse(time.DateOnly, p.Date)
		assert.NoError(t, err, "%v", p.item())
		assert.Len(t, p.USD, len(regions), "%v", p.item())
		for _, region := range regions {
			assert.Contains(t, p.USD, region, "%v", p.item())
			assert.GreaterOrEqual(t, p.USD[region], 0.0, "%v", p.item())
		}
		for region, why := range p.Unverified {
			assert.Contains(t, regions, region, "%v", p.item())
			assert.NotEmpty(t, why, "%v", p.item())
		}
	}
	_, err = bill(map[item]float64{{"Lambda", "smiles"}: 1}, list, true)
	assert.ErrorContains(t, err, "smiles", "an item without a price is an error")
}

// TestBill compares with a bill made by hand.
func TestBill(t *testing.T) {
	list := []price{
		{Service: "Lambda", Line: "invocations", USD: map[string]float64{"here": 0.0000002}, Free: 1_000_000},
		{Service: "DynamoDB", Line: "write units", USD: map[string]float64{"here": 0.000000625}},
	}
	used := map[item]float64{{"Lambda", "invocations"}: 6_000_000, {"DynamoDB", "write units"}: 2_000_000}
	rows, err := bill(used, list, true)
	require.NoError(t, err)
	assert.InDelta(t, 5*0.20+2*0.625, total(rows, "here"), 1e-9)
	rows, err = bill(used, list, false)
	require.NoError(t, err)
	assert.InDelta(t, 6*0.20+2*0.625, total(rows, "here"), 1e-9)
	rows, err = bill(map[item]float64{{"Lambda", "invocations"}: 10}, list, true)
	require.NoError(t, err)
	assert.Zero(t, total(rows, "here"), "a free allowance is no credit for other lines")
}
