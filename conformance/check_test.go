package conformance

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/scenario"
)

func decodeExpectation(t *testing.T, step string) *scenario.Expectation {
	t.Helper()
	s, err := scenario.Decode(`{"name":"a","page":"p","server":[],"steps":[],"expect":{"steps":[` + step + `]}}`)
	assert.NilError(t, err)
	return s.Case.Expect
}

func decodeObservation(t *testing.T, steps string) *scenario.Observation {
	t.Helper()
	o, err := scenario.DecodeObservation(`{"name":"a","engine":"e 1","steps":[` + steps + `]}`)
	assert.NilError(t, err)
	return o
}

func TestCheck(t *testing.T) {
	const seen = `{"outcome":"response","response":{"type":"cors","status":200,"url":"https://a.test/","redirected":false,
		"headers":[["a","1"],["a","2"],["content-type","text/plain"]],"body":"ok"},"wire":[
		{"method":"OPTIONS","url":"https://a.test/x","headers":[["origin","https://b.test"]]},
		{"method":"PUT","url":"https://a.test/x","headers":[["X-A","1"],["x-a","2"]],"body":"{}"},
		{"method":"GET","url":"https://a.test/y/","headers":[]}]}`
	for _, tc := range []struct{ name, step, want string }{
		{"nothing-asserted", `{}`, ""},
		{"outcome", `{"outcome":"error"}`, "step 1: outcome response, not error"},
		{"response-as-expected", `{"outcome":"response","type":"cors","status":200,"url":"https://a.test/","redirected":false,"body":"ok"}`, ""},
		{"response", `{"type":"basic","status":0,"url":"","redirected":true,"body":""}`,
			`step 1: type "cors", not "basic"; step 1: status 200, not 0; step 1: url "https://a.test/", not ""; ` +
				`step 1: redirected false, not true; step 1: body "ok", not ""`},
		{"headers-as-expected", `{"headersVisible":{"a":"1, 2"},"headersPresent":["a"],"headersHidden":["b"]}`, ""},
		{"headers", `{"headersVisible":{"a":"1","b":""},"headersPresent":["b"],"headersHidden":["a"],"headersEmpty":true}`,
			`step 1: a is "1, 2", not "1"; step 1: b not visible; step 1: b not visible; step 1: a visible: "1, 2"; step 1: 2 headers visible, not none`},
		{"wire-as-expected", `{"wire":[{"method":"OPTIONS","headers":{"origin":"https://b.test"}},
			{"method":"PUT","url":"https://a.test/x#frag","headers":{"x-a":"1, 2"},"headersAbsent":["origin"],"headersNot":{"x-a":"1","y":""},"body":"{}"},
			{"method":"GET","url":"https://a.test/y"}]}`, ""},
		{"wire-count", `{"wire":[]}`, "step 1: 3 requests (OPTIONS https://a.test/x, PUT https://a.test/x, GET https://a.test/y/), not 0"},
		{"wire-requests", `{"wire":[{"method":"GET"},{"method":"PUT","url":"https://a.test/"},{"method":"GET","headers":{"origin":"x"}}]}`,
			`step 1: request 1: method "OPTIONS", not "GET"; step 1: request 2: url "https://a.test/x", not "https://a.test/"; step 1: request 3: no origin header`},
		{"wire-headers", `{"wire":[{"method":"OPTIONS","headers":{"origin":"null"}},{"method":"PUT","headersAbsent":["x-a"]},{"method":"GET","body":"x"}]}`,
			`step 1: request 1: origin is "https://b.test", not "null"; step 1: request 2: x-a sent: "1, 2"; step 1: request 3: body "", not "x"`},
		{"wire-not", `{"wireIncludes":[{"method":"PUT","headersNot":{"x-a":"1, 2"}}]}`,
			"step 1: no PUT among the requests (OPTIONS https://a.test/x, PUT https://a.test/x, GET https://a.test/y/; method \"GET\", not \"PUT\")"},
		{"includes-with-gap", `{"wireIncludes":[{"method":"OPTIONS"},{"method":"GET"}]}`, ""},
		{"includes-out-of-order", `{"wireIncludes":[{"method":"GET"},{"method":"PUT","url":"https://a.test/x"}]}`,
			"step 1: no PUT https://a.test/x among the requests (OPTIONS https://a.test/x, PUT https://a.test/x, GET https://a.test/y/)"},
		{"excludes", `{"wireExcludes":[{"method":"DELETE"},{"method":"PUT","url":"https://a.test/x"}]}`, "step 1: sent PUT https://a.test/x"},
		{"two-steps-wanted", `{},{}`, "1 steps, not 2"},
	} {
		var got []string
		for _, m := range Check(decodeExpectation(t, tc.step), decodeObservation(t, seen)) {
			got = append(got, m.String())
		}
		assert.Check(t, strings.Join(got, "; ") == tc.want, "%s: %s\nwant %s", tc.name, strings.Join(got, "; "), tc.want)
	}
}

// Where a response is missing nothing else is reported; a type is not asserted
// of XMLHttpRequest.
func TestCheckSpecialCases(t *testing.T) {
	x := decodeExpectation(t, `{"outcome":"response","wire":[{"method":"GET"}]}`)
	got := Check(x, decodeObservation(t, `{"outcome":"error","error":"no"}`))
	assert.DeepEqual(t, got, []Mismatch{{Problem: "outcome error, not response (no)"}})

	x = decodeExpectation(t, `{"type":"basic"}`)
	got = Check(x, decodeObservation(t, `{"outcome":"response","response":{"type":"xhr","status":200}}`))
	assert.Equal(t, len(got), 0)

	got = Check(x, &scenario.Observation{Failed: scenario.Some("no page")})
	assert.DeepEqual(t, got, []Mismatch{{Step: -1, Problem: "not observed: no page"}})

	c := scenario.Case{KnownFail: []string{"webkit"}}
	assert.Check(t, c.IsKnownFail("webkit 2.50.6 (WebKitGTK)") && !c.IsKnownFail("chromium 156"))
}
