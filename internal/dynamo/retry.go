package dynamo

import (
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const (
	maxAttempts = 6
	// firstDelay bounds the wait before the first retry; it doubles each time. A client repeats after 5 s, so all
	// waits together stay well below.
	firstDelay = 40 * time.Millisecond
	maxDelay   = 640 * time.Millisecond
)

// Why a transaction was cancelled (TransactionCanceledException in DynamoDB's API reference).
const (
	conditionFailed = "ConditionalCheckFailed"
	conflict        = "TransactionConflict"
	throttled       = "ThrottlingError"
	overThroughput  = "ProvisionedThroughputExceeded"
	// plainConflict is the error of a plain write that conflicts with a transaction.
	plainConflict = "TransactionConflictException"
)

// newRetryer is the SDK's standard retryer with shorter waits, which also retries conflicts.
func newRetryer() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		// A hundred retries while DynamoDB does not answer, as many as after throttling; the SDK would stop after 35.
		o.RetryCost = retry.DefaultThrottlingRetryCost
		o.Backoff = retry.BackoffDelayerFunc(backoff)
		o.Retryables = append([]retry.IsErrorRetryable{
			retry.RetryableErrorCode{Codes: map[string]struct{}{plainConflict: {}}},
			retry.IsErrorRetryableFunc(isTransient),
		}, o.Retryables...)
	})
}

// backoff is exponential with full jitter.
func backoff(attempt int, _ error) (time.Duration, error) {
	return rand.N(min(firstDelay<<min(attempt, 8), maxDelay)), nil
}

// isTransient tells whether a cancelled transaction may succeed when retried: no condition failed.
func isTransient(err error) aws.Ternary {
	if cancelled(err, conflict, throttled, overThroughput) && !cancelled(err, conditionFailed) {
		return aws.TrueTernary
	}
	return aws.UnknownTernary
}

// cancelled tells whether the error is a transaction that was cancelled for one of the reasons.
func cancelled(err error, reasons ...string) bool {
	var c *types.TransactionCanceledException
	return errors.As(err, &c) && slices.ContainsFunc(c.CancellationReasons, func(r types.CancellationReason) bool {
		return r.Code != nil && slices.Contains(reasons, *r.Code)
	})
}
