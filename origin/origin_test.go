package origin_test

import (
	"errors"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/origin"
)

func mustOrigin(t testing.TB, s string) origin.Origin {
	t.Helper()
	o, err := origin.ParseOrigin(s)
	assert.NilError(t, err)
	return o
}

func TestZeroOrigin(t *testing.T) {
	var o origin.Origin
	_, hasPort := o.EffectivePort()
	for _, got := range []bool{!o.IsZero(), o.IsOpaque(), hasPort, o.IsPotentiallyTrustworthy(), origin.SameSite(o, o)} {
		assert.Check(t, !got)
	}
	for _, got := range []string{o.String(), o.Scheme(), o.Host(), o.Site().String()} {
		assert.Check(t, is.Equal(got, ""))
	}
}

func TestOpaqueOriginEqualsOnlyItself(t *testing.T) {
	a, b := origin.NewOpaque(), origin.NewOpaque()
	again := a
	assert.Assert(t, a == again)
	assert.Assert(t, a != b)
	assert.Assert(t, a != origin.Origin{})
	assert.Equal(t, a.String(), "null")
	assert.Equal(t, a.Host()+a.Scheme(), "")
	assert.Assert(t, a.IsOpaque() && !a.IsZero())
}

func TestURLOrigin(t *testing.T) {
	for _, test := range []struct {
		name, url, want string
	}{
		{name: "https", url: "https://example.com/a?b#c", want: "https://example.com"},
		{name: "default-port", url: "https://example.com:443/", want: "https://example.com"},
		{name: "other-port", url: "https://example.com:8443/", want: "https://example.com:8443"},
		{name: "greatest-port", url: "https://EXAMPLE.com:65535/", want: "https://example.com:65535"},
		{name: "credentials-do-not-count", url: "https://u:p@example.com:8443/", want: "https://example.com:8443"},
		{name: "upper-case", url: "HTTPS://EXAMPLE.COM/", want: "https://example.com"},
		{name: "unicode", url: "https://b\u00FCcher.example/", want: "https://xn--bcher-kva.example"},
		{name: "address-in-hexadecimal", url: "http://0x7f.1/", want: "http://127.0.0.1"},
		{name: "websocket", url: "ws://example.com/", want: "ws://example.com"},
		{name: "blob", url: "blob:https://example.com:8443/1-2", want: "https://example.com:8443"},
		{name: "blob-of-nobody", url: "blob:null/1-2", want: "null"},
		{name: "blob-of-ftp", url: "blob:ftp://host/path", want: "null"},
		{name: "blob-of-file", url: "blob:file:///x", want: "null"},
		{name: "blob-in-blob", url: "blob:blob:https://example.com/", want: "null"},
		{name: "data", url: "data:text/plain,x", want: "null"},
		{name: "file", url: "file:///x", want: "null"},
		{name: "about", url: "about:blank", want: "null"},
		{name: "extension", url: "chrome-extension://abc/", want: "null"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := origin.MustParseURL(test.url)
			assert.Equal(t, u.Origin().String(), test.want)
			// A second call returns the same origin only for a tuple origin.
			first, second := u.Origin(), u.Origin()
			assert.Equal(t, first == second, test.want != "null")
			assert.Equal(t, first.IsOpaque(), test.want == "null")
			if test.want != "null" {
				assert.Equal(t, u.Origin(), mustOrigin(t, test.want))
			}
		})
	}
}

// Credentials do not count, and a URL with an opaque origin is same origin with none,
// not even with itself.
func TestSameOrigin(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		same       bool
	}{
		{name: "paths-do-not-count", a: "https://a.example/x", b: "https://a.example/y", same: true},
		{name: "credentials-do-not-count", a: "https://a.example/", b: "https://u:p@a.example/", same: true},
		{name: "blob", a: "blob:https://a.example/1", b: "https://a.example/", same: true},
		{name: "ports-count", a: "https://a.example/", b: "https://a.example:8443/"},
		{name: "files", a: "file://host/x", b: "file://host/x"},
		{name: "file-and-tuple", a: "file://host/x", b: "http://host/x"},
		{name: "data", a: "data:,x", b: "data:,x"},
		{name: "extensions", a: "chrome-extension://abc/", b: "chrome-extension://abc/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := origin.MustParseURL(test.a), origin.MustParseURL(test.b)
			assert.Equal(t, a.SameOrigin(b), test.same)
			assert.Equal(t, b.SameOrigin(a), test.same)
			assert.Equal(t, a.HasOrigin(b.Origin()), test.same)
			assert.Equal(t, b.HasOrigin(a.Origin()), test.same)
		})
	}
}

func TestParseOrigin(t *testing.T) {
	const grammar, form = origin.ProblemNotSerializedOrigin, origin.ProblemNotCanonicalOrigin
	for _, test := range []struct {
		name, input string
		problem     origin.Problem // "" when it is an origin
	}{
		{name: "https", input: "https://example.com"},
		{name: "port", input: "http://localhost:3000"},
		{name: "port-zero", input: "http://localhost:0"},
		{name: "ipv4", input: "http://127.0.0.1:8080"},
		{name: "ipv6", input: "http://[::1]:8080"},
		{name: "punycode", input: "https://xn--bcher-kva.example"},
		{name: "extension", input: "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb"},
		{name: "other-scheme-with-port-80", input: "web+app.1-x://host:80"},
		{name: "digits-before-letters", input: "https://4chan.example"},
		{name: "websocket", input: "wss://example.com"},
		{name: "null", input: "null", problem: origin.ProblemNullOrigin},
		{name: "null-in-capitals", input: "NULL", problem: grammar},
		{name: "empty", input: "", problem: grammar},
		{name: "wildcard", input: "*", problem: grammar},
		{name: "trailing-slash", input: "https://example.com/", problem: grammar},
		{name: "path", input: "https://example.com/a", problem: grammar},
		{name: "query", input: "https://example.com?", problem: grammar},
		{name: "credentials", input: "https://u@example.com", problem: grammar},
		{name: "space-before", input: " https://example.com", problem: grammar},
		{name: "list", input: "https://a.example, https://b.example", problem: grammar},
		{name: "upper-case-host", input: "https://Example.com", problem: grammar},
		{name: "upper-case-scheme", input: "HTTPS://example.com", problem: grammar},
		{name: "no-scheme", input: "example.com", problem: grammar},
		{name: "scheme-from-digit", input: "1a://example.com", problem: grammar},
		{name: "no-host", input: "https://", problem: grammar},
		{name: "no-host-but-port", input: "https://:80", problem: grammar},
		{name: "unicode", input: "https://b\u00FCcher.example", problem: grammar},
		{name: "underscore", input: "https://a_b.example", problem: grammar},
		{name: "full-stop-at-the-end", input: "https://example.com.", problem: grammar},
		{name: "empty-label", input: "https://a..b", problem: grammar},
		{name: "hyphen-at-label-end", input: "https://a-.b", problem: grammar},
		{name: "colon-without-port", input: "https://example.com:", problem: grammar},
		{name: "six-digits", input: "https://example.com:123456", problem: grammar},
		{name: "letters-in-port", input: "https://example.com:80a", problem: grammar},
		{name: "ipv6-upper-case", input: "http://[::A]", problem: grammar},
		{name: "ipv6-leading-zero", input: "http://[::01]", problem: grammar},
		{name: "ipv6-with-ipv4", input: "http://[::1.2.3.4]", problem: grammar},
		{name: "ipv6-seven-around-gap", input: "http://[1:2:3:4::5:6:7]", problem: grammar},
		{name: "ipv6-open", input: "http://[::1", problem: grammar},
		{name: "default-port", input: "https://example.com:443", problem: form},
		{name: "port-with-zeros", input: "https://example.com:08443", problem: form},
		{name: "great-port", input: "https://example.com:65536", problem: form},
		{name: "short-ipv4", input: "http://127.1", problem: form},
		{name: "great-octet", input: "http://256.1.1.1", problem: form},
		{name: "ipv6-long-form", input: "http://[0:0:0:0:0:0:0:1]", problem: form},
		{name: "octet-beyond-any-number", input: "http://1.2.3.18446744073709551617", problem: form},
		{name: "greatest-port", input: "https://example.com:65535"},
		{name: "last-letter", input: "https://z.example"},
		{name: "last-label-from-a-digit", input: "https://a.4chan"},
		{name: "ipv6-four-digits", input: "http://[2001:db8::1]"},
		{name: "ipv6-zero", input: "http://[::]"},
		{name: "ipv6-six-around-gap", input: "http://[1::2:3:4:5:6]"},
		{name: "ipv6-one-zero-is-no-gap", input: "http://[1:0:2:3:4:5:6:7]"},
		{name: "ipv6-shorter-gap", input: "http://[1:0:0:2::3]", problem: ""},
		{name: "ipv6-wrong-gap", input: "http://[0:0:0:1::2]", problem: form},
		{name: "file", input: "file://host", problem: form},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, err := origin.ParseOrigin(test.input)
			matches := test.problem == "" || test.problem == form || test.problem == origin.ProblemNullOrigin
			assert.Equal(t, origin.IsSerializedOriginOrNull(test.input), matches)
			if test.problem == "" {
				assert.NilError(t, err)
				assert.Equal(t, o.String(), test.input)
				return
			}
			var parseError *origin.ParseError
			assert.Assert(t, errors.As(err, &parseError))
			assert.DeepEqual(t, parseError, &origin.ParseError{Input: test.input, Problem: test.problem})
			assert.Assert(t, o.IsZero())
		})
	}
}

func TestOriginParts(t *testing.T) {
	type parts struct {
		Scheme, Host     string
		Port             uint16
		HasPort          bool
		Effective        uint16
		HasEffective     bool
		PotentiallyTrust bool
	}
	for _, test := range []struct {
		origin string
		want   parts
	}{
		{origin: "https://example.com", want: parts{Scheme: "https", Host: "example.com", Effective: 443, HasEffective: true, PotentiallyTrust: true}},
		{origin: "http://example.com:8080", want: parts{Scheme: "http", Host: "example.com", Port: 8080, HasPort: true, Effective: 8080, HasEffective: true}},
		{origin: "http://localhost:0", want: parts{Scheme: "http", Host: "localhost", HasPort: true, HasEffective: true, PotentiallyTrust: true}},
		{origin: "http://a.localhost", want: parts{Scheme: "http", Host: "a.localhost", Effective: 80, HasEffective: true, PotentiallyTrust: true}},
		{origin: "http://notlocalhost", want: parts{Scheme: "http", Host: "notlocalhost", Effective: 80, HasEffective: true}},
		{origin: "http://127.9.9.9", want: parts{Scheme: "http", Host: "127.9.9.9", Effective: 80, HasEffective: true, PotentiallyTrust: true}},
		{origin: "http://127.0.0.1.example", want: parts{Scheme: "http", Host: "127.0.0.1.example", Effective: 80, HasEffective: true}},
		{origin: "http://[::1]", want: parts{Scheme: "http", Host: "[::1]", Effective: 80, HasEffective: true, PotentiallyTrust: true}},
		{origin: "http://[::2]", want: parts{Scheme: "http", Host: "[::2]", Effective: 80, HasEffective: true}},
		{origin: "wss://example.com", want: parts{Scheme: "wss", Host: "example.com", Effective: 443, HasEffective: true, PotentiallyTrust: true}},
		{origin: "http://10.0.0.1", want: parts{Scheme: "http", Host: "10.0.0.1", Effective: 80, HasEffective: true}},
		{origin: "chrome-extension://abc", want: parts{Scheme: "chrome-extension", Host: "abc"}},
		{origin: "web+app://127.0.0.1", want: parts{Scheme: "web+app", Host: "127.0.0.1"}},
	} {
		t.Run(test.origin, func(t *testing.T) {
			o := mustOrigin(t, test.origin)
			got := parts{Scheme: o.Scheme(), Host: o.Host(), PotentiallyTrust: o.IsPotentiallyTrustworthy()}
			got.Port, got.HasPort = o.Port()
			got.Effective, got.HasEffective = o.EffectivePort()
			assert.DeepEqual(t, got, test.want)
		})
	}
	assert.Assert(t, !origin.NewOpaque().IsPotentiallyTrustworthy())
	assert.Assert(t, origin.MustParseURL("http://localhost./").Origin().IsPotentiallyTrustworthy())
}

func TestCompare(t *testing.T) {
	opaque := origin.NewOpaque()
	for _, test := range []struct {
		name string
		a, b origin.Origin
		want string
	}{
		{name: "same", a: mustOrigin(t, "https://a.example"), b: mustOrigin(t, "https://a.example"), want: "same origin"},
		{name: "scheme", a: mustOrigin(t, "https://a.example"), b: mustOrigin(t, "http://a.example"), want: "scheme"},
		{name: "host", a: mustOrigin(t, "https://a.example"), b: mustOrigin(t, "https://b.example"), want: "host"},
		{name: "port", a: mustOrigin(t, "https://a.example"), b: mustOrigin(t, "https://a.example:80"), want: "port"},
		{name: "port-zero-is-a-port", a: mustOrigin(t, "https://a.example"), b: mustOrigin(t, "https://a.example:0"), want: "port"},
		{name: "scheme-and-port", a: mustOrigin(t, "https://a.example:1"), b: mustOrigin(t, "http://a.example:2"), want: "scheme and port"},
		{name: "all", a: mustOrigin(t, "https://a.example:1"), b: mustOrigin(t, "http://b.example"), want: "scheme, host and port"},
		{name: "same-opaque", a: opaque, b: opaque, want: "same origin"},
		{name: "two-opaque", a: opaque, b: origin.NewOpaque(), want: "opaque origin"},
		{name: "opaque-and-tuple", a: mustOrigin(t, "https://a.example"), b: opaque, want: "opaque origin"},
		{name: "none-and-tuple", b: mustOrigin(t, "https://a.example"), want: "opaque origin"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := origin.Compare(test.a, test.b)
			assert.Equal(t, got.String(), test.want)
			assert.Equal(t, got.SameOrigin(), test.a == test.b)
			assert.Equal(t, origin.Compare(test.b, test.a), got)
		})
	}
}

func TestSameOriginDomain(t *testing.T) {
	a, b := mustOrigin(t, "https://a.example.com"), mustOrigin(t, "https://b.example.com:8443")
	insecure := mustOrigin(t, "http://a.example.com")
	opaque := origin.NewOpaque()
	with := func(o origin.Origin, domain string) origin.DomainOrigin {
		return origin.DomainOrigin{Origin: o, Domain: domain, HasDomain: true}
	}
	without := func(o origin.Origin) origin.DomainOrigin { return origin.DomainOrigin{Origin: o} }
	for _, test := range []struct {
		name string
		a, b origin.DomainOrigin
		want bool
	}{
		{name: "neither-has-set-it", a: without(a), b: without(a), want: true},
		{name: "neither-has-set-it-and-origins-differ", a: without(a), b: without(b)},
		{name: "only-one-has-set-it", a: with(a, "a.example.com"), b: without(a)},
		{
			name: "domain-that-is-not-set-does-not-count", a: with(a, "a.example.com"),
			b: origin.DomainOrigin{Origin: a, Domain: "a.example.com"},
		},
		{name: "both-to-the-same", a: with(a, "example.com"), b: with(b, "example.com"), want: true},
		{name: "both-to-others", a: with(a, "a.example.com"), b: with(a, "example.com")},
		{name: "schemes-differ", a: with(a, "example.com"), b: with(insecure, "example.com")},
		{name: "same-opaque", a: without(opaque), b: without(opaque), want: true},
		{name: "two-opaque", a: without(opaque), b: without(origin.NewOpaque())},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, origin.SameOriginDomain(test.a, test.b), test.want)
			assert.Equal(t, origin.SameOriginDomain(test.b, test.a), test.want)
		})
	}
}
