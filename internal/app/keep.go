package app

import (
	"time"

	"rejoin/internal/dynamo"
)

// keep reads for how long things are kept: for ever by a function that was not told, because it keeps none.
func (e environment) keep() (kept dynamo.Retention, statistics time.Duration, err error) {
	if given, asked := e[envKeep]; asked {
		err = durations(envKeep, given, 24*time.Hour, map[string]*time.Duration{
			"texts": &kept.Texts, "rooms": &kept.Rooms, "statistics": &statistics,
		})
	}
	return kept, statistics, err
}
