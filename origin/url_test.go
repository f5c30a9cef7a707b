package origin_test

import (
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/origin"
)

func TestZeroURL(t *testing.T) {
	var u origin.URL
	_, hasPort := u.EffectivePort()
	_, hasQuery := u.Query()
	_, hasFragment := u.Fragment()
	for _, got := range []bool{
		!u.IsZero(), u.HasHost(), u.HasCredentials(), u.HasOpaquePath(), u.IsHTTP(), u.IsLocal(),
		hasPort, hasQuery, hasFragment, u.IsPotentiallyTrustworthy(),
	} {
		assert.Check(t, !got)
	}
	for _, got := range []string{
		u.String(), u.WithoutFragment().String(), u.Scheme(), u.Username(), u.Password(), u.Host(), u.Path(),
		u.WithFragment("f").String(), u.WithoutCredentials().String(), u.WithScheme("https").String(),
	} {
		assert.Check(t, is.Equal(got, ""))
	}
	_, err := u.Parse("x")
	assert.ErrorContains(t, err, "no scheme")
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct {
		name    string
		input   string
		problem origin.Problem
	}{
		{name: "empty", input: "", problem: origin.ProblemMissingScheme},
		{name: "relative-without-base", input: "//example.com", problem: origin.ProblemMissingScheme},
		{name: "no-host", input: "https://", problem: origin.ProblemHostMissing},
		{name: "credentials-without-host", input: "https://user@/", problem: origin.ProblemHostMissing},
		{name: "port-without-host", input: "https://:80/", problem: origin.ProblemHostMissing},
		{name: "host-vanishes", input: "https://\u00AD/", problem: origin.ProblemHostMissing},
		{name: "space-in-domain", input: "https://ex ample.org/", problem: origin.ProblemDomainInvalidCodePoint},
		{name: "percent-sign-in-domain", input: "https://a%25b/", problem: origin.ProblemDomainInvalidCodePoint},
		{name: "space-in-opaque-host", input: "git://a b/", problem: origin.ProblemHostInvalidCodePoint},
		{name: "not-utf8-in-domain", input: "https://a%80/", problem: origin.ProblemDomainToASCII},
		{name: "punycode-of-ascii-beside-unicode", input: "https://xn--a-.\u00DF/", problem: origin.ProblemDomainToASCII},
		{name: "bad-punycode-beside-unicode", input: "https://xn--a.\u00DF/", problem: origin.ProblemDomainToASCII},
		{name: "letters-as-port", input: "https://example.com:demo", problem: origin.ProblemPortInvalid},
		{name: "great-port", input: "https://example.com:65536", problem: origin.ProblemPortOutOfRange},
		{name: "five-numbers", input: "http://1.2.3.4.5", problem: origin.ProblemIPv4TooManyParts},
		{name: "octal-nine", input: "http://09", problem: origin.ProblemIPv4NonNumericPart},
		{name: "great-octet", input: "http://1.2.3.256", problem: origin.ProblemIPv4OutOfRangePart},
		{name: "great-first-octet", input: "http://256.1", problem: origin.ProblemIPv4OutOfRangePart},
		{name: "open-bracket", input: "http://[::1", problem: origin.ProblemIPv6Unclosed},
		{name: "name-in-brackets", input: "http://[www.example.com]", problem: origin.ProblemIPv6InvalidCodePoint},
		{name: "one-leading-colon", input: "http://[:1]", problem: origin.ProblemIPv6InvalidCompression},
		{name: "nine-pieces", input: "http://[1:2:3:4:5:6:7:8:9]", problem: origin.ProblemIPv6TooManyPieces},
		{name: "few-pieces", input: "http://[1:2]", problem: origin.ProblemIPv6TooFewPieces},
		{name: "five-digits", input: "http://[12345::1]", problem: origin.ProblemIPv6InvalidCodePoint},
		{name: "colon-at-the-end", input: "http://[1:2:3:4:5:6:7:8:]", problem: origin.ProblemIPv6InvalidCodePoint},
		{name: "two-gaps", input: "http://[1::2::3]", problem: origin.ProblemIPv6MultipleCompress},
		{name: "bad-ipv4-in-ipv6", input: "http://[::1.2.3]", problem: origin.ProblemIPv4InIPv6},
		{name: "leading-zero-in-ipv4-in-ipv6", input: "http://[::1.2.3.04]", problem: origin.ProblemIPv4InIPv6},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := origin.ParseURL(test.input)
			var parseError *origin.ParseError
			assert.Assert(t, errors.As(err, &parseError), "%v", err)
			assert.DeepEqual(t, parseError, &origin.ParseError{Input: test.input, Problem: test.problem})
			// Every problem has words of its own.
			assert.Check(t, test.problem.String() != string(test.problem))
		})
	}
}

func TestParseErrorQuotesAtMostTheStart(t *testing.T) {
	for length, shortened := range map[int]bool{120: false, 121: true, 500: true} {
		input := strings.Repeat("x", length)
		_, err := origin.ParseURL(input)
		assert.Check(t, strings.Contains(err.Error(), "…") == shortened, length)
		assert.Check(t, strings.Contains(err.Error(), input[:120]), length)
	}
}

func TestMustParseURLPanics(t *testing.T) {
	defer func() { assert.Assert(t, recover() != nil) }()
	origin.MustParseURL("example.com")
}

func TestWithScheme(t *testing.T) {
	for _, test := range []struct {
		name, url, scheme, want string
	}{
		{name: "upgrade", url: "http://example.com/a?b#c", scheme: "https", want: "https://example.com/a?b#c"},
		{name: "port-becomes-the-default", url: "http://u:p@a.b:443/x?y#z", scheme: "https", want: "https://u:p@a.b/x?y#z"},
		{name: "port-checkReparsed", url: "http://a.b:8080/", scheme: "https", want: "https://a.b:8080/"},
		{name: "null-port-checkReparsed-null", url: "https://a.b/", scheme: "http", want: "http://a.b/"},
		{name: "not-to-an-unknown-scheme", url: "http://a.b/", scheme: "web", want: "http://a.b/"},
		{name: "not-from-an-unknown-scheme", url: "web://a.b/", scheme: "http", want: "web://a.b/"},
		{name: "not-to-file-with-port", url: "http://a.b:8080/", scheme: "file", want: "http://a.b:8080/"},
		{name: "not-to-file-with-credentials", url: "http://u@a.b/", scheme: "file", want: "http://u@a.b/"},
		{name: "to-file", url: "http://a.b/", scheme: "file", want: "file://a.b/"},
		{name: "from-file-with-host", url: "file://a.b/x", scheme: "http", want: "http://a.b/x"},
		{name: "not-from-file-without-host", url: "file:///x", scheme: "http", want: "file:///x"},
		{name: "upper-case-is-no-scheme", url: "http://a.b/", scheme: "HTTPS", want: "http://a.b/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := origin.MustParseURL(test.url).WithScheme(test.scheme)
			assert.Equal(t, got, origin.MustParseURL(test.want))
		})
	}
}

func TestWithFragment(t *testing.T) {
	for _, test := range []struct {
		name, url, fragment string
		ok                  bool
		want                string
	}{
		{name: "added", url: "https://a.b/?q", fragment: "f", ok: true, want: "https://a.b/?q#f"},
		{name: "longer-than-the-url", url: "a:b", fragment: "0123456789", ok: true, want: "a:b#0123456789"},
		{name: "replaced", url: "https://a.b/#e", fragment: "f", ok: true, want: "https://a.b/#f"},
		{name: "removed", url: "https://a.b/#e", want: "https://a.b/"},
		{name: "nothing-to-remove", url: "https://a.b/", want: "https://a.b/"},
		{name: "empty-is-not-none", url: "https://a.b/", ok: true, want: "https://a.b/#"},
		{name: "encoded-when-it-is-not", url: "https://a.b/", fragment: "a b%20", ok: true, want: "https://a.b/#a%20b%20"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := origin.MustParseURL(test.url).WithoutFragment()
			if test.ok {
				got = origin.MustParseURL(test.url).WithFragment(test.fragment)
			}
			assert.Equal(t, got, origin.MustParseURL(test.want))
		})
	}
}

func TestWithoutCredentials(t *testing.T) {
	for _, test := range []struct{ name, url, want string }{
		{name: "both", url: "https://u:p@a.b:8080/x?y#z", want: "https://a.b:8080/x?y#z"},
		{name: "password-only", url: "https://:p@a.b/", want: "https://a.b/"},
		{name: "user-only", url: "https://u@[::1]/", want: "https://[::1]/"},
		{name: "none", url: "https://a.b/", want: "https://a.b/"},
		{name: "no-host", url: "data:,@", want: "data:,@"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := origin.MustParseURL(test.url).WithoutCredentials()
			assert.Equal(t, got, origin.MustParseURL(test.want))
			assert.Assert(t, !got.HasCredentials())
		})
	}
}

func TestURLPredicates(t *testing.T) {
	type answers struct{ HTTP, Local, Trustworthy, OpaquePath bool }
	for _, test := range []struct {
		url  string
		want answers
	}{
		{url: "https://example.com/", want: answers{HTTP: true, Trustworthy: true}},
		{url: "http://example.com/", want: answers{HTTP: true}},
		{url: "http://localhost:3000/", want: answers{HTTP: true, Trustworthy: true}},
		{url: "wss://example.com/", want: answers{Trustworthy: true}},
		{url: "ws://example.com/", want: answers{}},
		{url: "file:///etc/passwd", want: answers{Trustworthy: true}},
		{url: "about:blank", want: answers{Local: true, Trustworthy: true, OpaquePath: true}},
		{url: "about:srcdoc", want: answers{Local: true, Trustworthy: true, OpaquePath: true}},
		{url: "about:config", want: answers{Local: true, OpaquePath: true}},
		{url: "data:,x", want: answers{Local: true, Trustworthy: true, OpaquePath: true}},
		{url: "blob:https://example.com/1", want: answers{Local: true, Trustworthy: true, OpaquePath: true}},
		{url: "blob:http://example.com/1", want: answers{Local: true, OpaquePath: true}},
		{url: "blob:file:///x", want: answers{Local: true, Trustworthy: true, OpaquePath: true}},
		{url: "blob:wss://example.com/1", want: answers{Local: true, OpaquePath: true}},
		{url: "blob:about:blank", want: answers{Local: true, OpaquePath: true}},
		{url: "javascript:1", want: answers{OpaquePath: true}},
		{url: "web+demo:/a", want: answers{}},
	} {
		t.Run(test.url, func(t *testing.T) {
			u := origin.MustParseURL(test.url)
			got := answers{HTTP: u.IsHTTP(), Local: u.IsLocal(), Trustworthy: u.IsPotentiallyTrustworthy(), OpaquePath: u.HasOpaquePath()}
			assert.DeepEqual(t, got, test.want)
		})
	}
}

// Only at the start of the path of a file: URL is a letter with "|" a drive, and only
// there does "|" become ":".
// https://url.spec.whatwg.org/#path-state
func TestDriveLetters(t *testing.T) {
	for _, test := range []struct{ name, url, want string }{
		{name: "at-the-start", url: "file:///C|/x", want: "file:///C:/x"},
		{name: "second-segment", url: "file:///a/C|/x", want: "file:///a/C|/x"},
		{name: "other-scheme", url: "HTTP://h/C|/x", want: "http://h/C|/x"},
	} {
		assert.Check(t, is.Equal(origin.MustParseURL(test.url).String(), test.want), test.name)
	}
}

func TestHasIPAddress(t *testing.T) {
	for url, want := range map[string]bool{
		"http://127.0.0.1/": true, "http://[::1]/": true, "web://1.2.3.4/": true, "web://1..2.3/": false, "http://a.example/": false,
	} {
		assert.Check(t, is.Equal(origin.MustParseURL(url).HasIPAddress(), want), url)
	}
}

func TestOpaquePathWithoutCharacters(t *testing.T) {
	u := origin.MustParseURL("data:?q")
	query, ok := u.Query()
	assert.Assert(t, ok && u.HasOpaquePath())
	assert.Equal(t, u.Path()+"|"+query, "|q")
}

func TestEffectivePort(t *testing.T) {
	for _, test := range []struct {
		url  string
		port uint16
		ok   bool
	}{
		{url: "http://a/", port: 80, ok: true},
		{url: "https://a/", port: 443, ok: true},
		{url: "ws://a/", port: 80, ok: true},
		{url: "wss://a/", port: 443, ok: true},
		{url: "ftp://a/", port: 21, ok: true},
		{url: "http://a:0/", port: 0, ok: true},
		{url: "http://a:443/", port: 443, ok: true},
		{url: "file:///a"},
		{url: "web://a/"},
		{url: "web://a:80/", port: 80, ok: true},
	} {
		port, ok := origin.MustParseURL(test.url).EffectivePort()
		assert.Check(t, port == test.port && ok == test.ok, "%s: %d, %t", test.url, port, ok)
	}
}

func TestParseAllocations(t *testing.T) {
	for _, test := range []struct {
		name, url string
		most      float64
	}{
		{name: "serialised-already", url: "https://api.example.com:8443/v1/users?id=4#top", most: 0},
		{name: "slash-missing", url: "https://api.example.com", most: 1},
		{name: "credentials", url: "https://user:secret@example.com/", most: 1},
		{name: "to-be-encoded", url: "https://EXAMPLE.com/a b/../c", most: 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := testing.AllocsPerRun(100, func() { _, _ = origin.ParseURL(test.url) })
			assert.Assert(t, got <= test.most, "%v allocations", got)
		})
	}
	for _, s := range originHeaders() {
		got := testing.AllocsPerRun(100, func() { _, _ = origin.ParseOrigin(s) })
		assert.Check(t, is.Equal(got, 0.0))
	}
}
