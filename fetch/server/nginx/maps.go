package nginx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// mapping is a map block.
type mapping struct {
	at        server.Position
	input     *value
	exact     map[string]*value // by the text in lower case
	head      map[string]*value // of "*.example.com", by ".example.com"
	tail      map[string]*value // of "www.example.*", by "www.example."
	patterns  []mapPattern
	standard  *value
	hostnames bool
	volatile  bool
}

// mapPattern is a regular expression of a map.
type mapPattern struct {
	pattern *pattern
	value   *value
}

func (c *compiler) mapBlock(d *directive, _ *level) error {
	input, err := c.value(d.args[0], d.at)
	if err != nil {
		return err
	}
	v, err := c.defined(d, d.args[1])
	if err != nil {
		return err
	}
	m := &mapping{at: d.at, input: input, exact: map[string]*value{}, head: map[string]*value{}, tail: map[string]*value{}, standard: &value{}}
	v.mapping = m
	given := false
	for _, e := range d.block {
		switch {
		case e.err != nil:
			return e.err
		case e.open:
			return startError(e, `unexpected "{"`)
		case e.name == "hostnames" && len(e.args) == 0:
			m.hostnames = true
			continue
		case e.name == "volatile" && len(e.args) == 0:
			m.volatile = true
			continue
		case e.name == "include" && len(e.args) == 1:
			m.standard = nil
			return notModelled(e, "a map with the file "+e.args[0]+", which is not given,", "give it with --file")
		case len(e.args) != 1:
			return startError(e, "invalid number of the map parameters")
		case e.name == "default" && given:
			return startError(e, "duplicate default map parameter")
		}
		given = given || e.name == "default"
		if err := c.mapEntry(m, e); err != nil {
			return err
		}
	}
	return nil
}

// mapEntry adds one line of a map.
func (c *compiler) mapEntry(m *mapping, e *directive) error {
	v, err := c.value(e.args[0], e.at)
	if err != nil {
		return err
	}
	key := e.name
	switch {
	case key == "default":
		m.standard = v
		return nil
	case strings.HasPrefix(key, "~"):
		text, caseless := strings.CutPrefix(key[1:], "*")
		p, err := c.pattern(text, caseless, e.at)
		m.patterns = append(m.patterns, mapPattern{p, v})
		return err
	}
	key = fetch.ByteLowercase(strings.TrimPrefix(key, `\`))
	table := m.exact
	switch {
	case m.hostnames && strings.HasPrefix(key, "."):
		m.exact[key[1:]] = v
		table = m.head
	case m.hostnames && strings.HasPrefix(key, "*."):
		key, table = key[1:], m.head
	case m.hostnames && strings.HasSuffix(key, ".*"):
		key, table = key[:len(key)-1], m.tail
	}
	if table[key] != nil {
		return startError(e, `conflicting parameter "%s"`, fetch.ByteLowercase(strings.TrimPrefix(e.name, `\`)))
	}
	table[key] = v
	return nil
}

// find returns the value for an input.
func (m *mapping) find(r *run, input string) *value {
	if m.hostnames {
		input = strings.TrimSuffix(input, ".")
	}
	key := fetch.ByteLowercase(input)
	if v := m.exact[key]; v != nil {
		return v
	}
	if v := wildcard(m.head, m.tail, key); v != nil {
		return v
	}
	if input != "" {
		for i := range m.patterns {
			if r.match(m.patterns[i].pattern, input) {
				return m.patterns[i].value
			}
		}
	}
	return m.standard
}

// wildcard returns the value of the longest wildcard at the front of a name, or
// else at its end.
func wildcard[T any](head, tail map[string]*T, name string) *T {
	if len(head) == 0 && len(tail) == 0 {
		return nil
	}
	for rest := name; ; {
		dot := strings.IndexByte(rest, '.')
		if dot < 0 {
			break
		}
		if v := head[rest[dot:]]; v != nil && len(rest[dot:]) < len(name) {
			return v
		}
		rest = rest[dot+1:]
	}
	for rest := name; ; {
		dot := strings.LastIndexByte(rest, '.')
		if dot < 0 {
			return nil
		}
		if v := tail[rest[:dot+1]]; v != nil {
			return v
		}
		rest = rest[:dot]
	}
}

// geoMap is a geo block.
type geoMap struct {
	address  *variable // nil for the client's address
	networks []geoNetwork
	standard string
}

// geoNetwork is one line of a geo block.
type geoNetwork struct {
	network network
	value   string
}

func (c *compiler) geoBlock(d *directive, _ *level) error {
	g := &geoMap{}
	name := d.args[0]
	if len(d.args) == 2 {
		g.address = c.variable(strings.TrimPrefix(d.args[0], "$"), d.at)
		name = d.args[1]
	} else {
		c.assumeClient(d.at)
	}
	v, err := c.defined(d, name)
	if err != nil {
		return err
	}
	v.geo = g
	for _, e := range d.block {
		switch {
		case e.err != nil:
			return e.err
		case e.name == "include" || e.name == "ranges" || e.name == "proxy" || e.name == "delete":
			return notModelled(e, "geo with "+e.name, "list the networks")
		case e.name == "proxy_recursive":
			continue
		case len(e.args) != 1:
			return startError(e, "invalid number of the geo parameters")
		case e.name == "default":
			g.standard = e.args[0]
			continue
		}
		n, ok := parseNetwork(e.name)
		if !ok {
			return startError(e, `invalid network "%s"`, e.name)
		}
		g.networks = append(g.networks, geoNetwork{n, e.args[0]})
	}
	slices.SortStableFunc(g.networks, func(a, b geoNetwork) int { return cmp.Compare(b.network.mask, a.network.mask) })
	return nil
}

// find returns the value for an address: that of the smallest network.
func (g *geoMap) find(address string) string {
	for _, n := range g.networks {
		if n.network.contains(address) {
			return n.value
		}
	}
	return g.standard
}

func (c *compiler) splitClients(d *directive, _ *level) error {
	v, err := c.defined(d, d.args[1])
	if err != nil {
		return err
	}
	v.from = func(*run) (string, bool) { return "", false }
	return nil
}
