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
	if err := numbers(envRules, given, map[string]setter{
		"abandon": seconds(&r.Abandon), "left": seconds(&r.Left), "away": seconds(&r.Away), "warn": seconds(&r.Warn),
		"idle": seconds(&r.Idle), "look": seconds(&r.Recheck), "silent": seconds(&r.Silent),
		"texts": count(&r.Burst), "within": seconds(&r.BurstWindow),
		"starts": count(&r.Starts), "startsWithin": seconds(&r.StartWindow),
		"waiting": count(&r.Waiting), "keepLeft": days(&r.KeepLeft),
	}); err != nil {
		return chat.Rules{}, err
	}
	if err := r.Check(); err != nil {
		return chat.Rules{}, fmt.Errorf("%s: %w", envRules, err)
	}
	return r, nil
}

// numbers reads a variable's pairs `name=number`, separated by commas, and calls the setter of each name.
func numbers(variable, given string, setters map[string]setter) error {
	for pair := range strings.SplitSeq(given, ",") {
		name, value, _ := strings.Cut(pair, "=")
		if set := setters[name]; set == nil || !set(value) {
			return fmt.Errorf("%s: %q is not known", variable, pair)
		}
	}
	return nil
}

// setter sets something to a number; false if the text is no number, or not a valid one.
type setter func(number string) bool

func count(n *int) setter {
	return func(number string) bool {
		read, err := strconv.Atoi(number)
		*n = read
		return err == nil && read >= 0
	}
}

func seconds(d *time.Duration) setter {
	return func(number string) bool {
		var n int
		ok := count(&n)(number)
		*d = time.Duration(n) * time.Second
		return ok
	}
}

// maxDays is a hundred years: a Duration has no space for three.
const maxDays = 36_500

// days may have decimals.
func days(d *time.Duration) setter {
	return func(number string) bool {
		n, err := strconv.ParseFloat(number, 64)
		*d = time.Duration(n * 24 * float64(time.Hour))
		return err == nil && n >= 0 && n <= maxDays
	}
}
