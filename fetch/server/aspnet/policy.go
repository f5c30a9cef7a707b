package aspnet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// policy is a CorsPolicy with where it is built.
type policy struct {
	at                                pos
	name                              string
	origins, methods, headers, expose []string
	credentials                       bool
	credentialsAt                     pos
	maxAge                            string
	isAllowed                         value // of SetIsOriginAllowed: a *lambda or an *unknown
	subdomains                        bool
	// unknown is not nil when a part is not known.
	unknown *unknown
	facts   []server.Fact
}

func (p *policy) anyOrigin() bool { return len(p.origins) == 1 && p.origins[0] == "*" }
func (p *policy) anyMethod() bool { return len(p.methods) == 1 && p.methods[0] == "*" }
func (p *policy) anyHeader() bool { return len(p.headers) == 1 && p.headers[0] == "*" }

// insecure is what ASP.NET Core says of AllowAnyOrigin with AllowCredentials.
const insecure = "The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time. Configure the CORS policy by listing individual origins if credentials needs to be supported."

// build checks a policy as CorsPolicyBuilder.Build does.
func (p *policy) build() {
	if p.anyOrigin() && p.credentials {
		panic(stops{&server.StartError{Position: p.credentialsAt.Position(), Message: insecure}})
	}
}

// set calls a method of the builder; ok is false when it has none of the name.
func (p *policy) set(m *machine, at pos, method string, args []value) (ok bool) {
	list, u := m.texts(at, args...)
	if u != nil && method != "SetIsOriginAllowed" {
		p.unknown = u
		return true
	}
	switch method {
	case "WithOrigins":
		for _, s := range list {
			p.origins = append(p.origins, fetch.ByteLowercase(s))
		}
		p.fact(at, server.SubjectOrigins, strings.Join(list, ", "))
	case "AllowAnyOrigin":
		p.origins = []string{"*"}
		p.fact(at, server.SubjectOrigins, "every origin")
	case "WithMethods":
		p.methods = append(p.methods, list...)
		p.fact(at, server.SubjectMethods, strings.Join(list, ", "))
	case "AllowAnyMethod":
		p.methods = []string{"*"}
		p.fact(at, server.SubjectMethods, "every method")
	case "WithHeaders":
		p.headers = append(p.headers, list...)
		p.fact(at, server.SubjectHeaders, strings.Join(list, ", "))
	case "AllowAnyHeader":
		p.headers = []string{"*"}
		p.fact(at, server.SubjectHeaders, "every header")
	case "WithExposedHeaders":
		p.expose = append(p.expose, list...)
		p.fact(at, server.SubjectExposed, strings.Join(list, ", "))
	default:
		return p.setRest(m, at, method, args)
	}
	return true
}

func (p *policy) setRest(m *machine, at pos, method string, args []value) bool {
	switch method {
	case "AllowCredentials":
		p.credentials, p.credentialsAt = true, at
		p.fact(at, server.SubjectCredentials, "true")
	case "DisallowCredentials":
		p.credentials = false
	case "SetPreflightMaxAge":
		n, ok := first(args).(float64)
		if !ok {
			p.unknown = m.unknown(at, "how long preflights are remembered", "write TimeSpan.FromSeconds(…)")
			return true
		}
		p.maxAge = strconv.FormatFloat(n, 'f', -1, 64)
		p.fact(at, server.SubjectMaxAge, p.maxAge)
	case "SetIsOriginAllowed":
		if len(args) == 1 {
			p.isAllowed, p.subdomains = args[0], false
			p.fact(at, server.SubjectOrigins, "a function")
		}
	case "SetIsOriginAllowedToAllowWildcardSubdomains":
		p.subdomains, p.isAllowed = true, nil
	case "Build":
		p.build()
	default:
		return false
	}
	return true
}

// member is a property of a CorsPolicy.
func (p *policy) member(m *machine, at pos, name string) value {
	switch name {
	case "Origins":
		return &policyList{p, &p.origins, server.SubjectOrigins}
	case "Methods":
		return &policyList{p, &p.methods, server.SubjectMethods}
	case "Headers":
		return &policyList{p, &p.headers, server.SubjectHeaders}
	case "ExposedHeaders":
		return &policyList{p, &p.expose, server.SubjectExposed}
	case "SupportsCredentials":
		return p.credentials
	}
	return m.unknown(at, "the value of CorsPolicy."+name, "")
}

// setProperty sets a property of a CorsPolicy.
func (p *policy) setProperty(m *machine, at pos, name string, v value) {
	if u, ok := v.(*unknown); ok && name != "IsOriginAllowed" {
		p.unknown = u
		return
	}
	switch name {
	case "SupportsCredentials":
		if v == true {
			p.setRest(m, at, "AllowCredentials", nil)
		}
	case "IsOriginAllowed":
		p.setRest(m, at, "SetIsOriginAllowed", []value{v})
	case "PreflightMaxAge":
		p.setRest(m, at, "SetPreflightMaxAge", []value{v})
	}
}

// policyList is a list of a CorsPolicy, to which texts are added as they are.
type policyList struct {
	policy  *policy
	items   *[]string
	subject server.Subject
}

// method is Add or Clear; other methods make the policy unknown.
func (l *policyList) method(m *machine, at pos, name string, args []value) {
	more, u := m.texts(at, args...)
	switch {
	case u != nil:
		l.policy.unknown = u
	case name == "Add":
		*l.items = append(*l.items, more...)
		l.policy.fact(at, l.subject, strings.Join(more, ", "))
	case name == "Clear":
		*l.items = nil
	default:
		l.policy.unknown = m.unknown(at, "what "+name+" does with the policy", "write Add(…)")
	}
}

func (p *policy) fact(at pos, subject server.Subject, v string) {
	p.facts = append(p.facts, server.Fact{Position: at.Position(), Subject: subject, Where: p.name, Value: v})
}

// allows reports whether the policy allows an origin.
func (m *machine) allows(p *policy, origin string) bool {
	if origin == "" {
		return false
	}
	if p.unknown != nil {
		panic(stops{p.unknown.err})
	}
	switch {
	case p.anyOrigin():
		return true
	case p.subdomains:
		return slices.Contains(p.origins, origin) || p.isSubdomain(origin)
	case p.isAllowed != nil:
		return m.isTrue(m.apply(p.at, p.isAllowed, []value{origin}))
	}
	return slices.Contains(p.origins, origin)
}

// isSubdomain reports whether an origin is below one of the policy's "https://*.x".
func (p *policy) isSubdomain(origin string) bool {
	u := parseURI(origin)
	for _, o := range p.origins {
		if u == nil || !strings.Contains(o, "://*.") {
			continue
		}
		d := parseURI(strings.Replace(o, "://*.", "://", 1))
		if d != nil && d.scheme == u.scheme && d.port == u.port && strings.HasSuffix(u.host, "."+d.host) {
			return true
		}
	}
	return false
}

// apply adds the headers of a policy for a request from an allowed origin.
func (p *policy) apply(out *fetch.HeaderList, req *server.Request, preflight bool) {
	origin, _ := req.Header.Get("Origin")
	if p.anyOrigin() {
		origin = "*"
	}
	out.Set("Access-Control-Allow-Origin", origin)
	if p.credentials {
		out.Set("Access-Control-Allow-Credentials", "true")
	}
	if preflight {
		p.applyPreflight(out, req)
	} else if len(p.expose) > 0 {
		out.Set("Access-Control-Expose-Headers", strings.Join(p.expose, ","))
	}
	if !p.anyOrigin() && (len(p.origins) > 1 || p.subdomains || p.isAllowed != nil) {
		*out = append(*out, fetch.Header{Name: "Vary", Value: "Origin"})
	}
}

func (p *policy) applyPreflight(out *fetch.HeaderList, req *server.Request) {
	headers, methods := p.headers, p.methods
	if p.anyHeader() {
		headers = nil
		asked, _ := req.Header.Get("Access-Control-Request-Headers")
		for part := range strings.SplitSeq(asked, ",") {
			if h := strings.TrimSpace(part); h != "" {
				headers = append(headers, h)
			}
		}
	}
	if p.anyMethod() {
		asked, _ := req.Header.Get("Access-Control-Request-Method")
		methods = []string{asked}
	}
	if len(headers) > 0 {
		out.Set("Access-Control-Allow-Headers", strings.Join(headers, ","))
	}
	if len(methods) > 0 {
		out.Set("Access-Control-Allow-Methods", strings.Join(methods, ","))
	}
	if p.maxAge != "" {
		out.Set("Access-Control-Max-Age", p.maxAge)
	}
}
