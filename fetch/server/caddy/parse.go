package caddy

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// A segment is a directive with its arguments and its block.
type segment struct {
	name  token
	args  []token
	block []*segment
	// braces reports whether there was a block, even an empty one.
	braces bool
}

// A site is a block of the Caddyfile with its addresses.
type site struct {
	keys []token
	body []*segment
}

// A parser makes sites of words.
type parser struct {
	src      *server.Source
	tokens   []token
	at       int
	snippets map[string][]token
	imports  int
	depth    int
}

const (
	maxImports  = 300
	maxImported = 50_000 // words, with what was imported
	maxDepth    = 100
)

func start(pos server.Position, format string, args ...any) error {
	return &server.StartError{Position: pos, Message: fmt.Sprintf(format, args...)}
}

func refuse(pos server.Position, problem, help string) error {
	if help == "" {
		help = "remove it to see the rest"
	}
	return &server.InputError{Position: pos, Problem: problem, Help: help}
}

// sites reads all blocks. The global options come first, with no keys.
func (p *parser) sites() ([]*site, error) {
	var out []*site
	for p.at < len(p.tokens) {
		s := new(site)
		if p.tokens[p.at].text == "{" && len(out) == 0 {
			body, err := p.body()
			if err != nil {
				return nil, err
			}
			s.body = body
			out = append(out, s)
			continue
		}
		snippet, err := p.block(s)
		if err != nil {
			return nil, err
		}
		if !snippet && len(s.keys) > 0 {
			out = append(out, s)
		}
	}
	return out, nil
}

// block reads the addresses and the body of one block; snippets are kept aside.
func (p *parser) block(s *site) (snippet bool, err error) {
	braces, err := p.addresses(s)
	if err != nil || len(s.keys) == 0 {
		return false, err
	}
	first := s.keys[0].text
	if len(s.keys) == 1 && strings.HasPrefix(first, "(") && strings.HasSuffix(first, ")") {
		if !braces {
			return false, start(s.keys[0].pos, "snippet %s has no block", first)
		}
		tokens, err := p.enclosed()
		p.snippets[first[1:len(first)-1]] = tokens
		return true, err
	}
	if braces {
		s.body, err = p.body()
		return false, err
	}
	s.body, err = p.segments(false)
	return false, err
}

// addresses reads the addresses of a block; braces is true when a brace follows.
func (p *parser) addresses(s *site) (braces bool, err error) {
	another := false
	for p.at < len(p.tokens) {
		t := p.tokens[p.at]
		if t.text == "import" && p.isNewLine() {
			if err := p.include(); err != nil {
				return false, err
			}
			continue
		}
		if t.text == "{" && !t.quoted {
			if another {
				return false, start(t.pos, "Expected another address but had '{' - check for extra comma")
			}
			return true, nil
		}
		if len(s.keys) > 0 && !another && p.isNewLine() {
			return false, nil
		}
		if strings.HasSuffix(t.text, "{") {
			return false, start(t.pos, "Site addresses cannot end with a curly brace: '%s' - put a space between the token and the brace", t.text)
		}
		p.at++
		if t.text == "" {
			continue
		}
		t.text, another = strings.CutSuffix(t.text, ",")
		if strings.Contains(t.text, ",") {
			return false, start(t.pos, "Site addresses cannot contain a comma ',': '%s' - put a space after the comma to separate site addresses", t.text)
		}
		s.keys = append(s.keys, t)
	}
	return false, nil
}

// isNewLine reports whether the current word is the first of its line.
func (p *parser) isNewLine() bool { return p.at == 0 || p.tokens[p.at].first }

// enclosed returns the words of a block in braces.
func (p *parser) enclosed() ([]token, error) {
	open := p.tokens[p.at]
	nesting := 0
	begin := p.at + 1
	for ; p.at < len(p.tokens); p.at++ {
		switch t := p.tokens[p.at]; {
		case t.quoted:
		case t.text == "{":
			nesting++
		case t.text == "}":
			if nesting--; nesting == 0 {
				p.at++
				return slices.Clone(p.tokens[begin : p.at-1]), nil
			}
		}
	}
	return nil, start(open.pos, "Unexpected EOF")
}

// body reads a block in braces.
func (p *parser) body() ([]*segment, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, refuse(p.tokens[p.at].pos, "the blocks are nested too deeply", "")
	}
	defer func() { p.depth-- }()
	p.at++
	return p.segments(true)
}

// segments reads directives up to the closing brace, or to the end.
func (p *parser) segments(braces bool) ([]*segment, error) {
	var out []*segment
	for p.at < len(p.tokens) {
		t := p.tokens[p.at]
		switch {
		case t.text == "}" && !t.quoted:
			if !braces {
				return nil, start(t.pos, "Unexpected '}' because no matching opening brace")
			}
			p.at++
			return out, nil
		case t.text == "import":
			if err := p.include(); err != nil {
				return nil, err
			}
			continue
		case t.text == "{" && !t.quoted:
			return nil, start(t.pos, "Unexpected '{' because there is no directive in front of it")
		}
		s, err := p.segment()
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if braces {
		return nil, start(p.tokens[len(p.tokens)-1].pos, "Unexpected EOF")
	}
	return out, nil
}

// segment reads one directive.
func (p *parser) segment() (*segment, error) {
	s := &segment{name: p.tokens[p.at]}
	p.at++
	for p.at < len(p.tokens) && !p.isNewLine() {
		t := p.tokens[p.at]
		if t.text == "{" && !t.quoted {
			body, err := p.body()
			s.block, s.braces = body, true
			return s, err
		}
		if t.text == "}" && !t.quoted {
			break
		}
		s.args = append(s.args, t)
		p.at++
	}
	return s, nil
}

// include replaces an import by what it names.
func (p *parser) include() error {
	at := p.at
	name := p.tokens[at]
	p.at++
	var args []token
	for p.at < len(p.tokens) && !p.isNewLine() && p.tokens[p.at].text != "{" {
		args = append(args, p.tokens[p.at])
		p.at++
	}
	if len(args) == 0 {
		return start(name.pos, "Wrong argument count or unexpected line ending after 'import'")
	}
	if p.imports++; p.imports > maxImports || p.imports > 1 && len(p.tokens) > maxImported {
		return start(name.pos, "a cycle of imports exists between %s and itself", args[0].text)
	}
	tokens, ok := p.snippets[args[0].text]
	if !ok {
		var err error
		if tokens, err = p.files(args[0]); err != nil {
			return err
		}
	}
	tokens = slices.Clone(tokens)
	if len(tokens) > 0 {
		tokens[0].first = true
	}
	for i := range tokens {
		for n, a := range args[1:] {
			tokens[i].text = strings.ReplaceAll(tokens[i].text, fmt.Sprintf("{args.%d}", n), a.text)
			tokens[i].text = strings.ReplaceAll(tokens[i].text, fmt.Sprintf("{args[%d]}", n), a.text)
		}
	}
	p.tokens = slices.Concat(p.tokens[:at:at], tokens, p.tokens[p.at:])
	p.at = at
	return nil
}

// files returns the words of imported files.
func (p *parser) files(name token) ([]token, error) {
	missing := refuse(name.pos, "the imported file "+name.text+" is not given", "give it with --file, or remove the line")
	if p.src.Files == nil {
		return nil, missing
	}
	pattern := name.text
	if !path.IsAbs(pattern) {
		pattern = path.Join(path.Dir(path.Clean(p.src.Name)), pattern)
	}
	for folder, on := range p.src.Placed {
		if rest, ok := strings.CutPrefix(pattern, path.Clean(on)+"/"); ok {
			pattern = path.Join(folder, rest)
			break
		}
	}
	names, err := fs.Glob(p.src.Files, strings.TrimPrefix(pattern, "/"))
	if err != nil || len(names) == 0 {
		if strings.ContainsAny(pattern, "*?[") {
			return nil, nil
		}
		return nil, missing
	}
	var out []token
	for _, n := range names {
		text, err := fs.ReadFile(p.src.Files, n)
		if err != nil {
			return nil, missing
		}
		more, ok := lex(n, string(text))
		if !ok {
			return nil, refuse(name.pos, "the configuration is too large", "")
		}
		out = append(out, more...)
	}
	return out, nil
}

// environment replaces {$NAME} and {$NAME:default} in a text.
func environment(src *server.Source, name, text string) (string, error) {
	var out strings.Builder
	for rest := text; ; {
		i := strings.Index(rest, "{$")
		if i < 0 {
			out.WriteString(rest)
			return out.String(), nil
		}
		end := strings.IndexByte(rest[i:], '}')
		if end < 0 {
			out.WriteString(rest)
			return out.String(), nil
		}
		key, standard, has := strings.Cut(rest[i+2:i+end], ":")
		out.WriteString(rest[:i])
		value, ok := src.Env[key]
		if v, set := src.Set[key]; set {
			value, ok = v, true
		}
		switch {
		case ok && value != "":
			out.WriteString(value)
		case has:
			out.WriteString(standard)
		case !src.EnvComplete && !ok:
			pos := server.PositionAt(text, len(text)-len(rest)+i)
			pos.File = name
			return "", refuse(pos, "the environment variable "+key+" is not known", "give it with --env "+key+"=…")
		}
		rest = rest[i+end+1:]
	}
}
