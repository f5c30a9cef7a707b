package nginx

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// standardVersion is the version of nginx that is assumed.
const standardVersion = "1.22.1"

// Reader returns the reader of configurations of nginx.
func Reader() server.Reader {
	return server.Reader{Kind: "nginx", Title: "an nginx configuration", Recognise: recognise, Load: load, Lists: lists}
}

// recognise says how sure it is that a text is a configuration of nginx.
func recognise(name, text string) server.Confidence {
	base := path.Base(name)
	if base == "nginx.conf" || strings.HasSuffix(base, ".nginx") || strings.HasSuffix(base, ".nginxconf") {
		return server.Certain
	}
	p := &parser{files: &files{}}
	l := &lexer{text: text, line: 1}
	known, words, broken := 0, 0, false
	for _, d := range p.body(l, 0) {
		if d.err != nil {
			broken = true
			continue
		}
		words++
		if slices.ContainsFunc(shapes()[d.name], func(s shape) bool { return s.block == d.open }) {
			known++
		}
	}
	switch {
	case known == 0 || known*2 < words || broken && (known < words || !strings.Contains(text, "location") && !strings.Contains(text, "listen")):
		return server.NotMine
	case broken:
		return server.Likely
	case known == words && (strings.HasSuffix(base, ".conf") || strings.Contains(text, "add_header") || strings.Contains(text, "proxy_pass")):
		return server.Certain
	}
	return server.Likely
}

// load reads a configuration.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(src.Text) > 16<<20 {
		return nil, tooMuch(server.Position{File: src.Name})
	}
	src.Text = substitute(src.Text, src.Env)
	c := newCompiler(&src)
	if _, ok := parseVersion(c.software.Version); !ok {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: fmt.Sprintf("%q is not a version of nginx", c.software.Version), Help: "give one such as 1.22.1"}
	}
	list := c.parse()
	if err := c.compileAll(list); err != nil {
		return nil, err
	}
	if c.software.Assumed {
		c.assume(server.Position{File: src.Name}, "the version is "+c.software.String()+"; give another one with --version nginx=…")
	}
	c.model.Versions = []server.Version{c.software}
	return c.model, nil
}

func newCompiler(src *server.Source) *compiler {
	c := &compiler{
		src: src, software: server.VersionOf(src.Versions, "nginx", standardVersion),
		upstreams: make(map[string]*upstream), variables: make(map[string]*variable), assumed: make(map[string]bool),
		model: &server.Model{Kind: "nginx"}, compile: compileFuncs(),
	}
	c.version, _ = parseVersion(c.software.Version)
	c.http = newLevel(httpLevel, nil, server.Position{File: src.Name}, "http")
	c.headersMore = src.Versions["headers-more"] != ""
	return c
}

// parse reads the files: the text alone when it is a whole configuration, or else
// the nginx.conf beside it when that includes the text.
func (c *compiler) parse() []*directive {
	name := path.Clean(c.src.Name)
	c.files = newFiles(c.src, name)
	p := &parser{files: c.files}
	list := p.file(c.src.Name, c.src.Text)
	if whole(list) {
		return list
	}
	c.fragment = true
	c.files = newFiles(c.src, "")
	for _, main := range []string{"nginx.conf", "../nginx.conf", "nginx/nginx.conf"} {
		if outer := c.parseOuter(main); outer != nil {
			c.fragment = false
			c.assume(server.Position{File: main}, main+" includes "+c.src.Name)
			return outer
		}
	}
	p = &parser{files: c.files}
	return p.file(c.src.Name, c.src.Text)
}

// parseOuter reads a main configuration file; nil when it does not include the text.
func (c *compiler) parseOuter(main string) []*directive {
	if c.src.Files == nil || main == c.files.name || !fs.ValidPath(main) {
		return nil
	}
	text, err := fs.ReadFile(c.src.Files, main)
	if err != nil {
		return nil
	}
	outer := newFiles(c.src, main)
	p := &parser{files: outer}
	list := p.file(main, string(text))
	if !whole(list) || !slices.Contains(p.read, outer.name) {
		return nil
	}
	c.files = outer
	return list
}

// substitute replaces the environment variables that are set, as envsubst does in
// the templates of nginx's container image.
func substitute(text string, env map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if name != upper(name) || name == "" {
			continue
		}
		text = strings.ReplaceAll(text, "${"+name+"}", env[name])
		text = regexp.MustCompile(`\$`+regexp.QuoteMeta(name)+`\b`).ReplaceAllLiteralString(text, env[name])
	}
	return text
}

// whole reports whether the directives are those of a whole configuration.
func whole(list []*directive) bool {
	return slices.ContainsFunc(list, func(d *directive) bool { return d.name == "http" || d.name == "events" })
}

// compileAll makes the model out of the directives.
func (c *compiler) compileAll(list []*directive) error {
	if c.fragment {
		list = c.complete(list)
		c.model.Fragment = true
	}
	if err := c.main(list); err != nil {
		return err
	}
	if !c.events && !c.fragment {
		if path.Base(c.src.Name) == "nginx.conf" {
			return &server.StartError{Position: server.Position{File: c.src.Name}, Message: `no "events" section in configuration`}
		}
		c.model.Fragment = true
		c.assume(server.Position{File: c.src.Name}, "the section events is in another file")
	}
	return c.finish()
}

// finish arranges what was compiled.
func (c *compiler) finish() error {
	if len(c.servers) == 0 {
		return &server.InputError{Position: c.http.at, Problem: "there is no server in the configuration", Help: "give the files with the server blocks"}
	}
	if err := c.http.arrange(); err != nil {
		return err
	}
	if err := c.resolvePasses(c.http); err != nil {
		return err
	}
	c.http.inherit()
	if err := c.checkVariables(); err != nil {
		return err
	}
	m := &nginx{
		files: c.files, http: c.http, upstreams: c.upstreams, variables: len(c.variables), client: defaultClient,
		version: c.software.Version, joinsHeaders: c.version.atLeast("1.23.0"),
	}
	if given := c.src.Set["remote_addr"]; given != "" {
		m.client = given
	}
	src := *c.src
	m.behindAt = func(address, written string) *peer {
		p := &peer{address: address}
		(&compiler{src: &src, assumed: map[string]bool{}, model: &server.Model{}}).behind(p, written)
		return p
	}
	m.listenAt(c.servers)
	c.model.Server = m
	return nil
}

// lists returns the directives that are refused, and the variables that are not known.
func lists() []server.WordList {
	return []server.WordList{
		{Title: "Directives that are refused with their line, besides those of modules that are not nginx's own", Words: slices.Clone(refused)},
		{Title: "Variables that are not known", Words: slices.Sorted(maps.Keys(unknownNames))},
	}
}
