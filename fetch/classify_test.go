package fetch_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// request returns a request as fetch() makes it, from https://myapp.com.
func request(method, url string, lines ...string) *fetch.Request {
	return &fetch.Request{
		Method: method, URLList: []origin.URL{origin.MustParseURL(url)}, Header: list(lines...),
		UnsafeRequest: true, Mode: fetch.ModeCORS, Origin: origin.MustParseURL("https://myapp.com/").Origin(),
	}
}

func causes(c fetch.Classification) string {
	var words []string
	for _, cause := range c.Causes {
		word := cause.Kind.String()
		if cause.Name != "" {
			word += " " + cause.Name
		}
		if cause.Why != fetch.HeaderSafe {
			word += " " + cause.Why.String()
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

func TestClassify(t *testing.T) {
	const api = "https://api.example.com/"
	tests := []struct {
		name   string
		req    *fetch.Request
		change func(*fetch.Request)
		from   fetch.Redirected
		want   fetch.Kind
		causes string
	}{
		{name: "same-origin", req: request("PUT", "https://myapp.com/x", "X-A: 1"), want: fetch.KindSameOrigin},
		{name: "same-origin-at-default-port", req: request("PUT", "https://myapp.com:443/x"), want: fetch.KindSameOrigin},
		{name: "same-origin-without-cors", req: request("GET", "https://myapp.com/x"), want: fetch.KindSameOrigin,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeNoCORS }},
		{name: "same-origin-in-mode-same-origin", req: request("GET", "https://myapp.com/x"), want: fetch.KindSameOrigin,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeSameOrigin }},
		{name: "back-on-its-origin-after-a-redirect", req: request("GET", api), want: fetch.KindSimple,
			change: func(r *fetch.Request) {
				r.Tainting = fetch.TaintingCORS
				r.URLList = append(r.URLList, origin.MustParseURL("https://myapp.com/x"))
			}},
		{name: "current-url-counts", req: request("PUT", "https://myapp.com/x"), want: fetch.KindPreflighted, causes: "method PUT",
			change: func(r *fetch.Request) { r.URLList = append(r.URLList, origin.MustParseURL(api)) }},
		{name: "other-port", req: request("GET", "https://myapp.com:8443/"), want: fetch.KindSimple},
		{name: "other-scheme", req: request("GET", "http://myapp.com/"), want: fetch.KindSimple},
		{name: "opaque-origin", req: request("GET", "https://myapp.com/"), want: fetch.KindSimple,
			change: func(r *fetch.Request) { r.Origin = origin.NewOpaque() }},
		{name: "data-url", req: request("PUT", "data:,x", "X-A: 1"), want: fetch.KindLocal},
		{name: "data-url-in-mode-same-origin", req: request("GET", "data:,x"), want: fetch.KindLocal,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeSameOrigin }},
		{name: "data-url-after-a-redirect", req: request("GET", "data:,x"), want: fetch.KindLocal,
			change: func(r *fetch.Request) { r.Tainting = fetch.TaintingCORS }},
		{name: "navigation", req: request("POST", api), want: fetch.KindNavigation,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeNavigate }},
		{name: "own-blob", req: request("GET", "blob:https://myapp.com/0-1"), want: fetch.KindSameOrigin},
		{name: "other-blob", req: request("GET", "blob:https://other.example/0-1"), want: fetch.KindRefused},
		{name: "mode-same-origin", req: request("GET", api), want: fetch.KindRefused,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeSameOrigin }},
		{name: "no-cors", req: request("GET", api), want: fetch.KindNoCORS,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeNoCORS }},
		{name: "no-cors-on-other-schemes", req: request("GET", "file:///x"), want: fetch.KindNoCORS,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeNoCORS }},
		{name: "no-cors-with-flag", req: request("GET", api, "X-A: 1"), want: fetch.KindNoCORS,
			change: func(r *fetch.Request) { r.Mode = fetch.ModeNoCORS; r.UseCORSPreflight = true }},
		{name: "other-scheme-with-cors", req: request("GET", "ftp://api.example.com/"), want: fetch.KindRefused},
		{name: "file", req: request("GET", "file:///x"), want: fetch.KindRefused},
		{name: "get", req: request("GET", api), want: fetch.KindSimple},
		{name: "head", req: request("HEAD", api), want: fetch.KindSimple},
		{name: "form-post", req: request("POST", api, "Content-Type: application/x-www-form-urlencoded"), want: fetch.KindSimple},
		{name: "text-post", req: request("POST", api, "Content-Type: text/plain;charset=UTF-8", "Accept: */*"), want: fetch.KindSimple},
		{name: "method-in-lower-case", req: request("get", api), want: fetch.KindPreflighted, causes: "method get"},
		{name: "put", req: request("PUT", api), want: fetch.KindPreflighted, causes: "method PUT"},
		{name: "json-post", req: request("POST", api, "Content-Type: application/json"), want: fetch.KindPreflighted,
			causes: "header content-type type-not-safelisted"},
		{name: "every-cause", req: request("PATCH", api, "X-B: 1", "Accept: \"", "x-a: 2", "X-B: 3"), want: fetch.KindPreflighted,
			change: func(r *fetch.Request) { r.UseCORSPreflight = true },
			causes: "method PATCH, header accept value-unsafe-byte, header x-a name-not-safelisted, header x-b name-not-safelisted, upload-listener"},
		{name: "upload-listener-alone", req: request("POST", api), want: fetch.KindPreflighted, causes: "upload-listener",
			change: func(r *fetch.Request) { r.UseCORSPreflight = true; r.Body = &fetch.Body{Bytes: "x"} }},
		{name: "stream-body", req: request("POST", api), want: fetch.KindPreflighted, causes: "stream-body",
			change: func(r *fetch.Request) { r.UseCORSPreflight = true; r.Body = &fetch.Body{Stream: true} }},
		{name: "not-composed-by-script", req: request("PUT", api, "Last-Event-ID: 1"), want: fetch.KindSimple,
			change: func(r *fetch.Request) { r.UnsafeRequest = false }},
		{name: "flag-asks-for-all", req: request("PUT", api, "X-A: 1"), want: fetch.KindPreflighted,
			change: func(r *fetch.Request) { r.UnsafeRequest = false; r.UseCORSPreflight = true },
			causes: "method PUT, header x-a name-not-safelisted, upload-listener"},
		{name: "authorization", req: request("GET", api, "Authorization: Bearer x"), want: fetch.KindPreflighted,
			causes: "header authorization name-not-safelisted"},
		{name: "headers-of-an-earlier-hop", req: request("GET", api, "Accept: x"), want: fetch.KindPreflighted,
			from: fetch.Redirected{Header: list("X-A: 1")}, causes: "header x-a name-not-safelisted"},
		{name: "no-headers-of-an-earlier-hop", req: request("GET", api, "X-A: 1"), want: fetch.KindSimple,
			from: fetch.Redirected{Header: fetch.HeaderList{}}},
		{name: "asked-on-an-earlier-hop", req: request("GET", api, "Accept: x"), want: fetch.KindPreflighted,
			from: fetch.Redirected{Preflighted: true}, causes: "earlier-hop"},
		{name: "asked-on-an-earlier-hop-and-again", req: request("PUT", api), want: fetch.KindPreflighted,
			from: fetch.Redirected{Preflighted: true}, causes: "method PUT"},
		{name: "wildcard-method", req: request("*", api), want: fetch.KindPreflighted, causes: "method *"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.change != nil {
				test.change(test.req)
			}
			got := fetch.ClassifyRedirected(test.req, &fetch.Safelist{}, &test.from)
			assert.Check(t, is.Equal(got.Kind, test.want))
			assert.Check(t, is.Equal(causes(got), test.causes))
		})
	}
}

func TestClassifyKeepsTheHeaderAsWritten(t *testing.T) {
	c := fetch.Classify(request("GET", "https://api.example.com/", "X-Api-KEY: k3y"), fetch.Safelist{})
	assert.DeepEqual(t, c.Causes, []fetch.Cause{{
		Kind: fetch.CauseHeader, Name: "x-api-key", Why: fetch.HeaderNameNotSafelisted,
		Header: fetch.Header{Name: "X-Api-KEY", Value: "k3y"},
	}})
}

func TestClassifyUnderAnotherSafelist(t *testing.T) {
	req := request("GET", "https://api.example.com/", "DPR: 2")
	s := fetch.Safelist{Extra: []fetch.SafelistEntry{{Name: "dpr"}}}
	assert.Equal(t, fetch.Classify(req, s).Kind, fetch.KindSimple)
}

func TestClassifySimpleAllocatesNothing(t *testing.T) {
	req := simpleRequest()
	assert.Equal(t, fetch.Classify(req, fetch.Safelist{}).Kind, fetch.KindSimple)
	allocs := testing.AllocsPerRun(100, func() { fetch.Classify(req, fetch.Safelist{}) })
	assert.Equal(t, allocs, 0.0)
}

func ExampleClassify() {
	req := &fetch.Request{
		Method: "PUT", UnsafeRequest: true, Mode: fetch.ModeCORS,
		URLList: []origin.URL{origin.MustParseURL("https://api.example.com/users/42")},
		Origin:  origin.MustParseURL("https://myapp.com/").Origin(),
		Header:  fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}},
	}
	c := fetch.Classify(req, fetch.Safelist{})
	fmt.Println(c.Kind)
	for _, cause := range c.Causes {
		fmt.Println(cause.Kind, cause.Name)
	}
	// Output:
	// preflighted
	// method PUT
	// header content-type
}
