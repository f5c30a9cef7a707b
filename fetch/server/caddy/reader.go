package caddy

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Reader returns the reader of Caddyfiles.
func Reader() server.Reader {
	return server.Reader{Kind: "caddy", Title: "a Caddyfile", Recognise: recognise, Load: load, Lists: lists}
}

// recognise says how sure it is that a text is a Caddyfile.
func recognise(name, text string) server.Confidence {
	b := fetch.ByteLowercase(path.Base(name))
	if strings.HasPrefix(b, "caddyfile") || strings.HasSuffix(b, ".caddyfile") || strings.HasSuffix(b, ".caddy") {
		return server.Certain
	}
	if strings.Contains(text, ";") || len(text) > 200_000 {
		return server.NotMine
	}
	best := server.NotMine
	for l := range strings.Lines(text) {
		f := strings.Fields(l)
		if len(f) == 0 {
			continue
		}
		switch {
		case f[0] == "reverse_proxy" || f[0] == "file_server" || f[0] == "handle_path" || f[0] == "php_fastcgi":
			return server.Likely
		case f[0] == "header" && len(f) > 1 && f[len(f)-1] == "{", f[0] == "respond" && len(f) > 1, strings.HasPrefix(f[0], "@") && len(f) > 1 && (f[1] == "method" || f[1] == "header" || f[1] == "{"):
			best = server.Possible
		}
	}
	return best
}

// A model is a server that was read from a Caddyfile.
type model struct {
	src   *server.Source
	sites []*served
}

// A served is a site with its addresses.
type served struct {
	addresses []address
	routes    []*route
	errors    []*route
}

// An address is where a site answers.
type address struct {
	tls, plain bool // by scheme
	host       string
	port       string
	path       string
}

// standardVersion is the version that is assumed.
const standardVersion = "2.6.2"

// load reads a Caddyfile.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	version := server.VersionOf(src.Versions, "caddy", standardVersion)
	m := &model{src: &src}
	out := &server.Model{Kind: "caddy", Versions: []server.Version{version}, Server: m}
	if version.Assumed {
		out.Assumptions = append(out.Assumptions, server.Assumption{Position: position{File: src.Name, Line: 1, Column: 1}, Text: "the server is Caddy " + standardVersion})
	}
	text, err := environment(&src, src.Name, src.Text)
	if err != nil {
		return nil, err
	}
	tokens, ok := lex(src.Name, text)
	if !ok || len(src.Text) > 4<<20 {
		return nil, refuse(position{File: src.Name}, "the configuration is too large", "")
	}
	p := &parser{src: &src, tokens: tokens, snippets: make(map[string][]token)}
	sites, err := p.sites()
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, m.build(out, sites, p)
}

// build makes the sites' routes.
func (m *model) build(out *server.Model, sites []*site, p *parser) error {
	directives := order
	for i, s := range sites {
		if len(s.keys) == 0 && i == 0 {
			var err error
			if directives, err = global(s.body); err != nil {
				return err
			}
			continue
		}
		one := &served{}
		if isFragment(s) {
			out.Fragment = true
			out.Assumptions = append(out.Assumptions, server.Assumption{Position: s.keys[0].pos, Text: "the directives are in the block of a site that answers on all hosts"})
			q := &parser{src: m.src, tokens: p.fragmentTokens(), snippets: p.snippets}
			body, err := q.segments(false)
			if err != nil {
				return err
			}
			s = &site{keys: []token{{text: ":80"}}, body: body}
			sites = sites[:i+1]
		}
		for _, k := range s.keys {
			a, err := addressFrom(k)
			if err != nil {
				return err
			}
			one.addresses = append(one.addresses, a)
		}
		groups := 0
		b := &builder{src: m.src, groups: &groups, model: out, order: directives, errors: &one.errors}
		routes, err := b.routes(s.body, sorted)
		if err != nil {
			return err
		}
		one.routes = routes
		m.sites = append(m.sites, one)
		if out.Fragment {
			break
		}
	}
	if len(m.sites) == 0 {
		return refuse(position{File: m.src.Name}, "there is no site", "write a block such as \":80 { … }\"")
	}
	return nil
}

// isFragment reports whether what is where addresses do is a directive.
func isFragment(s *site) bool {
	first := s.keys[0].text
	return slices.Contains(order, first) && first != "root" || slices.Contains(inert, first) || strings.HasPrefix(first, "@")
}

// fragmentTokens returns all words as the content of a site.
func (p *parser) fragmentTokens() []token {
	text, err := environment(p.src, p.src.Name, p.src.Text)
	if err != nil {
		return nil
	}
	tokens, _ := lex(p.src.Name, text)
	return tokens
}

// global reads the global options; it returns the order of the directives.
func global(list []*segment) ([]string, error) {
	out := order
	for _, s := range list {
		args := texts(s.args)
		if s.name.text != "order" {
			if s.name.text == "servers" || s.name.text == "http_port" || s.name.text == "https_port" || s.name.text == "auto_https" {
				continue
			}
			continue
		}
		if len(args) < 2 {
			return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'order'")
		}
		rest := slices.DeleteFunc(slices.Clone(out), func(d string) bool { return d == args[0] })
		at := len(rest)
		switch {
		case args[1] == "first":
			at = 0
		case args[1] == "last":
		case (args[1] == "before" || args[1] == "after") && len(args) == 3:
			if at = slices.Index(rest, args[2]); at < 0 {
				return nil, start(s.name.pos, "directive '%s' not found", args[2])
			}
			if args[1] == "after" {
				at++
			}
		default:
			return nil, start(s.name.pos, "unknown positional '%s'", args[1])
		}
		out = slices.Insert(rest, at, args[0])
	}
	return out, nil
}

// addressFrom reads an address such as "http://:8080", "api.example.com/x".
func addressFrom(t token) (address, error) {
	s := t.text
	var a address
	if rest, ok := strings.CutPrefix(s, "http://"); ok {
		a.plain, s = true, rest
	} else if rest, ok := strings.CutPrefix(s, "https://"); ok {
		a.tls, s = true, rest
	}
	if i := strings.IndexByte(s, '/'); i >= 0 {
		s, a.path = s[:i], s[i:]
	}
	if i := strings.LastIndexByte(s, ':'); i >= 0 && !strings.HasSuffix(s, "]") {
		s, a.port = s[:i], s[i+1:]
	}
	if a.port != "" {
		if _, err := strconv.Atoi(a.port); err != nil {
			return a, refuse(t.pos, "the address "+t.text+" is not modelled", "write a host and a port")
		}
	}
	a.host = fetch.ByteLowercase(s)
	return a, nil
}

// fits reports whether a request comes to an address. The second result is true for
// a request over http that the server sends to https.
func (a address) fits(x *exchange) (fits, redirected bool) {
	if a.host != "" && !matchHost(a.host, x.host) {
		return false, false
	}
	if a.path != "" && !matchPath(fetch.ByteLowercase(a.path), x.path) {
		return false, false
	}
	secure := a.tls || !a.plain && a.host != "" && a.port != "80" && (a.port == "" || a.port == "443") || a.port == "443"
	switch {
	case x.req.TLS:
		return !a.plain, false
	case secure:
		return false, a.host != "" && (a.port == "" || a.port == "443")
	}
	return true, false
}

// Answer answers a request.
func (m *model) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	x := m.newExchange(ctx, req)
	s, redirected := m.choose(x)
	w := &writer{x: x}
	switch {
	case s != nil:
		x.answer(s, w)
	case redirected:
		x.set("Location", "https://"+x.host+x.target())
		w.send(308)
	}
	switch {
	case x.unknown != nil:
		return nil, x.unknown
	case x.closed:
		return nil, fetch.ErrNoAnswer
	case x.status == 0:
		x.status = 200
	}
	x.compress()
	return &server.Answer{Status: x.status, Header: x.lines(), Body: x.body, Decided: x.decided, StatusUnknown: x.statusUnknown}, nil
}

// newExchange reads the request.
func (m *model) newExchange(ctx context.Context, req *server.Request) *exchange {
	x := &exchange{ctx: ctx, m: m, req: req, method: req.Method, values: make(map[string]string), groups: make(map[int]bool), root: "."}
	target := req.Target
	if i := strings.Index(target, "://"); i > 0 && target[0] != '/' {
		target = target[i+3:]
		if j := strings.IndexByte(target, '/'); j >= 0 {
			target = target[j:]
		} else {
			target = "/"
		}
	}
	x.path, x.query, _ = strings.Cut(target, "?")
	x.path = decode(x.path)
	for _, h := range req.Header {
		if fetch.EqualFold(h.Name, "Host") {
			x.hostPort = h.Value
			continue
		}
		x.in.add(h.Name, h.Value)
	}
	x.host, _, _ = strings.Cut(fetch.ByteLowercase(x.hostPort), ":")
	return x
}

// decode replaces %XX where it is right.
func decode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// choose returns the site of a request: the one whose host is most specific.
func (m *model) choose(x *exchange) (s *served, redirected bool) {
	best := -1
	for _, one := range m.sites {
		for _, a := range one.addresses {
			fits, https := a.fits(x)
			redirected = redirected || https
			score := len(a.host)*1000 + len(a.path)
			if strings.Contains(a.host, "*") {
				score = 500
			}
			if fits && score > best {
				s, best = one, score
			}
		}
	}
	return s, redirected
}

// answer runs the routes of a site, and those for errors.
func (x *exchange) answer(s *served, w *writer) {
	err := x.run(s.routes, w, nothing)
	if err == nil {
		return
	}
	x.failed = err.(*failure)
	x.method = x.req.Method
	x.path, x.query, _ = strings.Cut(x.req.Target, "?")
	x.path = decode(x.path)
	if len(s.errors) > 0 {
		handled := false
		if x.run(s.errors, w, func(*exchange, *writer) error { handled = true; return x.failed }) == nil && !handled {
			return
		}
	}
	w.send(x.failed.status)
}

// compress adds the Vary of encode.
func (x *exchange) compress() {
	accepts := x.in.values("Accept-Encoding")
	if !x.encodes || len(accepts) == 0 || len(x.body) < 512 {
		return
	}
	if a := fetch.ByteLowercase(strings.Join(accepts, ",")); strings.Contains(a, "gzip") || strings.Contains(a, "zstd") {
		x.out.add("Vary", "Accept-Encoding")
	}
}

// lines returns the header lines in the order in which the server sends them: by
// their names.
func (x *exchange) lines() fetch.HeaderList {
	rows := slices.Clone(x.out.rows)
	for i := range rows {
		rows[i].Name = canonical(rows[i].Name)
	}
	slices.SortStableFunc(rows, func(a, b fetch.Header) int { return strings.Compare(a.Name, b.Name) })
	return rows
}

// canonical writes the first letter of each part of a name as a capital.
func canonical(name string) string {
	out := []byte(fetch.ByteLowercase(name))
	for i, c := range out {
		if c >= 'a' && c <= 'z' && (i == 0 || out[i-1] == '-') {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}

// lists returns the directives that are refused, and those that change no answer.
func lists() []server.WordList {
	var refused []string
	known := builders()
	for _, name := range order {
		if _, ok := known[name]; !ok && name != "handle_errors" && !slices.Contains(inert, name) {
			refused = append(refused, name)
		}
	}
	return []server.WordList{
		{Title: "Directives that are refused with their line, besides those of plugins", Words: slices.Sorted(slices.Values(refused))},
		{Title: "Directives that change no answer", Words: slices.Sorted(slices.Values(inert))},
	}
}
