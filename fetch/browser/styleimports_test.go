package browser_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// endless is a server whose resources each import the next one.
type endless struct{}

// RoundTrip answers with a module or a style sheet.
func (endless) RoundTrip(_ context.Context, r *fetch.WireRequest) (*fetch.WireResponse, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path(), "/"))
	if err != nil {
		return nil, err
	}
	a := script(fmt.Sprintf(`import "./%d"`, n+1))
	if dest, _ := r.Header.Get("Sec-Fetch-Dest"); dest == "style" {
		a = sheet(fmt.Sprintf(`@import "%d"`, n+1))
	}
	return &a, nil
}

// sheet is a style sheet.
func sheet(source string, lines ...string) fetch.WireResponse {
	return withBody(answer(200, append([]string{"Content-Type: text/css"}, lines...)...), source)
}

// TestStyleImports shows which style sheets a style sheet imports.
func TestStyleImports(t *testing.T) {
	for _, c := range []struct {
		name, source string
		wire         string // what is requested besides the style sheet itself
		not          []string
	}{
		{name: "none", source: "b{color:red}"},
		{name: "string", source: `@import "b"; @import '/c'`, wire: "/b /c"},
		{name: "url", source: `@import url(b); @import url( "c" ); @IMPORT URL('d')`, wire: "/b /c /d"},
		{name: "with-media", source: `@import "b" screen and (min-width: 1px); @import url(c) layer(x) print; @import "d" layer`, wire: "/b /c /d"},
		{name: "with-supports", source: `@import "b" layer(x) supports(display: grid) print; @import "c"`, wire: "/c", not: []string{"supports 1 display: grid"}},
		{name: "without-semicolon", source: `@import "b"`, wire: "/b"},
		{name: "after-charset-and-layers", source: `@charset "utf-8"; @layer a, b; @import "b"; @layer c; @import "c"`, wire: "/b /c"},
		{name: "after-a-layer-block", source: `@layer a {} @import "b"`},
		{name: "after-a-rule", source: `b{} @import "b"`},
		{name: "after-media", source: `@media print {} @import "b"`},
		{name: "after-namespace", source: `@namespace "x"; @import "b"`},
		{name: "after-an-unknown-rule", source: `@unknown x; @other {} @import "b"`, wire: "/b"},
		{name: "in-a-block", source: `@media print { @import "b"; }`},
		{name: "with-a-block", source: `@import "b" {} @import "c"`, wire: "/c"},
		{name: "without-url", source: `@import b; @import; @import "c"`, wire: "/c"},
		{name: "in-comments-and-strings", source: `/* @import "b"; */ @import "c"; b:after{content:"@import 'd'"}`, wire: "/c"},
		{name: "escapes", source: `@\69mport "\62"; @import url(\63); @import "d\
"`, wire: "/b /c /d"},
		{name: "not-a-url", source: `@import "https://"; @import "b"`, wire: "/b"},
		{name: "itself", source: `@import "a"; @import ""; @import "#x"`},
		{name: "twice", source: `@import "b"; @import "b"`, wire: "/b /b"},
		{name: "byte-order-mark", source: "\ufeff@import \"b\"", wire: "/b"},
		{name: "angle-brackets", source: "<!-- @import \"b\"; -->", wire: "/b"},
		{name: "fonts-and-images", source: `@import "b"; @font-face{src:url(f.woff)} b{background:url("i.png"); mask: url(#m)} i{background:url("i.png")}`, wire: "/b", not: []string{"url 2 f.woff"}},
		{name: "open-brackets", source: `@import "b" ({[; @import "c"`, wire: "/b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const cdn = "https://cdn.example"
			s := server{cdn + "/a": sheet(c.source), cdn + "/b": sheet(""), cdn + "/c": sheet(""), cdn + "/d": sheet("")}
			r := element(t, open(t, pageURL), s, browser.ElementInit{Tag: browser.TagStylesheet, URL: cdn + "/a"})
			assert.Equal(t, verdictOf(r), opaque)
			var paths []string
			for _, line := range wire(r)[1:] {
				paths = append(paths, strings.TrimPrefix(line, "GET "+cdn))
			}
			assert.Equal(t, strings.Join(paths, " "), c.wire)
			assert.DeepEqual(t, notFollowed(r), c.not)
		})
	}
}

// TestStyleImportRequest shows that an import is requested without CORS and with the
// style sheet as referrer, and that one that fails makes the element fail.
func TestStyleImportRequest(t *testing.T) {
	const a, b, c = "https://cdn.example/a", "https://cdn.example/x/b", "https://cdn.example/x/c"
	s := server{a: redirect(302, b), b: sheet(`@import "c"; @import "https://other.example/d"`, acaoAny), c: sheet("b{}"), "https://other.example/d": sheet(`@import "/e"`)}
	for profile, want := range map[*browser.Profile]struct{ referer, site string }{
		browser.Spec():    {b + " " + "https://cdn.example/ https://other.example/d", "cross-site cross-site cross-site"},
		browser.Firefox(): {b + " " + "https://cdn.example/ https://other.example/d", "same-origin cross-site same-origin"},
		browser.WebKit():  {"https://page.example/ https://page.example/ https://page.example/", "cross-site cross-site cross-site"},
	} {
		r := element(t, openIn(t, browser.New(profile), pageURL), s, browser.ElementInit{Tag: browser.TagStylesheet, URL: a, CrossOrigin: browser.CrossOriginAnonymous})
		assert.Equal(t, r.Failure.Reason, fetch.ReasonNetworkFailure)
		assert.Equal(t, r.Failed().Request.URL().String(), "https://other.example/e")
		assert.Equal(t, strings.Join(wire(r)[2:], " "), "GET "+c+" GET https://other.example/d GET https://other.example/e")
		assert.Equal(t, strings.Join(sent(r, "Sec-Fetch-Mode")[2:], " "), "no-cors no-cors no-cors")
		assert.Equal(t, strings.Join(sent(r, "Referer")[2:], " "), want.referer)
		assert.Equal(t, strings.Join(sent(r, "Sec-Fetch-Site")[2:], " "), want.site)
	}
}

// TestImportsWithoutParser shows that a browser without a parser says that it does
// not follow imports.
func TestImportsWithoutParser(t *testing.T) {
	for _, parser := range []browser.Parser{nil, says(true, nil)} {
		s := server{api + "/a": script(`import "./b"`), api + "/s": sheet(`@import "b"`)}
		p := openIn(t, browser.NewWithParser(browser.Spec(), parser), pageURL)
		for tag, u := range map[browser.Tag]string{browser.TagModule: api + "/a", browser.TagStylesheet: api + "/s"} {
			r := element(t, p, s, browser.ElementInit{Tag: tag, URL: u})
			assert.Assert(t, r.Outcome != browser.Blocked)
			assert.Equal(t, len(wire(r)), 1)
			assert.DeepEqual(t, notFollowed(r), []string{"unread 1"})
		}
	}
}

// TestStyleSheetsUsedAgainWithImports shows that a style sheet that is used again
// loads no imports again.
func TestStyleSheetsUsedAgainWithImports(t *testing.T) {
	s := server{api + "/a": sheet(`@import "b"`), api + "/b": sheet("")}
	p := openIn(t, browser.New(browser.Firefox()), pageURL)
	for _, want := range []int{2, 0} {
		r := element(t, p, s, browser.ElementInit{Tag: browser.TagStylesheet, URL: api + "/a"})
		assert.Equal(t, len(wire(r)), want)
		assert.Equal(t, verdictOf(r), opaque)
	}
}
