package spring

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// build makes the application out of the program.
func (m *machine) build(main *file) error {
	return guard(func() {
		m.entry(main)
		for _, c := range m.order {
			m.classBeans(c)
		}
		m.methodBeans()
		m.controllers()
		m.properties()
		m.assumedChain()
		m.unseen()
		m.arrange()
	})
}

// entry follows the statements that are outside of all methods: a part of a method
// that was printed alone.
func (m *machine) entry(main *file) {
	s := newScope(main, m.looseBean())
	s.Own["registry"] = m.app.global
	c := &chain{at: placeIn(main, 0)}
	s.Own["http"], s.Own["httpSecurity"] = c, c
	var list []syntax.Stmt
	for _, st := range main.Body {
		switch st := st.(type) {
		case *syntax.ExprStmt, *syntax.If, *syntax.For:
			list = append(list, st)
		case *syntax.Assign:
			if len(st.Decorators)+len(st.Modifiers) == 0 {
				list = append(list, st)
			}
		}
	}
	m.attempt(func() { m.body(s, list) })
	for name, v := range s.Own {
		switch v := v.(type) {
		case *source:
			m.beans["loose "+name] = v
			m.app.defaultSource = v
		case *chain:
			if c.cors.on || len(c.rules) > 0 {
				m.app.chains = []*chain{c}
			}
		}
	}
}

func (m *machine) looseBean() *instance {
	if c := m.classes[""]; c != nil {
		return m.beanOf(c)
	}
	return nil
}

// attempt runs a part of the build; what is not known is noted, and the rest goes on.
func (m *machine) attempt(f func()) {
	depth := m.depth
	err := guard(f)
	m.depth = depth
	u, ok := errors.AsType[*server.UnknownError](err)
	switch {
	case ok:
		m.lose(u)
	case err != nil:
		panic(stops{err})
	}
}

// lose notes that no answer is known.
func (m *machine) lose(u *server.UnknownError) {
	if m.app.lost == nil {
		m.app.lost = u
	}
}

// The base classes and interfaces that configure CORS.
var (
	mvcConfigurers  = []string{"WebMvcConfigurer", "WebMvcConfigurerAdapter", "WebMvcConfigurationSupport", "DelegatingWebMvcConfiguration", "WebFluxConfigurer", "WebFluxConfigurationSupport"}
	servletFilters  = []string{"Filter", "OncePerRequestFilter", "GenericFilterBean", "HttpFilter", "WebFilter"}
	securityAdapter = "WebSecurityConfigurerAdapter"
)

// classBeans adds what a class itself says.
func (m *machine) classBeans(c *class) {
	fn, f := c.method(m, "addCorsMappings", 1)
	maps := fn != nil && (c.name == "" || c.extends(mvcConfigurers...))
	adapter, filters := c.extends(securityAdapter), c.extends(servletFilters...)
	if !maps && !adapter && !filters {
		return
	}
	if c.name != "" && !m.isBean(c) {
		m.app.say(placeIn(c.file, c.node.Offset()), c.name+" is not a bean, as it has no @Configuration or @Component: nothing of it is used")
		return
	}
	if c.name != "" && len(c.node.Decorators) == 0 && !filters {
		m.app.say(placeIn(c.file, c.node.Offset()), c.name+" is a bean (@Configuration)")
	}
	active := false
	m.attempt(func() {
		if active = m.isActive(c.file, c.node.Decorators); !active {
			m.app.say(placeIn(c.file, c.node.Offset()), c.name+" is not made, as its profile or its condition is not fulfilled")
		}
	})
	if !active {
		return
	}
	if maps {
		m.attempt(func() { m.callFunc(m.beanOf(c), f, fn, []value{m.app.global}) })
	}
	if adapter {
		m.attempt(func() { m.adapter(c) })
	}
	if filters && (c.annotated(componentAnnotations...) != nil || !hasPrologue(c.file)) {
		m.addOwn(m.beanOf(c), m.orderOf(c.node.Decorators), nil)
	}
}

// orderOf returns the order of @Order.
func (m *machine) orderOf(list []syntax.Expr) int {
	for _, x := range annotationArgs(findAnnotation(list, "Order"), "value") {
		s := newScope(m.files[0], nil)
		if n, ok := m.eval(s, x).(float64); ok {
			return int(n)
		}
	}
	return lowest
}

// addOwn adds a filter of the text if it sets CORS headers.
func (m *machine) addOwn(in *instance, order int, patterns []string) {
	own := m.ownFilterOf(in)
	if own == nil {
		return
	}
	for _, s := range m.app.stages {
		if s.own != nil && s.own.fn == own.fn {
			return
		}
	}
	m.app.stages = append(m.app.stages, stage{at: own.at, order: order, own: own, patterns: patterns})
}

// adapter adds the chain of a WebSecurityConfigurerAdapter.
func (m *machine) adapter(c *class) {
	out := &chain{at: placeIn(c.file, c.node.Offset()), order: min(m.orderOf(c.node.Decorators), 100), legacy: true}
	self := m.beanOf(c)
	configured := false
	for _, fn := range c.funcs() {
		if fn.Name != "configure" || len(fn.Params) != 1 {
			continue
		}
		switch baseName(fn.Params[0].Type) {
		case "HttpSecurity":
			m.callFunc(self, c.file, fn, []value{out})
			configured = true
		case "WebSecurity":
			m.callFunc(self, c.file, fn, []value{&pathsBuilder{to: &m.app.ignored}})
		}
	}
	if !configured {
		out.standard(out.at)
	}
	m.app.chains = append(m.app.chains, out)
}

// standard adds what the adapter says when its method is not overridden.
func (c *chain) standard(at pos) {
	c.rules = append(c.rules, rule{at: at, access: "authenticated"})
	c.entries = append(c.entries, "formLogin", "httpBasic")
}

// beanTypes are the types of beans that are looked at.
var beanTypes = []string{
	"CorsFilter", "CorsWebFilter", "FilterRegistrationBean", "WebMvcConfigurer", "WebMvcConfigurerAdapter", "WebFluxConfigurer", "SecurityFilterChain",
	"SecurityWebFilterChain", "WebSecurityCustomizer", "Filter", "OncePerRequestFilter", "WebFilter",
}

// methodBeans adds the beans that methods make.
func (m *machine) methodBeans() {
	m.beanMethods(func(c *class, fn *syntax.Func) {
		kind := baseName(fn.Type)
		if kind == "UrlBasedCorsConfigurationSource" {
			m.autoCORS = true
		}
		if c.name != "" && !m.isBean(c) || !slices.Contains(beanTypes, kind) {
			return
		}
		m.attempt(func() {
			if m.isActive(c.file, c.node.Decorators) && m.isActive(c.file, fn.Decorators) {
				m.addBean(c, fn, m.bean(m.beanOf(c), c.file, fn))
			}
		})
	})
	m.attempt(func() {
		if f, ok := m.beanNamed("corsFilter").(*corsFilter); ok {
			m.app.defaultSource = f.src
		} else if v := m.beanNamed("corsConfigurationSource"); v != nil {
			m.app.defaultSource = m.sourceOf(pos{}, v)
		} else if m.app.reactive {
			if v := m.beanOfType("CorsConfigurationSource"); v != nil {
				m.app.defaultSource = m.sourceOf(pos{}, v)
			}
		}
	})
}

// addBean adds one bean.
func (m *machine) addBean(c *class, fn *syntax.Func, v value) {
	at := placeIn(c.file, fn.Offset())
	switch v := v.(type) {
	case *unknown:
		text := c.file.Text[fn.Offset():endOfFunc(c.file, fn)]
		if strings.Contains(text, "ors") || strings.Contains(fn.Type, "Security") {
			m.lose(v.err)
		}
	case *corsFilter:
		m.app.stages = append(m.app.stages, stage{at: v.at, order: lowest, src: v.src})
	case *filterBean:
		m.addFilterBean(at, v)
	case *instance:
		if f, file := v.class.method(m, "addCorsMappings", 1); f != nil {
			m.callFunc(v, file, f, []value{m.app.global})
		}
		m.addOwn(v, lowest, nil)
	case *chain:
		v.order = m.orderOf(fn.Decorators)
		m.app.chains = append(m.app.chains, v)
	case *lambda: // WebSecurityCustomizer
		m.apply(at, v, &pathsBuilder{to: &m.app.ignored})
	}
}

// addFilterBean adds the filter of a FilterRegistrationBean.
func (m *machine) addFilterBean(at pos, b *filterBean) {
	if b.disabled {
		return
	}
	switch f := b.filter.(type) {
	case *corsFilter:
		m.app.stages = append(m.app.stages, stage{at: f.at, order: b.order, src: f.src, patterns: b.patterns})
	case *instance:
		m.addOwn(f, b.order, b.patterns)
	}
}

// assumedChain lets Spring Security use a CorsConfigurationSource when the text holds
// nothing else that could.
func (m *machine) assumedChain() {
	a := m.app
	if a.defaultSource == nil || len(a.chains) > 0 || slices.ContainsFunc(a.stages, func(s stage) bool { return s.src != nil }) {
		return
	}
	at := a.defaultSource.at
	a.chains = []*chain{{at: at, cors: corsStage{on: true, at: at}, partial: true, reactive: a.reactive}}
	a.say(at, "Spring Security uses this source (http.cors(…)), and its rules are not given")
}

// unseen notes code that sets CORS headers in a place that is not followed.
func (m *machine) unseen() {
	for _, c := range m.order {
		for _, fn := range c.funcs() {
			at := setsHeaders(c.file, fn)
			isFilter := slices.ContainsFunc(m.app.stages, func(s stage) bool { return s.own != nil && s.own.self.class.node == c.node })
			if at < 0 || mappingOf(fn.Decorators) != nil || isFilter || !m.isBean(c) {
				continue
			}
			m.lose(m.unknownError(placeIn(c.file, at), "which answers get the CORS headers that "+fn.Name+" sets", "use addCorsMappings or @CrossOrigin"))
		}
	}
}

// arrange orders the filters and the chains.
func (m *machine) arrange() {
	a := m.app
	if len(a.chains) > 0 {
		a.stages = append(a.stages, stage{at: a.chains[0].at, order: securityOrder, security: true})
	}
	slices.SortStableFunc(a.stages, func(p, q stage) int { return cmp.Compare(p.order, q.order) })
	slices.SortStableFunc(a.chains, func(p, q *chain) int { return cmp.Compare(p.order, q.order) })
	for _, r := range a.global.list {
		a.facts = append(a.facts, r.config.factsFor(r.pattern)...)
	}
	var seen []*source
	for _, s := range a.sources() {
		if s == nil || slices.Contains(seen, s) {
			continue
		}
		seen = append(seen, s)
		for _, e := range s.entries {
			a.facts = append(a.facts, e.config.factsFor(e.pattern)...)
		}
		if s.unknown != nil {
			a.unknowns = append(a.unknowns, s.unknown.err)
		}
	}
}

// sources returns the sources of the filters and the chains.
func (a *app) sources() []*source {
	var out []*source
	for _, s := range a.stages {
		out = append(out, s.src)
	}
	for _, c := range a.chains {
		if on, src := a.corsOf(c); on {
			out = append(out, src)
		}
	}
	return out
}
