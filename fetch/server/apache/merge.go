package apache

import "maps"

// mergedKey identifies the result of a merge.
type mergedKey struct{ base, over *section }

// maxMerged bounds how many merged sections are kept.
const maxMerged = 10_000

// merge returns what applies where a section overrides another one.
func (m *model) merge(base, over *section) *section {
	key := mergedKey{base, over}
	m.mu.Lock()
	s := m.merged[key]
	m.mu.Unlock()
	if s != nil {
		return s
	}
	s = mergeSections(base, over)
	m.mu.Lock()
	if len(m.merged) < maxMerged {
		m.merged[key] = s
	}
	m.mu.Unlock()
	return s
}

func mergeSections(base, over *section) *section {
	s := *base
	s.pos, s.text, s.path = over.pos, over.text, over.path
	s.core = mergeCore(base.core, over.core)
	if over.headers != nil {
		s.headers = mergeHeaders(base.headers, over.headers)
	}
	if over.rewrite != nil {
		s.rewrite = mergeRewrite(base.rewrite, over.rewrite)
	}
	s.setenv = appended(base.setenv, over.setenv)
	s.env = appended(base.env, over.env)
	if over.alias != nil {
		s.alias = mergeAlias(base.alias, over.alias)
	}
	if over.access != nil {
		s.access = over.access
	}
	if over.authz != nil {
		s.authz = mergeAuthz(base.authz, over.authz)
	}
	if over.auth != nil {
		s.auth = mergeAuth(base.auth, over.auth)
	}
	if over.index != nil {
		s.index = mergeIndex(base.index, over.index)
	}
	if over.mime != nil {
		s.mime = mergeMime(base.mime, over.mime)
	}
	if over.proxy != nil {
		s.proxy = mergeProxy(base.proxy, over.proxy)
	}
	if over.filter != nil {
		s.filter = mergeFilter(base.filter, over.filter)
	}
	if over.methods != nil {
		s.methods = over.methods
	}
	return &s
}

// appended returns both lists in a new one.
func appended[T any](a, b []T) []T {
	if len(b) == 0 {
		return a
	}
	if len(a) == 0 {
		return b
	}
	return append(append(make([]T, 0, len(a)+len(b)), a...), b...)
}

func mergeCore(base, over *coreConf) *coreConf {
	if base == nil || over == nil {
		if over != nil {
			return over
		}
		return base
	}
	c := *base
	if over.optionsSet {
		c.options, c.optionsSet, c.optionsAdd, c.optionsRemove = over.options, true, over.optionsAdd, over.optionsRemove
	} else {
		c.optionsAdd = c.optionsAdd&^over.optionsRemove | over.optionsAdd
		c.optionsRemove = c.optionsRemove&^over.optionsAdd | over.optionsRemove
		c.options = c.options&^c.optionsRemove | c.optionsAdd
	}
	if over.overrideSet {
		c.override, c.overrideSet, c.overrideOptions = over.override, true, over.overrideOptions
		c.nonfatalOverride, c.nonfatalUnknown = over.nonfatalOverride, over.nonfatalUnknown
	}
	if over.overrideList != nil {
		c.overrideList = over.overrideList
	}
	if over.handler != "" || over.handlerExpr != nil {
		c.handler, c.handlerExpr = over.handler, over.handlerExpr
	}
	if over.forceType != "" {
		c.forceType = over.forceType
	}
	if over.errorDocuments != nil {
		c.errorDocuments = maps.Clone(c.errorDocuments)
		if c.errorDocuments == nil {
			c.errorDocuments = make(map[int]*errorDocument)
		}
		maps.Copy(c.errorDocuments, over.errorDocuments)
	}
	if over.pathInfo != "" {
		c.pathInfo = over.pathInfo
	}
	if over.outputFilters != nil {
		c.outputFilters = over.outputFilters
	}
	if over.encodedSlashes != "" {
		c.encodedSlashes = over.encodedSlashes
	}
	c.files = appended(base.files, over.files)
	c.ifs = appended(base.ifs, over.ifs)
	return &c
}

func mergeHeaders(base, over *headersConf) *headersConf {
	if base == nil {
		return over
	}
	return &headersConf{
		in: appended(base.in, over.in), onsuccess: appended(base.onsuccess, over.onsuccess), always: appended(base.always, over.always),
	}
}

func mergeRewrite(base, over *rewriteConf) *rewriteConf {
	if base == nil {
		return over
	}
	c := *over
	if over.state == nil {
		c.state = base.state
	}
	if over.options == nil {
		c.options = base.options
	}
	if c.options["mergebase"] && !over.baseSet {
		c.base, c.baseSet = base.base, base.baseSet
	}
	if c.options["inherit"] {
		c.rules = appended(over.rules, base.rules)
	} else if c.options["inheritbefore"] {
		c.rules = appended(base.rules, over.rules)
	}
	return &c
}

func mergeAlias(base, over *aliasConf) *aliasConf {
	if base == nil {
		return over
	}
	c := *over
	c.redirects = appended(over.redirects, base.redirects)
	if c.single == nil {
		c.single = base.single
	}
	if c.alias == nil {
		c.alias = base.alias
	}
	if !c.relativeSet {
		c.relative, c.relativeSet = base.relative, base.relativeSet
	}
	return &c
}

func mergeAuthz(base, over *authzConf) *authzConf {
	switch {
	case base == nil || base.root == nil && over.root == nil:
		return over
	case over.merging == "" && over.root == nil:
		return base
	case over.merging == "" || over.merging == "off":
		return over
	}
	c := &authzConf{merging: over.merging}
	switch {
	case base.root == nil:
		c.root = over.root
	case over.root == nil:
		c.root = base.root
	default:
		c.root = &authzNode{pos: over.root.pos, all: over.merging == "and", kids: []*authzNode{base.root, over.root}}
	}
	return c
}

func mergeAuth(base, over *authConf) *authConf {
	if base == nil {
		return over
	}
	c := *base
	if over.kind != "" {
		c.kind, c.kindPos = over.kind, over.kindPos
	}
	if over.name != "" {
		c.name = over.name
	}
	if over.userFile != "" {
		c.userFile = over.userFile
	}
	if over.provider != "" {
		c.provider = over.provider
	}
	return &c
}

func mergeIndex(base, over *indexConf) *indexConf {
	if base == nil {
		return over
	}
	c := *base
	if over.names != nil {
		c.names = over.names
	}
	if over.slash != nil {
		c.slash = over.slash
	}
	if over.checkHandler != nil {
		c.checkHandler = over.checkHandler
	}
	if over.fallback != "" {
		c.fallback = over.fallback
	}
	if over.indexRedirect != 0 {
		c.indexRedirect = over.indexRedirect
	}
	return &c
}

func mergeMime(base, over *mimeConf) *mimeConf {
	if base == nil {
		return over
	}
	c := &mimeConf{handlers: maps.Clone(base.handlers), types: maps.Clone(base.types), filters: maps.Clone(base.filters)}
	maps.Copy(c.handlers, over.handlers)
	maps.Copy(c.types, over.types)
	maps.Copy(c.filters, over.filters)
	return c
}

func mergeProxy(base, over *proxyConf) *proxyConf {
	if base == nil {
		return over
	}
	c := *base
	if over.pass != nil {
		c.pass = over.pass
	}
	c.reverse = appended(base.reverse, over.reverse)
	if over.preserveHost != nil {
		c.preserveHost = over.preserveHost
	}
	if over.errorOverride != nil {
		c.errorOverride, c.overrideCodes = over.errorOverride, over.overrideCodes
	}
	return &c
}

func mergeFilter(base, over *filterConf) *filterConf {
	if base == nil {
		return over
	}
	return &filterConf{byType: appended(base.byType, over.byType)}
}
