package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
)

const (
	coordinate = 32   // bytes of x and of y on P-256 (RFC 7518, 6.2.1.2)
	minModulus = 2048 // bits (RFC 7518, 3.3)
	maxModulus = 8192 // bits; a longer one makes a check slow
)

// publicEC reads the P-256 public key of a token's header and returns it with its thumbprint (RFC 7638) in base64url. The error
// is ErrRefused.
func publicEC(header any) (*ecdsa.PublicKey, string, error) {
	jwk, ok := header.(map[string]any)
	if !ok {
		return nil, "", Refuse("no key in the header")
	}
	if _, private := jwk["d"]; private {
		return nil, "", Refuse("private key in the header")
	}
	if jwk["kty"] != "EC" || jwk["crv"] != "P-256" || !absentOr(jwk["alg"], "ES256") || !absentOr(jwk["use"], "sig") {
		return nil, "", Refuse("key is not for ES256")
	}
	x, okX := octets(jwk["x"])
	y, okY := octets(jwk["y"])
	if !okX || !okY || len(x) != coordinate || len(y) != coordinate {
		return nil, "", Refuse("key is malformed")
	}
	// SEC 1, 2.3.3: an uncompressed point is 4, x, y. The point must be on the curve.
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		return nil, "", Refuse("key is not a point of the curve")
	}
	canonical := `{"crv":"P-256","kty":"EC","x":"` + encode(x) + `","y":"` + encode(y) + `"}`
	sum := sha256.Sum256([]byte(canonical))
	return key, encode(sum[:]), nil
}

// webKey is a key of a JSON Web Key Set (RFC 7517), with the fields of RSA.
type webKey struct {
	ID        string `json:"kid"`
	Type      string `json:"kty"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
}

// publicRSA returns the key if it fits RS256.
func (k webKey) publicRSA() (*rsa.PublicKey, bool) {
	usable := k.ID != "" && k.Type == "RSA" && (k.Use == "" || k.Use == "sig") && (k.Algorithm == "" || k.Algorithm == "RS256")
	n, okN := octets(k.Modulus)
	e, okE := octets(k.Exponent)
	if !usable || !okN || !okE {
		return nil, false
	}
	modulus, exponent := new(big.Int).SetBytes(n), new(big.Int).SetBytes(e)
	// crypto/rsa accepts odd exponents of at most 31 bits.
	fits := exponent.BitLen() > 1 && exponent.BitLen() <= 31 && exponent.Bit(0) == 1
	if !fits || modulus.BitLen() < minModulus || modulus.BitLen() > maxModulus {
		return nil, false
	}
	return &rsa.PublicKey{N: modulus, E: int(exponent.Int64())}, true
}

func absentOr(value any, wanted string) bool { return value == nil || value == wanted }

func octets(value any) ([]byte, bool) {
	text, ok := value.(string)
	if !ok || text == "" {
		return nil, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return b, err == nil
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
