package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestExtractHeaderListValues(t *testing.T) {
	methods := func(values ...string) fetch.HeaderList {
		var l fetch.HeaderList
		for _, v := range values {
			l = append(l, fetch.Header{Name: fetch.HeaderAllowMethods, Value: v})
		}
		return l
	}
	present := func(values ...string) fetch.Extraction { return fetch.Extraction{State: fetch.Present, Values: values} }
	malformed := func(offender string) fetch.Extraction {
		return fetch.Extraction{State: fetch.Malformed, Offender: offender}
	}
	tests := []struct {
		name   string
		list   fetch.HeaderList
		header string // Access-Control-Allow-Methods when empty
		want   fetch.Extraction
	}{
		{name: "absent", list: list("Access-Control-Allow-Headers: x")},
		{name: "empty", list: methods(""), want: present()},
		{name: "one", list: methods("PUT"), want: present("PUT")},
		{name: "name-in-any-case", list: list("access-control-ALLOW-methods: PUT"), want: present("PUT")},
		{name: "case-stays", list: methods("put, Patch"), want: present("put", "Patch")},
		{name: "wildcard", list: methods("*"), want: present("*")},
		{name: "wildcard-among-others", list: methods("PUT, *"), want: present("PUT", "*")},
		{name: "duplicates-stay", list: methods("PUT,PUT"), want: present("PUT", "PUT")},
		{name: "several-lines", list: methods("PUT, A", "B"), want: present("PUT", "A", "B")},
		{name: "empty-line-among-others", list: methods("PUT", "", "B"), want: present("PUT", "B")},
		{name: "no-spaces", list: methods("A,B,C"), want: present("A", "B", "C")},
		{name: "tabs-and-spaces", list: methods(" \tA\t , \tB "), want: present("A", "B")},
		{name: "only-commas", list: methods(",,"), want: present()},
		{name: "comma-at-either-end", list: methods(",A,"), want: present("A")},
		{name: "empty-elements", list: methods("A,, ,\t,B"), want: present("A", "B")},
		{name: "every-token-byte", list: methods("!#$%&'*+-.^_`|~09azAZ"), want: present("!#$%&'*+-.^_`|~09azAZ")},
		{name: "separated-by-space", list: methods("GET POST"), want: malformed("GET POST")},
		{name: "separated-by-semicolon", list: methods("GET; POST"), want: malformed("GET; POST")},
		{name: "quoted", list: methods(`"GET"`), want: malformed(`"GET"`)},
		{name: "json", list: methods(`["GET","POST"]`), want: malformed(`["GET"`)},
		{name: "first-offender", list: methods("A, b/c, d/e"), want: malformed("b/c")},
		{name: "offender-in-second-line", list: methods("A", "b@c"), want: malformed("b@c")},
		{name: "other-white-space", list: methods("A,\vB"), want: malformed("\vB")},
		{name: "beyond-ascii", list: methods("M\xc9THODE"), want: malformed("M\xc9THODE")},
		{name: "headers", header: fetch.HeaderAllowHeaders, list: list("Access-Control-Allow-Headers: X-A, content-type"),
			want: present("X-A", "content-type")},
		{name: "headers-malformed", header: fetch.HeaderAllowHeaders, list: list("Access-Control-Allow-Headers: X-A: b"),
			want: malformed("X-A: b")},
		{name: "exposed", header: fetch.HeaderExposeHeaders, list: list("Access-Control-Expose-Headers: *, ETag"),
			want: present("*", "ETag")},
		{name: "seconds", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 600"), want: present("600")},
		{name: "seconds-zero", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 0"), want: present("0")},
		{name: "seconds-leading-zeros", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 007"), want: present("007")},
		{name: "seconds-huge", header: fetch.HeaderMaxAge, list: list("access-control-max-age: 99999999999999999999"),
			want: present("99999999999999999999")},
		{name: "seconds-empty", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age:"), want: malformed("")},
		{name: "seconds-negative", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: -1"), want: malformed("-1")},
		{name: "seconds-fraction", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 1.5"), want: malformed("1.5")},
		{name: "seconds-unit", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 600s"), want: malformed("600s")},
		{name: "seconds-list", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 1, 2"), want: malformed("1, 2")},
		{name: "seconds-two-lines", header: fetch.HeaderMaxAge, list: list("Access-Control-Max-Age: 5", "Access-Control-Max-Age: 5"),
			want: malformed("5, 5")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := test.header
			if header == "" {
				header = fetch.HeaderAllowMethods
			}
			assert.Check(t, is.DeepEqual(fetch.ExtractHeaderListValues(header, test.list), test.want))
		})
	}
}
