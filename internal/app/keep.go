package app

import (
	"fmt"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
)

// keep reads for how long things are kept: for ever by a function that was not told, because it keeps none. A customer must
// not be forgotten while they may be gone and their chat is open.
func (e environment) keep(rules chat.Rules) (kept dynamo.Retention, statistics time.Duration, err error) {
	if given, asked := e[envKeep]; asked {
		err = numbers(envKeep, given, map[string]func(int){
			"texts": days(&kept.Texts), "rooms": days(&kept.Rooms), "statistics": days(&statistics),
		})
	}
	if gone := max(rules.Abandon, rules.Left); err == nil && kept.Rooms > 0 && kept.Rooms < gone {
		err = fmt.Errorf("%s: rooms cannot be kept for %s when a customer may be gone for %s", envKeep, kept.Rooms, gone)
	}
	return kept, statistics, err
}
