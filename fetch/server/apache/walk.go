package apache

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// locations merges the <Location> and <If> sections of the path.
func (r *request) locations() {
	uri := r.uri
	if r.host.slashes {
		uri = mergeSlashRuns(uri)
	}
	for _, s := range r.host.urls {
		if s.matchesURL(r, uri) {
			r.conf = r.m.merge(r.conf, s)
		}
	}
	if r.conf.core != nil {
		r.conditions(r.conf.core.ifs, 0)
	}
}

// matchesURL reports whether a <Location> applies to a path.
func (s *section) matchesURL(r *request, uri string) bool {
	switch {
	case s.re != nil:
		return s.captures(r, r.uri)
	case s.glob:
		return wildcard(s.path, uri, pathGlob)
	case !strings.HasPrefix(uri, s.path):
		return false
	}
	n := len(s.path)
	return n == 0 || s.path[n-1] == '/' || n == len(uri) || uri[n] == '/'
}

// captures matches the expression of a section and sets the variables of its named
// groups.
func (s *section) captures(r *request, text string) bool {
	m := s.re.match(text)
	if m == nil {
		return false
	}
	for i, name := range s.groups {
		if name != "" && m[2*i] >= 0 {
			r.env.set(name, group(text, m, i))
		}
	}
	return true
}

// maxIfDepth bounds <If> sections that hold <If> sections.
const maxIfDepth = 20

// conditions merges the <If> sections whose condition holds, and those in them.
func (r *request) conditions(list []*section, depth int) {
	var merged *section
	before := false
	for _, s := range list {
		if s.branch != branchIf && before {
			continue
		}
		if s.branch != branchElse {
			before, _ = r.holds(s.condition)
			if !before {
				continue
			}
		}
		r.decide(server.Decision{Position: s.pos, Text: s.text + " applies"})
		if merged == nil {
			merged = s
		} else {
			merged = r.m.merge(merged, s)
		}
	}
	if merged == nil {
		return
	}
	r.conf = r.m.merge(r.conf, merged)
	if merged.core != nil && depth < maxIfDepth {
		r.conditions(merged.core.ifs, depth+1)
	}
}

// mergeSlashRuns replaces runs of slashes by one.
func mergeSlashRuns(s string) string {
	for strings.Contains(s, "//") {
		s = strings.ReplaceAll(s, "//", "/")
	}
	return s
}

// directories merges the <Directory> sections and .htaccess files of the file's
// path, and splits the path where no file follows. The result is a status, or 0.
func (r *request) directories() int {
	if !path.IsAbs(r.filename) {
		return 0
	}
	full := path.Clean(r.filename)
	if strings.HasSuffix(r.filename, "/") && full != "/" {
		full += "/"
	}
	saved := r.pathInfo
	r.pathInfo = ""
	end := r.exact(full)
	w := walker{r: r, core: r.conf.core}
	if status := w.walk(full, end); status != 0 {
		return status
	}
	r.filename, r.pathInfo = full[:w.end], full[w.end:]
	r.found = w.found
	if saved != "" {
		if r.pathInfo != "" {
			r.pathInfo = strings.TrimSuffix(r.pathInfo, "/") + "/" + strings.TrimPrefix(saved, "/")
		} else {
			r.pathInfo = saved
		}
	}
	for _, s := range r.host.dirs {
		if s.re != nil && s.captures(r, r.filename) {
			w.add(s)
		}
	}
	if w.merged != nil {
		r.conf = r.m.merge(r.conf, w.merged)
	}
	return 0
}

// exact returns what lies at the whole path.
func (r *request) exact(full string) kind { return r.stat(full) }

// A walker goes down the folders of a path.
type walker struct {
	r      *request
	merged *section
	core   *coreConf // options and overrides so far
	end    int       // how much of the path lies on the server
	found  kind
}

func (w *walker) add(s *section) {
	w.core = mergeCore(w.core, s.core)
	if w.merged == nil {
		w.merged = s
		return
	}
	w.merged = w.r.m.merge(w.merged, s)
}

// walk merges the sections of each folder from the root on.
func (w *walker) walk(full string, whole kind) int {
	at := 1 // the path up to here is a folder, with its slash
	for depth := 0; ; depth++ {
		folderPath := full[:at]
		w.sections(folderPath, depth)
		if status := w.htaccess(folderPath); status != 0 {
			return status
		}
		if at == len(full) {
			w.end, w.found = at, folder
			return 0
		}
		next := strings.IndexByte(full[at:], '/')
		last := next < 0
		end := len(full)
		if !last {
			end = at + next
		}
		k := folder
		if whole == nothing || last {
			k = w.r.stat(full[:end])
			if last && whole != nothing {
				k = whole
			}
		}
		switch {
		case k != folder:
			w.end, w.found = end, k
			return 0
		case last:
			w.sections(full+"/", depth+1)
			if status := w.htaccess(full + "/"); status != 0 {
				return status
			}
			w.end, w.found = end, folder
			return 0
		}
		at = end + 1
	}
}

// sections merges the <Directory> sections of one folder.
func (w *walker) sections(folderPath string, depth int) {
	for _, s := range w.r.host.dirs {
		switch {
		case s.re != nil, s.depth > 0 && s.depth != depth+1, s.depth == 0 && depth != 0:
		case s.depth == 0 || s.path == folderPath || s.glob && wildcard(s.path, folderPath, pathGlob):
			w.add(s)
		}
	}
}

// htaccess merges the .htaccess file of one folder. Where no AllowOverride is in
// force the file is read all the same, and all its directives are not allowed.
func (w *walker) htaccess(folderPath string) int {
	if w.core == nil || w.core.overrideSet && w.core.override == 0 && len(w.core.overrideList) == 0 {
		return 0
	}
	ht := w.r.m.htaccess(w.r.host, folderPath, w.core)
	if ht == nil {
		return 0
	}
	if ht.err != nil {
		w.r.htaccessError(ht)
		return 500
	}
	w.add(ht.section)
	return 0
}

// filesSections merges the <Files> sections of the file's name.
func (r *request) filesSections() {
	if r.conf.core == nil {
		return
	}
	name := r.filename[strings.LastIndexByte(r.filename, '/')+1:]
	for _, s := range r.conf.core.files {
		switch {
		case s.re != nil:
			if !s.captures(r, name) {
				continue
			}
		case s.glob:
			if !wildcard(s.path, name, pathGlob) {
				continue
			}
		case s.path != name:
			continue
		}
		r.conf = r.m.merge(r.conf, s)
	}
}
