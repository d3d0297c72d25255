package auth

import (
	"github.com/golang-jwt/jwt/v5"
)

// visitor checks a token that the browser signed with a key of its own. The
// key travels in the header, and its thumbprint is the identity: who can sign
// with it is that visitor. A named site's visitor has an id as long as the default
// one's, for a room of theirs must not grow: what is cut leaves more than 150 bits.
func (v *Verifier) visitor(site Site, token string, header map[string]any) (Identity, error) {
	key, thumbprint, err := publicEC(header["jwk"])
	if err != nil {
		return Identity{}, err
	}
	claims, err := v.claims(token, jwt.SigningMethodES256, key, Audience)
	if err != nil {
		return Identity{}, err
	}
	// A browser's clock may be hours off, so iat may lie ahead as well.
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
