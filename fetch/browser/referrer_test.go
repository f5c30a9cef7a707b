package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestReferrerPolicies shows the Referer header for each policy: to the page's
// own server, to another one, and between servers over http, which is not a
// downgrade. Real downgrades are blocked as mixed content.
func TestReferrerPolicies(t *testing.T) {
	const (
		page     = "https://user:secret@page.example/dir/doc.html?q=1#part"
		full     = "https://page.example/dir/doc.html?q=1"
		root     = "https://page.example/"
		httpPage = "http://page.example/dir"
		httpRoot = "http://page.example/"
		httpAPI  = "http://api.example/"
		none     = "-"
	)
	for policy, want := range map[fetch.ReferrerPolicy]struct{ same, cross, http string }{
		fetch.ReferrerPolicyEmpty:                       {same: full, cross: root, http: httpRoot},
		fetch.ReferrerPolicyNoReferrer:                  {same: none, cross: none, http: none},
		fetch.ReferrerPolicyNoReferrerWhenDowngrade:     {same: full, cross: full, http: httpPage},
		fetch.ReferrerPolicySameOrigin:                  {same: full, cross: none, http: none},
		fetch.ReferrerPolicyOrigin:                      {same: root, cross: root, http: httpRoot},
		fetch.ReferrerPolicyStrictOrigin:                {same: root, cross: root, http: httpRoot},
		fetch.ReferrerPolicyOriginWhenCrossOrigin:       {same: full, cross: root, http: httpRoot},
		fetch.ReferrerPolicyStrictOriginWhenCrossOrigin: {same: full, cross: root, http: httpRoot},
		fetch.ReferrerPolicyUnsafeURL:                   {same: full, cross: full, http: httpPage},
	} {
		for _, c := range []struct{ name, page, target, want string }{
			{name: "same-origin", page: page, target: pageOrigin + "/x", want: want.same},
			{name: "cross-origin", page: page, target: apiURL, want: want.cross},
			{name: "http-to-http", page: httpPage, target: httpAPI, want: want.http},
		} {
			s := server{c.target: answer(200, acaoAny)}
			t.Run(fmt.Sprintf("%s-%s", policy, c.name), func(t *testing.T) {
				r := get(t, open(t, c.page), s, browser.FetchInit{URL: c.target, ReferrerPolicy: policy})
				assert.Equal(t, lastSent(t, r, "Referer"), c.want)
			})
			t.Run(fmt.Sprintf("%s-of-the-page-%s", policy, c.name), func(t *testing.T) {
				r := get(t, open(t, c.page, browser.WithHeaders(headers("Referrer-Policy: "+string(policy)))), s, browser.FetchInit{URL: c.target})
				assert.Equal(t, lastSent(t, r, "Referer"), c.want)
			})
		}
	}
}

// TestReferrer shows the parts of a URL that are never in a referrer.
func TestReferrer(t *testing.T) {
	long := "https://page.example/" + strings.Repeat("x", 4096)
	for name, c := range map[string]struct {
		page    string
		options []browser.PageOption
		want    string
	}{
		"4096-bytes":     {page: long[:4096], want: long[:4096]},
		"one-byte-more":  {page: long[:4097], want: "https://page.example/"},
		"data-page":      {page: "data:text/html,x", want: "-"},
		"about-blank":    {page: "about:blank", want: "-"},
		"sandboxed-page": {page: pageURL, options: []browser.PageOption{browser.WithSandbox()}, want: "-"},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, c.page, c.options...), server{apiURL: answer(200, acaoAny)},
				browser.FetchInit{URL: apiURL, ReferrerPolicy: fetch.ReferrerPolicyUnsafeURL})
			assert.Equal(t, lastSent(t, r, "Referer"), c.want)
		})
	}
}

// TestReferrerPolicyOnRedirect shows how the policy of a redirect changes the
// next request's Referer.
func TestReferrerPolicyOnRedirect(t *testing.T) {
	const full, root = "https://page.example/dir/doc.html?q=1", "https://page.example/"
	for name, c := range map[string]struct {
		policy string // the redirect's Referrer-Policy
		to     string
		want   []string
	}{
		"none-of-its-own":              {to: apiURL, want: []string{full, root}},
		"no-referrer":                  {policy: "no-referrer", to: "/b", want: []string{full, "-"}},
		"unsafe-url":                   {policy: "unsafe-url", to: apiURL, want: []string{full, full}},
		"last-known-word":              {policy: "no-referrer, origin, future-policy", to: "/b", want: []string{full, root}},
		"empty":                        {policy: "", to: "/b", want: []string{full, full}},
		"unknown-word":                 {policy: "never", to: "/b", want: []string{full, full}},
		"referrer-once-cut-stays-so":   {policy: "origin", to: "/c", want: []string{full, root, root}},
		"referrer-once-gone-stays-out": {policy: "no-referrer", to: "/c", want: []string{full, "-", "-"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := server{
				pageOrigin + "/a": redirect(302, c.to, "Referrer-Policy: "+c.policy),
				pageOrigin + "/b": answer(200),
				pageOrigin + "/c": redirect(302, "/b", "Referrer-Policy: unsafe-url"),
				apiURL:            answer(200, acaoAny),
			}
			r := get(t, open(t, pageURL), s, browser.FetchInit{URL: "/a"})
			assert.DeepEqual(t, sent(r, "Referer"), c.want)
		})
	}
}
