package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/ssm"

	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/gateway"
)

// Values of envEdge. With any other, clients connect only through the distribution.
const (
	noEdge   = "none" // clients connect to the gateway
	openEdge = "open" // clients may connect through the distribution
)

// AuthorizeHandler allows or denies one connection.
type AuthorizeHandler func(context.Context, gateway.AuthorizeEvent) (events.APIGatewayCustomAuthorizerResponse, error)

// Authorize builds the function that allows or denies connections.
func Authorize(ctx context.Context) (AuthorizeHandler, error) {
	env, err := read(envIssuer, envKeys, envClient, envAdmins, envSecret, envOrigins, envSites, envEdge, envEdgeSecret, envCustomers, envConnections, envConnects, envNetworkKey)
	if err != nil {
		return nil, err
	}
	log := logger()
	skipped := func(ctx context.Context, err error) {
		log.WarnContext(ctx, "site setting skipped", chat.LogError, err.Error())
	}
	origins, err := auth.ParseOrigins(env[envOrigins])
	if err != nil {
		skipped(ctx, fmt.Errorf("%s: %w", envOrigins, err))
	}
	connects, err := env.connects()
	if err != nil {
		return nil, err
	}
	cfg, err := loadAWS(ctx, log)
	if err != nil {
		return nil, err
	}
	stored := parameters{ssm.NewFromConfig(cfg)}
	base := auth.Site{Origins: origins, Secrets: auth.CachedSecrets(stored.value(env[envSecret]), time.Now)}
	store := dynamo.New(dynamodb.NewFromConfig(cfg), env.tables())
	a := &gateway.Authorizer{
		Sites: auth.NewSites(base, stored.below(env[envSites]), skipped, time.Now),
		Verifier: &auth.Verifier{
			Keys:     auth.NewKeySet(env[envKeys], time.Now),
			Issuer:   env[envIssuer],
			ClientID: env[envClient],
			Admins:   env[envAdmins],
			Now:      time.Now,
		},
		Blocklist:       blocklist{store},
		ConnectionLimit: connectionLimit{store, connects},
		NetworkKey:      []byte(env[envNetworkKey]),
		Now:             time.Now,
		Rand:            rand.Int64N,
		Log:             log,
	}
	if env[envEdge] != noEdge {
		a.Edge = auth.NewEdge(stored.value(env[envEdgeSecret]), time.Now)
		a.EdgeOnly = env[envEdge] != openEdge
	}
	return a.Handle, nil
}

// blocklist reads the customer's item.
type blocklist struct{ people chat.PeopleStore }

func (b blocklist) Blocked(ctx context.Context, id string) (bool, error) {
	p, err := b.people.Person(ctx, chat.PersonID(id))
	return p.Blocked, err
}

// connectionLimit counts in the table of connections.
type connectionLimit struct {
	people chat.PeopleStore
	most   int // of one address in a minute
}

func (a connectionLimit) Count(ctx context.Context, from netip.Prefix, at time.Time) (bool, error) {
	return a.people.CountConnection(ctx, from.String(), chat.Millis(at.UnixMilli()), a.most)
}

// connects reads how many connections may come from one address in a minute.
func (e environment) connects() (most int, err error) {
	most, err = strconv.Atoi(e[envConnects])
	if err != nil || most < 1 {
		return 0, fmt.Errorf("%s: %q is no number of connections", envConnects, e[envConnects])
	}
	return most, nil
}
