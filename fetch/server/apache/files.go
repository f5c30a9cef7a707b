package apache

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch/server"
)

// kind says what lies at a path.
type kind int

const (
	nothing kind = iota
	file
	folder
)

// files knows what lies on the server: the files that are given, under the folders
// where they are placed.
type files struct {
	fsys   fs.FS
	main   string // the source's own file
	placed []placement
	mu     sync.Mutex
	known  map[string]kind
}

// A placement says where a folder of the given files lies on the server.
type placement struct{ folder, on string }

// maxKnown bounds what is remembered of the files.
const maxKnown = 10_000

func newFiles(src *server.Source) *files {
	f := &files{fsys: src.Files, main: path.Clean(src.Name), known: make(map[string]kind)}
	for folder, on := range src.Placed {
		f.placed = append(f.placed, placement{path.Clean(folder), path.Clean(on)})
	}
	slices.SortFunc(f.placed, func(a, b placement) int {
		if n := len(b.on) - len(a.on); n != 0 {
			return n
		}
		return strings.Compare(a.folder, b.folder)
	})
	return f
}

// within returns the rest of a path behind a folder.
func within(folder, name string) (string, bool) {
	if name == folder {
		return ".", true
	}
	if folder == "/" {
		return name[1:], true
	}
	return strings.CutPrefix(name, folder+"/")
}

// inside returns the name of a server's path among the given files.
func (f *files) inside(name string) (string, bool) {
	name = path.Clean(name)
	for _, p := range f.placed {
		if rest, ok := within(p.on, name); ok {
			return path.Join(p.folder, rest), true
		}
	}
	return name, false
}

// on returns where a given file lies on the server.
func (f *files) on(name string) (string, bool) {
	best, out := -1, ""
	for _, p := range f.placed {
		rest, ok := within(p.folder, path.Clean(name))
		if p.folder == "." {
			rest, ok = path.Clean(name), true
		}
		if ok && len(p.folder) > best {
			best, out = len(p.folder), path.Join(p.on, rest)
		}
	}
	return out, best >= 0
}

// covers reports whether it is known what lies at a path.
func (f *files) covers(name string) bool {
	_, ok := f.inside(name)
	return ok && f.fsys != nil
}

// stat returns what lies at a path of the server.
func (f *files) stat(name string) kind {
	f.mu.Lock()
	k, ok := f.known[name]
	f.mu.Unlock()
	if ok {
		return k
	}
	k = f.look(name)
	f.mu.Lock()
	if len(f.known) < maxKnown {
		f.known[name] = k
	}
	f.mu.Unlock()
	return k
}

func (f *files) look(name string) kind {
	in, ok := f.inside(name)
	switch {
	case f.isParent(name):
		return folder
	case !ok:
		return nothing
	case in == f.main && f.main != ".":
		return file
	case in == "." || strings.HasPrefix(f.main, in+"/"):
		return folder
	case f.fsys == nil || !fs.ValidPath(in):
		return nothing
	}
	info, err := fs.Stat(f.fsys, in)
	switch {
	case err != nil:
		return nothing
	case info.IsDir():
		return folder
	}
	return file
}

// isParent reports whether a placed folder lies under a path.
func (f *files) isParent(name string) bool {
	for _, p := range f.placed {
		if _, ok := within(path.Clean(name), p.on); ok {
			return true
		}
	}
	return false
}

// exists reports whether something lies at a path of the server.
func (f *files) exists(name string) bool { return f.stat(path.Clean(name)) != nothing }

// read returns the text of a file at a path of the server.
func (f *files) read(name string) (string, bool) {
	in, ok := f.inside(name)
	if !ok || f.fsys == nil || !fs.ValidPath(in) {
		return "", false
	}
	text, err := fs.ReadFile(f.fsys, in)
	return string(text), err == nil
}

// glob returns the given files that a pattern of an Include names, in order. A
// folder stands for all files in it.
func (f *files) glob(pattern string) ([]string, error) {
	if f.fsys == nil {
		return nil, nil
	}
	in, ok := f.inside(pattern)
	if !ok {
		in = strings.TrimPrefix(path.Clean(pattern), "/")
	}
	names, err := fs.Glob(f.fsys, in)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, n := range names {
		info, err := fs.Stat(f.fsys, n)
		if err != nil {
			continue
		}
		if !info.IsDir() {
			out = append(out, n)
			continue
		}
		more, err := fs.Glob(f.fsys, n+"/*")
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	slices.Sort(out)
	return out, nil
}
