package fetch_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestForbiddenRequestHeaderNames(t *testing.T) {
	forbidden := []string{
		"Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
		"Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Host", "Keep-Alive", "Origin",
		"Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via",
		"Proxy-", "Proxy-Authorization", "Sec-", "Sec-Fetch-Site", "Sec-Anything",
	}
	for _, name := range forbidden {
		for _, n := range []string{name, strings.ToLower(name), strings.ToUpper(name)} {
			assert.Check(t, fetch.IsForbiddenRequestHeader(n, "x"), n)
		}
		assert.Check(t, !fetch.IsForbiddenRequestHeader("x"+name, "x"), name)
	}
	allowed := []string{
		"Accept", "Authorization", "Proxy", "Sec", "Secb", "Proxya", "User-Agent", "Set-Cookie2", "Content-Type",
		"Access-Control-Allow-Origin", "X-HTTP-Method", "",
	}
	for _, name := range allowed {
		assert.Check(t, !fetch.IsForbiddenRequestHeader(name, "x"), name)
	}
}

func TestMethodOverrideHeaders(t *testing.T) {
	tests := []struct {
		name  string
		value string
		want  bool
	}{
		{name: "harmless-method", value: "DELETE"},
		{name: "empty", value: ""},
		{name: "forbidden-method", value: "TRACE", want: true},
		{name: "in-any-case", value: "cOnNeCt", want: true},
		{name: "among-others", value: "GET, track ,POST", want: true},
		{name: "with-tabs", value: "GET,\tTRACE\t", want: true},
		{name: "only-the-beginning", value: "TRACER"},
		{name: "in-quotes", value: `"TRACE"`},
		{name: "behind-a-quoted-comma", value: `"a,TRACE"`},
		{name: "two-words", value: "GET TRACE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range []string{"X-HTTP-Method", "x-http-method-override", "X-METHOD-OVERRIDE"} {
				assert.Check(t, is.Equal(fetch.IsForbiddenRequestHeader(name, test.value), test.want), name)
			}
			assert.Check(t, !fetch.IsForbiddenRequestHeader("X-HTTP-Methods", test.value))
		})
	}
}

func TestHeaderNamePredicates(t *testing.T) {
	all := []string{
		"accept", "accept-language", "authorization", "cache-control", "content-encoding", "content-language",
		"content-length", "content-location", "content-type", "etag", "expires", "last-modified", "pragma", "range",
		"set-cookie", "set-cookie2", "x-a",
	}
	tests := []struct {
		name string
		is   func(string) bool
		want string
	}{
		{name: "forbidden-response-header", is: fetch.IsForbiddenResponseHeaderName, want: "set-cookie set-cookie2"},
		{name: "request-body-header", is: fetch.IsRequestBodyHeaderName,
			want: "content-encoding content-language content-location content-type"},
		{name: "no-cors-safelisted", is: fetch.IsNoCORSSafelistedRequestHeaderName,
			want: "accept accept-language content-language content-type"},
		{name: "privileged-no-cors", is: fetch.IsPrivilegedNoCORSRequestHeaderName, want: "range"},
		{name: "non-wildcard", is: fetch.IsCORSNonWildcardRequestHeaderName, want: "authorization"},
		{name: "safelisted-response-header", is: func(name string) bool { return fetch.IsCORSSafelistedResponseHeaderName(name, nil) },
			want: "cache-control content-language content-length content-type expires last-modified pragma"},
		{name: "exposed-response-header", is: func(name string) bool {
			return fetch.IsCORSSafelistedResponseHeaderName(name, []string{"ETag", "Set-Cookie", "x-A", "*"})
		}, want: "cache-control content-language content-length content-type etag expires last-modified pragma x-a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var lower, upper []string
			for _, name := range all {
				if test.is(name) {
					lower = append(lower, name)
				}
				if test.is(strings.ToUpper(name)) {
					upper = append(upper, name)
				}
			}
			assert.Check(t, is.Equal(strings.Join(lower, " "), test.want))
			assert.Check(t, is.DeepEqual(upper, lower))
		})
	}
}
