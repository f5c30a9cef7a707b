package nginx

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// content runs try_files and then what makes the content.
func (r *run) content() {
	if r.loc.tryFiles != nil {
		if code := r.tryFiles(); code != goOn {
			r.finalize(code)
			return
		}
	}
	switch r.handler {
	case noHandler:
		r.finalize(r.static())
	case statusHandler, gifHandler:
		if r.method != "GET" && r.method != "HEAD" {
			r.finalize(405)
			return
		}
		r.status, r.length, r.contentType = 200, 97, "text/plain"
		if r.handler == gifHandler {
			r.length, r.contentType = 43, "image/gif"
		}
		r.send()
	default:
		if p := r.loc.passes[r.handler]; p != nil {
			r.decided(&p.chosen)
			r.passOn(p)
			return
		}
		r.finalize(500)
	}
}

// defaultRoot is where files lie when no root is given.
const defaultRoot = "html"

// prefixDir is the folder to which relative paths refer.
const prefixDir = "/usr/share/nginx"

// documentRoot returns the root or the alias.
func (r *run) documentRoot() (string, bool) {
	dir, unknown := defaultRoot, (*server.UnknownError)(nil)
	if r.loc.root != nil {
		dir, unknown = r.eval(r.loc.root.value)
	}
	if !strings.HasPrefix(dir, "/") {
		dir = path.Join(prefixDir, dir)
	}
	return dir, unknown == nil
}

// path returns the path of the file for the request's path.
func (r *run) path() (string, bool) { return r.pathOf(r.uri) }

func (r *run) pathOf(uri string) (string, bool) {
	dir, known := r.documentRoot()
	root := r.loc.root
	switch {
	case root == nil || !root.alias:
		return dir + uri, known
	case root.cut < 0 && r.addAlias:
		return dir + uri, known
	case root.cut < 0:
		return dir, known
	case root.cut > len(uri):
		return dir, known
	}
	return dir + uri[root.cut:], known
}

// filePosition returns where the root stands.
func (r *run) filePosition() server.Position {
	if r.loc.root != nil {
		return r.loc.root.at
	}
	return r.loc.at
}

// stat says what lies at a path. When that is not known, both cases are tried: a
// file or, with wantFolder, a folder; and nothing.
func (r *run) stat(name string, at server.Position, wantFolder bool) fileKind {
	kind, _ := r.m.files.stat(name)
	if kind != unknownFile {
		return kind
	}
	rest, ok := strings.CutPrefix(name, prefixDir+"/"+defaultRoot)
	if standard := standardFile(rest); ok && (standard != noFile || r.loc.root == nil && rest != "/50x.html") {
		return standard
	}
	what := "whether " + name + " exists"
	if !r.choose("file "+name, &server.UnknownError{Position: at, What: what, Help: "give the files with --file"}) {
		return noFile
	}
	if wantFolder {
		return folder
	}
	return plainFile
}

// standardFile says what lies in the folder that comes with nginx.
func standardFile(name string) fileKind {
	switch name {
	case "", "/":
		return folder
	case "/index.html":
		return plainFile
	}
	return noFile
}

// tryFiles looks for the files of try_files.
func (r *run) tryFiles() int {
	root := r.loc.root
	for i := range r.loc.tryFiles {
		f := &r.loc.tryFiles[i]
		text := r.known(f.value)
		if f.last {
			switch {
			case f.code != 0:
				return f.code
			case strings.HasPrefix(text, "@"):
				r.namedLocation(text)
			default:
				r.internalRedirect(splitArgs(text))
			}
			return done
		}
		if root != nil && root.alias && root.cut >= 0 && len(r.uri) >= root.cut && strings.HasPrefix(text, r.uri[:root.cut]) {
			text = text[root.cut:]
		}
		dir, known := r.documentRoot()
		if !known {
			dir = "(root)"
		}
		kind := r.stat(dir+text, f.at, f.dir)
		if kind == noFile || (kind == folder) != f.dir {
			continue
		}
		switch {
		case root == nil || !root.alias:
			r.uri = text
		case root.cut >= 0:
			r.uri = r.uri[:root.cut] + text
		case !f.dir:
			r.uri, r.addAlias = text, true
		}
		return goOn
	}
	return goOn
}

func (r *run) reads() bool { return r.method == "GET" || r.method == "HEAD" || r.method == "POST" }

// static sends a file or says why there is none.
func (r *run) static() int {
	if strings.HasSuffix(r.uri, "/") {
		return r.folder()
	}
	if !r.reads() {
		return 405
	}
	name, known := r.path()
	if !known {
		name = "(root)" + r.uri
	}
	switch r.stat(name, r.filePosition(), false) {
	case noFile:
		return 404
	case folder:
		to := escapePath(r.uri) + "/"
		if r.args != "" {
			to += "?" + r.args
		}
		r.deleteHeader("location")
		r.setLocation(to)
		return 301
	}
	if r.method == "POST" {
		return 405
	}
	return r.file(name)
}

// file sends a file.
func (r *run) file(name string) int {
	kind, size := r.m.files.stat(name)
	if r.length = -1; kind == plainFile {
		r.length = size
	}
	r.status, r.contentType = 200, r.typeOf()
	if text := r.requestHeader("if_modified_since") + r.requestHeader("if_none_match"); text != "" && r.errStatus == 0 {
		if !r.choose("changed "+name, &server.UnknownError{Position: r.filePosition(), What: "whether " + name + " has changed"}) {
			r.status = 304
		}
	}
	if r.requestHeader("range") != "" && r.status == 200 && r.errStatus == 0 {
		r.partial = true
	}
	r.send()
	return done
}

// folder answers for a path that ends with a slash.
func (r *run) folder() int {
	if !r.reads() {
		return 405
	}
	dir, known := r.path()
	if !known {
		dir = "(root)" + r.uri
	}
	names := r.loc.single["index"]
	if len(names) == 0 {
		names = []string{"index.html"}
	}
	tested := false
	for _, name := range names {
		if strings.HasPrefix(name, "/") {
			r.internalRedirect(name, r.args)
			return done
		}
		if r.stat(dir+name, r.filePosition(), false) != noFile {
			r.internalRedirect(r.uri+name, r.args)
			return done
		}
		if !tested && r.stat(strings.TrimSuffix(dir, "/"), r.filePosition(), true) == noFile {
			return 404
		}
		tested = true
	}
	if r.loc.on("autoindex", "off") && r.method != "POST" {
		r.status, r.length, r.contentType = 200, -1, "text/html"
		r.send()
		return done
	}
	return 403
}

// typeOf returns the content type that the path's extension has.
func (r *run) typeOf() string {
	name := r.uri[strings.LastIndexByte(r.uri, '/')+1:]
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		types := r.loc.types
		if types == nil {
			types = smallTypes
		}
		if t := types[fetch.ByteLowercase(name[dot+1:])]; t != "" {
			return t
		}
	}
	return r.loc.get("default_type", "text/plain")
}
