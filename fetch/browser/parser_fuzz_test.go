package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// FuzzModule checks that a module of any text is loaded or not, and that each load
// is one exchange at least.
func FuzzModule(f *testing.F) {
	for _, seed := range []string{
		`import "./b"; export * from "/c" with {type: "json"}`, "import {a} from '\\x2f\\u{62}'", "await import('./b'); if (x) import(y)", "for GET", "\ufeff", `"" with {`,
		"`${`import './b'`}` /import '.'/ //", "import 'react'", "import\"data:text/javascript,import'data:,'\"", "'corsim:import:1' with {}", "class A { static { import('b') } }",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		checkLoads(t, browser.ElementInit{Tag: browser.TagModule, URL: api + "/a"}, server{api + "/a": script(source), api + "/b": script("")})
	})
}

// FuzzStyleSheet checks the same of a style sheet.
func FuzzStyleSheet(f *testing.F) {
	for _, seed := range []string{
		`@import "b"; b{background:url(c)}`, `@\69mport url( 'b' ) layer(x) supports((a) or (b)) print`, "@layer a, b; @import url(\\62", "@import 'b", "@media {@import 'b'}", "}{)(][", "\ufeff<!--",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		checkLoads(t, browser.ElementInit{Tag: browser.TagStylesheet, URL: api + "/a"}, server{api + "/a": sheet(source), api + "/b": sheet("")})
	})
}

func checkLoads(t *testing.T, init browser.ElementInit, s server) {
	t.Helper()
	r := element(t, open(t, pageURL), s, init)
	exchanges := 0
	for _, l := range r.Loads() {
		exchanges += len(l.Trace.Exchanges)
	}
	assert.Check(t, r.Loads() == nil || exchanges == len(r.Trace.Exchanges))
	assert.Check(t, (r.Failure == nil) == (r.Outcome != browser.Blocked))
	for _, n := range r.NotFollowed() {
		assert.Check(t, n.Count > 0)
	}
}
