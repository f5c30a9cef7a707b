package nginx

import (
	"slices"

	"github.com/corsim/corsim/fetch/server"
)

// complete puts a part of a configuration into the blocks that it lacks.
func (c *compiler) complete(list []*directive) []*directive {
	var outer, inner, bare []*directive // of http, of a server, and of any level
	hasServer := false
	for _, d := range list {
		switch {
		case d.err != nil:
			outer = append(outer, d)
		case d.name == "server":
			hasServer = true
			outer = append(outer, d)
		case stands(d.name, inHTTP) && !stands(d.name, inServer) && !stands(d.name, inLocation):
			outer = append(outer, d)
		case d.name == "location" || stands(d.name, inServer) && !stands(d.name, inLocation):
			inner = append(inner, d)
		default:
			bare = append(bare, d)
		}
	}
	at := server.Position{File: c.src.Name, Line: 1, Column: 1}
	if len(list) > 0 {
		at = list[0].at
	}
	switch {
	case hasServer && len(inner) == 0:
		c.assume(at, "the text is the inside of the section http")
		return wrap(at, list)
	case hasServer:
		c.assume(at, "the blocks server and location stand side by side; the locations belong to a server of their own")
		return wrap(at, append(without(list, inner), block(at, "server", nil, inner)))
	case len(inner) > 0:
		c.assume(at, "the text is the inside of a server")
		return wrap(at, append(outer, block(at, "server", nil, without(list, outer))))
	}
	c.assume(at, "the text is the inside of a location for all paths")
	return wrap(at, append(outer, block(at, "server", nil, []*directive{block(at, "location", []string{"/"}, c.withContent(bare, at))})))
}

// stands reports whether a directive may be at a place.
func stands(name string, where byte) bool {
	return slices.ContainsFunc(shapes()[name], func(s shape) bool { return slices.Contains([]byte(s.places), where) })
}

// withContent adds a proxy to the inside of a location that says nothing about what
// makes the content.
func (c *compiler) withContent(list []*directive, at server.Position) []*directive {
	for _, d := range list {
		switch d.name {
		case "proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass", "return", "root", "alias", "try_files", "rewrite", "include":
			return list
		}
	}
	return append(slices.Clone(list), &directive{name: "proxy_pass", args: []string{"http://backend"}, at: at})
}

func without(list, others []*directive) []*directive {
	return slices.DeleteFunc(slices.Clone(list), func(d *directive) bool { return slices.Contains(others, d) })
}

func block(at server.Position, name string, args []string, inside []*directive) *directive {
	return &directive{name: name, args: args, at: at, block: inside, open: true}
}

// wrap puts directives into the section http.
func wrap(at server.Position, list []*directive) []*directive {
	return []*directive{block(at, "http", nil, list)}
}
