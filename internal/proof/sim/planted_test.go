package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/memory"
)

// within is the number of seeds in which each planted bug must be found.
const within = 2000

// envPlanted names the variable with the bug that is switched on. Only a test build reads it: the bugs are in a copy of
// the code.
const envPlanted = "REJOIN_PLANTED"

const root = "../../.."

// patch puts one bug into one place of the code. In `to`, ON is true while the bug is switched on.
type patch struct{ file, from, to string }

// bug is a plausible mistake.
type bug struct {
	name    string
	patches []patch
}

// TestPlantedBugsAreCaught builds the simulation once, with all bugs in it, and searches for each bug in its own process.
func TestPlantedBugsAreCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates thousands of histories")
	}
	program := build(t, plant(t, bugs()))
	out, broken := simulate(t, program, "", "-seeds", "60")
	require.False(t, broken, "with all of them switched off: %s", out)

	processes := make(chan struct{}, runtime.NumCPU())
	search := func(name, env string, args ...string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			processes <- struct{}{}
			defer func() { <-processes }()
			if scenario, rare := rareIn()[name]; rare {
				args = append(args, "-scenario", scenario)
			}
			out, broken := simulate(t, program, env, append(args, "-until-broken", "-seeds", fmt.Sprint(within))...)
			if assert.True(t, broken, "nobody noticed in %d seeds", within) {
				t.Logf("seed %s: %s", first(`\nseed (\d+)`, out), first(`\n  (\w+ at step .*)`, out))
			}
		})
	}
	for _, b := range bugs() {
		search(b.name, envPlanted+"="+b.name)
	}
	for _, c := range memory.Conditions() {
		if _, redundant := redundantHere()[c]; !redundant {
			search(string(c), "", "-without", string(c))
		}
	}
}

// simulate runs the program and tells whether the law was broken.
func simulate(t *testing.T, program, env string, args ...string) (out string, broken bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", env)
	printed, err := cmd.CombinedOutput()
	if err != nil {
		require.Equal(t, 1, cmd.ProcessState.ExitCode(), "%s", printed)
	}
	return string(printed), err != nil
}

// rareIn names the scenario to search for each bug that shows in few scenarios.
func rareIn() map[string]string {
	return map[string]string{
		string(memory.SweepSoonerIsActive):                        "hasty people",
		string(memory.RelistRev):                                  "questions left",
		string(memory.RateHolder):                                 "ratings and edits",
		string(memory.RateHasEnded):                               "ratings and edits",
		string(memory.RateNoNewer):                                "ratings and edits",
		string(memory.RateNotOften):                               "one greedy person",
		string(memory.RateNoRepeat):                               "ratings and edits",
		string(memory.CannedIsNew):                                "ratings and edits",
		string(memory.CannedUnchanged):                            "ratings and edits",
		string(memory.CannedIsThis):                               "ratings and edits",
		string(memory.OpenLastRoom):                               "one chat after another",
		string(memory.OpenRoomIsNew):                              "greedy people",
		string(memory.StatusNoNewer):                              "an agent's two desks",
		string(memory.OpenNotBlocked):                             "people who are blocked",
		"any agent may block any customer":                        "people who are blocked",
		"many are ended by any agent":                             "people who are blocked",
		"an agent's chat is ended with the many that wait":        "people who are blocked",
		"a block counts as written when it failed":                "people who are blocked",
		"a room is told to the whole team":                        "a large team",
		"a customer starts as many chats as they like":            "one greedy person",
		"one address connects as often as it likes":               "greedy people",
		"everybody is one address":                                "greedy people",
		"one connection sends as many frames as it likes":         "one greedy person",
		"everybody shares one limit of frames":                    "greedy people",
		"who waits is told that it is full":                       "greedy people",
		"a client that is refused repeats each second":            "an account that is used up",
		"a client asks again and again though it is full":         "greedy people",
		"the queue is never full":                                 "greedy people",
		"the queue is full one too early":                         "greedy people",
		"customers who left count in positions":                   "greedy people",
		"a position reads everybody before it":                    "a long queue",
		"marks count fewer rooms than there are":                  "a long queue",
		"the sweep checks one room in a run":                      "greedy people",
		"an old repeat is not looked up":                          "flapping lines",
		"a start need not name the last room":                     "start and end",
		"room ids follow the clock alone":                         "one chat after another",
		"the sweep takes a mark for the truth":                    "silence",
		"a 410 sets since when somebody is gone":                  "silence",
		"the same words of two agents are one text":               "the same words",
		"ages are whole milliseconds":                             "start and end",
		"a repeated take does not claim the room":                 "an agent's two desks",
		"a new holder skips no number":                            "an agent's two desks",
		"the sweep does not look for a newer connection":          "handovers",
		"anyone's history is shown":                               "an intruder",
		string(memory.SendNotAtBound):                             "false marks",
		string(memory.SettledForward):                             "false marks",
		"settling passes over an undecided number":                "false marks",
		"a room at its bound is never settled":                    "false marks",
		string(memory.SendNotTooFast):                             "people who write fast",
		"a connection outlives its token":                         "tokens that run out",
		"a client takes its own late join for another device's":   "start and end",
		string(memory.ReadNoNewer):                                "two devices",
		string(memory.MarkPresentExactly):                         "false marks",
		string(memory.MarkPresentIsOpen):                          "410s",
		"a question that is left is abandoned":                    "questions left",
		"a question that is left ends before its time":            "questions left",
		"an answered question ends as idle":                       "questions left",
		"an answer counts as read":                                "questions left",
		"a chat is abandoned though nobody serves":                "nights",
		"a start while nobody serves is not kept":                 "nights",
		"an agent who is online counts though the shop is closed": "nights",
		"a disconnect leaves a question among those who wait":     "questions left",
		"a customer who is back stays among the questions left":   "questions left",
		"the sweep puts no question on its list":                  "questions left",
		"a take leaves a question on its list":                    "questions left",
		"an hour counts as added up when it failed":               "counting",
		"chats count before their hours are added up":             "counting",
		string(memory.CountedRev):                                 "counting",
		string(memory.StatsLighter):                               "counting",
	}
}

// TestEveryRuleIsSwitchedOff: the table of the rules in docs/guarantees.md names a planted bug, or a condition, for each.
func TestEveryRuleIsSwitchedOff(t *testing.T) {
	known := map[string]bool{}
	for _, b := range bugs() {
		known[b.name] = true
	}
	for _, c := range memory.Conditions() {
		known[string(c)] = true
	}
	doc, err := os.ReadFile(filepath.Join(root, "docs/guarantees.md"))
	require.NoError(t, err)
	rules := regexp.MustCompile(`(?m)^\| \d+ \| .* \| (.*) \|$`).FindAllStringSubmatch(string(doc), -1)
	assert.Len(t, rules, 15)
	for _, rule := range rules {
		for _, off := range strings.Split(rule[1], "; ") {
			assert.True(t, known[off], "%q is no planted bug", off)
		}
	}
}

// redundantHere are conditions that no history of the simulation needs, and why. The contract of the stores tests each of
// them.
func redundantHere() map[memory.Condition]string {
	return map[memory.Condition]string{
		memory.OpenPlaceIsFree:    "a room that is new has nothing at its first place",
		memory.ChangePlaceIsFree:  "a room whose rev is unchanged has nothing at its next place",
		memory.SendNotFull:        "nobody writes enough there to fill a room",
		memory.OpenNotTooSoon:     "whoever names the last room has read when the customer's starts began, and is refused before",
		memory.SetLoadIsConnected: "fewer agents are online there than are told of the queue",
		memory.AddLoadIsConnected: "fewer agents are online there than are told of the queue",
		memory.ShopIsNew:          "nobody edits a shop there",
		memory.BlockedIsKnown:     "a customer with a room is known until they are erased, and nobody is erased there",
	}
}

func first(pattern, text string) string {
	if found := regexp.MustCompile(pattern).FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return "?"
}

// plant writes copies of the code with the bugs in them, and returns the copy that go build takes for each file.
func plant(t *testing.T, bugs []bug) map[string]string {
	t.Helper()
	sources, dir := map[string]string{}, t.TempDir()
	for _, b := range bugs {
		for _, p := range b.patches {
			if _, read := sources[p.file]; !read {
				body, err := os.ReadFile(filepath.Join(root, p.file))
				require.NoError(t, err)
				sources[p.file] = string(body)
			}
			require.Equal(t, 1, strings.Count(sources[p.file], p.from), "%s: where in %s?\n%s", b.name, p.file, p.from)
			to := strings.ReplaceAll(p.to, "ON", fmt.Sprintf("planted(%q)", b.name))
			sources[p.file] = strings.Replace(sources[p.file], p.from, to, 1)
		}
	}
	replace := map[string]string{}
	write := func(name, body string) {
		file := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		require.NoError(t, os.WriteFile(file, []byte(body), 0o600))
		at, err := filepath.Abs(filepath.Join(root, name))
		require.NoError(t, err)
		replace[at] = file
	}
	for name, body := range sources {
		write(name, body)
		pkg := filepath.Dir(name)
		write(pkg+"/planted.go", "package "+filepath.Base(pkg)+"\n\nimport \"os\"\n\n"+
			"func planted(name string) bool { return os.Getenv(\""+envPlanted+"\") == name }\n")
	}
	return replace
}

func build(t *testing.T, replace map[string]string) string {
	t.Helper()
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	require.NoError(t, err)
	dir := t.TempDir()
	file, binary := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "soak")
	require.NoError(t, os.WriteFile(file, overlay, 0o600))
	cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay", file, "-o", binary, "./internal/proof/sim")
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return binary
}
