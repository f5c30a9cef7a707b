package origin_test

import (
	"strconv"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/origin"
)

// anyURL draws strings of many shapes, most of which are URLs.
func anyURL() *rapid.Generator[string] {
	part := rapid.StringOf(rapid.SampledFrom([]rune("aB1.-_%2eE/\\?#@:[]| '\"<>`{}^\u00FC\u05D0\u200C")))
	return rapid.Custom(func(t *rapid.T) string {
		scheme := rapid.SampledFrom([]string{"http:", "https:", "ws:", "file:", "blob:", "data:", "web+demo:", ""}).Draw(t, "scheme")
		slashes := rapid.SampledFrom([]string{"//", "/", "", "///", "\\\\"}).Draw(t, "slashes")
		host := rapid.SampledFrom([]string{"example.com", "EXAMPLE.com.", "127.1", "[::1]", "u:p@h:8080", "b\u00FCcher.example", "C|", ""}).Draw(t, "host")
		return scheme + slashes + host + part.Draw(t, "rest")
	})
}

// smallOrigin draws from so few origins that two are often equal.
func smallOrigin() *rapid.Generator[origin.Origin] {
	return rapid.Custom(func(t *rapid.T) origin.Origin {
		s := rapid.SampledFrom([]string{"http", "https", "wss"}).Draw(t, "scheme") + "://" +
			rapid.SampledFrom([]string{"a.example", "b.a.example", "127.0.0.1", "[::1]"}).Draw(t, "host")
		if port := rapid.SampledFrom([]int{0, 80, 443, 8080}).Draw(t, "port"); port != 0 {
			s += ":" + strconv.Itoa(port)
		}
		return origin.MustParseURL(s).Origin()
	})
}

func TestParsingWhatWasSerialisedChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, err := origin.ParseURL(anyURL().Draw(t, "url"))
		if err != nil {
			t.Skip()
		}
		again, err := origin.ParseURL(u.String())
		assert.NilError(t, err)
		assert.Equal(t, again, u)
	})
}

func TestResolvingAgainstAnythingKeepsAnAbsoluteURL(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, baseErr := origin.ParseURL(anyURL().Draw(t, "base"))
		u, err := origin.ParseURL(anyURL().Draw(t, "url"))
		if err != nil || baseErr != nil {
			t.Skip()
		}
		resolved, err := base.Parse(u.String())
		assert.NilError(t, err)
		assert.Equal(t, resolved, u)
	})
}

func TestSameOriginIsEqualSerialisation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := smallOrigin().Draw(t, "a"), smallOrigin().Draw(t, "b")
		same := a == b
		assert.Equal(t, same, a.String() == b.String())
		assert.Equal(t, same, origin.Compare(a, b).SameOrigin())
		// Same origin implies same site, and same site implies schemelessly
		// same site.
		assert.Assert(t, !same || origin.SameSite(a, b))
		assert.Assert(t, !origin.SameSite(a, b) || origin.SchemelesslySameSite(a, b))
		assert.Equal(t, origin.SameSite(a, b), a.Site() == b.Site())
	})
}

// The fast comparisons of origins agree with the slow ones.
func TestSameOriginIsEqualityOfOrigins(t *testing.T) {
	few := rapid.SampledFrom([]string{
		"https://a.example/", "https://a.example:8443/x?y#z", "https://u:p@a.example/", "https://:p@a.example:8443", "http://a.example/",
		"ws://a.example", "blob:https://a.example/1", "blob:https://b.example/1", "file:///x", "data:,x", "web+demo://a.example/", "about:blank",
	})
	any := rapid.OneOf(few, anyURL())
	rapid.Check(t, func(t *rapid.T) {
		u, errU := origin.ParseURL(any.Draw(t, "u"))
		v, errV := origin.ParseURL(any.Draw(t, "v"))
		if errU != nil || errV != nil {
			t.Skip()
		}
		assert.Equal(t, u.SameOrigin(v), u.Origin() == v.Origin())
		assert.Equal(t, u.HasOrigin(v.Origin()), u.Origin() == v.Origin())
		assert.Assert(t, !u.HasOrigin(origin.NewOpaque()))
		assert.Assert(t, !u.HasOrigin(origin.Origin{}))
	})
}

func TestOriginSurvivesItsSerialisation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := smallOrigin().Draw(t, "origin")
		parsed, err := origin.ParseOrigin(o.String())
		assert.NilError(t, err)
		assert.Equal(t, parsed, o)
		assert.Equal(t, origin.MustParseURL(o.String()).Origin(), o)
	})
}
