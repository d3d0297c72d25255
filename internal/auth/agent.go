package auth

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/golang-jwt/jwt/v5"
)

// Claims that Amazon Cognito adds to those of OpenID Connect Core 1.0.
const (
	claimUse    = "token_use"
	claimGroups = "cognito:groups"
)

const maxAgentSubject = 255 // ASCII characters (OpenID Connect Core 1.0, 2)

// agent checks an OpenID Connect ID token.
func (v *Verifier) agent(ctx context.Context, token string, header map[string]any) (Identity, error) {
	id, _ := header["kid"].(string)
	if id == "" {
		return Identity{}, Refuse("no key id")
	}
	// An access token says so here or in token_use (RFC 9068, 2.1).
	if typ, ok := header["typ"].(string); ok && !strings.EqualFold(typ, "JWT") {
		return Identity{}, Refuse("not an ID token")
	}
	key, err := v.Keys.Key(ctx, id)
	if err != nil {
		return Identity{}, err
	}
	claims, err := v.claims(token, jwt.SigningMethodRS256, key, v.ClientID,
		jwt.WithIssuer(v.Issuer), jwt.WithExpirationRequired(), jwt.WithIssuedAt())
	if err != nil {
		return Identity{}, err
	}
	if use, ok := claims[claimUse]; ok && use != "id" {
		return Identity{}, Refuse("not an ID token")
	}
	subject, err := text(claims, "sub")
	if err != nil {
		return Identity{}, err
	}
	if subject == "" || len(subject) > maxAgentSubject || strings.ContainsFunc(subject, notVisible) {
		return Identity{}, Refuse("sub not accepted")
	}
	email, err := text(claims, "email")
	if err != nil {
		return Identity{}, err
	}
	name, err := agentName(claims)
	if err != nil {
		return Identity{}, err
	}
	expires, err := claims.GetExpirationTime()
	if err != nil {
		return Identity{}, Refuse("date out of range")
	}
	groups, _ := claims[claimGroups].([]any)
	return Identity{
		Who:   agentPrefix + subject,
		Agent: true,
		Admin: slices.Contains(groups, any(v.Admins)),
		Name:  name,
		Email: cleanEmail(email),
		Until: expires.Add(leeway),
	}, nil
}

// agentName is the name that customers see: never the log-in name, nor one that contains an e-mail address. If it is empty,
// the pages say "Agent" in their language.
func agentName(claims jwt.MapClaims) (string, error) {
	for _, claim := range []string{"name", "given_name", "nickname", "preferred_username"} {
		value, err := text(claims, claim)
		if err != nil {
			return "", err
		}
		if name := cleanName(value); name != "" && !slices.ContainsFunc(words(name), isEmail) {
			return name, nil
		}
	}
	return "", nil
}

func isEmail(word string) bool { return cleanEmail(word) != "" }

func words(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>()[],;:"`, r) })
}

func notVisible(r rune) bool { return r <= ' ' || r > '~' }
