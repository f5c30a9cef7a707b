package nginx

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// nginx is a server that was read from its configuration.
type nginx struct {
	files        *files
	http         *level
	sockets      []*socket
	upstreams    map[string]*upstream
	variables    int
	client       string // the client's address
	version      string
	joinsHeaders bool // whether $http_name joins several lines
	behindAt     func(address, written string) *peer
}

// socket is an address at which servers listen.
type socket struct {
	listen   *listen
	servers  []*virtualServer
	standard *virtualServer
	exact    map[string]*virtualServer
	head     map[string]*virtualServer
	tail     map[string]*virtualServer
	regexes  []regexServer
}

// regexServer is a server with a regular expression as its name.
type regexServer struct {
	pattern *pattern
	server  *virtualServer
}

// listenAt arranges the servers by the addresses at which they listen.
func (m *nginx) listenAt(servers []*virtualServer) {
	for _, s := range servers {
		for i := range s.listens {
			l := &s.listens[i]
			at := slices.IndexFunc(m.sockets, func(k *socket) bool { return k.listen.host == l.host && k.listen.port == l.port })
			if at < 0 {
				at = len(m.sockets)
				m.sockets = append(m.sockets, &socket{
					listen: l, standard: s, exact: map[string]*virtualServer{}, head: map[string]*virtualServer{}, tail: map[string]*virtualServer{},
				})
			}
			k := m.sockets[at]
			k.listen.tls = k.listen.tls || l.tls
			if l.isDefault {
				k.standard = s
			}
			k.add(s)
		}
	}
}

// add adds the names of a server; the first server of a name keeps it.
func (k *socket) add(s *virtualServer) {
	k.servers = append(k.servers, s)
	for _, n := range s.names {
		table, key := k.exact, n.text
		switch {
		case n.regex != nil:
			k.regexes = append(k.regexes, regexServer{n.regex, s})
			continue
		case strings.HasPrefix(key, "*."):
			table, key = k.head, key[1:]
		case strings.HasSuffix(key, ".*"):
			table, key = k.tail, key[:len(key)-1]
		}
		if table[key] == nil {
			table[key] = s
		}
	}
}

// socketFor chooses the address that a request came to: the one with the port of
// the Host header, or else the usual one for http or https.
func (m *nginx) socketFor(tls bool, host string) *socket {
	standard := "80"
	if tls {
		standard = "443"
	}
	port := host[strings.LastIndexByte(host, ':')+1:]
	if port == host || strings.HasSuffix(host, "]") {
		port = standard
	}
	var best *socket
	score := -1
	for _, k := range m.sockets {
		n := 0
		if k.listen.tls == tls {
			n += 8
		}
		switch k.listen.port {
		case port:
			n += 4
		case standard:
			n += 2
		}
		if !strings.HasPrefix(k.listen.host, "[") && !strings.HasPrefix(k.listen.host, "unix:") {
			n += 16
		}
		if n > score {
			best, score = k, n
		}
	}
	return best
}

// choose returns the server for a host; byName reports whether it has the name.
func (k *socket) choose(r *run, host string) (s *virtualServer, byName bool) {
	if s := k.exact[host]; s != nil {
		return s, true
	}
	if s := wildcard(k.head, k.tail, host); s != nil {
		return s, true
	}
	if host != "" {
		for _, x := range k.regexes {
			if r.match(x.pattern, host) {
				return x.server, true
			}
		}
	}
	return k.standard, false
}

func (s *virtualServer) firstName() string { return s.names[0].text }

// group returns the upstream block of a name, or nil.
func (m *nginx) group(host, _ string) *upstream { return m.upstreams[host] }

// dynamic returns the group of an address that is known only with the request.
func (m *nginx) dynamic(address, written string) *upstream {
	return &upstream{name: written, peers: []*peer{m.behindAt(address, written)}}
}

// Answer answers a request.
func (m *nginx) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &choices{}
	defer func() {
		if c.broke != nil {
			c.broke.failed.Store(true)
		}
	}()
	first, firstErr := m.once(req, c)
	if len(c.answers) == 0 {
		return first, firstErr
	}
	all := []outcome{{answer: first, err: firstErr}}
	for c.next() {
		if len(all) == maxRuns {
			return nil, c.answers[0].unknown
		}
		unknown := c.answers[len(c.answers)-1].unknown
		a, err := m.once(req, c)
		all = append(all, outcome{a, err, unknown})
	}
	return agree(all)
}

func or(a, b *upstream) *upstream {
	if a != nil {
		return a
	}
	return b
}

// once answers a request in one of the possible ways.
func (m *nginx) once(req *server.Request, c *choices) (*server.Answer, error) {
	r := &run{m: m, request: req, changesLeft: maxChanges, validLocation: true, asSent: true, length: -1, choices: c}
	r.main = r
	r.variables = make([]slot, m.variables)
	r.begin()
	c.broke = or(c.broke, r.broke)
	if r.failure != nil {
		return nil, r.failure
	}
	if r.closed {
		return nil, fetch.ErrNoAnswer
	}
	out := &server.Answer{Status: r.status, Header: r.header(), Body: r.body}
	if r.failure != nil {
		return nil, r.failure
	}
	for _, d := range r.trace {
		out.Decided = append(out.Decided, *d)
	}
	return out, nil
}

// lines returns the values of the headers whose names begin with a prefix.
func lines(a *server.Answer, prefix string) []fetch.Header {
	var out []fetch.Header
	for _, h := range a.Header {
		if strings.HasPrefix(fetch.ByteLowercase(h.Name), prefix) {
			out = append(out, h)
		}
	}
	return out
}
