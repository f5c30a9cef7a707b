package nginx

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// configDir is where nginx's configuration usually lies, and configDirs are other
// usual places of it.
const configDir = "/etc/nginx"

var configDirs = []string{"/usr/local/nginx/conf", "/usr/local/etc/nginx", "/opt/homebrew/etc/nginx", "/usr/local/openresty/nginx/conf", "/opt/nginx/conf"}

// place says where a folder of the given files lies on the server.
type place struct{ folder, dir string }

// files finds paths of the server in the files that are given.
type files struct {
	fsys   fs.FS
	name   string // of the main text
	text   string
	places []place // the longest dir first
	config string  // nginx's configuration folder on the server
	// assumed reports whether it is not said where the files lie; then only the
	// configuration folder is found.
	assumed bool
}

// newFiles returns the files of a source; main is the name of the main
// configuration file, or "" for a part of a configuration.
func newFiles(src *server.Source, main string) *files {
	f := &files{fsys: src.Files, name: path.Clean(src.Name), text: src.Text}
	home := path.Dir(main)
	if main == "" {
		home = path.Dir(f.name)
		switch path.Base(home) {
		case "conf.d", "sites-enabled", "sites-available", "snippets", "http.d", "default.d", "vhosts.d", "vhosts", "includes":
			home = path.Dir(home)
		}
	}
	if src.Placed == nil {
		f.places, f.config, f.assumed = []place{{home, configDir}}, configDir, true
		return f
	}
	for folder, dir := range src.Placed {
		f.places = append(f.places, place{path.Clean(folder), path.Clean(dir)})
	}
	slices.SortFunc(f.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(len(b.dir), len(a.dir)), strings.Compare(a.folder, b.folder))
	})
	f.config = f.placeOf(home)
	return f
}

// placeOf returns where a folder lies on the server.
func (f *files) placeOf(folder string) string {
	best, out := -1, configDir
	for _, p := range f.places {
		if rest, ok := within(folder, p.folder); ok && len(p.folder) > best {
			best, out = len(p.folder), path.Join(p.dir, rest)
		}
	}
	return out
}

// within returns the rest of a path below a folder.
func within(name, folder string) (rest string, ok bool) {
	if folder == "." || folder == "/" {
		return strings.TrimPrefix(name, "/"), true
	}
	rest, ok = strings.CutPrefix(name, folder)
	if !ok || rest != "" && rest[0] != '/' {
		return "", false
	}
	return strings.TrimPrefix(rest, "/"), true
}

// find returns the name, in the given files, of a path of the server. It is not
// covered when the path lies in no folder that is given.
func (f *files) find(name string) (given string, covered bool) {
	if f.fsys == nil {
		return "", false
	}
	for _, p := range f.places {
		if rest, ok := within(name, p.dir); ok {
			return path.Join(p.folder, rest), true
		}
	}
	return "", false
}

// inConfig returns a path of the configuration as a path of the server.
func (f *files) inConfig(name string) string {
	if !strings.HasPrefix(name, "/") {
		return path.Join(f.config, name)
	}
	if f.assumed {
		for _, dir := range configDirs {
			if rest, ok := within(name, dir); ok {
				return path.Join(configDir, rest)
			}
		}
	}
	return path.Clean(name)
}

// included returns the names of the files that an include names, in order. They
// are not covered when the folder is not given.
func (f *files) included(pattern string) (names []string, covered bool) {
	full := f.inConfig(pattern)
	given, covered := f.find(full)
	if !covered {
		return nil, false
	}
	if !strings.ContainsAny(pattern, "*?[") {
		if f.isFile(given) {
			return []string{given}, true
		}
		return nil, true
	}
	names, err := fs.Glob(f.fsys, given)
	if err != nil {
		return nil, true
	}
	return slices.DeleteFunc(names, func(n string) bool {
		return !f.isFile(n) || strings.HasPrefix(path.Base(n), ".") && !strings.HasPrefix(path.Base(given), ".")
	}), true
}

// isFile reports whether a name is a file.
func (f *files) isFile(name string) bool {
	if name == f.name {
		return true
	}
	info, err := fs.Stat(f.fsys, name)
	return err == nil && !info.IsDir()
}

// read returns the text of a file of the configuration.
func (f *files) read(name string) (string, error) {
	if name == f.name {
		return f.text, nil
	}
	text, err := fs.ReadFile(f.fsys, name)
	return string(text), err
}

// fileKind says what lies at a path of the server.
type fileKind int

const (
	noFile fileKind = iota
	plainFile
	folder
	unknownFile
)

// stat says what lies at a path of the server, and how many bytes a file has.
func (f *files) stat(name string) (fileKind, int) {
	if f.assumed {
		return unknownFile, 0
	}
	given, covered := f.find(path.Clean(name))
	if !covered {
		return unknownFile, 0
	}
	info, err := fs.Stat(f.fsys, given)
	switch {
	case err != nil:
		return noFile, 0
	case info.IsDir():
		return folder, 0
	case strings.HasSuffix(name, "/"):
		return noFile, 0
	}
	return plainFile, int(info.Size())
}
