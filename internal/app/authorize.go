package app

import (
	"context"
	"fmt"
	"math/rand/v2"
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
	env, err := read(envIssuer, envKeys, envClient, envAdmins, envSecret, envOrigins, envSites, envEdge, envEdgeSecret, envCustomers)
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
	cfg, err := loadAWS(ctx)
	if err != nil {
		return nil, err
	}
	stored := parameters{ssm.NewFromConfig(cfg)}
	base := auth.Site{Origins: origins, Secrets: auth.CachedSecrets(stored.value(env[envSecret]), time.Now)}
	a := &gateway.Authorizer{
		Sites: auth.NewSites(base, stored.below(env[envSites]), skipped, time.Now),
		Verifier: &auth.Verifier{
			Keys:     auth.NewKeySet(env[envKeys], time.Now),
			Issuer:   env[envIssuer],
			ClientID: env[envClient],
			Admins:   env[envAdmins],
			Now:      time.Now,
		},
		Blocklist: blocklist{dynamo.New(dynamodb.NewFromConfig(cfg), env.tables())},
		Now:       time.Now,
		Rand:      rand.Int64N,
		Log:       log,
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
