package world

import (
	"crypto/rsa"
	"slices"
	"time"

	"rejoin/internal/auth"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
)

// Fixture is what worlds share and only read: keys, tokens and scenarios. One is enough for any number of worlds.
type Fixture struct {
	key       *rsa.PrivateKey // the agents' issuer's
	customers []string        // their tokens; the first one is a visitor
	agents    []string        // theirs
	brief     []string        // theirs that expire soon
	admins    []string        // theirs as admins
	forged    string
	known     map[string]auth.Identity // by token: whom it spoke for when it was new
	routes    map[string]string        // by action: the function
	without   memory.Condition         // empty: none is left out
	scenarios []scenario               // seed n has the one with number n modulo their length
}

// maxOfKind is how many customers, and how many agents, a world has at most.
const maxOfKind = 3

// NewFixture makes keys and tokens.
func NewFixture() (*Fixture, error) {
	f := &Fixture{routes: gateway.Routes(), scenarios: scenarios()}
	if err := f.makeTokens(time.UnixMilli(start)); err != nil {
		return nil, err
	}
	return f, nil
}

// Without returns the same fixture with databases that forget one condition.
func (f *Fixture) Without(condition memory.Condition) *Fixture {
	weak := *f
	weak.without = condition
	return &weak
}

// In returns the same fixture with one scenario only; false where none has that name.
func (f *Fixture) In(scenarioName string) (*Fixture, bool) {
	only := *f
	only.scenarios = slices.DeleteFunc(scenarios(), func(s scenario) bool { return s.name != scenarioName })
	return &only, len(only.scenarios) > 0
}
