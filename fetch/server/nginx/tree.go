package nginx

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// directive is one statement of a configuration.
type directive struct {
	name  string
	args  []string // without the name
	at    server.Position
	block []*directive
	open  bool // whether it has a block
	// err is the error with which nginx's parser stops here; the other fields are
	// empty then.
	err error
}

// The limits of a configuration: nginx has none, but a program that reads untrusted
// texts needs them.
const (
	maxDepth      = 60
	maxIncludes   = 40
	maxFiles      = 2000
	maxDirectives = 200_000
)

// parser reads the files of a configuration into a tree of directives, with the
// included files in place.
type parser struct {
	files      *files
	open       []string // the files that are being read
	read       []string // all files that were read
	directives int
	stopped    bool
}

// stop returns the directive that stands for an error.
func (p *parser) stop(err error) *directive {
	p.stopped = true
	return &directive{err: err}
}

// file reads a whole file.
func (p *parser) file(name, text string) []*directive {
	p.open = append(p.open, name)
	p.read = append(p.read, name)
	l := &lexer{file: name, text: strings.TrimPrefix(text, "\ufeff"), line: 1}
	if len(l.text) != len(text) {
		return []*directive{p.stop(l.fail("unknown directive \"\ufeff" + firstWord(l.text) + `"`))}
	}
	out := p.body(l, 0)
	p.open = p.open[:len(p.open)-1]
	return out
}

func firstWord(text string) string {
	if i := strings.IndexAny(text, " \t\r\n;{"); i >= 0 {
		return text[:i]
	}
	return text
}

// body reads directives up to the end of the block, or of the file at depth 0.
func (p *parser) body(l *lexer, depth int) []*directive {
	var out []*directive
	for !p.stopped {
		words, at, end, err := l.next()
		switch {
		case err != nil:
			return append(out, p.stop(err))
		case end == endClose && depth == 0:
			return append(out, p.stop(l.fail(`unexpected "}"`)))
		case end == endClose:
			return out
		case end == endFile && depth > 0:
			return append(out, p.stop(l.fail(`unexpected end of file, expecting "}"`)))
		case end == endFile:
			return out
		}
		d := &directive{name: words[0], args: words[1:], at: at, open: end == endOpen}
		if p.directives++; p.directives > maxDirectives || depth >= maxDepth {
			return append(out, p.stop(tooMuch(at)))
		}
		if d.open {
			d.block = p.body(l, depth+1)
		}
		if d.name == "include" && !d.open {
			out = append(out, p.include(d)...)
			continue
		}
		out = append(out, d)
	}
	return out
}

func tooMuch(at server.Position) error {
	return &server.InputError{Position: at, Problem: "the configuration is too large or nested too deeply", Help: "give only the part that matters"}
}

// include returns the directives of the files that an include names, or the include
// itself when they are not given.
func (p *parser) include(d *directive) []*directive {
	if len(d.args) != 1 {
		return []*directive{p.stop(&server.StartError{Position: d.at, Message: `invalid number of arguments in "include" directive`})}
	}
	names, covered := p.files.included(d.args[0])
	if !covered || len(names) == 0 && (usualInclude(d.args[0]) || p.files.assumed) {
		return []*directive{d}
	}
	if len(names) == 0 && !strings.ContainsAny(d.args[0], "*?[") {
		message := fmt.Sprintf(`open() "%s" failed (2: No such file or directory)`, p.files.inConfig(d.args[0]))
		return []*directive{p.stop(&server.StartError{Position: d.at, Message: message})}
	}
	var out []*directive
	for _, name := range names {
		if slices.Contains(p.open, name) || len(p.open) > maxIncludes || len(p.read) > maxFiles {
			message := fmt.Sprintf(`open() "%s" failed (24: Too many open files)`, p.files.inConfig(name))
			return append(out, p.stop(&server.StartError{Position: d.at, Message: message}))
		}
		text, err := p.files.read(name)
		if err != nil {
			return append(out, p.stop(&server.InputError{Position: d.at, Problem: err.Error(), Err: err}))
		}
		out = append(out, p.file(name, text)...)
	}
	return out
}

// usualInclude reports whether a file comes with nginx or a distribution and says
// nothing about the headers of responses.
func usualInclude(name string) bool {
	switch path.Base(name) {
	case "mime.types", "fastcgi_params", "fastcgi.conf", "uwsgi_params", "scgi_params", "proxy_params", "fastcgi-php.conf", "options-ssl-nginx.conf", "koi-utf", "koi-win", "win-utf":
		return true
	}
	return false
}
