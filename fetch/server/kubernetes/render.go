package kubernetes

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// The standard values of the annotations.
const (
	standardMethods = "GET, PUT, POST, DELETE, PATCH, OPTIONS"
	standardHeaders = "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization"
	standardMaxAge  = "1728000"
	standardBody    = "1m"
)

// config is a configuration of nginx whose lines know where they come from.
type config struct {
	text  strings.Builder
	lines []server.Position // by line
}

// add adds lines that come from a position.
func (c *config) add(at server.Position, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	c.text.WriteString(text + "\n")
	for range strings.Count(text, "\n") + 1 {
		c.lines = append(c.lines, at)
	}
}

// snippet adds the text of an annotation, whose lines follow its own.
func (c *config) snippet(a annotation) {
	for i, line := range strings.Split(strings.TrimRight(a.text, "\n"), "\n") {
		at := a.at
		at.Line += i + 1
		if !strings.Contains(a.text, "\n") {
			at = a.at
		}
		c.add(at, "%s", line)
	}
}

// host is a server of the controller: the locations of one host.
type host struct {
	name      string
	at        server.Position
	tls       bool
	locations []location
	snippets  []annotation
}

// location is a location of a host.
type location struct {
	path  string
	exact bool
	regex bool
	rule  rule
	in    *ingress
}

// hosts gathers the locations by host.
func hosts(all []*ingress) []*host {
	var out []*host
	byName := make(map[string]*host)
	for _, in := range all {
		for _, r := range in.rules {
			h := byName[r.host]
			if h == nil {
				h = &host{name: r.host, at: r.at}
				byName[r.host] = h
				out = append(out, h)
			}
			h.tls = h.tls || slices.Contains(in.tls, r.host) && r.host != ""
			h.addRule(in, r)
			if s := in.annotations["server-snippet"]; s.text != "" && !slices.Contains(h.snippets, s) {
				h.snippets = append(h.snippets, s)
			}
		}
	}
	for _, h := range out {
		h.arrange()
	}
	return out
}

// addRule adds the locations of a rule; the first rule of a path keeps it.
func (h *host) addRule(in *ingress, r rule) {
	for _, l := range h.locations {
		if l.rule.path == r.path && l.rule.kind == r.kind {
			return
		}
	}
	h.locations = append(h.locations, location{path: r.path, exact: r.kind == "Exact", rule: r, in: in})
}

// arrange makes a prefix match whole segments, and sorts the locations. With one
// regular expression all paths of a host are regular expressions.
func (h *host) arrange() {
	regex := slices.ContainsFunc(h.locations, func(l location) bool { return l.rewrites() || l.in.isTrue("use-regex", false) })
	var out []location
	for _, l := range h.locations {
		if l.rule.kind == "Prefix" && l.path != "/" && !l.rewrites() && !l.in.isTrue("use-regex", false) {
			whole := l
			whole.exact = true
			l.path = strings.TrimRight(l.path, "/") + "/"
			if !slices.ContainsFunc(h.locations, func(o location) bool { return o.exact && o.path == whole.path }) {
				out = append(out, whole)
			}
		}
		out = append(out, l)
	}
	for i := range out {
		out[i].regex = regex
	}
	slices.SortStableFunc(out, func(a, b location) int { return cmp.Compare(len(b.path), len(a.path)) })
	h.locations = out
}

// rewrites reports whether a location changes the path.
func (l *location) rewrites() bool {
	to := l.in.annotations["rewrite-target"].text
	return to != "" && to != l.rule.path
}

// quoted returns a text in quotes for a configuration of nginx.
func quoted(s string) string { return `"` + inQuotes.Replace(s) + `"` }

// inQuotes escapes what ends a string in quotes.
var inQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// render returns the configuration for some Ingress objects.
func render(all []*ingress) *config {
	c := &config{}
	c.add(server.Position{}, "events {}\nhttp {")
	list := hosts(all)
	if !slices.ContainsFunc(list, func(h *host) bool { return h.name == "" }) {
		c.add(server.Position{}, "server { listen 80 default_server; listen 443 ssl default_server; server_name _; location / { return 404; } location /healthz { return 200; } }")
	}
	for _, h := range list {
		c.host(h, "80")
		c.host(h, "443 ssl")
	}
	c.add(server.Position{}, "}")
	return c
}

// host adds the server of a host for one port.
func (c *config) host(h *host, port string) {
	name := h.name
	if name == "" {
		name, port = "_", port+" default_server"
	}
	c.add(h.at, "server { listen %s; server_name %s;", port, name)
	for _, s := range h.snippets {
		c.snippet(s)
	}
	root := false
	for i := range h.locations {
		l := &h.locations[i]
		root = root || l.path == "/"
		if a := l.in.annotations["app-root"]; a.text != "" {
			c.add(a.at, "if ($uri = /) { return 302 $scheme://$http_host%s; }", a.text)
		}
		c.location(h, l, strings.HasPrefix(port, "443"))
	}
	if !root {
		c.add(h.at, "location / { return 404; }")
	}
	c.add(h.at, "}")
}

// location adds a location.
func (c *config) location(h *host, l *location, tls bool) {
	at := l.rule.at
	switch {
	case l.regex:
		c.add(at, "location ~* %s {", quoted("^"+l.path))
	case l.exact:
		c.add(at, "location = %s {", quoted(l.path))
	default:
		c.add(at, "location %s {", quoted(l.path))
	}
	c.add(at, "port_in_redirect off; set $cors '';")
	c.access(l.in)
	if l.in.isTrue("enable-cors", false) {
		c.cors(l.in)
	}
	if a := l.in.annotations["auth-type"]; a.text != "" {
		c.add(a.at, "auth_basic %s; auth_basic_user_file /etc/ingress-controller/auth/%s;", quoted(l.in.annotations["auth-realm"].text), l.in.name)
	}
	if a := l.in.annotations["satisfy"]; a.text == "any" || a.text == "all" {
		c.add(a.at, "satisfy %s;", a.text)
	}
	c.body(h, l, tls)
	c.add(at, "}")
}

// access adds the ranges of addresses.
func (c *config) access(in *ingress) {
	for _, name := range []string{"denylist-source-range", "whitelist-source-range", "allowlist-source-range"} {
		a := in.annotations[name]
		if a.text == "" {
			continue
		}
		verb := "allow"
		if name == "denylist-source-range" {
			verb = "deny"
		}
		for network := range strings.SplitSeq(a.text, ",") {
			c.add(a.at, "%s %s;", verb, strings.TrimSpace(network))
		}
		if verb == "allow" {
			c.add(a.at, "deny all;")
		}
	}
}

// body adds what makes the content of a location.
func (c *config) body(h *host, l *location, tls bool) {
	in := l.in
	size := in.valid("proxy-body-size", regexp.MustCompile(`^[0-9]+[kKmMgG]?$`), standardBody)
	c.add(size.at, "client_max_body_size %s;", size.text)
	vhost := "$http_host"
	if a := in.annotations["upstream-vhost"]; a.text != "" {
		vhost = quoted(a.text)
	}
	c.add(l.rule.at, "proxy_set_header Host %s;", vhost)
	if s := in.annotations["configuration-snippet"]; s.text != "" {
		c.snippet(s)
	}
	for _, kind := range []string{"temporal", "permanent"} {
		if a := in.annotations[kind+"-redirect"]; a.text != "" {
			code := in.valid(kind+"-redirect-code", numberForm, map[string]string{"temporal": "302", "permanent": "301"}[kind])
			c.add(a.at, "return %s %s;", code.text, a.text)
		}
	}
	force := in.isTrue("force-ssl-redirect", false)
	if !tls && (force || h.tls && in.isTrue("ssl-redirect", true)) {
		at := in.annotations["force-ssl-redirect"].at
		c.add(cmp.Or(at, l.rule.at), "return 308 https://$host$request_uri;")
	}
	if l.rewrites() {
		a := in.annotations["rewrite-target"]
		c.add(a.at, "rewrite %s %s break;", quoted("(?i)"+l.path), a.text)
	}
	c.add(l.rule.at, "proxy_pass http://%s;", l.rule.service)
}

// cors adds the directives of the annotations about CORS.
func (c *config) cors(in *ingress) {
	at := in.annotations["enable-cors"].at
	origin := cmp.Or(in.annotations["cors-allow-origin"].at, at)
	list := in.origins()
	if len(list) == 1 && list[0] == "*" {
		c.add(origin, "set $http_origin *; set $cors 'true';")
	} else if len(list) > 0 {
		var forms []string
		for _, o := range list {
			forms = append(forms, "("+strings.Replace(regexp.QuoteMeta(o), `\*`, `[A-Za-z0-9\-]+`, 1)+")")
		}
		c.add(origin, "if ($http_origin ~* (%s)$ ) { set $cors 'true'; }", strings.Join(forms, "|"))
	}
	c.add(at, "if ($request_method = 'OPTIONS') { set $cors ${cors}options; }")
	for _, when := range []string{"true", "trueoptions"} {
		c.add(at, "if ($cors = %q) {", when)
		c.corsHeaders(in, origin)
		if when == "trueoptions" {
			c.add(at, "more_set_headers 'Content-Type: text/plain charset=UTF-8'; more_set_headers 'Content-Length: 0'; return 204;")
		}
		c.add(at, "}")
	}
}

// corsHeaders adds the headers of an allowed origin.
func (c *config) corsHeaders(in *ingress, origin server.Position) {
	at := in.annotations["enable-cors"].at
	set := func(a annotation, header string) {
		c.add(cmp.Or(a.at, at), "more_set_headers '%s: %s';", header, a.text)
	}
	c.add(origin, "more_set_headers 'Access-Control-Allow-Origin: $http_origin';")
	if in.isTrue("cors-allow-credentials", true) {
		set(annotation{"true", in.annotations["cors-allow-credentials"].at}, "Access-Control-Allow-Credentials")
	}
	set(in.valid("cors-allow-methods", methodsForm, standardMethods), "Access-Control-Allow-Methods")
	set(in.valid("cors-allow-headers", headersForm, standardHeaders), "Access-Control-Allow-Headers")
	if a := in.valid("cors-expose-headers", exposedForm, ""); a.text != "" {
		set(a, "Access-Control-Expose-Headers")
	}
	set(in.valid("cors-max-age", numberForm, standardMaxAge), "Access-Control-Max-Age")
}
