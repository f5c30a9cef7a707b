package cookie

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
)

// SameSite is a cookie's same-site value.
// https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-cookie-struct
type SameSite uint8

// The same-site values. The zero value is that of a cookie without the
// attribute, or with a value that is none of the others.
const (
	SameSiteUnset SameSite = iota
	SameSiteNone
	SameSiteLax
	SameSiteStrict
)

var sameSites = enum.New[SameSite]("same-site value", "unset", "none", "lax", "strict")

// String returns the standard's word, such as "lax".
func (s SameSite) String() string { return sameSites.Word(s) }

// ParseSameSite returns the same-site value of an attribute's value. The case of
// ASCII letters does not matter, and an unknown value is [SameSiteUnset].
func ParseSameSite(value string) SameSite {
	s, err := sameSites.Parse(fetch.ByteLowercase(value))
	if err != nil {
		return SameSiteUnset
	}
	return s
}
