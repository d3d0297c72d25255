package sim

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rejoin/internal/auth"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
)

const (
	issuer   = "https://issuer.example/pool"
	clientID = "console"
	keyID    = "key-1"
	admins   = "admins"
	secret   = "the simulated site's secret of 32 bytes or more"
)

// Crowd is who there is to be simulated, with the tokens that prove it. It is made once for any number of worlds, which
// only read it.
type Crowd struct {
	key       *rsa.PrivateKey
	customers []string // tokens
	agents    []string
	brief     []string // agents' tokens that run out soon
	admins    []string // agents' as admins
	forged    string
	known     map[string]auth.Identity // by token: whom it spoke for when it was new
	routes    map[string]string
	without   memory.Condition
	shapes    []shape // a seed lives in one of them
}

// grant is what a token of an agent's says beside who they are.
type grant struct {
	until  time.Time
	groups []string
}

// briefly is how long the first tokens of agents last where tokens run out.
const briefly = 4 * time.Minute

// most is how many of each kind a world can have.
const most = 3

// NewCrowd makes keys and tokens.
func NewCrowd() (*Crowd, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048) // no token's bytes get into a history, so any will do
	if err != nil {
		return nil, fmt.Errorf("make the issuer's key: %w", err)
	}
	c := &Crowd{key: key, routes: gateway.Routes(), shapes: shapes()}
	from, until := time.UnixMilli(start), time.UnixMilli(start).Add(20*time.Hour)
	for i := range most {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
			"aud": auth.Audience, "sub": "c" + strconv.Itoa(i+1), "name": "Customer " + strconv.Itoa(i+1), "exp": until.Unix(),
		})
		signed, err := token.SignedString([]byte(secret))
		if i == 0 { // one of them is a visitor
			signed, err = visitor(from)
		}
		if err != nil {
			return nil, fmt.Errorf("sign a customer's token: %w", err)
		}
		c.customers = append(c.customers, signed)
		for tokens, of := range map[*[]string]grant{&c.agents: {until, nil}, &c.brief: {from.Add(briefly), nil}, &c.admins: {until, []string{admins}}} {
			token = jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
				"iss": issuer, "aud": clientID, "sub": "agent" + strconv.Itoa(i+1), "name": "Agent " + strconv.Itoa(i+1),
				"token_use": "id", "exp": of.until.Unix(), "iat": from.Unix(), "cognito:groups": of.groups,
			})
			token.Header["kid"] = keyID
			if signed, err = token.SignedString(key); err != nil {
				return nil, fmt.Errorf("sign an agent's token: %w", err)
			}
			*tokens = append(*tokens, signed)
		}
	}
	c.forged = c.customers[1][:len(c.customers[1])-4] + "AAAA"
	deployed := c.deployed(func() time.Time { return from })
	c.known = map[string]auth.Identity{}
	for _, token := range slices.Concat(c.customers, c.agents, c.brief, c.admins) {
		if c.known[token], err = deployed.Verify(context.Background(), site(), token); err != nil {
			return nil, fmt.Errorf("verify a token: %w", err)
		}
	}
	return c, nil
}

// Without returns the same crowd over databases that forget one condition.
func (c *Crowd) Without(condition memory.Condition) *Crowd {
	weak := *c
	weak.without = condition
	return &weak
}

// In returns the same crowd in worlds of one shape only; false where no shape has that name.
func (c *Crowd) In(name string) (*Crowd, bool) {
	only := *c
	only.shapes = slices.DeleteFunc(shapes(), func(s shape) bool { return s.name != name })
	return &only, len(only.shapes) > 0
}

// visitor is a token that a browser signs for itself. Its key is always the same one: it is the identity.
func visitor(at time.Time) (string, error) {
	scalar := sha256.Sum256([]byte("a simulated visitor"))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar[:])
	if err != nil {
		return "", err
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		return "", err
	}
	half := len(point) / 2
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{"aud": auth.Audience, "iat": at.Unix(), "name": "Customer 1"})
	token.Header["jwk"] = map[string]any{
		"kty": "EC", "crv": "P-256",
		"x": base64.RawURLEncoding.EncodeToString(point[1 : half+1]), "y": base64.RawURLEncoding.EncodeToString(point[half+1:]),
	}
	return token.SignedString(key)
}

// site is the shop of all customers.
func site() auth.Site {
	return auth.Site{Secrets: func(context.Context) ([]auth.Secret, error) { return []auth.Secret{auth.Secret(secret)}, nil }}
}

// deployed checks tokens as the deployed authorizer does.
func (c *Crowd) deployed(now func() time.Time) *auth.Verifier {
	return &auth.Verifier{
		Keys: keys{c}, Issuer: issuer, ClientID: clientID, Admins: admins, Now: now,
	}
}

// verifier answers as the deployed one, which has checked each token once: a good signature stays good until its token
// expires, and checking it again took a third of a simulation's time.
type verifier struct {
	deployed *auth.Verifier
	known    map[string]auth.Identity
}

// Verify implements gateway.Verifier.
func (v verifier) Verify(ctx context.Context, site auth.Site, token string) (auth.Identity, error) {
	identity, known := v.known[token]
	if known && (identity.Until.IsZero() || v.deployed.Now().Before(identity.Until)) {
		return identity, nil
	}
	return v.deployed.Verify(ctx, site, token)
}

type keys struct{ crowd *Crowd }

func (k keys) Key(_ context.Context, id string) (*rsa.PublicKey, error) {
	if id != keyID {
		return nil, auth.Refuse("unknown key")
	}
	return &k.crowd.key.PublicKey, nil
}
