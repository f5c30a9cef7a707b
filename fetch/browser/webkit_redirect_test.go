package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestWebKitRedirects shows the request after redirects.
func TestWebKitRedirects(t *testing.T) {
	const own, moved, elsewhere = pageOrigin + "/start", pageOrigin + "/moved", "https://other.example/users"
	allow := []string{acaoAny, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *"}
	post := func(u string) browser.FetchInit {
		return browser.FetchInit{URL: u, Method: "POST", Header: headers("Content-Type: application/json", "Authorization: x"), Body: browser.Text("{}")}
	}
	for _, row := range []struct {
		name   string
		init   browser.FetchInit
		server server
		want   []string
		// header holds some headers of the last request.
		header map[string]string
		// at is the URL of the last request, if it matters.
		at string
	}{
		{
			name: "preflights-ask-for-what-is-gone", init: post(apiURL),
			server: server{
				"OPTIONS " + apiURL: answer(204, allow...), "POST " + apiURL: redirect(303, elsewhere),
				"OPTIONS " + elsewhere: answer(204, allow...), "GET " + elsewhere: answer(200, acaoAny),
			},
			want:   []string{"OPTIONS " + apiURL, "POST " + apiURL, "OPTIONS " + elsewhere, "GET " + elsewhere},
			header: map[string]string{"Content-Type": "-", "Authorization": "-", "Origin": "null", "Sec-Fetch-Mode": "-"},
		},
		{
			name: "the-next-hop-has-them-again", init: post(own),
			server: server{
				own: answer(303, "Location: "+moved), moved: answer(307, "Location: "+apiURL),
				"OPTIONS " + apiURL: answer(204, allow...), "GET " + apiURL: answer(200, acaoAny),
			},
			want:   []string{"POST " + own, "GET " + moved, "OPTIONS " + apiURL, "GET " + apiURL},
			header: map[string]string{"Content-Type": "application/json", "Authorization": "-", "Origin": pageOrigin},
		},
		{
			name:   "at-home-only-the-type-comes-back",
			init:   browser.FetchInit{URL: own, Method: "POST", Header: headers("Content-Type: text/plain", "Content-Language: de"), Body: browser.Text("x")},
			server: server{own: answer(302, "Location: "+moved), moved: answer(308, "Location: /again"), pageOrigin + "/again": answer(200)},
			want:   []string{"POST " + own, "GET " + moved, "GET " + pageOrigin + "/again"},
			header: map[string]string{"Content-Type": "text/plain", "Content-Language": "-"},
		},
		{
			name:   "the-type-goes-with-each-redirect-that-drops-a-body",
			init:   browser.FetchInit{URL: own, Method: "POST", Header: headers("Content-Type: text/plain"), Body: browser.Text("x")},
			server: server{own: answer(302, "Location: "+moved), moved: answer(301, "Location: /again"), pageOrigin + "/again": answer(200)},
			want:   []string{"POST " + own, "GET " + moved, "GET " + pageOrigin + "/again"},
			header: map[string]string{"Content-Type": "-"},
		},
		{
			name: "origin-stays-at-home", init: post(own),
			server: server{own: answer(303, "Location: "+moved), moved: answer(200)},
			want:   []string{"POST " + own, "GET " + moved},
			header: map[string]string{"Origin": pageOrigin, "Sec-Fetch-Mode": "cors"},
		},
		{
			name: "delete-becomes-get-on-the-way-out", init: browser.FetchInit{URL: own, Method: "DELETE"},
			server: server{own: answer(307, "Location: "+apiURL), apiURL: answer(200, acaoAny)},
			want:   []string{"DELETE " + own, "GET " + apiURL},
		},
		{
			name: "delete-stays-at-home", init: browser.FetchInit{URL: own, Method: "DELETE"},
			server: server{own: answer(307, "Location: "+moved), moved: answer(200)},
			want:   []string{"DELETE " + own, "DELETE " + moved},
		},
		{
			name: "fragments-are-inherited", init: browser.FetchInit{URL: own + "#top"},
			server: server{own: answer(302, "Location: "+moved), moved: answer(200)}, want: []string{"GET " + own, "GET " + moved}, at: moved + "#top",
		},
		{
			name: "several-lines-are-one", init: browser.FetchInit{URL: own},
			server: server{own: answer(302, "Location: /a", "Location: /b"), pageOrigin + "/a,%20/b": answer(200)},
			want:   []string{"GET " + own, "GET " + pageOrigin + "/a,%20/b"},
		},
		{
			name: "bytes-are-characters", init: browser.FetchInit{URL: own},
			server: server{own: answer(302, "Location: /?\xc3\xa9"), pageOrigin + "/?%C3%83%C2%A9": answer(200)},
			want:   []string{"GET " + own, "GET " + pageOrigin + "/?%C3%83%C2%A9"},
		},
		{
			name: "digits-in-upper-case", init: browser.FetchInit{URL: api + "/%c3%a9%41"},
			server: server{api + "/%C3%A9A": answer(200, acaoAny)}, want: []string{"GET " + api + "/%C3%A9A"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), row.server, row.init)
			assert.DeepEqual(t, verdictOf(r), shared)
			assert.DeepEqual(t, wire(r), row.want)
			assert.Check(t, row.at == "" || r.Request.CurrentURL().String() == row.at, "%s", r.Request.CurrentURL())
			for name, want := range row.header {
				assert.Check(t, lastSent(t, r, name) == want, "%s: %s, not %s", name, lastSent(t, r, name), want)
			}
		})
	}
}

// A request without CORS that leaves the page's origin loses its type for all
// further redirects if the redirect drops the body. Beacons do not.
func TestWebKitTypeOfOpaqueRequests(t *testing.T) {
	const own, elsewhere = pageOrigin + "/start", "https://other.example/users"
	s := server{own: answer(303, "Location: "+apiURL), apiURL: answer(308, "Location: "+elsewhere), elsewhere: answer(200)}
	p := openIn(t, browser.New(browser.WebKit()), pageURL)
	r := get(t, p, s, browser.FetchInit{URL: own, Method: "POST", Mode: browser.InitModeNoCORS, Header: headers("Content-Type: text/plain"), Body: browser.Text("x")})
	assert.Equal(t, lastSent(t, r, "Content-Type"), "-")
	r, err := p.Beacon(asking(t.Context(), s), browser.BeaconInit{URL: own, Body: browser.Blob{Data: "x", Type: "text/plain"}})
	assert.NilError(t, err)
	assert.Equal(t, lastSent(t, r, "Content-Type"), "text/plain")
}

// The page's process checks a redirect after its preflight, and the failure
// belongs to the redirect.
func TestWebKitLateChecks(t *testing.T) {
	const own, insecure, named = pageOrigin + "/start", "http://api.example/users", "https://u:p@api.example/users"
	preflight := answer(204, acaoAny, "Access-Control-Allow-Methods: PUT")
	for _, row := range []struct {
		name   string
		server server
		reason fetch.Reason
		want   []string
		// blamed is the index of the exchange with the failure.
		blamed int
	}{
		{
			name: "mixed-content", server: server{own: answer(307, "Location: "+insecure), "OPTIONS " + insecure: preflight},
			reason: fetch.ReasonMixedContent, want: []string{"PUT " + own, "OPTIONS " + insecure},
		},
		{
			name: "user-name", server: server{own: answer(307, "Location: "+named), "OPTIONS " + apiURL: preflight},
			reason: fetch.ReasonRedirectCredentials, want: []string{"PUT " + own, "OPTIONS " + apiURL},
		},
		{
			name: "no-preflight-to-a-blocked-port", server: server{own: answer(307, "Location: https://api.example:22/users")},
			reason: fetch.ReasonBadPort, want: []string{"PUT " + own},
		},
		{
			name: "as-if-with-credentials", reason: fetch.ReasonAllowOriginWildcard, blamed: 2,
			server: server{
				own: answer(307, "Location: "+apiURL), "OPTIONS " + apiURL: preflight,
				"PUT " + apiURL: redirect(307, "/moved"), "OPTIONS " + api + "/moved": preflight,
			},
			want: []string{"PUT " + own, "OPTIONS " + apiURL, "PUT " + apiURL, "OPTIONS " + api + "/moved"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := get(t, openIn(t, browser.New(browser.WebKit()), pageURL), row.server, browser.FetchInit{URL: own, Method: "PUT"})
			assert.Assert(t, r.Failure != nil)
			assert.Equal(t, r.Failure.Reason, row.reason)
			assert.DeepEqual(t, wire(r), row.want)
			assert.Equal(t, r.Trace.Exchanges[row.blamed].Failure, r.Failure)
		})
	}
}
