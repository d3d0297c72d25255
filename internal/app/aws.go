package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
)

// A request and its retries must end well within a function's timeout of 10 s.
const (
	dialTimeout    = time.Second
	requestTimeout = 3 * time.Second
	tries          = 3
	maxBackoff     = 300 * time.Millisecond
	// idleTimeout is below the minute after which the services close idle connections. Otherwise a function that was frozen
	// between two events could send its next request into a closed connection.
	idleTimeout = 50 * time.Second
)

// loadAWS reads the SDK's standard environment: region, credentials and, for an emulator, AWS_ENDPOINT_URL. What the SDK itself has to
// say becomes lines of the log.
func loadAWS(ctx context.Context, log *slog.Logger) (aws.Config, error) {
	client := awshttp.NewBuildableClient().
		WithTimeout(requestTimeout).
		WithDialerOptions(func(d *net.Dialer) { d.Timeout = dialTimeout }).
		WithTransportOptions(func(t *http.Transport) {
			t.IdleConnTimeout = idleTimeout
			t.MaxIdleConnsPerHost = atOnce // else most calls that are made side by side would begin with a TLS handshake
		})
	cfg, err := config.LoadDefaultConfig(ctx, config.WithHTTPClient(client), config.WithLogger(sdkLog{ctx, log}), config.WithAPIOptions(timed()), config.WithRetryer(func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts, o.MaxBackoff = tries, maxBackoff
			o.RetryCost = retry.DefaultThrottlingRetryCost // allows 100 retries in an outage; the SDK's default allows 35
		})
	}))
	if err != nil {
		return aws.Config{}, fmt.Errorf("load AWS configuration: %w", err)
	}
	return cfg, nil
}
