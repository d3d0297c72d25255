package chat

import (
	"context"
	"errors"
	"fmt"
)

// Each calls do for 0 … n-1, a bounded number of them side by side, in any order, and returns when all have returned. A
// service gets one from outside, so that a simulation can decide which of the calls goes on.
type Each func(ctx context.Context, n int, do func(ctx context.Context, i int))

// maxErrors is how many errors of calls side by side are reported, so that a log line stays short.
const maxErrors = 8

// Try is Each for calls that may fail, none of which stops another. The error has the first of theirs, and says how
// many more there are.
func (each Each) Try(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	all := make([]error, n)
	each(ctx, n, func(ctx context.Context, i int) { all[i] = do(ctx, i) })
	return JoinErrors(all)
}

// JoinErrors joins the first few errors that are not nil, and says how many more there are.
func JoinErrors(all []error) error {
	failed, errs := 0, []error(nil)
	for _, err := range all {
		if err == nil {
			continue
		}
		if failed++; failed <= maxErrors {
			errs = append(errs, err)
		}
	}
	if failed > maxErrors {
		errs = append(errs, fmt.Errorf("and %d more", failed-maxErrors))
	}
	return errors.Join(errs...)
}

// All makes these calls side by side.
func (each Each) All(ctx context.Context, calls ...func(context.Context) error) error {
	return each.Try(ctx, len(calls), func(ctx context.Context, i int) error { return calls[i](ctx) })
}

// sideBySide makes all calls side by side.
func (s *Service) sideBySide(ctx context.Context, calls ...func(context.Context)) {
	s.Each(ctx, len(calls), func(ctx context.Context, i int) { calls[i](ctx) })
}
