package origin

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// seedURLs returns inputs for the fuzz targets, one for each branch of the
// parser.
func seedURLs() []string {
	return []string{
		"https://example.com", "https://example.com/", "http://example.com:8080/a/b?c=d#e", "http://example.com:80/",
		"https://user:pass@example.com/", "https://:@h/", "https://a@b@c:d@h/", "HTTPS://EXAMPLE.com/../x",
		"https://example.com/a/./b/%2E%2e/c", "http://1.2.3/", "http://0x7f.1/", "http://256/", "http://[::1]:3000/",
		"http://[1:0:0:2::]/", "http://[::ffff:1.2.3.4]/", "http://b\u00FCcher.example/", "http://xn--a.\u00DF/",
		"file:///C|/demo", "file://localhost/x", "file:c:\\x", "blob:https://a.example/1-2", "data:text/plain,a b #c",
		"about:blank", "javascript:alert(1)", "mailto:a@b", "web+demo:/.//not-a-host/", "test://?", "test://h:1",
		"http://a_b.example./", "http:\\\\x\\y", "https:x", "//x", "?q", "#f", "..", "\thttp://a\nb/ ", "http://a/\x80",
		"http://a/.well-known/x", "http://a/%2", "http://a:00080", "http://a:65536", "http://a%41", "non-special:x /?",
	}
}

// checkReparsed checks that the serialisation of a URL parses to the same URL.
func checkReparsed(t *testing.T, u URL) {
	t.Helper()
	again, err := ParseURL(u.String())
	assert.NilError(t, err)
	assert.Equal(t, again, u)
	slow, err := runParser(u.String(), URL{})
	assert.NilError(t, err)
	assert.Equal(t, slow, u)
}

func FuzzParseURL(f *testing.F) {
	for _, seed := range seedURLs() {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		u, err := runParser(input, URL{})
		if fast, ok := parseNormalised(input); ok {
			assert.NilError(t, err)
			assert.Equal(t, fast, u)
		}
		if err != nil {
			return
		}
		checkReparsed(t, u)
		assert.Assert(t, isASCII(u.String()))
		assert.Equal(t, rebuilt(u), u.String())
		checkReparsed(t, u.WithFragment("frag"))
		checkReparsed(t, u.WithoutCredentials())
		for _, scheme := range []string{"http", "https", "ws", "ftp", "file", "other"} {
			checkReparsed(t, u.WithScheme(scheme))
		}
		checkReparsed(t, u.WithoutFragment())
		if o := u.Origin(); !o.IsOpaque() {
			assert.Equal(t, u.WithoutCredentials().Origin(), o)
		}
	})
}

// rebuilt returns a URL that is composed of what the methods of u return.
func rebuilt(u URL) string {
	out := u.Scheme() + ":"
	if u.HasHost() {
		out += "//"
		if u.HasCredentials() {
			out += u.Username()
			if u.Password() != "" {
				out += ":" + u.Password()
			}
			out += "@"
		}
		out += u.Host()
		if port, ok := u.Port(); ok {
			out = string(appendPort([]byte(out), port))
		}
	} else if strings.HasPrefix(u.Path(), "//") {
		out += "/."
	}
	out += u.Path()
	if query, ok := u.Query(); ok {
		out += "?" + query
	}
	if fragment, ok := u.Fragment(); ok {
		out += "#" + fragment
	}
	return out
}

func FuzzResolve(f *testing.F) {
	for _, base := range []string{"https://a@b:1/c/d?e#f", "file:///C:/x/y", "web+demo:/.//x//", "about:blank", "a://h"} {
		for _, seed := range seedURLs() {
			f.Add(base, seed)
		}
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		b, err := ParseURL(base)
		if err != nil {
			return
		}
		u, err := b.Parse(ref)
		if err != nil {
			return
		}
		checkReparsed(t, u)
		// The base supplies what the reference does not contain. A complete
		// reference does not depend on the base.
		same, err := b.Parse(u.String())
		assert.NilError(t, err)
		assert.Equal(t, same, u)
	})
}

func FuzzParseOrigin(f *testing.F) {
	for _, seed := range append(seedURLs(), "https://example.com:443", "http://a.example:8080", "null", "https://a-.b",
		"http://[::1]:1", "chrome-extension://abc", "http://1.2.3.4", "http://[0:0:0:0:0:0:0:1]", "https://A") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, err := ParseOrigin(s)
		if err == nil {
			assert.Equal(t, o.String(), s)
			assert.Assert(t, IsSerializedOriginOrNull(s))
		}
		u, urlErr := ParseURL(s)
		if urlErr != nil || !u.IsHTTP() {
			assert.Assert(t, err != nil || !(o.Scheme() == "http" || o.Scheme() == "https"))
			return
		}
		// An origin that matches the header's grammar has only one form.
		canonical := u.Origin().String() == s && IsSerializedOriginOrNull(s)
		assert.Equal(t, err == nil, canonical, "%v", err)
		if canonical {
			assert.Equal(t, o, u.Origin())
		}
	})
}
