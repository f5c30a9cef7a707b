package spring

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// properties adds what the properties of the application say about CORS.
func (m *machine) properties() {
	a := m.app
	m.cloud()
	if v, ok, _ := m.get("server.servlet.context-path"); ok {
		a.contextPath = strings.TrimSuffix(v.text, "/")
	}
	if v, ok, _ := m.get("spring.webflux.base-path"); ok && a.reactive {
		a.contextPath = strings.TrimSuffix(v.text, "/")
	}
	if c := m.corsProperties("management.endpoints.web.cors", true); c != nil {
		base := "/actuator"
		if v, ok, _ := m.get("management.endpoints.web.base-path"); ok {
			base = "/" + strings.Trim(v.text, "/")
		}
		a.mappings = append(a.mappings, &mapping{at: c.at, patterns: []string{base + "/**"}, cors: c})
		a.facts = append(a.facts, c.factsFor(base+"/**")...)
	}
	if c := m.corsProperties("spring.graphql.cors", true); c != nil {
		path := "/graphql"
		for _, key := range []string{"spring.graphql.path", "spring.graphql.http.path"} {
			if v, ok, _ := m.get(key); ok {
				path = v.text
			}
		}
		r := &registration{at: c.at, pattern: path, config: (&corsConfig{at: c.at}).permitDefaults().combine(c)}
		a.global.list = append(a.global.list, r)
	}
}

// corsProperties returns the configuration of the properties below a prefix; nil when
// no origin is set. With defaults, the time of a preflight is half an hour.
func (m *machine) corsProperties(prefix string, maxAge bool) *corsConfig {
	c := &corsConfig{}
	for _, name := range []string{"allowed-origins", "allowed-origin-patterns"} {
		m.listProperty(c, prefix, name)
	}
	if len(c.origins.list)+len(c.patterns.list) == 0 && c.origins.unknown == nil && c.patterns.unknown == nil {
		return nil
	}
	for _, name := range []string{"allowed-methods", "allowed-headers", "exposed-headers"} {
		m.listProperty(c, prefix, name)
	}
	if v, ok, _ := m.get(prefix + ".allow-credentials"); ok {
		m.setFlag(pos{fixed: v.at}, c, "setAllowCredentials", m.resolve(pos{fixed: v.at}, v.text))
	}
	if maxAge {
		c.maxAge = number{set: true, value: 1800}
	}
	if v, ok, _ := m.get(prefix + ".max-age"); ok {
		m.setMaxAge(pos{fixed: v.at}, c, durationOf(v.text))
	}
	return c
}

// listProperty sets a list of a configuration to that of a property.
func (m *machine) listProperty(c *corsConfig, prefix, name string) {
	v, ok, _ := m.get(prefix + "." + name)
	if !ok {
		return
	}
	at := pos{fixed: v.at}
	if c.at.fixed == (server.Position{}) {
		c.at = at
	}
	parts := map[string]string{"allowed-origins": "AllowedOrigins", "allowed-origin-patterns": "AllowedOriginPatterns", "allowed-methods": "AllowedMethods", "allowed-headers": "AllowedHeaders", "exposed-headers": "ExposedHeaders"}
	var items []string
	var u *unknown
	if v.many {
		items = v.list
	} else {
		items, u = stringsOf(m.converted(at, "List", m.resolve(at, v.text)))
	}
	m.setList(at, c, parts[name], items, u, false)
}
