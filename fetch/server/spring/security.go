package spring

import (
	"slices"
	"strings"
)

// chain is a filter chain of Spring Security, made with HttpSecurity.
type chain struct {
	at       pos
	reactive bool
	order    int
	// matchers say which requests the chain is for; none for all.
	matchers []matcher
	cors     corsStage
	csrfOff  bool
	// csrfFree are the requests without the check of CSRF.
	csrfFree []matcher
	rules    []rule
	// legacy reports whether the rules are those of authorizeRequests.
	legacy  bool
	channel *pos // where HTTPS is required
	entries []string
	// errorsOpen reports whether dispatches to the error page are let through.
	errorsOpen bool
	// partial reports whether the chain is not given and only assumed.
	partial bool
}

// corsStage is what a chain says about CORS.
type corsStage struct {
	on  bool
	at  pos
	src *source // nil for the beans and the configuration of MVC
}

// matcher fits requests by method and path.
type matcher struct {
	method    string // "" for all
	pattern   string // "" for all
	preflight bool
	unknown   *unknown
}

// rule is one rule of authorisation.
type rule struct {
	at       pos
	matchers []matcher // none for all requests
	access   string    // the method, such as "permitAll"
}

// configurer is a part of a chain that is being configured.
type configurer struct {
	chain *chain
	name  string
}

// rules are the rules of a chain that are being configured.
type rules struct{ chain *chain }

// ruleBuilder waits for what its matchers may do.
type ruleBuilder struct {
	rules    *rules
	matchers []matcher
	errors   bool // it is about error dispatches
}

// pathsBuilder adds matchers to a list.
type pathsBuilder struct {
	to    *[]matcher
	chain *chain
}

// secure calls a method of what configures Spring Security.
func (m *machine) secure(at pos, in value, name string, args []value) value {
	switch in := in.(type) {
	case *chain:
		return m.chainMethod(at, in, name, args)
	case *configurer:
		return m.configurerMethod(at, in, name, args)
	case *rules:
		return m.rulesMethod(at, in, name, args)
	case *ruleBuilder:
		return m.ruleMethod(at, in, name)
	case *pathsBuilder:
		switch {
		case name == "ignoring":
			return in
		case name == "anyRequest" || name == "anyExchange":
			*in.to = append(*in.to, matcher{})
		case isMatcherMethod(name):
			*in.to = append(*in.to, m.matchersOf(at, name, args)...)
		case name == "and" && in.chain != nil:
			return in.chain
		}
		return in
	}
	return nil
}

// entryPoints are the methods that add a way to log in.
var entryPoints = []string{"httpBasic", "formLogin", "oauth2Login", "oauth2ResourceServer", "saml2Login", "x509", "openidLogin"}

// chainMethod is a method of HttpSecurity.
func (m *machine) chainMethod(at pos, c *chain, name string, args []value) value {
	conf := &configurer{c, name}
	switch name {
	case "cors":
		c.cors = corsStage{on: true, at: at}
	case "authorizeHttpRequests", "authorizeRequests", "authorizeExchange":
		c.legacy = name == "authorizeRequests"
		return m.customised(at, c, &rules{c}, args)
	case "securityMatcher", "antMatcher", "mvcMatcher":
		c.matchers = append(c.matchers, m.matchersOf(at, name, args)...)
		return c
	case "securityMatchers", "requestMatchers":
		return m.customised(at, c, &pathsBuilder{&c.matchers, c}, args)
	case "requiresChannel", "redirectToHttps":
		c.channel = &at
	case "build", "getOrBuild", "and":
		return c
	}
	if slices.Contains(entryPoints, name) {
		c.entries = append(c.entries, name)
	}
	if len(args) > 0 && !isFunction(args[0]) {
		return c // addFilterBefore and the like
	}
	return m.customised(at, c, conf, args)
}

func isFunction(v value) bool {
	switch v := v.(type) {
	case *lambda:
		return true
	case *static:
		return v.name == "withDefaults"
	}
	return false
}

// customised applies the function that configures a part of a chain; without one the
// part itself is returned, as in the older style.
func (m *machine) customised(at pos, c *chain, part value, args []value) value {
	if len(args) == 0 {
		return part
	}
	if _, ok := args[0].(*lambda); ok {
		m.apply(at, args[0], part)
	}
	return c
}

// configurerMethod is a method of a part of a chain.
func (m *machine) configurerMethod(at pos, c *configurer, name string, args []value) value {
	switch {
	case name == "and":
		return c.chain
	case name == "disable":
		switch c.name {
		case "cors":
			c.chain.cors = corsStage{at: at}
		case "csrf":
			c.chain.csrfOff = true
		default:
			c.chain.entries = slices.DeleteFunc(c.chain.entries, func(s string) bool { return s == c.name })
		}
		return c.chain
	case name == "configurationSource":
		c.chain.cors.src = m.sourceOf(at, first(args))
	case name == "authenticationEntryPoint":
		c.chain.entries = []string{"custom"}
	case c.name == "csrf" && (strings.HasPrefix(name, "ignoring") || name == "requireCsrfProtectionMatcher"):
		if name == "requireCsrfProtectionMatcher" {
			args = []value{m.unknown(at, "which requests "+name+" is for", "")}
		}
		c.chain.csrfFree = append(c.chain.csrfFree, m.matchersOf(at, name, args)...)
	}
	return c
}

func isMatcherMethod(name string) bool {
	return slices.Contains([]string{"requestMatchers", "antMatchers", "mvcMatchers", "pathMatchers", "regexMatchers", "matchers", "antMatcher", "securityMatcher"}, name)
}

// rulesMethod is a method of the rules of a chain.
func (m *machine) rulesMethod(at pos, r *rules, name string, args []value) value {
	switch {
	case name == "anyRequest" || name == "anyExchange":
		return &ruleBuilder{rules: r}
	case name == "dispatcherTypeMatchers":
		return &ruleBuilder{rules: r, errors: true}
	case isMatcherMethod(name):
		list := m.matchersOf(at, name, args)
		if len(list) == 0 {
			list = []matcher{{}}
		}
		return &ruleBuilder{rules: r, matchers: list}
	case name == "and":
		return r.chain
	}
	return r
}

// ruleMethod says what the requests of a rule may do.
func (m *machine) ruleMethod(at pos, b *ruleBuilder, name string) value {
	c := b.rules.chain
	if b.errors {
		c.errorsOpen = c.errorsOpen || name == "permitAll"
	} else {
		c.rules = append(c.rules, rule{at: at, matchers: b.matchers, access: name})
	}
	return b.rules
}

// matchersOf returns the matchers of arguments: a method, patterns, or objects.
func (m *machine) matchersOf(at pos, name string, args []value) []matcher {
	var out []matcher
	method := ""
	for i, a := range args {
		switch v := a.(type) {
		case string:
			if i == 0 && slices.Contains(methodNames, v) {
				method = v
				continue
			}
			out = append(out, m.patternMatcher(at, name, method, v))
		case *list:
			for _, item := range m.matchersOf(at, name, v.items) {
				item.method = method
				out = append(out, item)
			}
		case *requestMatcher:
			p, u := stringsOf(v.pattern)
			out = append(out, matcher{method: text(v.method), pattern: strings.Join(p, ""), unknown: u})
		case *lambda:
			out = append(out, matcher{preflight: v.name == "isPreFlightRequest", unknown: m.unknownUnless(at, v.name == "isPreFlightRequest")})
		case *unknown:
			out = append(out, matcher{unknown: v})
		case nil: // any method
		default:
			out = append(out, matcher{unknown: m.unknown(at, "which requests this matcher fits", "")})
		}
	}
	if len(out) == 0 && method != "" {
		out = append(out, matcher{method: method})
	}
	return out
}

// methodNames are the methods of HTTP that have a constant.
var methodNames = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}

func (m *machine) unknownUnless(at pos, known bool) *unknown {
	if known {
		return nil
	}
	return m.unknown(at, "which requests this matcher fits", "")
}

// patternMatcher returns the matcher of a pattern.
func (m *machine) patternMatcher(at pos, name, method, pattern string) matcher {
	out := matcher{method: method, pattern: pattern}
	if name == "regexMatchers" {
		out.unknown = m.unknown(at, "which requests a regular expression fits", "use a pattern of paths")
	}
	if !strings.HasPrefix(pattern, "/") && pattern != "**" {
		out.pattern = "/" + pattern
	}
	return out
}
