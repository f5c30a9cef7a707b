package spring

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// registry is a CorsRegistry: the configurations of WebMvcConfigurer.
type registry struct{ list []*registration }

// registration is one mapping of a registry.
type registration struct {
	at      pos
	pattern string
	config  *corsConfig
}

// source is a CorsConfigurationSource: patterns with configurations, or a function.
type source struct {
	at       pos
	declared string // the type that its bean has
	entries  []sourceEntry
	fn       value
	unknown  *unknown
}

type sourceEntry struct {
	pattern string
	config  *corsConfig
}

// corsFilter is a CorsFilter or a CorsWebFilter.
type corsFilter struct {
	at  pos
	src *source
}

// filterBean is a FilterRegistrationBean.
type filterBean struct {
	at       pos
	filter   value
	order    int
	patterns []string
	disabled bool
}

// requestMatcher is a matcher of requests as an object.
type requestMatcher struct{ method, pattern value }

// lowest is the order of a filter without one.
const lowest = 1<<31 - 1

// framework calls a method of an object of the framework.
func (m *machine) framework(at pos, in value, name string, args []value) value {
	switch in := in.(type) {
	case *registry:
		if name == "addMapping" {
			return m.addMapping(at, in, args)
		}
	case *registration:
		if m.register(at, in, name, args) {
			return in
		}
	case *corsConfig:
		if v, ok := m.configure(at, in, name, args); ok {
			return v
		}
	case *source:
		if m.addToSource(at, in, name, args) {
			return nil
		}
		if name == "getCorsConfigurations" {
			return &list{}
		}
	case *filterBean:
		m.setFilter(at, in, name, args)
		return nil
	case *chain, *configurer, *rules, *ruleBuilder, *pathsBuilder:
		return m.secure(at, in, name, args)
	case *webRequest, *webResponse, *filterChain:
		return m.servlet(at, in, name, args)
	}
	return m.unknown(at, "the value of "+name+"(), which is not modelled", "write it in a simpler form")
}

// addMapping is registry.addMapping.
func (m *machine) addMapping(at pos, in *registry, args []value) value {
	pattern, ok := first(args).(string)
	if !ok {
		if u := unknownIn(args...); u != nil {
			panic(stops{u.err})
		}
		return m.unknown(at, "the path of addMapping", "")
	}
	m.checkPattern(at, pattern)
	r := &registration{at: at, pattern: pattern, config: (&corsConfig{at: at}).permitDefaults()}
	in.list = append(in.list, r)
	return r
}

// register is a method of a registration; it reports whether it is one.
func (m *machine) register(at pos, r *registration, name string, args []value) bool {
	if name == "combine" {
		if c, ok := first(args).(*corsConfig); ok {
			facts := append(r.config.facts, c.facts...)
			r.config = r.config.combine(c)
			r.config.facts = facts
			return true
		}
		return false
	}
	method, ok := registrationMethods[name]
	if !ok {
		return false
	}
	if strings.HasPrefix(name, "allow") && name != "allowCredentials" && name != "allowPrivateNetwork" || name == "exposedHeaders" {
		args = []value{&list{items: args}}
	}
	_, ok = m.configure(at, r.config, method, args)
	return ok
}

// registrationMethods are the methods of a registration with those of the
// configuration that they call.
var registrationMethods = map[string]string{
	"allowedOrigins": "setAllowedOrigins", "allowedOriginPatterns": "setAllowedOriginPatterns", "allowedMethods": "setAllowedMethods",
	"allowedHeaders": "setAllowedHeaders", "exposedHeaders": "setExposedHeaders", "allowCredentials": "setAllowCredentials",
	"allowPrivateNetwork": "setAllowPrivateNetwork", "maxAge": "setMaxAge",
}

// configure is a method of a CorsConfiguration; ok is false when it is none.
func (m *machine) configure(at pos, c *corsConfig, name string, args []value) (v value, ok bool) {
	if c.at.File == nil {
		c.at = at
	}
	switch name {
	case "applyPermitDefaultValues":
		return c.permitDefaults(), true
	case "combine":
		other, _ := first(args).(*corsConfig)
		return c.combine(other), true
	case "setAllowCredentials", "setAllowPrivateNetwork":
		m.setFlag(at, c, name, first(args))
		return c, true
	case "setMaxAge":
		m.setMaxAge(at, c, first(args))
		return c, true
	}
	items, u := stringsOf(&list{items: args})
	null := len(args) == 1 && args[0] == nil
	if rest, isSet := strings.CutPrefix(name, "set"); isSet {
		return c, m.setList(at, c, rest, items, u, null)
	}
	if rest, isAdd := strings.CutPrefix(name, "add"); isAdd {
		return c, m.addItem(at, c, rest, items, u)
	}
	return nil, false
}

// listNamed returns a list of a configuration by the name of its property, and what facts
// about it are called.
func (c *corsConfig) listNamed(name string) (*texts, server.Subject) {
	switch strings.TrimSuffix(name, "s") {
	case "AllowedOrigin":
		return &c.origins, server.SubjectOrigins
	case "AllowedOriginPattern":
		return &c.patterns, server.SubjectOrigins
	case "AllowedMethod":
		return &c.methods, server.SubjectMethods
	case "AllowedHeader":
		return &c.headers, server.SubjectHeaders
	case "ExposedHeader":
		return &c.exposed, server.SubjectExposed
	}
	return nil, ""
}

// setList is setAllowedOrigins and the like.
func (m *machine) setList(at pos, c *corsConfig, name string, items []string, u *unknown, null bool) bool {
	t, subject := c.listNamed(name)
	if t == nil {
		return false
	}
	*t = texts{set: !null, unknown: u}
	for _, s := range items {
		m.addTo(c, t, subject, name, s)
	}
	c.fact(at, subject, factText(items, u))
	return true
}

// addItem is addAllowedOrigin and the like.
func (m *machine) addItem(at pos, c *corsConfig, name string, items []string, u *unknown) bool {
	t, subject := c.listNamed(name)
	if t == nil {
		return false
	}
	if u != nil {
		t.unknown, t.set = u, true
	}
	for _, s := range items {
		m.addTo(c, t, subject, name, s)
	}
	c.fact(at, subject, factText(items, u))
	return true
}

// addTo adds a value to a list of a configuration.
func (m *machine) addTo(c *corsConfig, t *texts, subject server.Subject, name, s string) {
	switch {
	case strings.HasPrefix(name, "AllowedOriginPattern"):
		c.addPattern(s, m.version)
	case subject == server.SubjectOrigins:
		c.addOrigin(s, m.version)
	case subject == server.SubjectMethods && strings.TrimSpace(s) == "":
	default:
		t.add(s)
	}
}

func factText(items []string, u *unknown) string {
	switch {
	case u != nil:
		return u.err.What + " (not known)"
	case slices.Contains(items, "*"):
		return "everything (*)"
	}
	return strings.Join(items, ", ")
}

// setFlag is setAllowCredentials and setAllowPrivateNetwork.
func (m *machine) setFlag(at pos, c *corsConfig, name string, v value) {
	f := flag{set: v != nil}
	switch v := v.(type) {
	case *unknown:
		f.unknown = v
	case bool:
		f.value = v
	case string:
		f.value = lower(v) == "true"
	}
	if name == "setAllowPrivateNetwork" {
		c.privateNetwork = f
		return
	}
	c.credentials = f
	c.fact(at, server.SubjectCredentials, map[bool]string{true: "true", false: "false"}[f.value])
}

// setMaxAge is setMaxAge, with seconds or a Duration.
func (m *machine) setMaxAge(at pos, c *corsConfig, v value) {
	switch v := v.(type) {
	case *unknown:
		c.maxAge = number{set: true, unknown: v}
	case float64:
		c.maxAge = number{set: true, value: int64(v)}
		c.fact(at, server.SubjectMaxAge, seconds(int64(v)))
	case nil:
		c.maxAge = number{}
	}
}

// addToSource is a method of a source that adds configurations; it reports whether it
// is one.
func (m *machine) addToSource(at pos, in *source, name string, args []value) bool {
	switch name {
	case "registerCorsConfiguration":
		pattern, ok := first(args).(string)
		c, isConfig := last(args).(*corsConfig)
		if ok && isConfig {
			m.checkPattern(at, pattern)
			in.put(pattern, c)
			return true
		}
		in.unknown = m.unknown(at, "what registerCorsConfiguration adds", "")
		if u := unknownIn(args...); u != nil {
			in.unknown = u
		}
		return true
	case "setAlwaysUseFullPath", "setUrlDecode", "setRemoveSemicolonContent", "setAllowInitLookupPath", "setLookupPathAttributeName":
		return true
	case "setCorsConfigurations", "setPathMatcher", "setUrlPathHelper":
		in.unknown = m.unknown(at, "the effect of "+name, "use registerCorsConfiguration")
		return true
	}
	return false
}

// put adds a pattern; one that is there already gets the new configuration.
func (s *source) put(pattern string, c *corsConfig) {
	for i := range s.entries {
		if s.entries[i].pattern == pattern {
			s.entries[i].config = c
			return
		}
	}
	s.entries = append(s.entries, sourceEntry{pattern, c})
}

// sourceOf returns a value as a source.
func (m *machine) sourceOf(at pos, v value) *source {
	switch v := v.(type) {
	case *source:
		return v
	case *unknown:
		return &source{at: at, unknown: v}
	case *lambda, *instance:
		return &source{at: at, fn: v}
	}
	return &source{at: at, unknown: m.unknown(at, "the source of the CORS configuration", "")}
}

// setFilter is a method of FilterRegistrationBean.
func (m *machine) setFilter(at pos, b *filterBean, name string, args []value) {
	switch name {
	case "setFilter":
		b.filter = first(args)
	case "setOrder":
		n, ok := first(args).(float64)
		if !ok {
			panic(stops{m.unknownError(at, "the order of the filter", "")})
		}
		b.order = int(n)
	case "addUrlPatterns", "setUrlPatterns":
		list, u := stringsOf(&list{items: args})
		if u != nil {
			panic(stops{u.err})
		}
		b.patterns = append(b.patterns, list...)
	case "setEnabled":
		b.disabled = first(args) == false
	}
}
