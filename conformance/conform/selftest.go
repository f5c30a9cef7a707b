package conform

import (
	"context"
	"errors"
	"fmt"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
)

// check is a scenario without CORS: whoever makes requests at all does what is wanted. hint
// says what is likely wrong with an adapter that does something else.
type check struct {
	scenario, want, hint string
}

// checks are those of a self-test. They are about one kind of step each, and the adapter
// makes those of its kinds.
var checks = []check{
	{
		`{"name":"selftest-1","page":"http://page.test/","server":[{"when":{"method":"GET","url":"http://page.test/a?b"},"status":203,"headers":[["Content-Type","text/plain"],["X-Seen","yes"]],"body":"hello"}],"steps":[{"fetch":{"url":"http://page.test/a?b"}}]}`,
		`{"steps":[{"outcome":"response","status":203,"url":"http://page.test/a?b","headersVisible":{"x-seen":"yes"},"body":"hello","wire":[{"method":"GET","url":"http://page.test/a?b"}]}]}`,
		"hosts such as page.test must lead to the address of the greeting",
	},
	{
		`{"name":"selftest-2","page":"https://page.test:8443/x/y","server":[{"when":{"url":"https://page.test:8443/x/a"},"status":200,"headers":[],"body":"secure"}],"steps":[{"fetch":{"url":"a"}}]}`,
		`{"steps":[{"outcome":"response","status":200,"body":"secure","wire":[{"method":"GET","url":"https://page.test:8443/x/a"}]}]}`,
		"https must lead there too, with any port; trust the certificates of the authority, or none at all; a URL without a host is relative to the page",
	},
	{
		`{"name":"selftest-3","page":"http://page.test/","server":[{"when":{"method":"POST"},"status":200,"headers":[],"body":"got it"}],"steps":[{"fetch":{"url":"http://page.test/p","method":"POST","headers":[["Content-Type","text/x"],["X-Mine","1"]],"body":"a=1"}}]}`,
		`{"steps":[{"outcome":"response","body":"got it","wire":[{"method":"POST","headers":{"content-type":"text/x","x-mine":"1"},"body":"a=1"}]}]}`,
		"the method, the headers and the body of the step must be sent",
	},
	{
		`{"name":"selftest-4","page":"http://page.test/","server":[],"steps":[{"fetch":{"url":"http://page.test/nothing"}}]}`,
		`{"steps":[{"outcome":"error","wireIncludes":[{"method":"GET"}]}]}`,
		"a connection that ends without an answer is the outcome error",
	},
	{
		`{"name":"selftest-5","page":"http://page.test/","server":[{"when":{"url":"http://page.test/1"},"status":200,"headers":[],"body":"one"},{"when":{"url":"http://page.test/2"},"status":200,"headers":[],"body":"two"}],"steps":[{"fetch":{"url":"http://page.test/1"}},{"fetch":{"url":"http://page.test/2"}}]}`,
		`{"steps":[{"outcome":"response","body":"one","wire":[{"method":"GET","url":"http://page.test/1"}]},{"outcome":"response","body":"two","wire":[{"method":"GET","url":"http://page.test/2"}]}]}`,
		"a step must not begin before it is asked for, and its answer must not come before it is done",
	},
	{
		`{"name":"selftest-6","page":"http://page.test/","server":[{"when":{},"status":200,"headers":[],"body":"text"}],"steps":[{"xhr":{"url":"http://page.test/x"}}]}`,
		`{"steps":[{"outcome":"response","status":200,"body":"text","wire":[{"method":"GET","url":"http://page.test/x"}]}]}`,
		"an XMLHttpRequest from the page to its own origin must have a response",
	},
	{
		`{"name":"selftest-7","page":"http://page.test/","server":[{"when":{},"status":200,"headers":[["Content-Type","text/javascript"]],"body":"window.done=1"}],"steps":[{"element":{"tag":"script","url":"http://page.test/s.js"}}]}`,
		`{"steps":[{"outcome":"load","wire":[{"method":"GET","url":"http://page.test/s.js"}]}]}`,
		"a script that is added to the page must be loaded",
	},
}

// SelfTest lets an adapter play scenarios that every implementation gets right, and
// returns an error for each that it does not, with a hint.
func SelfTest(ctx context.Context, s *Session) error {
	var bad []error
	played := 0
	for _, c := range checks {
		item, err := scenario.Decode(c.scenario)
		if err != nil {
			return err
		}
		expected, err := scenario.Decode(c.scenario[:len(c.scenario)-1] + `,"source":"self-test","expect":` + c.want + `}`)
		if err != nil {
			return err
		}
		got, err := s.Play(ctx, c.scenario, item)
		var unsupported unsupportedError
		if errors.As(err, &unsupported) {
			continue
		}
		played++
		if err != nil {
			bad = append(bad, fmt.Errorf("%s: %w (%s)", item.Name, err, c.hint))
			continue
		}
		for _, m := range conformance.Check(expected.Case.Expect, got) {
			bad = append(bad, fmt.Errorf("%s: %s (%s)", item.Name, m, c.hint))
		}
	}
	if played == 0 {
		return errors.New("the adapter can make none of the steps fetch, xhr and element")
	}
	return errors.Join(bad...)
}
