package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/smithy-go/middleware"
	"github.com/stretchr/testify/require"

	"rejoin/internal/app"
	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/gateway"
	"rejoin/internal/hours"
	"rejoin/internal/memory"
	"rejoin/internal/proof/dynamotest"
	"rejoin/internal/stats"
	"rejoin/internal/telemetry"
)

// message is the size that API Gateway bills as one message, in bytes.
const message = 32 << 10

// stage is the deployed code, from event to tables, on the official engine. It counts the operations.
type stage struct {
	t          *testing.T
	clock      *memory.Clock
	meter      dynamotest.Meter
	log        bytes.Buffer
	current    operations
	store      *dynamo.Store
	controller gateway.Controller
	authorizer gateway.Authorizer
	n          int

	total map[string]operations
	times map[string]float64
}

func newStage(t *testing.T) (*stage, dynamo.Tables) {
	s := &stage{t: t, clock: memory.NewClock(1_767_225_600_000), total: map[string]operations{}, times: map[string]float64{}}
	tables := dynamotest.CreateTables(t, dynamotest.Connect(t, dynamotest.Local))
	s.store = dynamo.New(dynamotest.Connect(t, dynamotest.Local, s.meter.Attach, timed), tables)
	s.store.Retention = dynamo.Retention{Texts: 365 * 24 * time.Hour, Rooms: 365 * 24 * time.Hour}
	log := telemetry.NewLogger(&s.log, "rejoin")
	now := func() time.Time { return time.UnixMilli(int64(s.clock.Now())) }
	opening := &hours.Service{Store: s.store, Clock: s.clock, Each: memory.Each}
	counts := &stats.Service{Store: s.store, Clock: s.clock, Each: memory.Each, Hours: opening, Zone: time.UTC}
	s.controller = gateway.Controller{
		Service: &chat.Service{
			Store: s.store, Pusher: countingPusher{memory.NewPusher(s.clock), s}, Clock: s.clock, IDs: app.IDs{Entropy: strings.NewReader(strings.Repeat("entropy", 1e6))},
			Rules: chat.DefaultRules(), Forecast: counts, Snapshot: counts, Hours: opening, Each: memory.Each, Log: log,
		},
		Stats: counts, Hours: opening, Each: memory.Each, Now: now, Log: log,
	}
	s.authorizer = gateway.Authorizer{
		Sites: trust{}, Verifier: trust{}, Blocklist: s, ConnectionLimit: s, Now: now, Rand: func(n int64) int64 { return n / 2 }, Log: log,
	}
	return s, tables
}

// Go leaves out trailing zeros of a timestamp, so one of full length replaces it.
var timestamp = regexp.MustCompile(`"timestamp":"[^"]*"`)

// took adds a call's time to the event's log line, as the deployed code does.
func took(ctx context.Context, m telemetry.Metric) {
	telemetry.From(ctx).Time(m, 4_321*time.Microsecond)
}

func timed(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("took", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			took(ctx, telemetry.StoreLatency)
			out, metadata, err := next.HandleInitialize(ctx, in)
			telemetry.From(ctx).Use(dynamo.BilledUnits(out.Result))
			return out, metadata, err
		}), middleware.Before)
	})
}

// arrives sets the time at which the gateway received the event.
func (s *stage) arrives(p *person) {
	p.event.RequestContext.RequestTimeEpoch = int64(s.clock.Now()) - 17
}

// invoked is the context of an invocation by Lambda.
func (s *stage) invoked() context.Context {
	return lambdacontext.NewContext(s.t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "8f5a3a52-3b0c-4a0e-9a57-0f6c7d1e2a3b"})
}

const shop = "https://shop.example"

// trust accepts any token as the person's id, for a single shop.
type trust struct{}

func (trust) Site(context.Context, string) (auth.Site, error) {
	return auth.Site{Origins: auth.Origins{shop}}, nil
}

func (trust) Verify(_ context.Context, _ auth.Site, token string) (auth.Identity, error) {
	return auth.Identity{Who: token, Agent: chat.PersonID(token).IsAgent(), Name: "Mina Park"}, nil
}

// Arrive counts a connection, as the deployed count does.
func (s *stage) Count(ctx context.Context, from netip.Prefix, at time.Time) (bool, error) {
	return s.store.CountConnection(ctx, from.String(), chat.Millis(at.UnixMilli()), 1_000_000)
}

// Blocked reads the customer's item, as the deployed blocklist does.
func (s *stage) Blocked(ctx context.Context, id string) (bool, error) {
	p, err := s.store.Person(ctx, chat.PersonID(id))
	return p.Blocked, err
}

// countingPusher counts calls to @connections.
type countingPusher struct {
	*memory.Pusher
	s *stage
}

func (p countingPusher) Post(ctx context.Context, conn chat.ConnectionID, push chat.Push) error {
	return p.PostAll(ctx, []chat.ConnectionID{conn}, push)[0]
}

func (p countingPusher) PostAll(ctx context.Context, conns []chat.ConnectionID, push chat.Push) []error {
	body, err := gateway.Encode(push)
	require.NoError(p.s.t, err)
	for range conns {
		took(ctx, telemetry.PostLatency)
		p.s.current[posts] += messages(body)
		p.s.current[sentBytes] += float64(len(body))
	}
	return p.Pusher.PostAll(ctx, conns, push)
}

func (p countingPusher) Close(ctx context.Context, conn chat.ConnectionID) error {
	took(ctx, telemetry.PostLatency)
	p.s.current[callbacks]++
	return p.Pusher.Close(ctx, conn)
}

func (p countingPusher) LastActive(ctx context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	took(ctx, telemetry.PostLatency)
	p.s.current[callbacks]++
	return p.Pusher.LastActive(ctx, conn)
}

func messages(body []byte) float64 { return float64((len(body) + message - 1) / message) }

// measure counts the operations of one event.
func (s *stage) measure(name string, do func()) operations {
	s.meter.Reset()
	s.log.Reset()
	s.current = operations{invocations: 1}
	do()
	got := s.meter.Reading()
	require.Empty(s.t, got.Failures, "%s: its price is not known", name)
	for _, level := range []slog.Level{slog.LevelWarn, slog.LevelError} {
		require.NotContains(s.t, s.log.String(), fmt.Sprintf("%q", level), "%s is no typical event", name)
	}
	logged := timestamp.ReplaceAll(s.log.Bytes(), []byte(`"timestamp":"2026-01-01T00:00:00.123456789Z"`))
	s.current.add(operations{requests: float64(len(got.Journal)), writes: got.Write, reads: got.Read, logBytes: float64(len(logged))}, 1)
	if s.total[name] == nil {
		s.total[name] = operations{}
	}
	s.total[name].add(s.current, 1)
	s.times[name]++
	return s.current
}

// metricsIn are the custom metrics in a log's embedded format, by name and dimensions; CloudWatch bills each.
func metricsIn(t *testing.T, log []byte) map[string]bool {
	found := map[string]bool{}
	for line := range bytes.Lines(log) {
		var all map[string]any
		require.NoError(t, json.Unmarshal(line, &all))
		var embedded struct {
			AWS struct {
				CloudWatchMetrics []struct {
					Namespace  string
					Dimensions [][]string
					Metrics    []struct{ Name string }
				}
			} `json:"_aws"`
		}
		require.NoError(t, json.Unmarshal(line, &embedded))
		for _, directive := range embedded.AWS.CloudWatchMetrics {
			for _, dimensions := range directive.Dimensions {
				of := ""
				for _, d := range dimensions {
					of += fmt.Sprint(" ", d, "=", all[d])
				}
				for _, m := range directive.Metrics {
					found[directive.Namespace+" "+m.Name+of] = true
				}
			}
		}
	}
	return found
}

// person is a customer or agent with a connection.
type person struct {
	id    string
	event events.APIGatewayWebsocketProxyRequest
}

// connect opens a new connection of a person, through the authorizer.
func (s *stage) connect(prefix, id string) person {
	s.n++
	p := person{id: id, event: events.APIGatewayWebsocketProxyRequest{
		QueryStringParameters: map[string]string{"token": id}, Headers: map[string]string{"Origin": shop},
	}}
	p.event.RequestContext.ConnectionID = fmt.Sprintf("TzR4sfDWl%06d=", s.n)
	p.event.RequestContext.RequestID = "TzR501HFFiACFsw="
	p.event.RequestContext.Identity.SourceIP = "203.0.113.7"
	s.clock.Advance(time.Millisecond)
	s.arrives(&p)
	s.measure(prefix+authorize, func() {
		policy, err := s.authorizer.Handle(s.invoked(), gateway.AuthorizeEvent{MethodArn: "arn", APIGatewayWebsocketProxyRequest: p.event})
		require.NoError(s.t, err)
		require.Equal(s.t, "Allow", policy.PolicyDocument.Statement[0].Effect)
		p.event.RequestContext.Authorizer = policy.Context
	})
	s.lifecycle(prefix+connect, "$connect", p, s.controller.Connect())
	return p
}

func (s *stage) lifecycle(name, route string, p person, handler gateway.Handler) {
	s.measure(name, func() {
		p.event.RequestContext.RouteKey = route
		s.arrives(&p)
		answer, err := handler(s.invoked(), p.event)
		require.NoError(s.t, err)
		require.Equal(s.t, 200, answer.StatusCode)
	})
}

// send sends a frame and returns the answer's fields.
func (s *stage) send(name string, p person, handler gateway.Handler, action string, fields map[string]any) map[string]any {
	var got map[string]any
	s.measure(name, func() {
		frame := map[string]any{"action": action, "id": "f1"}
		for key, value := range fields {
			frame[key] = value
		}
		body, err := json.Marshal(frame)
		require.NoError(s.t, err)
		p.event.Body, p.event.RequestContext.RouteKey, p.event.RequestContext.EventType = string(body), action, "MESSAGE"
		s.arrives(&p)
		answer, err := handler(s.invoked(), p.event)
		require.NoError(s.t, err)
		s.current[frames] += messages(body)
		s.current[answers] += messages([]byte(answer.Body))
		s.current[sentBytes] += float64(len(answer.Body))
		if answer.Body != "" {
			require.NoError(s.t, json.Unmarshal([]byte(answer.Body), &got))
		}
		require.NotEqual(s.t, "error", got["type"], "%s: %s", name, answer.Body)
	})
	return got
}

// sweep runs the sweep. Of a run that checks rooms or counts chats, only the operations beyond a plain run count.
func (s *stage) sweep(name string) {
	got := s.measure(name, func() {
		_, err := s.controller.Sweep()(s.invoked(), gateway.SweepEvent{})
		require.NoError(s.t, err)
	})
	if name == checkRoom || name == countChat {
		require.Greater(s.t, got[requests], s.total[sweep][requests], "%s: there was something to do", name)
		s.total[name].add(s.total[sweep], -1)
	}
}
