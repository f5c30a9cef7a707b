package browser

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// moduleType is the type of a module: its import attribute "type".
// https://html.spec.whatwg.org/#module-type-from-module-request
type moduleType string

const (
	moduleJavaScript moduleType = ""
	moduleJSON       moduleType = "json"
	moduleCSS        moduleType = "css"
	moduleText       moduleType = "text"
)

// moduleKinds describes the requests for modules that are imported.
var moduleKinds = map[moduleType]elementKind{
	moduleJavaScript: elementKinds[TagModule],
	moduleJSON:       {destination: fetch.DestinationJSON, accepts: checkJSONModule},
	moduleCSS:        {destination: fetch.DestinationStyle, accepts: checkCSSModule},
	moduleText:       {destination: fetch.DestinationText, accepts: checkTextModule},
}

// module is a module in the module map.
type module struct {
	result *Result
	// imports and dynamic hold the modules that it imports, the second with import().
	imports, dynamic []moduleRequest
	// isBroken reports whether the module has a parse error: a graph that has it in it
	// loads nothing more and runs nothing, and that is no failure of a fetch.
	isBroken bool
	// isUnparsed reports whether that is because its text cannot be parsed.
	isUnparsed bool
	// err is that error.
	err *ModuleError
	// hasRun reports whether the module was run.
	hasRun bool
	// crossOrigin and referrerPolicy are those of its own requests.
	crossOrigin    CrossOrigin
	referrerPolicy fetch.ReferrerPolicy
}

// moduleRequest is a module that another one imports.
// https://tc39.es/ecma262/#modulerequest-record
type moduleRequest struct {
	url  origin.URL
	kind moduleType
	by   *module
	// err is why there is no such module; handled reports whether script may handle the
	// failure of its import().
	err     *ModuleError
	handled bool
}

// moduleKey returns the key of a module in the module map.
func (p *Page) moduleKey(m moduleRequest) resourceKey {
	key := resourceKey{in: moduleMap, url: m.url.String(), moduleType: m.kind}
	// WebKit: a URL has one module, of whatever type (module-type-by-response).
	if p.rules().ModuleTypeByResponse {
		key.moduleType = moduleJavaScript
	}
	return key
}

// loadModules loads what the module of an element imports, and what that imports in
// turn, and returns the element's result. The element fails if one of them does.
// https://html.spec.whatwg.org/#fetch-the-descendants-of-and-link-a-module-script
func (p *Page) loadModules(ctx context.Context, r *Result, key resourceKey, state CrossOrigin, own fetch.ReferrerPolicy) (*Result, error) {
	l := &loader{page: p, state: state, referrerPolicy: own}
	root := p.loaded.find(key).module
	if root == nil {
		root = l.newModule(&module{result: r, crossOrigin: state, referrerPolicy: own}, moduleJavaScript)
		p.addModule(key, root)
	}
	failed, err := l.loadGraph(ctx, root)
	if err != nil {
		return nil, err
	}
	r = l.finish(r, failed)
	if own := l.loads.results; len(own) > 0 && root.result == r {
		// The map has the module alone, whatever came of those that it imports.
		root.result = own[0]
		p.addModule(key, root)
	}
	return r, nil
}

// loadGraph loads what a module imports, runs it all, and loads what it then imports. It
// returns the result of the module with which the graph fails; nil if there is none.
func (l *loader) loadGraph(ctx context.Context, root *module) (failed *Result, err error) {
	g := &moduleGraph{loader: l}
	if err := g.load(ctx, root); err != nil {
		return nil, err
	}
	failed = g.failed
	if failed == nil {
		l.fails(g.err, false)
	}
	l.loads.isSilent = failed == nil && g.isUnparsed && l.page.rules().BrokenModulesFireNothing
	// Running the modules calls import(), whose failures do not concern the element.
	for queue := g.run(root); len(queue) > 0; queue = queue[1:] {
		g := &moduleGraph{loader: l, isDynamic: true}
		next, err := g.loadDynamic(ctx, queue[0])
		if err != nil {
			return nil, err
		}
		if !queue[0].handled {
			l.fails(g.err, true)
		}
		queue = append(queue, next...)
	}
	return failed, nil
}

// fails notes an error of a graph; nil is none.
func (l *loader) fails(err *ModuleError, isRejection bool) {
	if err != nil {
		noted := *err
		noted.IsRejection, noted.After = isRejection, len(l.loads.results)+1
		l.loads.errors = append(l.loads.errors, noted)
	}
}

// moduleGraph is a module with all that it imports.
type moduleGraph struct {
	*loader
	// failed is the first module that could not be fetched; isBroken reports whether a
	// module with a parse error came before.
	failed               *Result
	isBroken, isUnparsed bool
	// err is the first error; nil if there is none.
	err *ModuleError
	// isDynamic reports whether import() asked for the graph.
	isDynamic bool
}

// load loads what a module imports. All imports of a module are requested together,
// those of a module that has arrived first come first. After a failure nothing more
// is requested.
// https://tc39.es/ecma262/#sec-InnerModuleLoading
func (g *moduleGraph) load(ctx context.Context, root *module) error {
	g.isBroken, g.isUnparsed, g.err = root.isBroken, root.isUnparsed, root.err
	rules := g.page.rules()
	seen := map[resourceKey]bool{}
	if u := root.result.Request; u != nil {
		seen[g.page.moduleKey(moduleRequest{url: u.URL()})] = true
	}
	queue := slices.Clone(root.imports)
	for i := 0; i < len(queue); i++ {
		request := queue[i]
		key := g.page.moduleKey(request)
		if seen[key] {
			continue
		}
		seen[key] = true
		known := g.page.loaded.find(key).module != nil
		m, err := g.fetch(ctx, request)
		if err != nil {
			return err
		}
		if m == nil {
			g.isBroken = true
			return nil
		}
		// Chromium, WebKit: the rest of the graph is loaded still (module-graph-goes-on).
		ends := g.failed != nil && !rules.FailedModulesEndNothing || g.isBroken && !rules.BrokenModulesEndNothing
		g.add(m)
		if known && (g.failed != nil && !rules.FailedModulesEndNothing || g.isBroken && !rules.BrokenModulesEndNothing) {
			return nil // it is known at once, before the next request
		}
		if !ends && m.result.Outcome != Blocked {
			queue = append(queue, m.imports...)
		}
	}
	return nil
}

// add adds a module that has arrived to the graph.
func (g *moduleGraph) add(m *module) {
	switch {
	case g.failed != nil || g.isBroken && !g.page.rules().BrokenModulesEndNothing:
	case m.result.Outcome == Blocked:
		g.failed = m.result
		g.err = cmp.Or(g.err, &ModuleError{Failed: m.result})
	case m.isBroken && !g.isBroken:
		g.isBroken, g.isUnparsed, g.err = true, m.isUnparsed, m.err
	}
}

// loadDynamic loads a module that import() asks for with all that it imports, and
// returns what running it asks for.
func (g *moduleGraph) loadDynamic(ctx context.Context, request moduleRequest) ([]moduleRequest, error) {
	if g.err = request.err; g.err != nil {
		return nil, nil
	}
	m, err := g.fetch(ctx, request)
	if err != nil || m == nil {
		return nil, err
	}
	if m.result.Outcome == Blocked {
		g.err = &ModuleError{Failed: m.result}
		return nil, nil
	}
	if err := g.load(ctx, m); err != nil {
		return nil, err
	}
	return g.run(m), nil
}

// run returns what import() asks for when a module and all that it imports are run:
// each module once, after those that it imports.
// https://tc39.es/ecma262/#sec-innermoduleevaluation
func (g *moduleGraph) run(m *module) []moduleRequest {
	if g.failed != nil || g.isBroken || m.hasRun {
		return nil
	}
	m.hasRun = true
	var out []moduleRequest
	for _, request := range m.imports {
		if imported := g.page.loaded.find(g.page.moduleKey(request)).module; imported != nil {
			out = append(out, g.run(imported)...)
		}
	}
	return append(out, m.dynamic...)
}

// fetch returns a module of the module map, after it has fetched it if it is not in
// the map. It is nil if too many were loaded.
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func (g *moduleGraph) fetch(ctx context.Context, request moduleRequest) (*module, error) {
	p, importer := g.page, request.by.result
	made := &importCall{importer: importer, isJSON: request.kind == moduleJSON, isDynamic: g.isDynamic}
	if m := p.loaded.find(p.moduleKey(request)).module; m != nil {
		if m.result.Outcome == Blocked {
			// The map remembers the failure: the graph needs a result of it.
			again := *m.result
			made.earlier = m.result
			again.call.init, again.Trace = made, Trace{Classification: m.result.Trace.Classification}
			g.loads.results = append(g.loads.results, &again)
			return &module{result: &again}, nil
		}
		return m, nil
	}
	if g.isFull(importer.baseURL()) {
		return nil, nil
	}
	f := new(fetcher)
	r := f.begin(&p.environment, APIElement, made)
	r.Tag = TagModule
	kind := moduleKinds[request.kind]
	// WebKit: the destination is "script" (json-modules-as-scripts).
	if p.rules().JSONModulesAsScripts {
		kind.destination = fetch.DestinationScript
	}
	state := request.by.crossOrigin
	// WebKit: the attribute of the element decides (imports-of-element).
	if p.rules().ImportsLikeElement {
		state = g.state
	}
	req := p.elementRequest(request.url, kind, state)
	g.refer(req, importer, request.by.referrerPolicy)
	r, err := f.run(ctx, req)
	if err != nil {
		return nil, err
	}
	g.loads.results = append(g.loads.results, r)
	as := request.kind
	if r.Outcome != Blocked {
		resp := p.rules().typedFor(TagModule, r.Response.Unfiltered())
		// WebKit: a script that is imported as JSON is a module (module-type-by-response).
		if as == moduleJSON && p.rules().ModuleTypeByResponse && checkModuleType(resp) == nil {
			as = moduleJavaScript
		}
		r.consume(p.moduleAccepts(as)(resp))
	}
	m := g.newModule(&module{result: r, crossOrigin: state, referrerPolicy: request.by.referrerPolicy}, as)
	p.addModule(p.moduleKey(request), m)
	return m, nil
}

// moduleAccepts returns the check of the response for a module.
func (p *Page) moduleAccepts(kind moduleType) func(*fetch.Response) *fetch.Failure {
	if kind == moduleJavaScript {
		return p.accepts(TagModule)
	}
	return moduleKinds[kind].accepts
}

// addModule puts a module into the module map, if it can be used again.
func (p *Page) addModule(key resourceKey, m *module) {
	if p.isReusable(moduleMap, m.result) {
		p.loaded.add(key, loadedResource{result: m.result, module: m})
	}
}

// newModule completes a module with what its text imports.
// https://html.spec.whatwg.org/#creating-a-javascript-module-script
func (l *loader) newModule(m *module, kind moduleType) *module {
	r := m.result
	if r.Outcome == Blocked {
		return m
	}
	resp := r.Response.Unfiltered()
	if own := policy.ReferrerPolicyOfResponse(resp); own != fetch.ReferrerPolicyEmpty {
		m.referrerPolicy = own
	}
	switch {
	case kind == moduleJSON:
		if m.isBroken = !isJSON(resp.Body); m.isBroken {
			m.isUnparsed = true
			l.note(r.baseURL(), NotFollowedSyntaxError, "it is not JSON")
		}
	case kind == moduleJavaScript && resp.Body != "":
		l.readModule(m, resp.Body)
	}
	return m
}

// readModule reads what a module imports.
func (l *loader) readModule(m *module, text string) {
	base, parser := m.result.baseURL(), l.page.browser.parser
	if parser == nil {
		parser = ScriptCheck(nil)
	}
	read, err := parser.Module(text)
	if err != nil {
		l.note(base, NotFollowedUnread, "")
		return
	}
	if read.SyntaxError != "" {
		m.isBroken, m.isUnparsed, m.err = true, true, &ModuleError{IsSyntaxError: true}
		l.note(base, NotFollowedSyntaxError, read.SyntaxError)
		return
	}
	for _, imported := range read.Imports {
		request := l.resolve(m, imported)
		// A module with wrong attributes cannot be parsed, so that nothing of it is resolved.
		if request.err != nil && (m.err == nil || request.err.IsAttribute && !m.err.IsAttribute) {
			m.err = request.err
		}
		if !l.shares(m, request) {
			m.imports = append(m.imports, request)
		}
	}
	m.isBroken, m.isUnparsed = m.err != nil, m.err != nil && m.err.IsAttribute
	for _, imported := range read.Dynamic {
		m.dynamic = append(m.dynamic, l.resolve(m, imported))
	}
	for range read.OtherDynamic {
		l.note(base, NotFollowedDynamic, "")
	}
	if m.isBroken {
		m.imports, m.dynamic = nil, nil
	}
}

// resolve returns the module that an import names, or why it names none.
// https://html.spec.whatwg.org/#resolve-a-module-specifier
func (l *loader) resolve(m *module, imported Import) moduleRequest {
	base, kind := m.result.baseURL(), moduleType(imported.Type)
	_, known := moduleKinds[kind]
	if imported.UnknownAttribute != "" || !known || !l.page.rules().knowsModuleType(kind) {
		what := cmp.Or(imported.UnknownAttribute, imported.Type)
		l.note(base, NotFollowedAttribute, what)
		return moduleRequest{err: &ModuleError{Import: imported, IsAttribute: true}, handled: imported.Handled}
	}
	u, err := resolveSpecifier(base, imported.Specifier)
	if err != nil {
		l.note(base, NotFollowedSpecifier, imported.Specifier)
		return moduleRequest{err: &ModuleError{Import: imported}, handled: imported.Handled}
	}
	return moduleRequest{url: u, kind: kind, by: m, handled: imported.Handled}
}

// resolveSpecifier returns the URL that a specifier stands for. There is no import
// map.
// https://html.spec.whatwg.org/#resolving-a-url-like-module-specifier
func resolveSpecifier(base origin.URL, specifier string) (origin.URL, error) {
	for _, start := range [...]string{"/", "./", "../"} {
		if strings.HasPrefix(specifier, start) {
			return base.Parse(specifier)
		}
	}
	return origin.ParseURL(specifier)
}

// knowsModuleType reports whether a browser knows a type of module.
// https://html.spec.whatwg.org/#module-type-allowed
func (r *rules) knowsModuleType(kind moduleType) bool {
	// WebKit: only JSON modules (only-json-modules).
	return kind == moduleJavaScript || kind == moduleJSON || !r.OnlyJSONModules
}

// shares reports whether a module is loaded with the request for another import of
// the same module.
func (l *loader) shares(m *module, request moduleRequest) bool {
	// Chromium, WebKit: a memory cache holds what is being loaded (imports-share-requests).
	return l.page.rules().ImportsShareRequests && slices.ContainsFunc(m.imports, func(other moduleRequest) bool {
		return other.kind == request.kind && other.url != request.url && other.url.WithoutFragment() == request.url.WithoutFragment()
	})
}

// checkJSONModule accepts a JSON module with an ok status and a JSON MIME type.
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func checkJSONModule(resp *fetch.Response) *fetch.Failure {
	if f := checkElementStatus(resp, anchorModuleScript); f != nil {
		return f
	}
	if isJSONType(resp.Header) {
		return nil
	}
	return elementTypeFailure(resp, anchorModuleScript, "application/json")
}

// checkCSSModule accepts a CSS module with an ok status and the type text/css.
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func checkCSSModule(resp *fetch.Response) *fetch.Failure {
	if f := checkElementStatus(resp, anchorModuleScript); f != nil {
		return f
	}
	if t, ok := fetch.ExtractMIMEType(resp.Header); ok && t.Essence() == "text/css" {
		return nil
	}
	return elementTypeFailure(resp, anchorModuleScript, "text/css")
}

// checkTextModule accepts a text module with an ok status.
// https://html.spec.whatwg.org/#fetch-a-single-module-script
func checkTextModule(resp *fetch.Response) *fetch.Failure {
	return checkElementStatus(resp, anchorModuleScript)
}

// isJSONType accepts a response with a JSON MIME type.
// https://mimesniff.spec.whatwg.org/#json-mime-type
func isJSONType(header fetch.HeaderList) bool {
	t, ok := fetch.ExtractMIMEType(header)
	if !ok {
		return false
	}
	essence := t.Essence()
	return essence == "application/json" || essence == "text/json" || strings.HasSuffix(essence, "+json")
}
