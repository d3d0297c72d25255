package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rejoin/internal/chat"
)

// rules reads the rules of a room's life; the default ones for a function that was not given any, because it uses none.
func (e environment) rules() (chat.Rules, error) {
	r := chat.DefaultRules()
	given, asked := e[envRules]
	if !asked {
		return r, nil
	}
	if err := durations(envRules, given, time.Second, map[string]*time.Duration{
		"abandon": &r.Abandon, "left": &r.Left, "away": &r.Away, "warn": &r.Warn, "idle": &r.Idle, "look": &r.Look,
	}); err != nil {
		return chat.Rules{}, err
	}
	if err := r.Check(); err != nil {
		return chat.Rules{}, fmt.Errorf("%s: %w", envRules, err)
	}
	return r, nil
}

// durations reads `name=number` of a variable, separated by commas, in a unit, into the fields of these names.
func durations(variable, given string, unit time.Duration, fields map[string]*time.Duration) error {
	for pair := range strings.SplitSeq(given, ",") {
		name, value, _ := strings.Cut(pair, "=")
		n, err := strconv.Atoi(value)
		if fields[name] == nil || err != nil || n < 0 {
			return fmt.Errorf("%s: %q is not known", variable, pair)
		}
		*fields[name] = time.Duration(n) * unit
	}
	return nil
}
