package apache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// A directive is one directive or section of a configuration.
type directive struct {
	name string // as written; sections begin with "<"
	args string
	pos  server.Position
	kids []*directive // of a section
	// unknown is set when the arguments have a variable whose value is not known.
	unknown *server.UnknownError
}

// key returns the name in lower case.
func (d *directive) key() string { return fetch.ByteLowercase(d.name) }

// A parser reads the text of configurations into directives. It evaluates what the
// real server evaluates while it reads: Include, Define, LoadModule, <IfModule>,
// <IfDefine> and <IfVersion>.
type parser struct {
	ctx     context.Context
	src     *server.Source
	version string
	defines map[string]string
	// modules are the modules that are loaded. With complete they are all; without
	// it every module that the real server brings is assumed to be loaded.
	modules  map[string]bool
	complete bool
	root     string // ServerRoot
	files    *files
	depth    int // of Include
	count    int // of directives
	assumed  []server.Assumption
}

// The bounds of a configuration.
const (
	maxInclude    = 20
	maxNesting    = 100
	maxDirectives = 100_000
	maxText       = 4 << 20
)

// parse reads a text.
func (p *parser) parse(file, text string) ([]*directive, error) {
	if len(text) > maxText {
		return nil, refuse(server.Position{File: file}, "the file is too large", "")
	}
	rest := lines(file, strings.TrimPrefix(text, "\ufeff"))
	if strings.HasPrefix(text, "\ufeff") && len(rest) > 0 {
		return nil, start(rest[0].pos, "Invalid command '\ufeff%s', perhaps misspelled or defined by a module not included in the server configuration", first(rest[0].text))
	}
	return p.block(&rest, nil, 0)
}

func first(s string) string {
	w, _ := word(s)
	return w
}

// block reads directives up to the end of a section, or of the file if parent is
// nil.
func (p *parser) block(rest *[]line, parent *directive, depth int) ([]*directive, error) {
	if depth > maxNesting {
		return nil, refuse(parent.pos, "the sections are nested too deeply", "")
	}
	var out []*directive
	for len(*rest) > 0 {
		l := (*rest)[0]
		*rest = (*rest)[1:]
		if p.count++; p.count > maxDirectives {
			return nil, refuse(l.pos, "the configuration has too many directives", "")
		}
		if err := p.ctx.Err(); err != nil {
			return nil, err
		}
		if strings.HasPrefix(l.text, "</") {
			return out, p.closes(l, parent)
		}
		name, args := splitName(l.text)
		d := &directive{name: name, args: args, pos: l.pos}
		if strings.HasPrefix(name, "<") {
			if err := p.section(d, rest, depth, &out); err != nil {
				return nil, err
			}
			continue
		}
		p.expand(d)
		if err := p.plain(d, &out); err != nil {
			return nil, err
		}
	}
	if parent != nil {
		return nil, start(parent.pos, "%s> was not closed.", parent.name)
	}
	return out, nil
}

// splitName returns the name of a directive and its arguments.
func splitName(text string) (name, args string) {
	if text[0] != '<' {
		return word(text)
	}
	end := 1
	for end < len(text) && !isSpace(text[end]) {
		end++
	}
	name = text[:end]
	if strings.HasSuffix(name, ">") && len(name) > 1 {
		return name[:len(name)-1], ">"
	}
	return name, strings.TrimLeft(text[end:], " \t\v\f\r")
}

// closes checks the end of a section.
func (p *parser) closes(l line, parent *directive) error {
	name := strings.TrimSpace(strings.TrimSuffix(l.text[2:], ">"))
	switch {
	case parent == nil:
		return start(l.pos, "%s without matching <%s> section", l.text, name)
	case fetch.ByteLowercase(name) != parent.key()[1:]:
		return start(l.pos, "Expected </%s> but saw %s", parent.name[1:], l.text)
	}
	return nil
}

// section reads a section. The sections that are evaluated at once are replaced by
// their content.
func (p *parser) section(d *directive, rest *[]line, depth int, out *[]*directive) error {
	if !strings.HasSuffix(d.args, ">") {
		return start(d.pos, "%s> directive missing closing '>'", d.name)
	}
	d.args = strings.TrimRight(strings.TrimSuffix(d.args, ">"), " \t")
	p.expand(d)
	keep, transparent, err := p.condition(d)
	if err != nil {
		return err
	}
	if transparent && !keep {
		return p.skip(d, rest)
	}
	kids, err := p.block(rest, d, depth+1)
	if err != nil {
		return err
	}
	if transparent {
		*out = append(*out, kids...)
		return nil
	}
	d.kids = kids
	*out = append(*out, d)
	return nil
}

// skip reads over a section whose condition is false.
func (p *parser) skip(d *directive, rest *[]line) error {
	depth := 1
	for len(*rest) > 0 {
		l := (*rest)[0]
		*rest = (*rest)[1:]
		name, _ := splitName(l.text)
		switch n := fetch.ByteLowercase(name); {
		case strings.TrimSuffix(n, ">") == "</"+d.key()[1:]:
			if depth--; depth == 0 {
				return nil
			}
		case n == d.key():
			depth++
		}
	}
	return start(d.pos, "%s> was not closed.", d.name)
}

// plain handles the directives that are evaluated while the text is read.
func (p *parser) plain(d *directive, out *[]*directive) error {
	args := words(d.args)
	switch d.key() {
	case "include", "includeoptional":
		return p.include(d, args, out)
	case "define":
		if len(args) == 0 || len(args) > 2 {
			return start(d.pos, "Define takes one or two arguments")
		}
		p.defines[args[0]] = strings.Join(args[1:], "")
	case "undefine":
		if len(args) == 1 {
			delete(p.defines, args[0])
		}
	case "loadmodule":
		if len(args) != 2 {
			return start(d.pos, "LoadModule takes two arguments, a module name and the name of a shared object file to load it from")
		}
		p.modules[moduleID(args[0])] = true
		p.complete = true
	case "serverroot":
		if len(args) == 1 {
			p.root = path.Clean(args[0])
		}
	case "error":
		return start(d.pos, "Configuration error: %s", strings.Join(args, " "))
	case "use":
		return refuse(d.pos, "macros are not modelled", "write out what the macro expands to")
	default:
		*out = append(*out, d)
	}
	return nil
}

// include reads other files instead of an Include.
func (p *parser) include(d *directive, args []string, out *[]*directive) error {
	if d.unknown != nil {
		return refuse(d.pos, d.unknown.What+" is not known", d.unknown.Help)
	}
	if len(args) != 1 {
		return start(d.pos, "%s takes one argument", d.name)
	}
	if p.depth >= maxInclude {
		return start(d.pos, "Exceeded maximum include depth of %d", maxInclude)
	}
	names, err := p.included(args[0])
	optional := d.key() == "includeoptional" || strings.ContainsAny(args[0], "*?[")
	if err != nil || len(names) == 0 {
		return p.missing(d, args[0], optional)
	}
	p.depth++
	defer func() { p.depth-- }()
	for _, n := range names {
		text, err := fs.ReadFile(p.src.Files, n)
		if err != nil {
			return p.missing(d, args[0], optional)
		}
		if n == p.src.Name {
			text = []byte(p.src.Text)
		}
		more, err := p.parse(n, string(text))
		if err != nil {
			return err
		}
		*out = append(*out, more...)
	}
	return nil
}

// included returns the given files that an Include names. Where it is not known where
// the files lie, they are looked for in the folder of the configuration and above.
func (p *parser) included(name string) ([]string, error) {
	full := p.place(name)
	if len(p.src.Placed) > 0 {
		return p.files.glob(full)
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(full, p.root), "/")
	dir := path.Dir(path.Clean(p.src.Name))
	for _, d := range []string{".", dir, path.Dir(dir)} {
		names, err := p.files.glob(path.Join(d, rest))
		if err != nil || len(names) > 0 {
			return names, err
		}
	}
	return nil, nil
}

// missing says that an included file is not there.
func (p *parser) missing(d *directive, name string, optional bool) error {
	if optional || inertIncludes(name) {
		p.assumed = append(p.assumed, server.Assumption{Position: d.pos, Text: fmt.Sprintf("%s %s includes nothing: no such file is given", d.name, name)})
		return nil
	}
	if p.src.Files != nil && p.src.Placed != nil && p.files.covers(p.place(name)) {
		return start(d.pos, "Could not open configuration file %s: No such file or directory", p.place(name))
	}
	return refuse(d.pos, fmt.Sprintf("the included file %s is not given", name), "give it with --file, or remove the line")
}

// inertIncludes reports whether a file is known to hold nothing that concerns the
// answers: the certificates' settings of certbot and Debian's ports.
func inertIncludes(name string) bool {
	base := path.Base(name)
	return base == "options-ssl-apache.conf" || base == "ports.conf"
}

// place returns the path of a file on the server; relative ones begin at ServerRoot.
func (p *parser) place(name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(p.root, name)
}

// expand replaces ${NAME} in the arguments.
func (p *parser) expand(d *directive) {
	if !strings.Contains(d.args, "${") {
		return
	}
	var out strings.Builder
	s := d.args
	for {
		open := strings.Index(s, "${")
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			break
		}
		name := s[open+2 : open+end]
		out.WriteString(s[:open])
		value, ok := p.value(name)
		if !ok {
			value = s[open : open+end+1]
			if !p.src.EnvComplete {
				d.unknown = &server.UnknownError{Position: d.pos, What: "the variable " + value, Help: "give it with --env " + name + "=…"}
			}
		}
		out.WriteString(value)
		s = s[open+end+1:]
	}
	d.args = out.String() + s
}

// value returns what a variable stands for.
func (p *parser) value(name string) (string, bool) {
	for _, m := range []map[string]string{p.defines, p.src.Set, p.src.Env} {
		if v, ok := m[name]; ok {
			return v, true
		}
	}
	return "", false
}

// start returns the error about what the real server refuses.
func start(pos server.Position, format string, args ...any) error {
	return &server.StartError{Position: pos, Message: fmt.Sprintf(format, args...)}
}

// refuse returns the error about what is not modelled.
func refuse(pos server.Position, problem, help string) error {
	if help == "" {
		help = "remove it to see the rest"
	}
	return &server.InputError{Position: pos, Problem: problem, Help: help}
}

// isStart reports whether the real server refuses too.
func isStart(err error) bool {
	_, ok := errors.AsType[*server.StartError](err)
	return ok
}

// loaded reports whether a module is there.
func (p *parser) loaded(id string) bool {
	if v, ok := p.src.Set[id+"_module"]; ok {
		return v != "off" && v != "false" && v != "no"
	}
	if p.modules[id] || slices.Contains(staticModules, id) {
		return true
	}
	if id == "mpm" {
		return true
	}
	if id == "cgi" && p.modules["cgid"] {
		return true
	}
	return !p.complete && isKnownModule(id) && !isForeign(id) && id != "mpm_prefork" && id != "mpm_worker"
}

// isForeign reports whether a module does not come with the server and is rare, so
// that only a directive of its own shows that it is there.
func isForeign(id string) bool {
	return id == "security2" || id == "evasive" || id == "pagespeed" || id == "qos" || id == "itk"
}
