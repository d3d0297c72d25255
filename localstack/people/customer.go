package people

import (
	"crypto/ecdsa"
	"encoding/base64"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const audience = "rejoin"

// Customer signs a token for the customer whom the shop calls `sub`, as the shop's server would. It is good for an hour. `more` adds or
// changes claims; nil removes one.
func (s Stack) Customer(sub string, more jwt.MapClaims) (string, error) {
	claims := jwt.MapClaims{"aud": audience, "sub": sub, "exp": time.Now().Add(time.Hour).Unix()}
	for name, value := range more {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(s.SiteSecret))
}

// Visitor signs a token with a visitor's key, a P-256 one, as a browser does.
func Visitor(key *ecdsa.PrivateKey) (string, error) {
	point, err := key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		return "", err
	}
	b64 := base64.RawURLEncoding.EncodeToString
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{"aud": audience, "iat": time.Now().Unix()})
	token.Header["jwk"] = map[string]string{"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}
	return token.SignedString(key)
}
