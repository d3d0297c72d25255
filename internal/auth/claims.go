package auth

import (
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	leeway = time.Minute    // for clocks that differ
	day    = 24 * time.Hour // how far ahead or back a customer's token may be dated
)

// latest bounds the dates that are read, in seconds: later ones overflow on
// their way into a time.Time and could come out in the past.
const latest = 1 << 40

// header reads a token's header before anything is known about its signature.
func header(token string) (map[string]any, error) {
	t, _, err := jwt.NewParser(jwt.WithStrictDecoding()).ParseUnverified(token, jwt.MapClaims{})
	if err != nil {
		return nil, Refuse(reason(err))
	}
	// No extension is understood here, so a critical one must not be ignored (RFC 7515, 4.1.11).
	if _, ok := t.Header["crit"]; ok {
		return nil, Refuse("critical header not understood")
	}
	return t.Header, nil
}

// claims returns what a token says once its signature, its dates and its
// audience have been checked.
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
			// The library takes a 0 for "not there".
			if seconds, ok := value.(float64); !ok || seconds <= 0 || seconds > latest {
				return nil, Refuse("date out of range")
			}
		}
	}
	// A token for several audiences could be replayed here by one of the others.
	if several, ok := claims["aud"].([]any); ok && len(several) != 1 {
		return nil, Refuse("several audiences")
	}
	return claims, nil
}

// text reads an optional claim that must be a string where it is given.
func text(claims jwt.MapClaims, name string) (string, error) {
	switch value := claims[name].(type) {
	case nil:
		return "", nil
	case string:
		return value, nil
	}
	return "", Refuse(name + " is not a string")
}

// reason names what the library found wrong. Its own texts may quote the token
// and are not passed on.
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
