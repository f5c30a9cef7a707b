package apache

import (
	"path"
	"strings"
)

// standardTypes are the types of usual extensions in Debian's /etc/mime.types.
var standardTypes = map[string]string{
	"html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript", "json": "application/json",
	"txt": "text/plain", "xml": "application/xml", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
	"gif": "image/gif", "webp": "image/webp", "ico": "image/vnd.microsoft.icon", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
	"otf": "font/otf", "eot": "application/vnd.ms-fontobject", "pdf": "application/pdf", "zip": "application/zip", "mp4": "video/mp4",
	"wasm": "application/wasm", "csv": "text/csv", "webmanifest": "application/manifest+json", "md": "text/markdown", "glb": "model/gltf-binary",
	"gltf": "model/gltf+json", "xhtml": "application/xhtml+xml", "rss": "application/x-rss+xml", "atom": "application/atom+xml",
}

// invoke runs the handler. The result is a status, or 0 where it sent an answer.
func (r *request) invoke() int {
	if r.handler == "" && r.contentType != "" {
		kind, _, _ := strings.Cut(r.contentType, ";")
		r.handler = strings.TrimSpace(kind)
	}
	h := r.handler
	switch {
	case r.isProxy || strings.HasPrefix(h, "proxy:"):
		return r.proxyHandler()
	case h == "redirect-handler" && strings.HasPrefix(r.filename, "redirect:"):
		return r.rewritten()
	case h == "cgi-script" || h == "application/x-httpd-cgi":
		return r.cgi()
	case isPHP(h) && r.m.parser.loaded("php"):
		return r.php()
	case h == "wsgi-script":
		return r.program()
	case h == "server-status" || h == "server-info" || h == "balancer-manager" || h == "ldap-status":
		return r.program()
	case h == "send-as-is" || h == "type-map" || h == "imap-file" || h == "lua-script" || h == "fcgid-script" || h == "passenger":
		r.unknownBecause(r.conf.pos, "what the handler "+h+" answers", "")
		return 500
	case r.found == folder:
		return r.folderHandler()
	}
	return r.static()
}

// isPHP reports whether a handler runs PHP as a module.
func isPHP(h string) bool {
	return strings.HasPrefix(h, "application/x-httpd-php") && !strings.HasSuffix(h, "-source") || strings.HasPrefix(h, "application/x-httpd-ea-php") ||
		h == "php-script" || h == "php5-script" || h == "php7-script" || h == "php8-script"
}

// folderHandler answers for a folder without index file.
func (r *request) folderHandler() int {
	if (r.method == "GET" || r.method == "HEAD") && r.m.parser.loaded("autoindex") && (r.handler == directoryType || r.handler == "default-handler") {
		if r.options()&optIndexes != 0 {
			r.contentType = "text/html"
			r.x.body, r.x.size = "<html></html>", minCompressed
			r.send(r.status)
			return done
		}
		return 403
	}
	return r.static()
}

// static answers with a file.
func (r *request) static() int {
	r.allowed = []string{"GET", "HEAD", "POST", "OPTIONS"}
	switch r.method {
	case "GET", "HEAD", "POST":
	case "OPTIONS":
		if r.found == file && r.assumedProgram() {
			return r.program()
		}
		r.out.set("Allow", r.allowValue())
		r.send(r.status)
		return done
	default:
		if r.found == file && r.assumedProgram() && isMethod(r.method) {
			return r.program()
		}
		if !isMethod(r.method) {
			return 501
		}
		return 405
	}
	switch {
	case r.found != file:
		return 404
	case r.assumedProgram():
		return r.program()
	case r.pathInfo != "" && r.acceptPathInfo() != "on":
		return 404
	}
	text, _ := r.m.files.read(r.filename)
	r.x.body = text
	r.send(r.status)
	return done
}

// acceptPathInfo returns AcceptPathInfo in lower case.
func (r *request) acceptPathInfo() string {
	if r.conf.core != nil {
		return r.conf.core.pathInfo
	}
	return ""
}

// assumedProgram reports whether the file is not given, so that a program is assumed
// to answer.
func (r *request) assumedProgram() bool {
	return r.m.assumed(r.filename) && r.m.behind != "static"
}

// program answers as an assumed program does: status 200, no header of its own.
func (r *request) program() int {
	r.common = true
	if r.contentType == "" {
		r.contentType = "text/html"
	}
	r.x.size = minCompressed
	r.send(r.status)
	return done
}

// index handles folders: the slash at the end, and index files.
func (r *request) index() int {
	if r.isProxy {
		return declined
	}
	if r.found == nothing && r.handler == "" {
		return r.fallback()
	}
	if r.found != folder {
		return declined
	}
	if r.handler == "" {
		r.handler = directoryType
	}
	conf := r.conf.index
	if conf == nil {
		conf = new(indexConf)
	}
	switch {
	case r.pathInfo != "":
		return declined
	case !strings.HasSuffix(r.uri, "/"):
		if conf.slash != nil && !*conf.slash {
			return declined
		}
		target := escapePath(r.uri) + "/"
		if r.args != "" {
			target += "?" + r.args
		}
		r.out.set("Location", r.constructURL(target))
		return 301
	case r.handler == "redirect-handler", conf.checkHandler != nil && *conf.checkHandler && r.handler != directoryType:
		return declined
	}
	return r.indexFiles(conf)
}

// indexFiles takes the first index file that exists.
func (r *request) indexFiles(conf *indexConf) int {
	names := conf.names
	if names == nil {
		names = []string{"index.html"}
	}
	if len(names) > 20 {
		names = names[:20]
	}
	last := 0
	for i, name := range names {
		sub := r.subrequest(name)
		if sub == nil {
			return 500
		}
		switch status := sub.status; {
		case status == 200 && (sub.isProxy || sub.found == file):
			if isRedirect(conf.indexRedirect) {
				r.out.set("Location", r.constructURL(sub.uri))
				return conf.indexRedirect
			}
			r.become(sub)
			return 0
		case isRedirect(status), (status == 406 || status == 401) && i == len(names)-1:
			r.out.rows = appended(r.out.rows, sub.out.rows)
			return status
		case status != 404 && status != 200:
			last = status
		}
	}
	if last != 0 {
		return last
	}
	return declined
}

// fallback applies FallbackResource.
func (r *request) fallback() int {
	conf := r.conf.index
	if conf == nil || conf.fallback == "" || lower(conf.fallback) == "disabled" {
		return declined
	}
	sub := r.subrequest(conf.fallback)
	if sub == nil {
		return 500
	}
	switch {
	case sub.status == 200 && (sub.isProxy || sub.found == file):
		r.become(sub)
		return 0
	case isRedirect(sub.status):
		r.out.rows = appended(r.out.rows, sub.out.rows)
		return sub.status
	case sub.status != 404 && sub.status != 200:
		return sub.status
	}
	return declined
}

// The bounds of internal requests for one answer.
const (
	maxRedirects = 10
	maxSubs      = 60
)

// subrequest looks another path up as the server would do for a GET.
func (r *request) subrequest(name string) *request {
	if r.x.subs++; r.x.subs > maxSubs {
		return nil
	}
	uri := name
	if !strings.HasPrefix(name, "/") {
		uri = r.uri[:strings.LastIndexByte(r.uri, '/')+1] + name
	}
	s := &request{
		m: r.m, ctx: r.ctx, host: r.host, req: r.req, main: r, x: r.x, method: "GET", raw: r.raw, hostname: r.hostname,
		uri: uri, args: r.args, status: 200, in: table{rows: appended(r.in.rows, nil)}, env: table{rows: append(r.env.rows[:0:0], r.env.rows...)},
	}
	if p, q, ok := strings.Cut(uri, "?"); ok {
		s.uri, s.args = p, q
	}
	if status := s.translate(); status != 0 {
		s.status = status
	}
	return s
}

// become continues as a subrequest.
func (r *request) become(s *request) {
	r.uri, r.args, r.filename, r.pathInfo, r.found = s.uri, s.args, s.filename, s.pathInfo, s.found
	r.handler, r.contentType, r.isProxy, r.conf = s.handler, s.contentType, s.isProxy, s.conf
	r.proxyTo, r.keepVary, r.noCanon = s.proxyTo, s.keepVary, s.noCanon
	r.out.rows = appended(s.out.rows, r.out.rows)
	r.err.rows = appended(s.err.rows, r.err.rows)
	r.env = s.env
}

// rewritten runs the internal redirect of a rewrite rule.
func (r *request) rewritten() int {
	uri := strings.TrimPrefix(r.filename, "redirect:")
	if r.args != "" {
		uri += "?" + r.args
	}
	r.internalRedirect(uri)
	return done
}

// internalRedirect answers with another path of the server.
func (r *request) internalRedirect(uri string) {
	if r.x.redirects++; r.x.redirects > maxRedirects {
		r.die(500, r.status)
		return
	}
	n := &request{
		m: r.m, ctx: r.ctx, host: r.host, req: r.req, prev: r, main: r.main, x: r.x, method: r.method, raw: r.raw, hostname: r.hostname,
		status: r.status, in: r.in, err: r.err, conf: r.host.base, ended: r.ended, allowed: nil,
	}
	n.uri, n.args, _ = strings.Cut(uri, "?")
	for _, e := range r.env.rows {
		n.env.add("REDIRECT_"+e.Name, e.Value)
	}
	if isRedirect(r.status) {
		if v, ok := r.out.get("Location"); ok {
			n.out.set("Location", v)
		}
	}
	if r.keepVary {
		if v, ok := r.out.get("Vary"); ok {
			n.out.set("Vary", v)
		}
	}
	n.env.set("REDIRECT_STATUS", itoa(r.status))
	n.readPhase()
	status := n.translate()
	if status == 0 {
		status = n.invoke()
	}
	n.die(status, n.status)
}

// place returns a path of the server, relative ones under ServerRoot.
func (m *model) place(name string) string {
	trailing := strings.HasSuffix(name, "/")
	out := m.parser.place(name)
	if trailing && out != "/" {
		out += "/"
	}
	return out
}

// look returns what lies at a path for a server.
func (m *model) look(h *host, name string) kind {
	if !m.assumed(name) {
		return m.files.stat(name)
	}
	if m.folders[name] || name == "/" {
		return folder
	}
	switch {
	case name == emptyRoot:
		return folder
	case name == emptyRoot+"/index.html":
		return file
	case m.behind == "none":
		return nothing
	}
	if path.Base(name) == name || strings.HasPrefix(path.Base(name), ".") {
		return nothing
	}
	for _, root := range m.roots {
		if _, ok := within(root, name); ok {
			return file
		}
	}
	return nothing
}

// assumed reports whether it is not known what lies at a path.
func (m *model) assumed(name string) bool {
	return !m.files.covers(name) && !m.files.isParent(name)
}
