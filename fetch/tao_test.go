package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestTAOCheck(t *testing.T) {
	const api = "https://api.example.com/"
	cors := func(r *fetch.Request) { r.Tainting = fetch.TaintingCORS }
	tests := []struct {
		name   string
		urls   []string // api when nil
		change func(*fetch.Request)
		list   fetch.HeaderList
		want   bool
	}{
		{name: "same-origin-needs-no-header", urls: []string{"https://myapp.com/x"}, want: true},
		{name: "same-origin-with-another-origin", urls: []string{"https://myapp.com/x"}, list: list("Timing-Allow-Origin: https://b.example"), want: true},
		{name: "cors-without-header", change: cors},
		{name: "cors-with-wildcard", change: cors, list: list("timing-ALLOW-origin: *"), want: true},
		{name: "cors-with-wildcard-among-others", change: cors, list: list("Timing-Allow-Origin: https://b.example,\t*"), want: true},
		{name: "cors-with-the-origin", change: cors, list: list("Timing-Allow-Origin: https://myapp.com"), want: true},
		{name: "cors-with-the-origin-in-the-second-line", change: cors,
			list: list("Timing-Allow-Origin: https://b.example", "Timing-Allow-Origin: https://myapp.com"), want: true},
		{name: "cors-with-another-origin", change: cors, list: list("Timing-Allow-Origin: https://myapp.com.example")},
		{name: "cors-with-a-trailing-slash", change: cors, list: list("Timing-Allow-Origin: https://myapp.com/")},
		{name: "cors-with-upper-case", change: cors, list: list("Timing-Allow-Origin: https://MYAPP.com")},
		{name: "cors-with-two-origins-without-comma", change: cors, list: list("Timing-Allow-Origin: https://b.example https://myapp.com")},
		{name: "cors-with-null", change: cors, list: list("Timing-Allow-Origin: null")},
		{name: "tainted-origin-with-the-origin", urls: []string{api, "https://b.example/"}, change: cors,
			list: list("Timing-Allow-Origin: https://myapp.com")},
		{name: "tainted-origin-with-null", urls: []string{api, "https://b.example/"}, change: cors,
			list: list("Timing-Allow-Origin: null"), want: true},
		{name: "no-cors-without-header", change: func(r *fetch.Request) { r.Tainting = fetch.TaintingOpaque }},
		{name: "no-cors-with-wildcard", change: func(r *fetch.Request) { r.Tainting = fetch.TaintingOpaque },
			list: list("Timing-Allow-Origin: *"), want: true},
		{name: "failed-before", change: func(r *fetch.Request) { r.TimingAllowFailed = true }, list: list("Timing-Allow-Origin: *")},
		{name: "navigation-across-origins", change: func(r *fetch.Request) { r.Mode = fetch.ModeNavigate }},
		{name: "navigation-across-origins-with-the-origin", change: func(r *fetch.Request) { r.Mode = fetch.ModeNavigate },
			list: list("Timing-Allow-Origin: https://myapp.com"), want: true},
		{name: "navigation-within-the-origin", urls: []string{"https://myapp.com/x"},
			change: func(r *fetch.Request) { r.Mode = fetch.ModeNavigate }, want: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			urls := test.urls
			if urls == nil {
				urls = []string{api}
			}
			req := redirected(urls...)
			if test.change != nil {
				test.change(req)
			}
			assert.Check(t, is.Equal(fetch.TAOCheck(req, &fetch.Response{Header: test.list}), test.want))
		})
	}
}
