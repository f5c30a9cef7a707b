package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestOriginHeader shows which requests have an Origin header.
func TestOriginHeader(t *testing.T) {
	const local = "http://localhost/x"
	s := server{
		pageOrigin + "/x": answer(200), apiURL: answer(200, acaoPage, acaoNull), local: answer(200, acaoPage),
		sitePeer + "/x": answer(200), "OPTIONS " + apiURL: answer(204, acaoPage, allowPUT),
		"http://page.example/x": answer(200),
	}
	noCORS := func(u string, policy fetch.ReferrerPolicy) browser.FetchInit {
		return browser.FetchInit{URL: u, Method: "POST", Mode: browser.InitModeNoCORS, ReferrerPolicy: policy}
	}
	for name, c := range map[string]struct {
		page    string // "" is the usual one
		options []browser.PageOption
		init    browser.FetchInit
		want    string
	}{
		"same-origin-get":            {init: browser.FetchInit{URL: "/x"}, want: "-"},
		"same-origin-head":           {init: browser.FetchInit{URL: "/x", Method: "HEAD"}, want: "-"},
		"same-origin-post":           {init: browser.FetchInit{URL: "/x", Method: "POST"}, want: pageOrigin},
		"same-origin-delete":         {init: browser.FetchInit{URL: "/x", Method: "DELETE"}, want: pageOrigin},
		"cors-get":                   {init: browser.FetchInit{URL: apiURL}, want: pageOrigin},
		"cors-head":                  {init: browser.FetchInit{URL: apiURL, Method: "HEAD"}, want: pageOrigin},
		"cors-whatever-the-policy":   {init: browser.FetchInit{URL: apiURL, ReferrerPolicy: fetch.ReferrerPolicyNoReferrer}, want: pageOrigin},
		"same-origin-cors-post-too":  {init: browser.FetchInit{URL: "/x", Method: "POST", ReferrerPolicy: fetch.ReferrerPolicyNoReferrer}, want: pageOrigin},
		"no-cors-get":                {init: browser.FetchInit{URL: apiURL, Mode: browser.InitModeNoCORS}, want: "-"},
		"no-cors-post":               {init: noCORS(apiURL, ""), want: pageOrigin},
		"no-cors-no-referrer":        {init: noCORS(apiURL, fetch.ReferrerPolicyNoReferrer), want: "null"},
		"no-cors-same-origin-policy": {init: noCORS(apiURL, fetch.ReferrerPolicySameOrigin), want: "null"},
		"no-cors-at-home":            {init: noCORS("/x", fetch.ReferrerPolicySameOrigin), want: pageOrigin},
		"no-cors-to-a-peer":          {init: noCORS(sitePeer+"/x", fetch.ReferrerPolicySameOrigin), want: "null"},
		"no-cors-origin-policy":      {init: noCORS(local, fetch.ReferrerPolicyOrigin), want: pageOrigin},
		"no-cors-unsafe-url":         {init: noCORS(local, fetch.ReferrerPolicyUnsafeURL), want: pageOrigin},
		"downgrade-by-default":       {init: noCORS(local, ""), want: "null"},
		"downgrade-strict-origin":    {init: noCORS(local, fetch.ReferrerPolicyStrictOrigin), want: "null"},
		"downgrade-no-referrer-when": {init: noCORS(local, fetch.ReferrerPolicyNoReferrerWhenDowngrade), want: "null"},
		"no-downgrade-from-http":     {page: "http://page.example/", init: noCORS(local, ""), want: "http://page.example"},
		"policy-of-the-page": {
			options: []browser.PageOption{browser.WithHeaders(headers("Referrer-Policy: no-referrer"))},
			init:    noCORS(apiURL, ""), want: "null",
		},
		"own-policy-before-the-page's": {
			options: []browser.PageOption{browser.WithHeaders(headers("Referrer-Policy: no-referrer"))},
			init:    noCORS(apiURL, fetch.ReferrerPolicyOrigin), want: pageOrigin,
		},
		"sandboxed-page": {options: []browser.PageOption{browser.WithSandbox()}, init: browser.FetchInit{URL: "/x", Mode: browser.InitModeNoCORS, Method: "POST"}, want: "null"},
		"data-page":      {page: "data:text/html,x", init: noCORS(apiURL, ""), want: "null"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.page == "" {
				c.page = pageURL
			}
			r := get(t, open(t, c.page, c.options...), s, c.init)
			assert.Equal(t, lastSent(t, r, "Origin"), c.want)
		})
	}
}

// TestFetchMetadata shows the three Sec-Fetch-* headers.
func TestFetchMetadata(t *testing.T) {
	const cross, cross2 = "https://a.example/", "https://b.example/"
	s := server{
		pageOrigin + "/x": answer(200), pageOrigin + "/peer": redirect(302, sitePeer+"/x"),
		pageOrigin + "/away": redirect(302, cross),
		sitePeer + "/x":      answer(200, acaoAny), sitePeer + "/home": redirect(302, pageOrigin+"/x"),
		cross: answer(200, acaoAny, acaoNull), cross + "home": redirect(302, pageOrigin+"/x"), cross + "away": redirect(302, cross2), cross2: answer(200, acaoAny),
		"http://localhost/x": answer(200, acaoAny), "http://page.example/x": answer(200), "https://page.example:8443/x": answer(200, acaoAny),
	}
	for name, c := range map[string]struct {
		page string // "" is the usual one
		init browser.FetchInit
		site []string
		mode string
	}{
		"same-origin":              {init: browser.FetchInit{URL: "/x"}, site: []string{"same-origin"}, mode: "cors"},
		"another-port-same-site":   {init: browser.FetchInit{URL: "https://page.example:8443/x"}, site: []string{"same-site"}, mode: "cors"},
		"same-site":                {init: browser.FetchInit{URL: sitePeer + "/x"}, site: []string{"same-site"}, mode: "cors"},
		"cross-site":               {init: browser.FetchInit{URL: cross}, site: []string{"cross-site"}, mode: "cors"},
		"mode-no-cors":             {init: browser.FetchInit{URL: cross, Mode: browser.InitModeNoCORS}, site: []string{"cross-site"}, mode: "no-cors"},
		"mode-same-origin":         {init: browser.FetchInit{URL: "/x", Mode: browser.InitModeSameOrigin}, site: []string{"same-origin"}, mode: "same-origin"},
		"http-url":                 {page: "http://page.example/", init: browser.FetchInit{URL: "/x"}, site: []string{"-"}, mode: "-"},
		"http-page-to-https":       {page: "http://page.example/", init: browser.FetchInit{URL: "https://page.example/x", Mode: browser.InitModeNoCORS}, site: []string{"cross-site"}, mode: "no-cors"},
		"localhost-is-trustworthy": {init: browser.FetchInit{URL: "http://localhost/x"}, site: []string{"cross-site"}, mode: "cors"},
		"redirect-to-a-peer":       {init: browser.FetchInit{URL: "/peer"}, site: []string{"same-origin", "same-site"}, mode: "cors"},
		"redirect-away":            {init: browser.FetchInit{URL: "/away"}, site: []string{"same-origin", "cross-site"}, mode: "cors"},
		"redirect-from-a-peer":     {init: browser.FetchInit{URL: sitePeer + "/home", Mode: browser.InitModeNoCORS}, site: []string{"same-site", "same-site"}, mode: "no-cors"},
		"redirect-from-a-stranger": {init: browser.FetchInit{URL: cross + "home", Mode: browser.InitModeNoCORS}, site: []string{"cross-site", "cross-site"}, mode: "no-cors"},
		"redirect-among-strangers": {init: browser.FetchInit{URL: cross + "away"}, site: []string{"cross-site", "cross-site"}, mode: "cors"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.page == "" {
				c.page = pageURL
			}
			r := get(t, open(t, c.page), s, c.init)
			assert.DeepEqual(t, sent(r, "Sec-Fetch-Site"), c.site)
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Mode"), c.mode)
			dest := "empty"
			if c.mode == "-" {
				dest = "-"
			}
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-Dest"), dest)
			assert.Equal(t, lastSent(t, r, "Sec-Fetch-User"), "-")
		})
	}
}

// TestFetchMetadataFromASandbox shows that for an opaque origin every URL is
// cross-site.
func TestFetchMetadataFromASandbox(t *testing.T) {
	p := open(t, pageURL, browser.WithSandbox())
	r := get(t, p, server{pageOrigin + "/x": answer(200, acaoNull)}, browser.FetchInit{URL: "/x"})
	assert.Equal(t, verdictOf(r), shared)
	assert.Equal(t, lastSent(t, r, "Sec-Fetch-Site"), "cross-site")
	assert.Equal(t, lastSent(t, r, "Origin"), "null")
	assert.Equal(t, lastSent(t, r, "Referer"), "-")
	assert.Check(t, p.Origin().IsOpaque())
}
