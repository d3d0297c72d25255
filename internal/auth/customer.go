package auth

import (
	"context"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

const maxSubject = 128 // characters of a known customer's sub

// customer checks a token that the site's server signed for a customer who is logged in there.
func (v *Verifier) customer(ctx context.Context, site Site, token string) (Identity, error) {
	secrets, err := site.Secrets(ctx)
	if err != nil {
		return Identity{}, fmt.Errorf("site secret: %w", err)
	}
	var keys jwt.VerificationKeySet // without secrets, no token is valid
	for _, secret := range secrets {
		keys.Keys = append(keys.Keys, []byte(secret))
	}
	claims, err := v.claims(token, jwt.SigningMethodHS256, keys, Audience,
		jwt.WithExpirationRequired(), jwt.WithIssuedAt())
	if err != nil {
		return Identity{}, err
	}
	expires, err := claims.GetExpirationTime()
	if err != nil || expires.Sub(v.Now()) > day+leeway {
		return Identity{}, Refuse("valid for more than a day")
	}
	subject, err := text(claims, "sub")
	if err != nil {
		return Identity{}, err
	}
	switch { // separate reasons help the developer of the shop's server
	case subject == "":
		return Identity{}, Refuse("no sub")
	case len(subject) > maxSubject:
		return Identity{}, Refuse("sub is too long")
	case strings.ContainsFunc(subject, notInSubject):
		return Identity{}, Refuse("sub has a character that an id may not have")
	}
	name, err := text(claims, "name")
	if err != nil {
		return Identity{}, err
	}
	email, err := text(claims, "email")
	if err != nil {
		return Identity{}, err
	}
	return Identity{Who: customerPrefix + site.id(subject), Name: cleanName(name), Email: cleanEmail(email)}, nil
}

func notInSubject(r rune) bool {
	switch {
	case 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("._@-", r)
}
