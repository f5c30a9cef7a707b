package browser_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Generators of calls and of servers' responses. They overlap so that every
// outcome is likely.
var (
	someMethod = rapid.SampledFrom([]string{"GET", "HEAD", "POST", "PUT", "DELETE", "patch"})
	someHeader = rapid.SampledFrom(headers(
		"X-A: 1", "X-B: 1", "Authorization: x", "Content-Type: application/json", "Accept: */*", "Range: bytes=0-",
	))
	someCredentials = rapid.SampledFrom([]fetch.CredentialsMode{
		fetch.CredentialsSameOrigin, fetch.CredentialsInclude, fetch.CredentialsOmit,
	})
	someMode   = rapid.SampledFrom([]browser.InitMode{browser.InitModeCORS, browser.InitModeNoCORS, browser.InitModeSameOrigin})
	someStatus = rapid.SampledFrom([]int{200, 204, 301, 303, 307, 401, 404, 500})
	someLine   = rapid.SampledFrom([]string{
		acaoAny, acaoPage, acaoNull, acacTrue, allowPUT, "Access-Control-Allow-Methods: *", "Access-Control-Allow-Methods: DELETE, patch",
		allowXA, allowAny, "Access-Control-Allow-Headers: *, Authorization", "Access-Control-Allow-Headers: x-b, content-type",
		"Access-Control-Max-Age: 0", "Access-Control-Max-Age: 7", "Access-Control-Expose-Headers: *", "Location: /else",
		"Location: " + api + "/else", "Vary: Origin", "Content-Type: text/html", "Cross-Origin-Resource-Policy: same-site",
	})
	someInit = rapid.Custom(func(t *rapid.T) browser.FetchInit {
		return browser.FetchInit{
			URL:         rapid.SampledFrom([]string{apiURL, "/x", api + "/else"}).Draw(t, "url"),
			Method:      someMethod.Draw(t, "method"),
			Header:      rapid.SliceOfN(someHeader, 0, 3).Draw(t, "header"),
			Mode:        someMode.Draw(t, "mode"),
			Credentials: someCredentials.Draw(t, "credentials"),
		}
	})
	someAnswer = rapid.Custom(func(t *rapid.T) fetch.WireResponse {
		return answer(someStatus.Draw(t, "status"), rapid.SliceOfN(someLine, 0, 6).Draw(t, "lines")...)
	})
	someServer = rapid.Custom(func(t *rapid.T) server {
		s := server{}
		for _, line := range []string{preflight, apiURL, pageOrigin + "/x", api + "/else", "OPTIONS " + api + "/else", pageOrigin + "/else"} {
			s[line] = someAnswer.Draw(t, line)
		}
		return s
	})
)

// rewritten is a server whose responses are changed by a function.
func (s server) rewritten(change func(fetch.HeaderList) fetch.HeaderList) server {
	out := server{}
	for line, a := range s {
		a.Header = change(a.Header.Clone())
		out[line] = a
	}
	return out
}

func play(t *rapid.T, s fetch.Transport, init browser.FetchInit) *browser.Result {
	p, err := browser.New(browser.Spec()).Open(pageURL, browser.WithTransport(s))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Fetch(context.Background(), init)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestUnrelatedHeadersChangeNothing adds headers that no algorithm reads to
// all responses.
func TestUnrelatedHeadersChangeNothing(t *testing.T) {
	name := rapid.SampledFrom([]string{"X-Powered-By", "Access-Control-Allow-Origins", "Allow", "Server", "Origin", "Access-Control-Request-Method"})
	rapid.Check(t, func(t *rapid.T) {
		init, s := someInit.Draw(t, "init"), someServer.Draw(t, "server")
		extra := fetch.Header{Name: name.Draw(t, "name"), Value: rapid.StringMatching(`[!-~]{0,8}`).Draw(t, "value")}
		at := rapid.IntRange(0, 1).Draw(t, "at")
		before := play(t, s, init)
		after := play(t, s.rewritten(func(l fetch.HeaderList) fetch.HeaderList {
			return slices.Insert(l, at*len(l), extra)
		}), init)
		if verdictOf(before) != verdictOf(after) || !slices.Equal(wire(before), wire(after)) {
			t.Fatalf("%v %v became %v %v", verdictOf(before), wire(before), verdictOf(after), wire(after))
		}
	})
}

// TestAsteriskIsMostPermissive lets every server allow every origin. Without
// credentials this never blocks a response that was shared.
func TestAsteriskIsMostPermissive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		init, s := someInit.Draw(t, "init"), someServer.Draw(t, "server")
		if init.Credentials == fetch.CredentialsInclude {
			init.Credentials = fetch.CredentialsOmit
		}
		before := play(t, s, init)
		after := play(t, s.rewritten(func(l fetch.HeaderList) fetch.HeaderList {
			l.Set(fetch.HeaderAllowOrigin, "*")
			return l
		}), init)
		if before.Outcome != browser.Blocked && after.Outcome != before.Outcome {
			t.Fatalf("%v became %v", verdictOf(before), verdictOf(after))
		}
	})
}

// permitting is a server that allows more than another one: every response
// allows the request's origin, also with credentials, and more methods and
// header names.
type permitting struct {
	server fetch.Transport
	more   []string // the permissions that it adds
}

// permissions are the kinds of permission that a server can add.
var permissions = map[string]func(*fetch.WireRequest, *fetch.WireResponse){
	"origin": func(req *fetch.WireRequest, resp *fetch.WireResponse) {
		if from, ok := req.Header.Get(fetch.HeaderOrigin); ok {
			resp.Header.Set(fetch.HeaderAllowOrigin, from)
			resp.Header.Set(fetch.HeaderAllowCredentials, "true")
		}
	},
	"methods": func(_ *fetch.WireRequest, resp *fetch.WireResponse) {
		resp.Header.Append(fetch.HeaderAllowMethods, "PUT, DELETE")
	},
	"names": func(_ *fetch.WireRequest, resp *fetch.WireResponse) {
		resp.Header.Append(fetch.HeaderAllowHeaders, "x-a, Authorization")
	},
	"preflight": func(req *fetch.WireRequest, resp *fetch.WireResponse) {
		if req.IsPreflight() {
			resp.Status = 204
		}
	},
	"exposed": func(_ *fetch.WireRequest, resp *fetch.WireResponse) {
		resp.Header.Append(fetch.HeaderExposeHeaders, "x-a, *")
	},
	"policy": func(_ *fetch.WireRequest, resp *fetch.WireResponse) {
		resp.Header.Delete("Cross-Origin-Resource-Policy")
	},
}

// RoundTrip returns the other server's response with the added permissions.
func (p *permitting) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	resp, err := p.server.RoundTrip(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, name := range p.more {
		permissions[name](req, resp)
	}
	return resp, nil
}

// TestPermittingMoreNeverBlocks shows that a call which is not blocked has the
// same outcome when the server allows more.
func TestPermittingMoreNeverBlocks(t *testing.T) {
	name := rapid.SampledFrom(slices.Sorted(maps.Keys(permissions)))
	rapid.Check(t, func(t *rapid.T) {
		init, s := someInit.Draw(t, "init"), someServer.Draw(t, "server")
		before := play(t, s, init)
		after := play(t, &permitting{s, rapid.SliceOfN(name, 1, 4).Draw(t, "more")}, init)
		if before.Outcome != browser.Blocked && after.Outcome != before.Outcome {
			t.Fatalf("%v became %v", verdictOf(before), verdictOf(after))
		}
	})
}

// reordered returns a header list with its names in another order and another
// case. Lines with the same name keep their order.
func reordered(t *rapid.T, l fetch.HeaderList) fetch.HeaderList {
	out := l.Clone()
	ranks := make(map[string]int)
	for i := range out {
		name := strings.ToLower(out[i].Name)
		if _, ok := ranks[name]; !ok {
			ranks[name] = rapid.Int().Draw(t, "rank")
		}
	}
	slices.SortStableFunc(out, func(a, b fetch.Header) int {
		return cmp.Compare(ranks[strings.ToLower(a.Name)], ranks[strings.ToLower(b.Name)])
	})
	for i := range out {
		if rapid.Bool().Draw(t, "upper") {
			out[i].Name = strings.ToUpper(out[i].Name)
		}
	}
	return out
}

// TestOrderAndCaseOfHeadersDoNotMatter changes the order and the case of the
// headers in the call and in all responses.
func TestOrderAndCaseOfHeadersDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		init, s := someInit.Draw(t, "init"), someServer.Draw(t, "server")
		before := play(t, s, init)
		init.Header = reordered(t, init.Header)
		after := play(t, s.rewritten(func(l fetch.HeaderList) fetch.HeaderList { return reordered(t, l) }), init)
		if verdictOf(before) != verdictOf(after) || !slices.Equal(wire(before), wire(after)) {
			t.Fatalf("%v %v became %v %v", verdictOf(before), wire(before), verdictOf(after), wire(after))
		}
	})
}

// grant is what the model of the next property stores for a preflight.
type grant struct {
	at          time.Time
	maxAge      time.Duration
	credentials bool
	lists       fetch.HeaderList
}

// names reports whether a grant lists what a cause needs, or has the asterisk.
func (g grant) names(method string, c fetch.Cause) bool {
	header, wanted := fetch.HeaderAllowMethods, method
	if c.Kind == fetch.CauseHeader {
		header, wanted = fetch.HeaderAllowHeaders, c.Name
	}
	for _, item := range fetch.ExtractHeaderListValues(header, g.lists).Values {
		if item == wanted || c.Kind == fetch.CauseHeader && strings.EqualFold(item, wanted) ||
			item == "*" && wanted != "authorization" {
			return true
		}
	}
	return false
}

// TestCacheHitsWereGranted makes calls with pauses between them. When the
// cache covers a request, earlier preflights whose max-age has not passed have
// allowed each cause, with credentials if the call has them.
func TestCacheHitsWereGranted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := browser.New(browser.Spec())
		var grants []grant
		for i := range rapid.IntRange(1, 12).Draw(t, "calls") {
			b.Advance(time.Duration(rapid.IntRange(0, 8).Draw(t, "wait")) * time.Second)
			init := someInit.Draw(t, strconv.Itoa(i))
			init.URL, init.Mode = apiURL, browser.InitModeCORS
			s := server{preflight: someAnswer.Draw(t, "preflight"), apiURL: answer(200, acaoPage, acacTrue)}
			if rapid.IntRange(0, 9).Draw(t, "fails") == 0 {
				s[apiURL] = answer(200)
			}
			p, err := b.Open(pageURL, browser.WithTransport(s))
			if err != nil {
				t.Fatal(err)
			}
			r, err := p.Fetch(context.Background(), init)
			if err != nil {
				t.Fatal(err)
			}
			include := init.Credentials == fetch.CredentialsInclude
			first := r.Trace.Exchanges[0]
			for _, c := range first.Preflight.Causes {
				if !first.Preflight.CacheHit {
					break
				}
				named := slices.ContainsFunc(grants, func(g grant) bool {
					return g.names(r.Request.Method, c) && (g.credentials || !include)
				})
				lives := slices.ContainsFunc(grants, func(g grant) bool {
					return g.names(r.Request.Method, c) && b.Now().Before(g.at.Add(g.maxAge))
				})
				if !named || !lives {
					t.Fatalf("nothing granted %+v: %+v", c, grants)
				}
			}
			switch {
			case len(first.Preflight.Causes) > 0 && r.Outcome == browser.Blocked:
				grants = nil
			case first.Kind == browser.ExchangePreflight:
				g := grant{at: b.Now(), maxAge: 5 * time.Second, credentials: include, lists: first.Response.Header}
				if e := fetch.ExtractHeaderListValues(fetch.HeaderMaxAge, g.lists); e.State == fetch.Present {
					n, _ := strconv.Atoi(e.Values[0])
					g.maxAge = time.Duration(n) * time.Second
				}
				grants = append(grants, g)
			}
		}
	})
}
