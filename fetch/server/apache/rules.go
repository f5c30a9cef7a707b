package apache

import "strings"

// serverRules applies the rewrite rules of the server.
func (r *request) serverRules() int {
	conf := r.conf.rewrite
	if conf == nil || conf.state == nil || !*conf.state || r.ended || !r.host.rewrite.present {
		return declined
	}
	if r.uri == "" || r.uri[0] != '/' || r.raw == "*" {
		return declined
	}
	original := r.args
	r.filename = r.uri
	w := &rewriting{r: r}
	list := r.host.rewrite.rules
	action := w.rules(list)
	r.env.set("SCRIPT_URL", r.uri)
	r.env.set("SCRIPT_URI", r.constructURL(r.uri))
	if action == actionNone {
		r.filename = ""
		return declined
	}
	if status := r.ruleStatus(action); status != 0 {
		return status
	}
	switch {
	case strings.HasPrefix(r.filename, "proxy:"):
		return r.ruleProxy(action)
	case absolute(r.filename) > 0:
		return r.ruleRedirect(action, original, r.filename)
	case strings.HasPrefix(r.filename, "passthrough:"):
		r.uri = strings.TrimPrefix(r.filename, "passthrough:")
		r.filename = ""
		return declined
	case !strings.HasPrefix(r.filename, "/"):
		return 400
	}
	if r.reduced || !r.realPrefix(w.last) {
		r.filename = strings.TrimSuffix(r.host.root, "/") + r.filename
	}
	return 0
}

// realPrefix reports whether a rewritten path is taken as a path of the server: its
// first folder exists, and the rule names it or it lies in DocumentRoot.
func (r *request) realPrefix(last *rewriteRule) bool {
	first, _, _ := strings.Cut(r.filename[1:], "/")
	first = "/" + first
	if r.m.look(r.host, first) == nothing {
		return false
	}
	return last == nil || strings.HasPrefix(last.output, first) || strings.HasPrefix(r.filename, r.host.root) && r.host.root != "/"
}

// ruleStatus returns the status of rules that end the request, or 0.
func (r *request) ruleStatus(action int) int {
	if action == actionStatus || action == actionStatusSet {
		status := r.status
		r.status = 200
		return status
	}
	escaped := absolute(r.filename) > 0 && action != actionNoEscape
	if !escaped && strings.ContainsFunc(r.args, func(c rune) bool { return c <= ' ' || c == 127 }) {
		return 403
	}
	return 0
}

// ruleProxy passes the request to a backend.
func (r *request) ruleProxy(action int) int {
	if !r.m.parser.loaded("proxy") {
		return 403
	}
	if action == actionNoEscape {
		r.noCanon = true
		if r.args != "" {
			r.filename += "?" + r.args
		}
	}
	r.isProxy, r.handler = true, "proxy-server"
	return 0
}

// ruleRedirect sends a redirect to a URL.
func (r *request) ruleRedirect(action int, original, url string) int {
	if action != actionNoEscape {
		url = escapeURL(url)
	}
	if r.args != "" {
		args := r.args
		if action != actionNoEscape && args != original {
			args = escapePath(args)
		}
		url += "?" + args
	}
	status := 302
	if isRedirect(r.status) {
		status, r.status = r.status, 200
	}
	r.out.set("Location", url)
	return status
}

// escapeURL escapes the path of a URL.
func escapeURL(s string) string {
	n := absolute(s)
	i := strings.IndexByte(s[n:], '/')
	if i < 0 {
		return s
	}
	return s[:n+i+1] + escapePath(s[n+i+1:])
}

// sectionRules applies the rewrite rules of the sections and .htaccess files.
func (r *request) sectionRules() int {
	conf := r.conf.rewrite
	if conf == nil || conf.state == nil || !*conf.state || conf.directory == "" {
		return declined
	}
	isProxy := r.isProxy && strings.HasPrefix(r.filename, "proxy:")
	if !isProxy && !conf.options["allownoslash"] && r.filename+"/" == conf.directory || r.ended {
		return declined
	}
	if r.options()&(optSymLinks|optSymOwner) == 0 {
		return 403
	}
	file, args, original := r.filename, r.args, r.filename
	w := &rewriting{r: r, perdir: conf.directory}
	action := w.rules(conf.rules)
	if action == actionNone {
		r.filename = original
		return declined
	}
	if status := r.ruleStatus(action); status != 0 {
		return status
	}
	switch {
	case strings.HasPrefix(r.filename, "proxy:"):
		return r.ruleProxy(action)
	case absolute(r.filename) > 0:
		return r.ruleRedirect(action, args, r.baseURL(conf))
	}
	r.filename = strings.TrimPrefix(r.filename, "passthrough:")
	switch {
	case !strings.HasPrefix(r.filename, "/"):
		return 400
	case r.filename == file:
		return 0
	}
	r.filename = "redirect:" + r.localURL(conf)
	r.keepVary = true
	r.handler = "redirect-handler"
	return 0
}

// baseURL replaces the path of the folder in a URL by RewriteBase.
func (r *request) baseURL(conf *rewriteConf) string {
	n := absolute(r.filename)
	i := strings.IndexByte(r.filename[n:], '/')
	if !conf.baseSet || i < 0 || n+i+1 == len(r.filename) {
		return r.filename
	}
	head, tail := r.filename[:n+i+1], r.filename[n+i+1:]
	return head + replacePrefix(tail, strings.TrimPrefix(conf.directory, "/"), conf.base[1:])
}

// localURL returns the URL path of a rewritten path of the server.
func (r *request) localURL(conf *rewriteConf) string {
	before := r.filename
	out := before
	if conf.baseSet {
		out = replacePrefix(before, conf.directory, conf.base)
	} else if root := strings.TrimSuffix(r.host.root, "/"); strings.HasPrefix(before, root+"/") {
		out = before[len(root):]
	}
	if out == before && r.contextPrefix != nil && !conf.options["ignorecontextinfo"] && r.contextPrefix.re == nil {
		out = replacePrefix(before, r.contextPrefix.target, r.contextPrefix.prefix)
	}
	return out
}

// replacePrefix replaces a folder at the beginning of a path by another one.
func replacePrefix(s, from, to string) string {
	rest, ok := strings.CutPrefix(s, strings.TrimSuffix(from, "/")+"/")
	if !ok {
		return s
	}
	if to != "" && !strings.HasSuffix(to, "/") {
		to += "/"
	}
	return to + rest
}

// options returns the options in force.
func (r *request) options() int {
	if c := r.conf.core; c != nil {
		return c.options
	}
	return optSymLinks
}

// proxied reports whether the request goes to a backend.
func (r *request) proxied() bool { return r.isProxy && strings.HasPrefix(r.filename, "proxy:") }
