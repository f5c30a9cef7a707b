package browser_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// sameValues compares results. It compares URLs and origins as values, and
// ignores functions and the page of a client.
var sameValues = cmp.Options{
	cmp.Comparer(func(a, b origin.URL) bool { return a == b }),
	cmp.Comparer(func(a, b origin.Origin) bool { return a == b }),
}

// TestTrace checks the whole trace of one call: a redirect after a preflight,
// to a server that needs a preflight too and refuses it.
func TestTrace(t *testing.T) {
	const a, b = "https://a.example/", "https://b.example/"
	s := server{
		"OPTIONS " + a: answer(204, acaoAny, allowPUT, allowXA),
		a:              redirect(307, b),
		"OPTIONS " + b: answer(204, acaoAny, allowPUT),
	}
	r := get(t, open(t, pageURL), s, browser.FetchInit{URL: a, Method: "PUT", Header: headers("X-A: 1"), Body: browser.Text("x")})

	put := fetch.Cause{Kind: fetch.CauseMethod, Name: "PUT"}
	xa := fetch.Cause{Kind: fetch.CauseHeader, Name: "x-a", Why: fetch.HeaderNameNotSafelisted, Header: headers("X-A: 1")[0]}
	causes := []fetch.Cause{put, xa}
	assert.DeepEqual(t, r.Trace.Classification, fetch.Classification{Kind: fetch.KindPreflighted, Causes: causes})

	assert.DeepEqual(t, wire(r), []string{"OPTIONS " + a, "PUT " + a, "OPTIONS " + b})
	refused := &fetch.Failure{
		Reason: fetch.ReasonHeaderNotAllowed, Step: fetch.Step{Anchor: "cors-preflight-fetch-0", Number: "7.7"},
		Preflight: true, Header: "Access-Control-Allow-Headers", Got: "x-a",
	}
	assert.DeepEqual(t, r.Failure, refused)
	for i, want := range []browser.Exchange{
		{Kind: browser.ExchangePreflight},
		{Kind: browser.ExchangeActual},
		{Kind: browser.ExchangePreflight, Failure: refused},
	} {
		got := r.Trace.Exchanges[i]
		assert.Equal(t, got.Kind, want.Kind)
		assert.Equal(t, got.Tainting, fetch.TaintingCORS)
		assert.DeepEqual(t, got.Failure, want.Failure)
		assert.DeepEqual(t, got.Preflight.Causes, causes)
		assert.DeepEqual(t, got.Preflight.CacheMisses, causes)
		assert.Check(t, !got.Preflight.CacheHit)
		assert.Check(t, got.Response != nil)
	}
	assert.Equal(t, r.Trace.Exchanges[1].Request.Body, "x")
	assert.Equal(t, r.Trace.Exchanges[0].Request.Body, "")

	assert.Equal(t, r.API, browser.APIFetch)
	assert.Equal(t, r.Profile.Name(), "spec")
	assert.Equal(t, r.Client.URL.String(), pageURL)
	assert.Equal(t, len(r.Request.URLList), 2)
	assert.Equal(t, r.Request.RedirectCount, uint8(1))
	assert.Equal(t, r.Failure.Step.URL(), "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0")
}

// TestTraceTainting shows the response tainting of each exchange.
func TestTraceTainting(t *testing.T) {
	s := server{pageOrigin + "/a": redirect(302, apiURL), apiURL: redirect(302, pageOrigin+"/b"), pageOrigin + "/b": answer(200, acaoNull)}
	for name, c := range map[string]struct {
		mode browser.InitMode
		want []fetch.Tainting
	}{
		"cors":    {want: []fetch.Tainting{fetch.TaintingBasic, fetch.TaintingCORS, fetch.TaintingCORS}},
		"no-cors": {mode: browser.InitModeNoCORS, want: []fetch.Tainting{fetch.TaintingBasic, fetch.TaintingOpaque, fetch.TaintingOpaque}},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), s, browser.FetchInit{URL: "/a", Mode: c.mode})
			var got []fetch.Tainting
			for _, x := range r.Trace.Exchanges {
				got = append(got, x.Tainting)
			}
			assert.DeepEqual(t, got, c.want)
			assert.Equal(t, r.Request.Tainting, c.want[len(c.want)-1])
		})
	}
}

// TestTiming shows which responses let a page see detailed timing.
func TestTiming(t *testing.T) {
	const tao = "Timing-Allow-Origin: "
	for name, c := range map[string]struct {
		url string
		s   server
		ok  bool
	}{
		"at-home":              {url: "/a", s: server{pageOrigin + "/a": answer(200)}, ok: true},
		"across":               {url: apiURL, s: server{apiURL: answer(200, acaoAny)}},
		"across-with-asterisk": {url: apiURL, s: server{apiURL: answer(200, acaoAny, tao+"x, *")}, ok: true},
		"across-by-name":       {url: apiURL, s: server{apiURL: answer(200, acaoAny, tao+pageOrigin)}, ok: true},
		"one-hop-fails-all":    {url: apiURL, s: server{apiURL: redirect(302, "/b"), api + "/b": answer(200, acaoAny, tao+"*")}},
	} {
		t.Run(name, func(t *testing.T) {
			r := get(t, open(t, pageURL), c.s, browser.FetchInit{URL: c.url})
			assert.Assert(t, r.Response != nil, "%+v", r.Failure)
			assert.Equal(t, r.Response.Unfiltered().TimingAllowPassed, c.ok)
		})
	}
}

// TestDeterminism makes the same calls twice in every profile: all visible
// results are the same.
func TestDeterminism(t *testing.T) {
	const cdn = "https://cdn.example/i"
	image := answer(200, "Set-Cookie: i=1; SameSite=None; Secure")
	image.Body = png
	story := func(p *browser.Profile) (seen []any) {
		b := browser.New(p)
		s := server{
			preflight: answer(204, acaoPage, acacTrue, allowPUT, allowXA), apiURL: answer(200, acaoPage, acacTrue, "Set-Cookie: a=1; SameSite=None; Secure"),
			pageOrigin + "/r": redirect(302, apiURL), cdn: image,
		}
		page := openIn(t, b, pageURL)
		note := func(r *browser.Result, err error) {
			assert.NilError(t, err)
			seen = append(seen, r.Outcome, r.Failure, r.Response, r.Trace, r.Request)
		}
		ctx := t.Context()
		note(page.Fetch(asking(ctx, s), browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1", "X-B: 1"), Credentials: fetch.CredentialsInclude}))
		note(page.Fetch(asking(ctx, s), browser.FetchInit{URL: apiURL, Method: "PUT", Header: headers("X-A: 1"), Credentials: fetch.CredentialsInclude}))
		note(page.Fetch(asking(ctx, s), browser.FetchInit{URL: "/r", Credentials: fetch.CredentialsInclude}))
		note(page.XHR(asking(ctx, s), browser.XHRInit{URL: apiURL, Method: "POST", Body: browser.Text("x"), UploadListener: true}))
		note(page.Element(asking(ctx, s), browser.ElementInit{Tag: browser.TagImg, URL: cdn}))
		note(page.Element(asking(ctx, s), browser.ElementInit{Tag: browser.TagImg, URL: cdn}))
		note(page.EventSource(asking(ctx, s), browser.EventSourceInit{URL: apiURL}))
		note(page.Beacon(asking(ctx, s), browser.BeaconInit{URL: apiURL, Body: browser.Blob{Data: "x", Type: "application/json"}}))
		return seen
	}
	for _, p := range browser.Profiles() {
		t.Run(p.Name(), func(t *testing.T) {
			assert.DeepEqual(t, story(p), story(p), sameValues)
		})
	}
}
