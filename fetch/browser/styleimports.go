package browser

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// styleSheet is a style sheet whose imports are loaded.
type styleSheet struct {
	result *Result
	parent *styleSheet // the style sheet that imports it; nil for that of an element
}

// loadStyleImports loads what the @import rules of a style sheet name, and returns
// the result of its element. The element fails if one of them does.
// https://drafts.csswg.org/css-cascade-5/#fetch-an-import
func (p *Page) loadStyleImports(ctx context.Context, r *Result) (*Result, error) {
	l := &loader{page: p}
	var failed *Result
	sheets := []*styleSheet{{result: r}}
	for i := 0; i < len(sheets); i++ {
		sheet := sheets[i]
		for _, imported := range l.styleImports(sheet) {
			if l.isFull(sheet.result.baseURL()) {
				break
			}
			child, err := l.loadStyleSheet(ctx, imported, sheet.result)
			switch {
			case err != nil:
				return nil, err
			case child.Outcome != Blocked:
				sheets = append(sheets, &styleSheet{result: child, parent: sheet})
			case failed == nil:
				failed = child
			}
		}
	}
	return l.finish(r, failed), nil
}

// styleImports returns the URLs that a style sheet imports. A style sheet does not
// import itself, or one that imports it.
func (l *loader) styleImports(sheet *styleSheet) []origin.URL {
	if sheet.result.Earlier() != nil {
		return nil // the document has it with all its imports
	}
	text, base := sheet.result.Response.Unfiltered().Body, sheet.result.baseURL()
	if text == "" {
		return nil
	}
	parser := l.page.browser.parser
	if parser == nil {
		parser = ScriptCheck(nil)
	}
	read, err := parser.StyleSheet(text)
	if err != nil {
		l.note(base, NotFollowedUnread, "")
		return nil
	}
	for _, u := range read.URLs {
		l.note(base, NotFollowedURL, u)
	}
	var out []origin.URL
	for _, rule := range read.Imports {
		switch u, err := base.Parse(rule.URL); {
		case err != nil:
		// WebKit: the condition does not matter (supports-ignored).
		case rule.Supports != "" && !l.page.rules().SupportsIgnored:
			l.note(base, NotFollowedSupports, rule.Supports)
		// Chromium, WebKit: a memory cache holds what is being loaded (imports-share-requests).
		case l.page.rules().ImportsShareRequests && slices.ContainsFunc(out, func(other origin.URL) bool { return other.WithoutFragment() == u.WithoutFragment() }):
		case !sheet.isWithin(u):
			out = append(out, u)
		}
	}
	return out
}

// isWithin reports whether a style sheet has a URL, or one that imports it.
func (s *styleSheet) isWithin(u origin.URL) bool {
	u = u.WithoutFragment()
	for ; s != nil; s = s.parent {
		if req := s.result.Request; req.URL().WithoutFragment() == u || req.CurrentURL().WithoutFragment() == u {
			return true
		}
	}
	return false
}

// loadStyleSheet loads a style sheet that another one imports: in mode "no-cors",
// whatever the attributes of the element are.
func (l *loader) loadStyleSheet(ctx context.Context, u origin.URL, importer *Result) (*Result, error) {
	p := l.page
	made := &importCall{importer: importer}
	f := new(fetcher)
	r := f.begin(&p.environment, APIElement, made)
	r.Tag = TagStylesheet
	req := p.elementRequest(u, elementKinds[TagStylesheet], CrossOriginNone)
	l.refer(req, importer, policy.ReferrerPolicyOfResponse(importer.Response.Unfiltered()))
	// Firefox: Sec-Fetch-Site is about the style sheet (imports-site-of-style-sheet).
	if p.rules().ImportsSiteOfStyleSheet {
		from := importer.baseURL().Origin()
		f.siteFrom = &from
	}
	key := p.resourceKeyOf(&ElementInit{Tag: TagStylesheet}, u, req, CrossOriginNone)
	if made.earlier = p.findLoaded(key); made.earlier != nil {
		return p.useLoaded(r, made.earlier, req), nil
	}
	r, err := f.run(ctx, req)
	if err != nil {
		return nil, err
	}
	l.loads.results = append(l.loads.results, r)
	if r.Outcome != Blocked {
		r.consume(p.accepts(TagStylesheet)(r.Response.Unfiltered()))
	}
	p.addLoaded(key, r)
	return r, nil
}

// accepts returns the check with which an element accepts a response.
func (p *Page) accepts(tag Tag) func(*fetch.Response) *fetch.Failure {
	if tag == TagCSSImage {
		tag = TagImg // what can be shown is the same
	}
	accepts := elementKinds[tag].accepts
	if other, ok := p.rules().Accepts[tag]; ok {
		accepts = other
	}
	if tag == TagAudio || tag == TagVideo {
		return accepts // media players use what there is of a body
	}
	return func(resp *fetch.Response) *fetch.Failure {
		if resp.BodyFailure != nil {
			return resp.BodyFailure
		}
		return accepts(p.rules().typedFor(tag, resp))
	}
}
