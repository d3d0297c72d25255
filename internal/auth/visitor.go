package auth

import (
	"github.com/golang-jwt/jwt/v5"
)

// visitor checks a token that the browser signed with its own key. The header carries the key, and the key's thumbprint is
// the visitor's id. At a named site the thumbprint is cut so that ids have the same length as the default site's, because a
// room must not grow; more than 150 bits are left.
func (v *Verifier) visitor(site Site, token string, header map[string]any) (Identity, error) {
	key, thumbprint, err := publicEC(header["jwk"])
	if err != nil {
		return Identity{}, err
	}
	claims, err := v.claims(token, jwt.SigningMethodES256, key, Audience)
	if err != nil {
		return Identity{}, err
	}
	// A browser's clock may be hours off, so iat may be in the future.
	issued, err := claims.GetIssuedAt()
	if err != nil || issued == nil || v.Now().Sub(issued.Time).Abs() > day+leeway {
		return Identity{}, Refuse("not issued within a day")
	}
	name, err := text(claims, "name")
	if err != nil {
		return Identity{}, err
	}
	return Identity{Who: visitorPrefix + site.id(thumbprint)[:len(thumbprint)], Name: cleanName(name)}, nil
}
