package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// script is a JavaScript module that every page may import.
func script(source string, lines ...string) fetch.WireResponse {
	a := answer(200, append([]string{"Content-Type: text/javascript", acaoAny}, lines...)...)
	a.Body = source
	return a
}

func withBody(a fetch.WireResponse, body string) fetch.WireResponse {
	a.Body = body
	return a
}

// element adds an element to a page.
func element(t *testing.T, p *browser.Page, s fetch.Transport, init browser.ElementInit) *browser.Result {
	t.Helper()
	r, err := p.Element(asking(t.Context(), s), init)
	assert.NilError(t, err)
	return r
}

// notFollowed returns what a result says it did not follow.
func notFollowed(r *browser.Result) []string {
	var out []string
	for _, n := range r.NotFollowed() {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %d %s", n.Why, n.Count, n.What)))
	}
	return out
}

// TestModuleGraph shows what is requested for a module, and what it comes to.
func TestModuleGraph(t *testing.T) {
	missing := blocked(fetch.ReasonAllowOriginMissing, "concept-cors-check 2")
	for _, c := range []struct {
		name    string
		profile *browser.Profile // nil: the standard
		files   server           // by path
		want    verdict
		wire    string // the paths that are requested, in order
		not     []string
	}{
		{name: "alone", files: server{"/a": script("f()")}, wire: "/a"},
		{name: "static", files: server{"/a": script(`import "./b"; import c, {d as e} from "/c"; import * as f from 'https://cdn.example/d'`),
			"/b": script(""), "/c": script(""), "/d": script("")}, wire: "/a /b /c /d"},
		{name: "export-from", files: server{"/a": script(`export * from "./b"; export {x} from "./c"; export const y = 1`), "/b": script(""), "/c": script("")},
			wire: "/a /b /c"},
		{name: "level-by-level", files: server{"/a": script(`import "./b"; import "./c"`), "/b": script(`import "./d"`), "/c": script(`import "./e"`),
			"/d": script(""), "/e": script("")}, wire: "/a /b /c /d /e"},
		{name: "once", files: server{"/a": script(`import "./b"; import "./c"; import "./b"`), "/b": script(`import "./c"`), "/c": script("")}, wire: "/a /b /c"},
		{name: "fragments-differ", files: server{"/a": script(`import "./b"; import "./b#2"`), "/b": script("")}, wire: "/a /b /b"},
		{name: "cycle", files: server{"/a": script(`import "./b"`), "/b": script(`import "./a"; import "./b"`)}, wire: "/a /b"},
		{name: "data-url", files: server{"/a": script(`import "data:text/javascript,import%20'https://cdn.example/b'"`), "/b": script("")}, wire: "/a /b"},
		{name: "escapes", files: server{"/a": script(`import "\x2e/\u0062"; import './\u{63}\
'`), "/b": script(""), "/c": script("")}, wire: "/a /b /c"},
		{name: "in-comments-and-strings", files: server{"/a": script("// import './b'\n/* import './b' */ f(\"import './b'\", `import './b'`, /import '.b'/)")}, wire: "/a"},
		{name: "byte-order-mark", files: server{"/a": script("\ufeffimport './b'"), "/b": script("")}, wire: "/a /b"},
		{name: "one-failure", files: server{"/a": script(`import "./b"; import "./c"`), "/b": withBody(answer(200, "Content-Type: text/javascript"), `import "./d"`),
			"/c": script(`import "./e"`)}, want: missing, wire: "/a /b /c"},
		{name: "deep-failure", files: server{"/a": script(`import "./b"`), "/b": script(`import "./c"`), "/c": answer(200)}, want: missing, wire: "/a /b /c"},
		{name: "status", files: server{"/a": script(`import "./b"`), "/b": answer(404, acaoAny, "Content-Type: text/javascript")},
			want: blocked(fetch.ReasonElementStatus, "html.spec.whatwg.org/#fetch-a-single-module-script"), wire: "/a /b"},
		{name: "type", files: server{"/a": script(`import "./b"`), "/b": answer(200, acaoAny, "Content-Type: text/html")},
			want: blocked(fetch.ReasonElementType, "html.spec.whatwg.org/#fetch-a-single-module-script"), wire: "/a /b"},
		{name: "mixed-content", files: server{"/a": script(`import "http://cdn.example/b"`)}, want: blocked(fetch.ReasonMixedContent, "concept-main-fetch 7"), wire: "/a"},
		{name: "json", files: server{"/a": script("import j from './j' with {type: 'json'};\nexport {x} from \"./k\"\nwith { \"type\" : \"json\", }"),
			"/j": withBody(answer(200, acaoAny, "Content-Type: text/json"), "1"), "/k": withBody(answer(200, acaoAny, "Content-Type: image/svg+json"), "{}")}, wire: "/a /j /k"},
		{name: "json-as-script", files: server{"/a": script("import './j'"), "/j": withBody(answer(200, acaoAny, "Content-Type: application/json"), "1")},
			want: blocked(fetch.ReasonElementType, "html.spec.whatwg.org/#fetch-a-single-module-script"), wire: "/a /j"},
		{name: "script-as-json", files: server{"/a": script("import './b' with {type: 'json'}"), "/b": script("1")},
			want: blocked(fetch.ReasonElementType, "html.spec.whatwg.org/#fetch-a-single-module-script"), wire: "/a /b"},
		{name: "types-differ", files: server{"/a": script("import './j' with {type: 'json'}; import './j' with {type: 'css'}"), "/j": withBody(answer(200, acaoAny, "Content-Type: text/css"), "1")},
			want: blocked(fetch.ReasonElementType, "html.spec.whatwg.org/#fetch-a-single-module-script"), wire: "/a /j /j"},
		{name: "json-that-is-none", files: server{"/a": script("import './j' with {type: 'json'}; import './b'"), "/j": withBody(answer(200, acaoAny, "Content-Type: text/json"), "x"),
			"/b": script("import './c'")}, wire: "/a /j /b", not: []string{"syntax-error 1 it is not JSON"}},
		{name: "css", files: server{"/a": script("import './s' with {type: 'css'}"), "/s": withBody(answer(200, acaoAny, "Content-Type: text/css"), "@import './b'")}, wire: "/a /s"},
		{name: "bare", files: server{"/a": script("import './b'; import 'react'; import 'vue'")}, wire: "/a", not: []string{"specifier 2 react"}},
		{name: "bare-below", files: server{"/a": script("import './b'; import('./c')"), "/b": script("import 'react'")}, wire: "/a /b", not: []string{"specifier 1 react"}},
		{name: "attribute", files: server{"/a": script("import './b' with {type: 'wasm'}; import './c' with {kind: 'x'}")}, wire: "/a", not: []string{"attribute 2 wasm"}},
		{name: "syntax-error", files: server{"/a": script("import './b'; for GET")}, wire: "/a", not: []string{"syntax-error 1 expected ( instead of GET in for statement on line 1 and column 19"}},
		{name: "dynamic", files: server{"/a": script(`import "./b"; const x = await import("./d"), y = [import("./e")]; export default import("./f").then(g)`), "/b": script(`import("./c")`),
			"/c": script("import './h'"), "/d": script(""), "/e": script(""), "/f": script(""), "/h": script("")}, wire: "/a /b /c /h /d /e /f"},
		{name: "dynamic-failure", files: server{"/a": script(`import("./b")`), "/b": answer(404)}, wire: "/a /b"},
		{name: "dynamic-after-failure", files: server{"/a": script(`import("./c"); import "./b"`), "/b": answer(200)}, want: missing, wire: "/a /b"},
		{name: "dynamic-unknown", files: server{"/a": script(`import(x); if (y) import("./b"); z && import("./b"); q ? import("./b") : 0; function f() { import("./b") } g(() => import("./b")); import("./b", {}); h?.(import("./b"))`)},
			wire: "/a", not: []string{"dynamic 8"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			const cdn = "https://cdn.example"
			s := server{}
			for path, a := range c.files {
				s[cdn+path] = a
			}
			r := element(t, openIn(t, browser.New(browser.Spec()), pageURL), s, browser.ElementInit{Tag: browser.TagModule, URL: cdn + "/a"})
			assert.Equal(t, verdictOf(r), c.want)
			var paths []string
			for _, line := range wire(r) {
				paths = append(paths, strings.TrimPrefix(line, "GET "+cdn))
			}
			assert.Equal(t, strings.Join(paths, " "), c.wire)
			assert.DeepEqual(t, notFollowed(r), c.not)
			assert.Equal(t, r.Response == nil, r.Outcome == browser.Blocked)
		})
	}
}

// TestImportedModuleRequest shows the headers of the requests for imported modules.
func TestImportedModuleRequest(t *testing.T) {
	const a, b, c = "https://cdn.example/x/a", "https://cdn.example/y/b", "https://other.example/c"
	s := server{
		a: redirect(302, b), b: script(`import "`+c+`"; import "./j" with {type: "json"}`, "Referrer-Policy: unsafe-url", acacTrue), c: script(""),
		"https://cdn.example/y/j": withBody(answer(200, acaoAny, "Content-Type: text/json"), "1"),
	}
	for _, row := range []struct {
		state                       browser.CrossOrigin
		referer, dest, mode, cookie []string
	}{{
		state:   browser.CrossOriginAnonymous,
		referer: []string{"https://page.example/", "https://page.example/", b, b}, dest: []string{"script", "script", "script", "json"},
		mode: []string{"cors", "cors", "cors", "cors"}, cookie: []string{"-", "-", "-", "-"},
	}, {
		state:   browser.CrossOriginUseCredentials,
		referer: []string{"https://page.example/"}, dest: []string{"script"}, mode: []string{"cors"}, cookie: []string{"id=1"},
	}} {
		b := browser.New(browser.Spec())
		assert.NilError(t, b.SetCookie(origin.MustParseURL(a), "id=1; SameSite=None; Secure"))
		r := element(t, openIn(t, b, pageURL), s, browser.ElementInit{Tag: browser.TagModule, URL: a, CrossOrigin: row.state})
		assert.DeepEqual(t, sent(r, "Referer"), row.referer)
		assert.DeepEqual(t, sent(r, "Sec-Fetch-Dest"), row.dest)
		assert.DeepEqual(t, sent(r, "Sec-Fetch-Mode"), row.mode)
		assert.DeepEqual(t, sent(r, "Cookie"), row.cookie)
	}
}

// TestModulesOfADocument shows what the module map of a document saves.
func TestModulesOfADocument(t *testing.T) {
	const a, b, c = api + "/a", api + "/b", api + "/c"
	load := func(p *browser.Page, s server, u string) *browser.Result {
		return element(t, p, s, browser.ElementInit{Tag: browser.TagModule, URL: u})
	}
	s := server{a: script(`import "./b"; import("./c")`), b: script(`import "./a"`), c: script("")}
	p := open(t, pageURL)
	r := load(p, s, a)
	assert.Equal(t, len(r.Loads()), 3)
	assert.Equal(t, r.Loads()[1].Importer().Request.URL().String(), a)
	for _, u := range []string{a, b, c} {
		r := load(p, s, u)
		assert.Equal(t, verdictOf(r), shared)
		assert.Equal(t, len(wire(r)), 0)
		assert.Assert(t, r.Earlier() != nil)
	}

	// What failed is requested again, for those that import it too.
	s = server{a: script(`import "./b"`), b: script(`import "./c"`), c: answer(200, "Content-Type: text/javascript")}
	for profile, again := range map[*browser.Profile]int{browser.Spec(): 1, browser.Firefox(): 0} {
		p := openIn(t, browser.New(profile), pageURL)
		r := load(p, s, a)
		assert.Equal(t, r.Failure.Reason, fetch.ReasonAllowOriginMissing)
		assert.Equal(t, len(wire(r)), 3)
		assert.Equal(t, r.Failed().Request.URL().String(), c)
		assert.Equal(t, r.FailedExchange().URL.String(), c)
		r = load(p, s, a)
		assert.Equal(t, len(wire(r)), again)
		assert.Equal(t, r.Failure.Reason, fetch.ReasonAllowOriginMissing)
		assert.Assert(t, r.CanReplay() && !r.Failed().CanReplay())
		replayed, err := r.Replay(t.Context(), browser.Spec(), s)
		assert.NilError(t, err)
		assert.Equal(t, len(wire(replayed)), 3)
	}
}

// TestEndlessImports shows that the number of resources of one element is limited.
func TestEndlessImports(t *testing.T) {
	for _, tag := range []browser.Tag{browser.TagModule, browser.TagStylesheet} {
		r := element(t, open(t, pageURL), endless{}, browser.ElementInit{Tag: tag, URL: "https://cdn.example/0"})
		assert.Equal(t, len(r.Trace.Exchanges), 1001)
		assert.DeepEqual(t, notFollowed(r), []string{"limit 1"})
	}
}

// TestModuleErrors shows which errors of modules nobody handles.
func TestModuleErrors(t *testing.T) {
	for text, want := range map[string]string{
		`import "./b"`:                              "",
		`import "bare"; import "./b"`:               "bare",
		`import "bare"; import "./b" with {x: "y"}`: "./b attributes",
		`import("bare")`:                            "bare rejected",
		`import("./404")`:                           "/404 rejected",
		`import("bare").then(f)`:                    "bare rejected",
		`import("bare").finally(f)`:                 "bare rejected",
		`var x = import("bare")`:                    "bare rejected",
		`import("bare").then(f, g)`:                 "",
		`import("bare").then(f).catch(g)`:           "",
		`await import("bare")`:                      "",
		`f(import("bare"))`:                         "",
		`import(`:                                   " syntax",
	} {
		const cdn = "https://cdn.example"
		files := server{cdn + "/a": script(text), cdn + "/b": script(""), cdn + "/404": answer(404, acaoAny)}
		r := element(t, openIn(t, browser.New(browser.WebKit()), pageURL), files, browser.ElementInit{Tag: browser.TagModule, URL: cdn + "/a"})
		var got []string
		for _, e := range r.ModuleErrors() {
			what := e.Import.Specifier
			if e.IsSyntaxError {
				what += " syntax"
			}
			if e.Failed != nil {
				what = e.Failed.Request.URL().Path()
			}
			if e.IsAttribute {
				what += " attributes"
			}
			if e.IsRejection {
				what += " rejected"
			}
			got = append(got, what)
		}
		assert.Equal(t, strings.Join(got, "; "), want, text)
	}
}
