package caddy

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// respond reads "respond [status|body] [status]".
func (b *builder) respond(s *segment, args []token) (handler, error) {
	body, code := "", ""
	switch len(args) {
	case 1:
		if _, ok := status(args[0].text); ok && len(args[0].text) == 3 {
			code = args[0].text
		} else {
			body = args[0].text
		}
	case 2:
		body, code = args[0].text, args[1].text
	default:
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'respond'")
	}
	for _, o := range s.block {
		switch o.name.text {
		case "body":
			body = strings.Join(texts(o.args), " ")
		case "close":
		default:
			return nil, start(o.name.pos, "unrecognized subdirective '%s'", o.name.text)
		}
	}
	return b.static(s, code, body, nil)
}

// static returns a handler that answers.
func (b *builder) static(s *segment, code, body string, location *string) (handler, error) {
	if n, ok := status(code); code != "" && !strings.Contains(code, "{") && (!ok || n < 100 || n > 999) {
		return nil, refuse(s.name.pos, "status "+code+" is not modelled", "")
	}
	pos, text := s.name.pos, line(s)
	return func(x *exchange, w *writer, _ next) error {
		x.decide(pos, "", text)
		if location != nil {
			w.x.set("Location", x.expandAll(*location))
		}
		n := 200
		if x.failed != nil {
			n = x.failed.status
		}
		if code != "" {
			var ok bool
			if n, ok = status(x.expandAll(code)); !ok {
				return &failure{status: 500}
			}
		}
		// A body that is not known changes nothing by which browsers decide.
		before := x.unknown
		x.body = x.expand(body)
		x.unknown = before
		w.send(n)
		return nil
	}, nil
}

// redir reads "redir to [code]".
func (b *builder) redir(s *segment, args []token) (handler, error) {
	if len(args) == 0 || len(args) > 2 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'redir'")
	}
	to, code := args[0].text, ""
	if len(args) > 1 {
		code = args[1].text
	}
	switch code {
	case "permanent":
		code = "301"
	case "temporary", "":
		code = "302"
	case "html":
		return b.static(s, "200", "<!DOCTYPE html>", nil)
	default:
		n, ok := status(code)
		if !strings.HasPrefix(code, "{") && !ok {
			return nil, start(s.name.pos, "Not a supported redir code type or not valid integer: '%s'", code)
		}
		if ok && (n < 300 || n > 399 && n != 401) {
			return nil, start(s.name.pos, "Redir code not in the 3xx range or 401: '%d'", n)
		}
	}
	return b.static(s, code, "", &to)
}

// fail reads "error [message] [status]".
func (b *builder) fail(s *segment, args []token) (handler, error) {
	code := "500"
	switch {
	case len(args) == 1 && len(args[0].text) == 3:
		if _, ok := status(args[0].text); ok {
			code = args[0].text
		}
	case len(args) == 2:
		code = args[1].text
	}
	return func(x *exchange, _ *writer, _ next) error {
		x.decide(s.name.pos, "", line(s))
		n, ok := status(x.expandAll(code))
		if !ok {
			n = 500
		}
		return &failure{status: n}
	}, nil
}

// abort closes the connection.
func (b *builder) abort(*segment, []token) (handler, error) {
	return func(x *exchange, _ *writer, _ next) error {
		x.closed = true
		return nil
	}, nil
}

func (b *builder) metrics(*segment, []token) (handler, error) {
	return func(_ *exchange, w *writer, _ next) error {
		w.send(200)
		return nil
	}, nil
}

// nested returns a handler that runs the routes of a block.
func nested(routes []*route) handler {
	return func(x *exchange, w *writer, after next) error { return x.run(routes, w, after) }
}

func (b *builder) handle(s *segment, args []token) (handler, error) {
	if len(args) > 0 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'handle'")
	}
	routes, err := b.routes(s.block, sorted)
	return nested(routes), err
}

func (b *builder) route(s *segment, args []token) (handler, error) {
	if len(args) > 0 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'route'")
	}
	routes, err := b.routes(s.block, written)
	return nested(routes), err
}

func (b *builder) handlePath(s *segment, args []token) (handler, error) {
	routes, err := b.routes(s.block, sorted)
	return nested(routes), err
}

// pathRoute completes a handle_path: it counts as handle, and its prefix is removed.
func (b *builder) pathRoute(r *route, s *segment, args []token) ([]*route, error) {
	if len(s.args) != 1 || !strings.HasPrefix(s.args[0].text, "/") {
		return nil, start(s.name.pos, "path matcher must begin with '/', got %s", line(s))
	}
	prefix := strings.TrimSuffix(s.args[0].text, "*")
	prefix = strings.TrimSuffix(prefix, "/")
	inner := r.handler
	r.directive = "handle"
	r.handler = func(x *exchange, w *writer, after next) error {
		saved := x.path
		if len(x.path) >= len(prefix) && strings.HasPrefix(x.path, prefix) {
			x.path = "/" + strings.TrimPrefix(x.path[len(prefix):], "/")
		}
		err := inner(x, w, after)
		x.path = saved
		return err
	}
	return []*route{r}, nil
}

func (b *builder) requestHeader(s *segment, args []token) (handler, error) {
	if len(args) == 0 || len(args) > 3 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'request_header'")
	}
	list := texts(args)
	list[0] = strings.TrimSuffix(list[0], ":")
	ops := &headerOps{pos: s.name.pos}
	if err := ops.read(b, s.name.pos, list); err != nil {
		return nil, err
	}
	return func(x *exchange, w *writer, after next) error {
		ops.apply(x, &x.in)
		return after(x, w)
	}, nil
}

func (b *builder) requestBody(s *segment, args []token) (handler, error) {
	for _, o := range s.block {
		if o.name.text != "max_size" || len(o.args) != 1 || len(o.args[0].text) < 4 {
			return nil, refuse(o.name.pos, "a small limit of request bodies is not modelled", "")
		}
	}
	return func(x *exchange, w *writer, after next) error { return after(x, w) }, nil
}

func (b *builder) encode(s *segment, args []token) (handler, error) {
	return func(x *exchange, w *writer, after next) error {
		x.encodes = true
		return after(x, w)
	}, nil
}

func (b *builder) root(s *segment, args []token) (handler, error) {
	if len(args) != 1 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'root'")
	}
	return func(x *exchange, w *writer, after next) error {
		x.root = x.expandAll(args[0].text)
		return after(x, w)
	}, nil
}

func (b *builder) method(s *segment, args []token) (handler, error) {
	if len(args) != 1 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'method'")
	}
	return func(x *exchange, w *writer, after next) error {
		x.method = upper(args[0].text)
		return after(x, w)
	}, nil
}

func (b *builder) rewrite(s *segment, args []token) (handler, error) {
	if len(args) != 1 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'rewrite'")
	}
	return func(x *exchange, w *writer, after next) error {
		x.rewrite(x.expandAll(args[0].text))
		return after(x, w)
	}, nil
}

func (b *builder) uri(s *segment, args []token) (handler, error) {
	if len(args) < 2 {
		return nil, start(s.name.pos, "Wrong argument count or unexpected line ending after 'uri'")
	}
	what, value := args[0].text, args[1].text
	switch {
	case what == "strip_prefix" || what == "strip_suffix":
	case what == "replace" && len(args) == 3:
	default:
		return nil, refuse(s.name.pos, "uri "+what+" is not modelled", "")
	}
	return func(x *exchange, w *writer, after next) error {
		switch what {
		case "strip_prefix":
			x.path = "/" + strings.TrimPrefix(strings.TrimPrefix(x.path, "/"+strings.TrimPrefix(value, "/")), "/")
		case "strip_suffix":
			x.path = strings.TrimSuffix(x.path, value)
		default:
			x.path = strings.ReplaceAll(x.path, value, args[2].text)
		}
		return after(x, w)
	}, nil
}

// tryFiles rewrites to the first file that exists.
func (b *builder) tryFiles(s *segment, args []token) (handler, error) {
	files := texts(args)
	if len(s.block) > 0 {
		return nil, refuse(s.name.pos, "try_files with a block is not modelled", "")
	}
	return func(x *exchange, w *writer, after next) error {
		for _, f := range files {
			f = x.expandAll(f)
			p, _, query := strings.Cut(f, "?")
			if x.exists(p) || query && f == x.expandAll(files[len(files)-1]) {
				x.rewrite(f)
				break
			}
		}
		return after(x, w)
	}, nil
}

func (b *builder) basicAuth(s *segment, _ []token) (handler, error) {
	return func(x *exchange, w *writer, after next) error {
		line := x.header("Authorization")
		if len(line) > 0 && strings.HasPrefix(line[0], "Basic ") {
			x.unknownBecause(s.name.pos, "whether the password is right", "")
		}
		x.set("Www-Authenticate", `Basic realm="restricted"`)
		return &failure{status: 401}
	}, nil
}

// addressOf returns host and port of a backend's address.
func addressOf(s string) string {
	for _, scheme := range []string{"http://", "https://", "h2c://"} {
		if rest, ok := strings.CutPrefix(s, scheme); ok {
			s = rest
			if !strings.Contains(s, ":") {
				s += map[string]string{"http://": ":80", "https://": ":443", "h2c://": ":80"}[scheme]
			}
		}
	}
	if strings.HasPrefix(s, ":") {
		s = "localhost" + s
	}
	return strings.TrimSuffix(s, "/")
}

// position is a shorter name.
type position = server.Position
