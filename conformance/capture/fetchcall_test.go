package capture_test

import (
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func TestParseFetch(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   capture.Call
	}{
		"url-alone": {
			source: `fetch("https://api.example.com/")`,
			want:   capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/"}, KnowsCredentials: true},
		},
		"chromium": {
			source: `fetch("https://api.example.com/users", {
  "headers": {
    "accept": "*/*",
    "content-type": "application/json",
    "sec-ch-ua": "\"Chromium\";v=\"150\"",
    "x-name": "caf\u00e9"
  },
  "referrer": "https://myapp.com/page",
  "referrerPolicy": "strict-origin-when-cross-origin",
  "body": "{\"a\":\"\ud83d\ude00\"}",
  "method": "PUT",
  "mode": "cors",
  "credentials": "include"
});`,
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/users", Method: "PUT", Body: browser.Text(`{"a":"😀"}`), Mode: browser.InitModeCORS,
					Credentials: fetch.CredentialsInclude, ReferrerPolicy: fetch.ReferrerPolicyStrictOriginWhenCrossOrigin,
					Header: fetch.HeaderList{
						{Name: "accept", Value: "*/*"}, {Name: "content-type", Value: "application/json"}, {Name: "x-name", Value: "caf\xe9"},
					},
				},
				Page: "https://myapp.com/page", PageFromReferrer: true, KnowsCredentials: true,
			},
		},
		"node": {
			source: `fetch("https://api.example.com/", {"headers": {"cookie": "sid=1", "Referer": "https://myapp.com/"}, "body": null, "method": "GET"});`,
			want: capture.Call{
				Init: browser.FetchInit{URL: "https://api.example.com/", Method: "GET", Credentials: fetch.CredentialsInclude},
				Page: "https://myapp.com/", PageFromReferrer: true, Cookies: []string{"sid=1"},
			},
		},
		"a-preflight": {
			source: `fetch("https://api.example.com/", {
  "headers": {"accept": "*/*", "access-control-request-headers": "x-a", "access-control-request-method": "DELETE"},
  "referrer": "https://myapp.com/", "body": null, "method": "OPTIONS", "mode": "cors", "credentials": "omit"
});`,
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/", Method: "DELETE", Mode: browser.InitModeCORS,
					Header: fetch.HeaderList{{Name: "x-a", Value: "corsim/unseen"}},
				},
				Page: "https://myapp.com/", PageFromReferrer: true, FromPreflight: true,
			},
		},
		"firefox": {
			source: `await fetch("https://api.example.com/", {
    "credentials": "omit",
    "headers": {"User-Agent": "Mozilla/5.0", "Accept": "*/*"},
    "referrer": "https://myapp.com/",
    "method": "GET",
    "mode": "cors"
});`,
			want: capture.Call{
				Init: browser.FetchInit{
					URL: "https://api.example.com/", Method: "GET", Mode: browser.InitModeCORS, Credentials: fetch.CredentialsOmit,
					Header: fetch.HeaderList{{Name: "Accept", Value: "*/*"}},
				},
				Page: "https://myapp.com/", PageFromReferrer: true, KnowsCredentials: true,
			},
		},
		"by-hand": {
			source: "// save\nfetch('/users', {method: 'POST', /* all */ redirect: 'error', cache: \"no-store\", keepalive: true, body: JSON.stringify({a: [1, 2.5, true, null], 'b': `c`,}), headers: [['X-A', '1']],},)",
			want: capture.Call{Init: browser.FetchInit{
				URL: "/users", Method: "POST", Redirect: fetch.RedirectError, Cache: fetch.CacheNoStore, Keepalive: true,
				Body: browser.Text(`{"a":[1,2.5,true,null],"b":"c"}`), Header: fetch.HeaderList{{Name: "X-A", Value: "1"}},
			}, KnowsCredentials: true},
		},
		"no-body": {
			source: `fetch("https://api.example.com/", {"body": null, "mode": "navigate"})`,
			want:   capture.Call{Init: browser.FetchInit{URL: "https://api.example.com/", Mode: browser.InitModeNavigate}, KnowsCredentials: true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := capture.ParseFetch(c.source)
			assert.NilError(t, err)
			assert.DeepEqual(t, *got, c.want, cmpopts.IgnoreFields(capture.Call{}, "Notes"), cmpopts.EquateEmpty())
		})
	}
}

func TestParseFetchErrors(t *testing.T) {
	for source, want := range map[string]string{
		``:                                        `1:1: there is no request in this text; a call of fetch(), axios, XMLHttpRequest, jQuery's $.ajax, ky, superagent, Angular's HttpClient, EventSource or sendBeacon() is understood`,
		`fetch`:                                   `1:1: there is no request in this text; a call of fetch(), axios, XMLHttpRequest, jQuery's $.ajax, ky, superagent, Angular's HttpClient, EventSource or sendBeacon() is understood`,
		`curl 'https://a.test/'`:                  `1:1: this is a curl command, not code: use corsim curl`,
		`fetch()`:                                 `1:1: fetch() takes one or two arguments, not 0`,
		`fetch(1)`:                                `1:7: the URL must be a string`,
		`fetch(url)`:                              `1:7: the origin of the URL is url, whose value is not in the text; give it with --set url=https://…`,
		"fetch(`${env.API}/a`)":                   `1:7: the origin of the URL is env.API, whose value is not in the text; give it with --set env.API=https://…`,
		"fetch(`https://${host}/a`)":              `1:7: the origin of the URL is host, whose value is not in the text; give it with --set host=https://…`,
		`fetch(base() + "/a")`:                    `1:7: the origin of the URL is base() + "/a", whose value is not in the text; write the URL in its place`,
		`fetch("a", 1)`:                           `1:12: the second argument must be an object`,
		`fetch("a", {headers: "x"})`:              `1:22: headers must be an object or an array of pairs`,
		`fetch("a", {headers: [["a"]]})`:          `1:23: a header must be an array of name and value`,
		`fetch("a", {credentials: "all"})`:        `1:26: credentials has no value "all"`,
		`fetch("a", {redirect: "x"})`:             `1:23: redirect has no value "x"`,
		`fetch("a", {cache: "x"})`:                `1:20: cache has no value "x"`,
		`fetch("a", {cache: 1})`:                  `1:20: cache must be a string`,
		`fetch("a", {referrerPolicy: "x"})`:       `1:29: referrerPolicy has no value "x"`,
		`fetch("a`:                                `1:7: the string does not end`,
		"fetch(\"a\n\")":                          `1:7: the string does not end on its line`,
		`fetch("\u12")`:                           `1:8: the escape lacks hexadecimal digits`,
		`fetch("\u{110000}")`:                     `1:8: the escape does not name a character`,
		`fetch("\7")`:                             `1:8: an octal escape is not understood`,
		`fetch("a", {1: 2})`:                      `1:13: expected a key here, not '1'`,
		`fetch("a", {body: 1e})`:                  `1:19: "1e" is not a number that corsim understands`,
		`fetch("a" /* b`:                          `1:11: the comment does not end`,
		`$.getJSON("https://a.test/?callback=?")`: `1:1: JSONP loads a script, to which CORS does not apply; without dataType: 'jsonp' and callback=? it is a request that CORS judges`,
		`$.ajax({url: "a", dataType: "jsonp"})`:   `1:1: JSONP loads a script, to which CORS does not apply; without dataType: 'jsonp' and callback=? it is a request that CORS judges`,
	} {
		_, err := capture.ParseFetch(source)
		assert.Check(t, err != nil && err.Error() == want, "%s\ngot  %v\nwant %s", source, err, want)
	}
}

func FuzzParseFetch(f *testing.F) {
	f.Add(`fetch("https://api.example.com/", {"headers": {"a": "\u00e9"}, body: JSON.stringify([1, {a: null}])});`)
	f.Add("fetch(`a\\\n`, {/**/})")
	f.Fuzz(func(t *testing.T, source string) {
		if call, err := capture.ParseFetch(source); (call == nil) == (err == nil) {
			t.Errorf("%v and %v", call, err)
		}
	})
}
