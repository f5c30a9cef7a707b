package caddy

import (
	"io/fs"
	"path"
	"strings"
)

// kind says what lies at a path.
type kind int

const (
	absent kind = iota
	file
	folder
)

// look returns what lies at a path of the server. Where that is not known, a path
// with a dot in its last element is taken as a file that exists.
func (m *model) look(name string) kind {
	in, known := m.inside(name)
	if !known {
		return file
	}
	if in == "." {
		return folder
	}
	info, err := fs.Stat(m.src.Files, in)
	switch {
	case err != nil:
		return absent
	case info.IsDir():
		return folder
	}
	return file
}

// inside returns the name of a path among the given files.
func (m *model) inside(name string) (string, bool) {
	if m.src.Files == nil {
		return "", false
	}
	if !path.IsAbs(name) {
		return path.Clean(name), true
	}
	for folder, on := range m.src.Placed {
		if name == path.Clean(on) {
			return path.Clean(folder), true
		}
		if rest, ok := strings.CutPrefix(name, path.Clean(on)+"/"); ok {
			return path.Join(folder, rest), true
		}
	}
	return "", false
}

// fileServer serves files.
func (b *builder) fileServer(s *segment, args []token) (handler, error) {
	browse := len(args) > 0 && args[0].text == "browse"
	root := ""
	indexes := []string{"index.html", "index.txt"}
	for _, o := range s.block {
		list := texts(o.args)
		switch {
		case o.name.text == "root" && len(list) == 1:
			root = list[0]
		case o.name.text == "index":
			indexes = list
		case o.name.text == "browse":
			browse = true
		case o.name.text == "hide" || o.name.text == "precompressed":
		default:
			return nil, refuse(o.name.pos, "option "+o.name.text+" of file_server is not modelled", "")
		}
	}
	return func(x *exchange, w *writer, _ next) error {
		x.decide(s.name.pos, "", line(s))
		if root != "" {
			x.root = x.expandAll(root)
		}
		return x.serveFile(w, indexes, browse)
	}, nil
}

// serveFile sends a file, or fails.
func (x *exchange) serveFile(w *writer, indexes []string, browse bool) error {
	name := path.Join(x.root, path.Clean("/"+x.path))
	k := x.m.look(name)
	index := false
	if k == folder {
		for _, i := range indexes {
			if x.m.look(path.Join(name, i)) == file {
				k, index = file, true
				break
			}
		}
	}
	switch {
	case k == folder && browse:
		if !strings.HasSuffix(x.path, "/") {
			return x.redirect(w, x.path+"/")
		}
		w.send(200)
		return nil
	case k != file:
		return &failure{status: 404}
	case index && !strings.HasSuffix(x.original(), "/") && path.Base(x.original()) == path.Base(x.path):
		return x.redirect(w, x.original()+"/")
	case !index && strings.HasSuffix(x.original(), "/") && path.Base(x.original()) == path.Base(x.path):
		return x.redirect(w, strings.TrimSuffix(x.original(), "/"))
	}
	if in, ok := x.m.inside(name); ok && !index {
		if text, err := fs.ReadFile(x.m.src.Files, in); err == nil {
			x.body = string(text)
		}
	}
	n := 200
	if x.failed != nil {
		n = x.failed.status
	}
	w.send(n)
	return nil
}

// original returns the path of the request as it came.
func (x *exchange) original() string {
	p, _, _ := strings.Cut(x.req.Target, "?")
	return p
}

// redirect sends the canonical path.
func (x *exchange) redirect(w *writer, to string) error {
	if x.query != "" {
		to += "?" + x.query
	}
	x.set("Location", to)
	w.send(308)
	return nil
}
