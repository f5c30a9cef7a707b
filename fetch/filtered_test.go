package fetch_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// answered returns a response in which no field has its default value.
func answered(l fetch.HeaderList, exposed ...string) *fetch.Response {
	return &fetch.Response{
		URLList: []origin.URL{origin.MustParseURL("https://api.example.com/1"), origin.MustParseURL("https://api.example.com/2")},
		Status:  206, Header: l, Body: "body", CORSExposedHeaderNames: exposed, RangeRequested: true,
		RequestIncludesCredentials: true, TimingAllowPassed: true, RedirectTaint: fetch.TaintSameSite,
	}
}

func names(l fetch.HeaderList) string {
	var words []string
	for _, h := range l {
		words = append(words, h.Name)
	}
	return strings.Join(words, " ")
}

func TestFilteredHeaders(t *testing.T) {
	all := list("Cache-Control: 1", "content-language: 1", "Content-Length: 1", "CONTENT-TYPE: 1", "Expires: 1", "Last-Modified: 1",
		"Pragma: 1", "ETag: 1", "Set-Cookie: 1", "X-A: 1", "set-COOKIE2: 1", "x-a: 2", "*: 1", "Access-Control-Allow-Origin: *")
	const safelisted = "Cache-Control content-language Content-Length CONTENT-TYPE Expires Last-Modified Pragma"
	tests := []struct {
		name    string
		list    fetch.HeaderList
		exposed []string
		basic   string
		cors    string
	}{
		{name: "empty"},
		{name: "nothing-exposed", list: all,
			basic: safelisted + " ETag X-A x-a * Access-Control-Allow-Origin", cors: safelisted},
		{name: "exposed", list: all, exposed: []string{"etag", "x-A", "x-missing"},
			basic: safelisted + " ETag X-A x-a * Access-Control-Allow-Origin", cors: safelisted + " ETag X-A x-a"},
		{name: "set-cookie-cannot-be-exposed", list: list("A: 1", "Set-Cookie: 1", "Set-Cookie2: 1"), exposed: []string{"set-cookie", "Set-Cookie2", "a"},
			basic: "A", cors: "A"},
		{name: "wildcard-is-a-name-here", list: list("A: 1", "*: 1"), exposed: []string{"*"}, basic: "A *", cors: "*"},
		{name: "all-visible", list: list("Content-Type: 1", "Pragma: 1"), basic: "Content-Type Pragma", cors: "Content-Type Pragma"},
		{name: "none-visible", list: list("Set-Cookie: 1")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			resp := answered(test.list, test.exposed...)
			before := test.list.Clone()
			assert.Check(t, is.Equal(names(fetch.FilterBasic(resp).Header), test.basic))
			assert.Check(t, is.Equal(names(fetch.FilterCORS(resp).Header), test.cors))
			assert.Check(t, is.DeepEqual(resp.Header, before))
		})
	}
}

// TestFilteredResponses checks that a filtered response keeps everything of its
// internal response that it does not hide.
func TestFilteredResponses(t *testing.T) {
	resp := answered(list("Set-Cookie: 1"))
	basic, cors, opaque, redirect := *resp, *resp, *resp, *resp
	for _, view := range []*fetch.Response{&basic, &cors, &opaque, &redirect} {
		view.Internal, view.Header = resp, nil
	}
	basic.Type, cors.Type, opaque.Type, redirect.Type = fetch.ResponseBasic, fetch.ResponseCORS, fetch.ResponseOpaque, fetch.ResponseOpaqueRedirect
	opaque.Status, opaque.Body, opaque.URLList = 0, "", nil
	redirect.Status, redirect.Body = 0, ""
	tests := []struct {
		name      string
		got, want fetch.Response
	}{
		{name: "basic", got: fetch.FilterBasic(resp), want: basic},
		{name: "cors", got: fetch.FilterCORS(resp), want: cors},
		{name: "opaque", got: fetch.FilterOpaque(resp), want: opaque},
		{name: "opaque-redirect", got: fetch.FilterOpaqueRedirect(resp), want: redirect},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Check(t, is.DeepEqual(test.got, test.want, cmpopts.EquateComparable(origin.URL{}), cmpopts.EquateEmpty()))
			assert.Check(t, test.got.Unfiltered() == resp)
			assert.Check(t, !test.got.IsNetworkError())
		})
	}
	assert.Check(t, resp.Unfiltered() == resp)
}

func TestNetworkError(t *testing.T) {
	f := &fetch.Failure{Reason: fetch.ReasonNetworkFailure}
	got := fetch.NetworkError(f)
	assert.Check(t, got.IsNetworkError())
	assert.Check(t, got.Failure == f)
	_, ok := got.URL()
	assert.Check(t, !ok)
	assert.Check(t, !new(fetch.Response).IsNetworkError())
}

func TestResponseURL(t *testing.T) {
	u, ok := answered(nil).URL()
	assert.Check(t, ok)
	assert.Check(t, is.Equal(u.String(), "https://api.example.com/2"))
}

func TestExposeHeaders(t *testing.T) {
	tests := []struct {
		name        string
		list        fetch.HeaderList
		credentials fetch.CredentialsMode
		want        []string
	}{
		{name: "absent", list: list("ETag: 1")},
		{name: "empty", list: list("Access-Control-Expose-Headers:")},
		{name: "names-as-written", list: list("Access-Control-Expose-Headers: ETag, x-a"), want: []string{"ETag", "x-a"}},
		{name: "several-lines", list: list("Access-Control-Expose-Headers: ETag", "access-control-expose-headers: x-a"), want: []string{"ETag", "x-a"}},
		{name: "one-malformed-line-spoils-all", list: list("Access-Control-Expose-Headers: ETag", "Access-Control-Expose-Headers: a b")},
		{name: "wildcard", list: list("ETag: 1", "X-B: 1", "x-b: 2", "Access-Control-Expose-Headers: *"),
			want: []string{"access-control-expose-headers", "etag", "x-b"}},
		{name: "wildcard-among-others", list: list("X-B: 1", "Access-Control-Expose-Headers: x-missing, *"),
			want: []string{"access-control-expose-headers", "x-b"}},
		{name: "wildcard-malformed", list: list("ETag: 1", "Access-Control-Expose-Headers: *;")},
		{name: "wildcard-in-mode-omit", list: list("Access-Control-Expose-Headers: *"), credentials: fetch.CredentialsOmit,
			want: []string{"access-control-expose-headers"}},
		{name: "wildcard-with-credentials", list: list("ETag: 1", "Access-Control-Expose-Headers: *, x-a"), credentials: fetch.CredentialsInclude,
			want: []string{"*", "x-a"}},
		{name: "names-with-credentials", list: list("Access-Control-Expose-Headers: ETag"), credentials: fetch.CredentialsInclude, want: []string{"ETag"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := fetch.ExposeHeaders(&fetch.Request{Credentials: test.credentials}, &fetch.Response{Header: test.list})
			assert.Check(t, is.DeepEqual(got, test.want))
		})
	}
}
