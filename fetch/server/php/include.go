package php

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// include is include, include_once, require or require_once.
type include struct {
	pos
	word string
	x    expr
}

func (x *include) eval(r *run) value {
	v := x.x.eval(r)
	if u := unknownIn(v); u != nil {
		return r.missing(x.pos, "a file whose name is not known")
	}
	file, ok := r.find(x.src, r.text(x.pos, v))
	if !ok && r.program.complete && !r.program.installed(file) {
		return r.noFile(x, file)
	}
	if !ok {
		r.composer = r.composer || harmless(file)
		return r.missing(x.pos, file)
	}
	if strings.HasSuffix(x.word, "_once") && r.included[file] {
		return true
	}
	return r.includeFile(x.pos, file)
}

// includeFile runs a file that is given.
func (r *run) includeFile(at pos, file string) value {
	r.included[file] = true
	if r.depth++; r.depth > maxCalls {
		panic(stops{r.unknownError(at, "how files end that include each other", "")})
	}
	src, err := r.program.file(file)
	if b, ok := errors.AsType[*brokenError](err); ok {
		r.throw(at, "ParseError", b.text)
	}
	if err != nil {
		panic(stops{err})
	}
	r.named = r.named || src.named
	r.hoist(src.body)
	result := r.execAll(src.body)
	r.depth--
	if result == returns {
		out := r.result
		r.result = nil
		return out
	}
	return int64(1)
}

// find returns the file that a path on the server names; ok is false when it is not
// given.
func (r *run) find(from *source, name string) (file string, ok bool) {
	if strings.HasPrefix(name, "/") {
		file, inside := r.program.unplace(path.Clean(name))
		if !inside {
			return name, false
		}
		return file, r.program.has(file)
	}
	for _, folder := range []string{".", path.Dir(from.name), path.Dir(r.program.main.name)} {
		if file := path.Join(folder, name); r.program.has(file) {
			return file, true
		}
	}
	return path.Join(path.Dir(from.name), name), false
}

// has reports whether a file is given.
func (p *program) has(name string) bool {
	if name == p.main.name {
		return true
	}
	if p.files == nil || !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(p.files, name)
	return err == nil && !info.IsDir()
}

// place returns where a file lies on the server.
func (p *program) place(name string) string { return path.Join(p.root, name) }

// unplace returns the file that lies at a place on the server.
func (p *program) unplace(name string) (file string, ok bool) {
	if name == p.root {
		return ".", true
	}
	return strings.CutPrefix(name, strings.TrimSuffix(p.root, "/")+"/")
}

// file returns a parsed file.
func (p *program) file(name string) (*source, error) {
	if name == p.main.name {
		return p.main, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if src := p.parsed[name]; src != nil {
		return src, nil
	}
	text, err := fs.ReadFile(p.files, name)
	if err != nil {
		return nil, err
	}
	src, err := parse(name, string(text), false)
	if err != nil {
		return nil, err
	}
	p.parsed[name] = src
	return src, nil
}

// harmlessNames are the files that send no CORS headers and end no program, whatever
// else they do.
var harmlessNames = []string{"vendor/autoload.php"}

func harmless(name string) bool {
	for _, h := range harmlessNames {
		if strings.HasSuffix(name, h) {
			return true
		}
	}
	return false
}

// namesCORS reports whether the name of a file says that it sends CORS headers.
func namesCORS(name string) bool {
	name = fetch.ByteLowercase(name)
	return strings.Contains(name, "cors") || strings.Contains(name, "header")
}

// endingWords are in the names of files that end the program for some requests.
var endingWords = []string{"auth", "login", "guard", "middleware", "protect", "permission", "verify", "check", "token", "jwt", "restrict"}

// mayEnd reports whether the name of a file says that it ends the program for some
// requests, such as those of users who are not logged in.
func mayEnd(name string) bool {
	name = fetch.ByteLowercase(name)
	return slices.ContainsFunc(endingWords, func(word string) bool { return strings.Contains(name, word) })
}

// spaces returns the folders of the namespaces in composer.json.
func (p *program) spaces() map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folders != nil {
		return p.folders
	}
	p.folders = make(map[string]string)
	if p.files == nil {
		return p.folders
	}
	text, err := fs.ReadFile(p.files, "composer.json")
	if err != nil {
		return p.folders
	}
	var form struct {
		Autoload struct {
			PSR4 map[string]jsontext.Value `json:"psr-4"`
		} `json:"autoload"`
	}
	// A composer.json that cannot be read names no folders.
	_ = json.Unmarshal(text, &form)
	for prefix, folder := range form.Autoload.PSR4 {
		var name string
		if json.Unmarshal(folder, &name) == nil {
			p.folders[prefix] = name
		}
	}
	return p.folders
}
