package auth

import (
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	leeway = time.Minute    // for differences between clocks
	day    = 24 * time.Hour // how far a customer's token may be dated in the past or the future
)

// latest is the latest accepted date, in seconds: later ones overflow time.Time and could turn into the past.
const latest = 1 << 40

// header reads a token's header, before its signature is checked.
func header(token string) (map[string]any, error) {
	t, _, err := jwt.NewParser(jwt.WithStrictDecoding()).ParseUnverified(token, jwt.MapClaims{})
	if err != nil {
		return nil, Refuse(reason(err))
	}
	// We support no extension, and a critical one must not be ignored (RFC 7515, 4.1.11).
	if _, ok := t.Header["crit"]; ok {
		return nil, Refuse("critical header not understood")
	}
	return t.Header, nil
}

// claims checks a token's signature, dates and audience, and returns its claims.
func (v *Verifier) claims(token string, method jwt.SigningMethod, key any, audience string,
	also ...jwt.ParserOption,
) (jwt.MapClaims, error) {
	claims := jwt.MapClaims{}
	options := append([]jwt.ParserOption{
		jwt.WithValidMethods([]string{method.Alg()}),
		jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(v.Now),
		jwt.WithLeeway(leeway),
		jwt.WithAudience(audience),
	}, also...)
	have := func(*jwt.Token) (any, error) { return key, nil }
	if _, err := jwt.NewParser(options...).ParseWithClaims(token, claims, have); err != nil {
		return nil, Refuse(reason(err))
	}
	for _, name := range []string{"exp", "nbf", "iat"} {
		if value, ok := claims[name]; ok {
			// The library treats 0 as absent.
			if seconds, ok := value.(float64); !ok || seconds <= 0 || seconds > latest {
				return nil, Refuse("date out of range")
			}
		}
	}
	// One of the other audiences could replay the token here.
	if several, ok := claims["aud"].([]any); ok && len(several) != 1 {
		return nil, Refuse("several audiences")
	}
	return claims, nil
}

// text reads an optional claim that must be a string.
func text(claims jwt.MapClaims, name string) (string, error) {
	switch value := claims[name].(type) {
	case nil:
		return "", nil
	case string:
		return value, nil
	}
	return "", Refuse(name + " is not a string")
}

// reason is a fixed text for the library's error, whose own text may quote the token.
func reason(err error) string {
	for _, known := range []error{
		jwt.ErrTokenMalformed, jwt.ErrTokenSignatureInvalid, jwt.ErrTokenRequiredClaimMissing,
		jwt.ErrTokenInvalidAudience, jwt.ErrTokenInvalidIssuer, jwt.ErrTokenExpired,
		jwt.ErrTokenNotValidYet, jwt.ErrTokenUsedBeforeIssued, jwt.ErrInvalidType,
	} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return jwt.ErrTokenUnverifiable.Error()
}
