package apache

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// declined is the result of a step that leaves the request to the next one.
const declined = -1

// process answers a request as the client sent it.
func (r *request) process() {
	if r.status != 200 {
		status := r.status
		r.status = 200
		r.die(status, 200)
		return
	}
	r.readPhase()
	status := r.translate()
	if status == 0 {
		status = r.invoke()
	}
	r.die(status, 200)
}

// readPhase runs what follows when the request was read.
func (r *request) readPhase() {
	if h := r.conf.headers; h != nil {
		r.run(h.in, &r.in, early)
		r.run(h.always, &r.err, early)
		r.run(h.onsuccess, &r.out, early)
	}
	r.setEnvIfs(r.host.setenv)
}

// translate runs the steps up to the handler. The result is a status, or 0.
func (r *request) translate() int {
	encoded := ""
	if c := r.host.base.core; c != nil {
		encoded = c.encodedSlashes
	}
	uri, status := cleanPath(r.uri, r.host.slashes, encoded)
	if status != 0 {
		return status
	}
	r.uri = uri
	r.conf = r.host.base
	r.locations()
	if status := r.translateName(); status != 0 {
		return status
	}
	r.conf = r.host.base
	if status := r.mapToStorage(); status != 0 {
		return status
	}
	r.locations()
	r.setEnvIfs(r.conf.setenv)
	if status := r.authorize(); status != 0 {
		return status
	}
	r.findType()
	return r.fixups()
}

// translateName finds the file of a path: the rules of the server, ProxyPass,
// Redirect, Alias, DocumentRoot.
func (r *request) translateName() int {
	status := r.serverRules()
	if status == declined {
		status = r.proxyTranslate()
	}
	if status == declined {
		status = r.aliasTranslate()
	}
	if status == declined {
		return r.documentRoot()
	}
	return status
}

// documentRoot puts a path under DocumentRoot.
func (r *request) documentRoot() int {
	if r.uri == "*" && r.method == "OPTIONS" {
		return 0
	}
	if r.uri == "" || r.uri[0] != '/' {
		return 400
	}
	r.filename = strings.TrimSuffix(r.host.root, "/") + r.uri
	return 0
}

// mapToStorage merges the sections of what the path stands for.
func (r *request) mapToStorage() int {
	if r.isProxy && strings.HasPrefix(r.filename, "proxy:") {
		r.proxySections()
		return 0
	}
	if r.method == "TRACE" {
		return r.trace()
	}
	if r.uri == "*" && r.method == "OPTIONS" {
		r.out.set("Allow", r.allowValue())
		r.finish(200)
		return done
	}
	if status := r.directories(); status != 0 {
		return status
	}
	r.filesSections()
	return 0
}

// done is the result of a step that answered.
const done = -2

// trace answers TRACE.
func (r *request) trace() int {
	if r.host.trace == "off" {
		return 405
	}
	if n, ok := r.in.get("Content-Length"); ok && n != "0" && r.host.trace != "extended" {
		return 413
	}
	r.contentType = "message/http"
	r.finish(200)
	return done
}

// allowValue returns the value of Allow.
func (r *request) allowValue() string {
	list := slices.Clone(r.allowed)
	if r.host.trace != "off" {
		list = append(list, "TRACE")
	}
	return strings.Join(list, ",")
}

// findType finds the type and the handler that the file's extensions say.
func (r *request) findType() {
	if r.found == folder && !r.isProxy {
		r.contentType = directoryType
		return
	}
	name := r.filename[strings.LastIndexByte(r.filename, '/')+1:]
	parts := strings.Split(strings.TrimLeft(name, "."), ".")
	for _, x := range parts[1:] {
		x = lower(x)
		if m := r.conf.mime; m != nil {
			if t, ok := m.types[x]; ok && t != "" {
				r.contentType = t
			} else if t := standardTypes[x]; t != "" && !ok {
				r.contentType = t
			}
			if h := m.handlers[x]; h != "" && !r.isProxy {
				r.handler = h
			}
		} else if t := standardTypes[x]; t != "" {
			r.contentType = t
		}
	}
}

// directoryType is the type of a folder.
const directoryType = "httpd/unix-directory"

// fixups runs the last steps before the handler, in the order of the modules.
func (r *request) fixups() int {
	r.overrideType()
	for _, step := range []func() int{r.sectionRules, r.sectionRedirect, r.environment, r.requestHeaders, r.index} {
		if status := step(); status != 0 && status != declined {
			return status
		}
	}
	if r.forcedType != "" {
		r.contentType = r.forcedType
	}
	if r.forcedHandler != "" {
		r.handler = r.forcedHandler
	}
	return 0
}

// overrideType applies ForceType and SetHandler.
func (r *request) overrideType() {
	c := r.conf.core
	if c == nil {
		return
	}
	if c.forceType != "" && c.forceType != "none" {
		r.contentType = c.forceType
	}
	h := c.handler
	if c.handlerExpr != nil {
		h = lower(r.text(c.handlerExpr))
	}
	if h != "" && h != "none" {
		r.handler = h
	}
}

// environment applies SetEnv.
func (r *request) environment() int {
	for _, e := range r.conf.env {
		if e.unset {
			continue
		}
		if unsetLater(r.conf.env, e.name) {
			continue
		}
		if e.unknown != nil && r.usesEnv(e.name) {
			r.unknownValue(e.unknown)
		}
		r.env.set(e.name, e.value)
	}
	if r.host.tls {
		r.env.set("HTTPS", "on")
	}
	return 0
}

// unsetLater reports whether the last directive about a variable removes it.
func unsetLater(list []envSet, name string) bool {
	last := false
	for _, e := range list {
		if e.name == name {
			last = e.unset
		}
	}
	return last
}

// usesEnv reports whether a header of CORS depends on a variable.
func (r *request) usesEnv(name string) bool {
	h := r.conf.headers
	if h == nil {
		return false
	}
	for _, list := range [][]*headerAction{h.onsuccess, h.always} {
		for _, a := range list {
			if !concerns(a.name) {
				continue
			}
			if strings.TrimPrefix(a.env, "!") == name || a.when != nil || a.value != nil {
				return true
			}
			for _, t := range a.format {
				if t.kind == 'e' && t.text == name {
					return true
				}
			}
		}
	}
	return false
}

// requestHeaders applies RequestHeader.
func (r *request) requestHeaders() int {
	if h := r.conf.headers; h != nil {
		r.run(h.in, &r.in, late)
	}
	return 0
}

// sectionRedirect applies the Redirect directives of the sections.
func (r *request) sectionRedirect() int {
	a := r.conf.alias
	if a == nil {
		return declined
	}
	if status := r.singleRedirect(a); status != declined {
		return status
	}
	return r.redirectList(a.redirects)
}

// aliasTranslate applies Redirect and Alias of the server.
func (r *request) aliasTranslate() int {
	if a := r.conf.alias; a != nil {
		if status := r.singleRedirect(a); status != declined {
			return status
		}
	}
	if status := r.redirectList(r.host.redirect); status != declined {
		return status
	}
	if a := r.conf.alias; a != nil && a.alias != nil {
		r.filename = r.m.place(r.text(a.alias.expr))
		if !strings.HasPrefix(r.uri, a.alias.prefix) {
			return declined
		}
		r.filename += strings.TrimPrefix(r.uri, a.alias.prefix)
		r.aliased(a.alias)
		return 0
	}
	for _, a := range r.host.aliasesC {
		if found, ok := r.aliasTarget(a); ok {
			r.filename = r.m.place(found)
			r.contextPrefix = a
			r.aliased(a)
			return 0
		}
	}
	return declined
}

// aliased notes an alias that applies.
func (r *request) aliased(a *alias) {
	if a.handler != "" {
		r.handler, r.scriptAliased = a.handler, true
	}
	r.decide(server.Decision{Position: a.pos, Text: "the alias for " + a.prefix + " applies"})
}

// aliasTarget returns what an alias makes of the path.
func (r *request) aliasTarget(a *alias) (string, bool) {
	if a.re != nil {
		m := a.re.match(r.uri)
		if m == nil {
			return "", false
		}
		return substitute(a.target, r.uri, m), true
	}
	n := aliasMatch(r.uri, a.prefix)
	if n <= 0 {
		return "", false
	}
	return a.target + r.uri[n:], true
}

// aliasMatch returns how much of a path an alias covers; 0 if it does not.
func aliasMatch(uri, prefix string) int {
	i, j := 0, 0
	for j < len(prefix) {
		if prefix[j] == '/' {
			if i >= len(uri) || uri[i] != '/' {
				return 0
			}
			for j < len(prefix) && prefix[j] == '/' {
				j++
			}
			for i < len(uri) && uri[i] == '/' {
				i++
			}
			continue
		}
		if i >= len(uri) || uri[i] != prefix[j] {
			return 0
		}
		i++
		j++
	}
	if prefix != "" && prefix[len(prefix)-1] != '/' && i < len(uri) && uri[i] != '/' {
		return 0
	}
	return i
}
