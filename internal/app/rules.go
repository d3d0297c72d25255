package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rejoin/internal/chat"
)

// rules reads the rules of chat.Service; the defaults for a function without the variable, which uses none.
func (e environment) rules() (chat.Rules, error) {
	r := chat.DefaultRules()
	given, ok := e[envRules]
	if !ok {
		return r, nil
	}
	if err := numbers(envRules, given, map[string]func(int){
		"abandon": seconds(&r.Abandon), "left": seconds(&r.Left), "away": seconds(&r.Away), "warn": seconds(&r.Warn),
		"idle": seconds(&r.Idle), "look": seconds(&r.Recheck), "silent": seconds(&r.Silent),
		"texts": func(n int) { r.Burst = n }, "within": seconds(&r.BurstWindow),
		"starts": func(n int) { r.Starts = n }, "startsWithin": seconds(&r.StartWindow),
		"waiting": func(n int) { r.Waiting = n },
	}); err != nil {
		return chat.Rules{}, err
	}
	if err := r.Check(); err != nil {
		return chat.Rules{}, fmt.Errorf("%s: %w", envRules, err)
	}
	return r, nil
}

// numbers reads a variable's pairs `name=number`, separated by commas, and calls the setter of each name.
func numbers(variable, given string, setters map[string]func(int)) error {
	for pair := range strings.SplitSeq(given, ",") {
		name, value, _ := strings.Cut(pair, "=")
		n, err := strconv.Atoi(value)
		if setters[name] == nil || err != nil || n < 0 {
			return fmt.Errorf("%s: %q is not known", variable, pair)
		}
		setters[name](n)
	}
	return nil
}

func seconds(d *time.Duration) func(int) { return units(d, time.Second) }

func days(d *time.Duration) func(int) { return units(d, 24*time.Hour) }

func units(d *time.Duration, unit time.Duration) func(int) {
	return func(n int) { *d = time.Duration(n) * unit }
}
