package browser_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestHostileInputIsDoneWith uses sizes at which an algorithm with quadratic
// time would take longer than any test run.
func TestHostileInputIsDoneWith(t *testing.T) {
	if testing.Short() {
		t.Skip("only large inputs show quadratic time")
	}
	const many = 20_000
	for name, line := range map[string]string{
		"cookies": "c%d=1; SameSite=None; Secure", "cookies-of-one-name": "c=1; Path=/%d; SameSite=None; Secure",
		"cookies-that-end": "c%d=1; Max-Age=0; SameSite=None; Secure",
	} {
		t.Run(name, func(t *testing.T) {
			a := answer(200, acaoPage, acacTrue)
			for i := range many {
				a.Header = append(a.Header, fetch.Header{Name: "Set-Cookie", Value: fmt.Sprintf(line, i)})
			}
			p := openIn(t, browser.New(browser.Spec()), pageURL)
			for range 3 {
				r := get(t, p, server{apiURL: a}, browser.FetchInit{URL: apiURL, Credentials: fetch.CredentialsInclude})
				assert.Equal(t, r.Outcome, browser.Shared)
			}
		})
	}
}

// TestHostileHeadersAreDoneWith uses long lists of headers in requests and
// responses, with different names and with one name.
func TestHostileHeadersAreDoneWith(t *testing.T) {
	if testing.Short() {
		t.Skip("only large inputs show quadratic time")
	}
	const many = 20_000
	for name, header := range map[string]string{"names": "X-#", "one-name": "X", "no-list": "If-Modified-Since"} {
		long := make(fetch.HeaderList, many)
		for i := range long {
			long[i] = fetch.Header{Name: strings.Replace(header, "#", strconv.Itoa(i), 1), Value: "1"}
		}
		a := answer(200, acaoAny, "Access-Control-Allow-Headers: *")
		a.Header = append(a.Header, long...)
		for _, p := range browser.Profiles() {
			t.Run(name+"/"+p.Name(), func(t *testing.T) {
				r := get(t, openIn(t, browser.New(p), pageURL), server{apiURL: a}, browser.FetchInit{URL: apiURL, Header: long})
				assert.Equal(t, r.Outcome, browser.Shared)
			})
		}
	}
}

// A response that sets many cookies has the same effect as several responses
// that set one each.
func TestManyCookiesAreOneAfterTheOther(t *testing.T) {
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"a=", "b=", "c="}).Draw(t, "name") + rapid.StringMatching("[0-9]").Draw(t, "value") +
			rapid.SampledFrom([]string{"", "; Path=/", "; Path=/users", "; Domain=example.com"}).Draw(t, "where") +
			rapid.SampledFrom([]string{"", "; Secure", "; Max-Age=0", "; Max-Age=9"}).Draw(t, "attribute")
	}), 10, 60)
	rapid.Check(t, func(rt *rapid.T) {
		set := lines.Draw(rt, "lines")
		url := rapid.SampledFrom([]string{"https://api.example.com/users/1", "http://api.example.com/users/1"}).Draw(rt, "url")
		headers := make(fetch.HeaderList, len(set))
		for i, line := range set {
			headers[i] = fetch.Header{Name: "Set-Cookie", Value: line}
		}
		sent := func(chunks ...fetch.HeaderList) string {
			p := openIn(t, browser.New(browser.Spec()), strings.TrimSuffix(url, "users/1"))
			for _, chunk := range chunks {
				get(t, p, server{url: fetch.WireResponse{Status: 200, Header: chunk}}, browser.FetchInit{URL: url})
			}
			return cookieSent(get(t, p, server{url: answer(200)}, browser.FetchInit{URL: url}))
		}
		assert.Equal(rt, sent(headers), sent(slices.Collect(slices.Chunk(headers, 1))...))
	})
}
