package caddy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// shorthands are the short forms of placeholders.
var shorthands = map[string]string{
	"dir": "http.request.uri.path.dir", "file": "http.request.uri.path.file", "host": "http.request.host", "hostport": "http.request.hostport",
	"port": "http.request.port", "method": "http.request.method", "path": "http.request.uri.path", "query": "http.request.uri.query",
	"scheme": "http.request.scheme", "uri": "http.request.uri", "upstream_hostport": "http.reverse_proxy.upstream.hostport",
	"remote": "http.request.remote", "remote_host": "http.request.remote.host", "remote_port": "http.request.remote.port",
}

// prefixes are the short forms of placeholders with an argument.
var prefixes = [][2]string{
	{"header.", "http.request.header."}, {"cookie.", "http.request.cookie."}, {"re.", "http.regexp."}, {"query.", "http.request.uri.query."},
	{"vars.", "http.vars."}, {"rp.", "http.reverse_proxy."}, {"err.", "http.error."}, {"file_match.", "http.matchers.file."}, {"path.", "http.request.uri.path."}, {"labels.", "http.request.host.labels."},
}

// long returns the full name of a placeholder.
func long(name string) string {
	if s := shorthands[name]; s != "" {
		return s
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(name, p[0]); ok {
			return p[1] + rest
		}
	}
	return name
}

// expand replaces the placeholders that are known; others stay as they are.
func (x *exchange) expand(s string) string { return x.replace(s, false) }

// expandAll replaces all placeholders; unknown ones are empty.
func (x *exchange) expandAll(s string) string { return x.replace(s, true) }

// expandFor is expand for the value of a header. What is not known matters only in a
// header by which a browser or a backend decides.
func (x *exchange) expandFor(pos position, name, value string) string {
	before := x.unknown
	out := x.expand(value)
	if x.unknown != before && !matters(fetch.ByteLowercase(name)) {
		x.unknown = before
	}
	if x.unknown != before && x.unknown.Position.Line == 0 {
		x.unknown.Position = pos
	}
	return out
}

// matters reports whether somebody decides by a header.
func matters(lower string) bool {
	return strings.HasPrefix(lower, "access-control-") || slices.Contains([]string{"*", "vary", "origin", "host", "location", "allow"}, lower)
}

func (x *exchange) replace(s string, all bool) string {
	if !strings.Contains(s, "{") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			break
		}
		if i > 0 && s[i-1] == '\\' {
			out.WriteString(s[:i-1] + "{")
			s = s[i+1:]
			continue
		}
		end := strings.IndexByte(s[i:], '}')
		if end < 0 {
			break
		}
		out.WriteString(s[:i])
		name := s[i+1 : i+end]
		value, ok := x.value(long(name))
		if !ok && !all {
			value = s[i : i+end+1]
		}
		out.WriteString(value)
		s = s[i+end+1:]
	}
	return out.String() + s
}

// value returns the value of a placeholder; ok is false when the server does not
// know it.
func (x *exchange) value(name string) (value string, ok bool) {
	if v, ok := x.values[name]; ok {
		return v, true
	}
	for _, m := range x.maps {
		if v, ok := m.value(x, name); ok {
			return v, true
		}
	}
	if strings.HasPrefix(name, "http.vars.") || strings.HasPrefix(name, "http.reverse_proxy.header.") {
		return "", true
	}
	if h, ok := strings.CutPrefix(name, "http.request.header."); ok {
		return strings.Join(x.header(h), ","), true
	}
	if k, ok := strings.CutPrefix(name, "env."); ok {
		v, ok := x.m.src.Env[k]
		if !ok && !x.m.src.EnvComplete {
			x.unknownBecause(position{File: x.m.src.Name}, "the environment variable "+k, "give it with --env "+k+"=…")
		}
		return v, true
	}
	switch name {
	case "http.request.method":
		return x.method, true
	case "http.request.host":
		return x.host, true
	case "http.request.hostport":
		return x.hostPort, true
	case "http.request.port":
		_, port, _ := strings.Cut(x.hostPort, ":")
		return port, true
	case "http.request.scheme":
		if x.req.TLS {
			return "https", true
		}
		return "http", true
	case "http.request.uri":
		return x.target(), true
	case "http.request.uri.path":
		return x.path, true
	case "http.request.uri.query":
		return x.query, true
	case "http.error.status_code":
		if x.failed != nil {
			return itoa(x.failed.status), true
		}
		return "", true
	}
	if x.unmodelled(name) {
		x.unknownBecause(position{File: x.m.src.Name}, "the placeholder {"+name+"}", "")
		return "", true
	}
	return "", false
}

// unmodelled reports whether the server knows a placeholder that is not modelled.
func (x *exchange) unmodelled(name string) bool {
	for _, p := range []string{"http.request.", "time.", "system.", "http.reverse_proxy.", "http.vars.", "http.response.", "http.error.", "tls_"} {
		if strings.HasPrefix(fetch.ByteLowercase(name), p) {
			return true
		}
	}
	return false
}
