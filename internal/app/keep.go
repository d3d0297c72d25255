package app

import (
	"time"

	"rejoin/internal/dynamo"
)

// keep reads for how long things are kept: for ever by a function that was not told, because it keeps none.
func (e environment) keep() (kept dynamo.Retention, statistics time.Duration, err error) {
	if given, asked := e[envKeep]; asked {
		err = numbers(envKeep, given, map[string]func(int){
			"texts": days(&kept.Texts), "rooms": days(&kept.Rooms), "statistics": days(&statistics),
		})
	}
	return kept, statistics, err
}
