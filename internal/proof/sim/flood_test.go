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

	"rejoin/internal/proof/sim/report"
	"rejoin/internal/proof/sim/world"
)

// TestAFloodOfOneAddress: one script that makes 200 connections a second makes nobody else wait twice as long, and nobody else is
// refused. Time is simulated, so that this is no matter of the machine.
func TestAFloodOfOneAddress(t *testing.T) {
	f, usual := fixture(t), world.UsualFlood()
	none := usual
	none.PerSecond = 0
	quiet, flood := f.Flood(none), f.Flood(usual)
	var table strings.Builder
	require.NoError(t, report.WriteFlood(&table, quiet, flood))
	document, err := os.ReadFile(filepath.Join(root, "docs/cost.md"))
	require.NoError(t, err)
	assert.Contains(t, string(document), "$ go run ./internal/proof/sim -flood 200\n"+table.String()+"```")
	for s := range world.Steps {
		require.GreaterOrEqual(t, len(quiet.Took[s]), 40, "%s", s)
		assert.Len(t, flood.Took[s], len(quiet.Took[s]), "nobody is without an answer: %s", s)
		assert.LessOrEqual(t, flood.Percentile(s, 99), 2*quiet.Percentile(s, 99), "%s", s)
	}
	assert.Empty(t, quiet.Refused)
	assert.Empty(t, flood.Refused)
	assert.Empty(t, flood.Broken)
	assert.Equal(t, 2*usual.FromOne, flood.Script["chats"], "what one address may begin, in each of two minutes")
	assert.Equal(t, flood.Script["connections"]-2*usual.FromOne, flood.Script["connections refused"])
}

// TestWhatHoldsAFlood: without the limit of one address, the script fills the queue, and others are told so.
func TestWhatHoldsAFlood(t *testing.T) {
	flood := world.UsualFlood()
	flood.FromOne, flood.Seconds = 1_000_000, 14
	assert.NotZero(t, fixture(t).Flood(flood).Refused["full"])
}

// TestFloodIsOfTheTemplate: the limits in a flood are those that are deployed.
func TestFloodIsOfTheTemplate(t *testing.T) {
	template, err := os.ReadFile(filepath.Join(root, "infra/template.yaml"))
	require.NoError(t, err)
	for parameter, want := range map[string]int{"ConnectsFromOne": world.UsualFlood().FromOne, "ConnectRate": world.UsualFlood().ConnectRate} {
		found := regexp.MustCompile(`\n  ` + parameter + `:\n.*\n    Default: (\d+)`).FindSubmatch(template)
		require.NotNil(t, found, parameter)
		assert.Equal(t, strconv.Itoa(want), string(found[1]), parameter)
	}
}
