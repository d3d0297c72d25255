package world

import (
	"crypto/rsa"
	"slices"
	"time"

	"rejoin/internal/auth"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
)

// Fixture is the keys, tokens and scenarios, which all worlds share and only read.
type Fixture struct {
	key       *rsa.PrivateKey // the agents' issuer's
	customers []string        // their tokens; the first one is a visitor
	agents    []string        // theirs
	brief     []string        // theirs that expire soon
	admins    []string        // theirs as admins
	greedy    []string        // theirs, who are visitors
	forged    string
	known     map[string]auth.Identity // the identity that each token proved when it was new
	routes    map[string]string        // by action: the function
	without   memory.Condition         // the condition left out; empty: none
	scenarios []scenario               // seed n has scenario n modulo their number
}

// maxOfKind is how many customers, and how many agents, a world has at most.
const maxOfKind = 3

// maxGreedy is how many greedy people a world has at most.
const maxGreedy = 24

// NewFixture makes keys and tokens.
func NewFixture() (*Fixture, error) {
	f := &Fixture{routes: gateway.Routes(), scenarios: scenarios()}
	if err := f.makeTokens(time.UnixMilli(start)); err != nil {
		return nil, err
	}
	return f, nil
}

// Without returns the same fixture, with databases that leave out one condition.
func (f *Fixture) Without(condition memory.Condition) *Fixture {
	weak := *f
	weak.without = condition
	return &weak
}

// In returns the same fixture with one scenario only; false if there is none of that name.
func (f *Fixture) In(scenarioName string) (*Fixture, bool) {
	only := *f
	only.scenarios = slices.DeleteFunc(scenarios(), func(s scenario) bool { return s.name != scenarioName })
	return &only, len(only.scenarios) > 0
}
