package app

import (
	"fmt"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
)

// retention reads how long rooms, texts and statistics are kept: for ever for a function without the variable, which writes
// none of them. A customer's item must last longer than their open chat may wait for them.
func (e environment) retention(rules chat.Rules) (retention dynamo.Retention, statistics time.Duration, err error) {
	if given, ok := e[envKeep]; ok {
		err = numbers(envKeep, given, map[string]setter{
			"texts": days(&retention.Texts), "rooms": days(&retention.Rooms), "statistics": days(&statistics),
		})
	}
	// A question that is left may get its answer on its last day, which then waits as long again.
	switch gone := max(rules.Abandon, rules.Left, 2*rules.KeepLeft); {
	case err != nil:
	case retention.Rooms > 0 && retention.Rooms < gone:
		err = fmt.Errorf("%s: rooms cannot be kept for %s when a customer may be gone for %s", envKeep, retention.Rooms, gone)
	case retention.Texts > 0 && retention.Texts < rules.KeepLeft:
		err = fmt.Errorf("%s: texts cannot be kept for %s when a question may wait for its answer for %s", envKeep, retention.Texts, rules.KeepLeft)
	}
	return retention, statistics, err
}
