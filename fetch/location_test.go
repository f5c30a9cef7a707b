package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

func TestLocationURL(t *testing.T) {
	tests := []struct {
		name   string
		status int      // 302 when 0
		urls   []string // of the response; nil is a null URL
		req    string   // the request's current URL
		list   fetch.HeaderList
		state  fetch.LocationState
		want   string
		value  string
	}{
		{name: "no-redirect-status", status: 200, list: list("Location: /x"), state: fetch.LocationNull},
		{name: "created", status: 201, list: list("Location: /x"), state: fetch.LocationNull},
		{name: "not-modified", status: 304, list: list("Location: /x"), state: fetch.LocationNull},
		{name: "multiple-choices", status: 300, list: list("Location: /x"), state: fetch.LocationNull},
		{name: "no-header", state: fetch.LocationNull},
		{name: "absolute", list: list("location: https://b.example/y?z"), state: fetch.LocationURL,
			want: "https://b.example/y?z", value: "https://b.example/y?z"},
		{name: "permanent", status: 308, list: list("Location: /x"), state: fetch.LocationURL, want: "https://a.example/x", value: "/x"},
		{name: "relative-path", list: list("Location: x"), state: fetch.LocationURL, want: "https://a.example/dir/x", value: "x"},
		{name: "other-host", list: list("Location: //b.example"), state: fetch.LocationURL, want: "https://b.example/", value: "//b.example"},
		{name: "only-a-query", list: list("Location: ?x"), state: fetch.LocationURL, want: "https://a.example/dir/?x", value: "?x"},
		{name: "empty", list: list("Location:"), state: fetch.LocationURL, want: "https://a.example/dir/"},
		{name: "last-url-of-the-response-counts", urls: []string{"https://a.example/", "https://c.example/1/"}, list: list("Location: x"),
			state: fetch.LocationURL, want: "https://c.example/1/x", value: "x"},
		{name: "two-lines", list: list("Location: /x", "Location: /x"), state: fetch.LocationFailure, value: "/x, /x"},
		{name: "comma-is-part-of-the-url", list: list("Location: /x, /y"), state: fetch.LocationURL,
			want: "https://a.example/x,%20/y", value: "/x, /y"},
		{name: "malformed", list: list("Location: https://"), state: fetch.LocationFailure, value: "https://"},
		{name: "malformed-port", list: list("Location: //b.example:x/"), state: fetch.LocationFailure, value: "//b.example:x/"},
		{name: "other-scheme", list: list("Location: data:,x"), state: fetch.LocationURL, want: "data:,x", value: "data:,x"},
		{name: "bytes-beyond-ascii", list: list("Location: /\xc3\xa9"), state: fetch.LocationURL, want: "https://a.example/%C3%A9", value: "/\xc3\xa9"},
		{name: "fragment-is-inherited", req: "https://a.example/dir/#top", list: list("Location: /x"), state: fetch.LocationURL,
			want: "https://a.example/x#top", value: "/x"},
		{name: "empty-fragment-is-inherited", req: "https://a.example/dir/#", list: list("Location: /x"), state: fetch.LocationURL,
			want: "https://a.example/x#", value: "/x"},
		{name: "own-fragment", req: "https://a.example/dir/#top", list: list("Location: /x#y"), state: fetch.LocationURL,
			want: "https://a.example/x#y", value: "/x#y"},
		{name: "own-empty-fragment", req: "https://a.example/dir/#top", list: list("Location: /x#"), state: fetch.LocationURL,
			want: "https://a.example/x#", value: "/x#"},
		{name: "fragment-of-the-response-is-not-inherited", urls: []string{"https://a.example/dir/#own"}, list: list("Location: /x"),
			state: fetch.LocationURL, want: "https://a.example/x", value: "/x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.status == 0 {
				test.status = 302
			}
			if test.req == "" {
				test.req = "https://a.example/dir/"
			}
			if test.urls == nil {
				test.urls = []string{"https://a.example/dir/"}
			}
			resp := &fetch.Response{Status: test.status, Header: test.list}
			for _, u := range test.urls {
				resp.URLList = append(resp.URLList, origin.MustParseURL(u))
			}
			got := resp.LocationURL(request("GET", test.req))
			assert.Check(t, is.Equal(got.State, test.state))
			assert.Check(t, is.Equal(got.URL.String(), test.want))
			assert.Check(t, is.Equal(got.Value, test.value))
		})
	}
}

// TestLocationURLWithoutResponseURL checks that a response without a URL is
// resolved against the request's current URL, which was requested.
func TestLocationURLWithoutResponseURL(t *testing.T) {
	resp := &fetch.Response{Status: 303, Header: list("Location: x")}
	got := resp.LocationURL(redirected("https://a.example/1/", "https://b.example/2/"))
	assert.Equal(t, got.URL.String(), "https://b.example/2/x")
}
