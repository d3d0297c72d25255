package main

import (
	"fmt"
	"strconv"

	"rejoin/infra"
)

// rates are the template's limits of the stage, in events a second.
type rates struct {
	connects float64 // new connections
	joins    float64
	texts    float64
	others   float64 // frames of each other route, such as typing
}

func ratesOf(t infra.Template) (r rates, err error) {
	for name, into := range map[string]*float64{"ConnectRate": &r.connects, "JoinRate": &r.joins, "MessageRate": &r.texts, "ThrottleRate": &r.others} {
		if *into, err = strconv.ParseFloat(t.Parameters[name].Default, 64); err != nil {
			return rates{}, fmt.Errorf("the template's %s: %w", name, err)
		}
	}
	return r, nil
}
