package python

import (
	"path"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// timedelta is a duration in seconds.
type timedelta struct{ seconds float64 }

func (t *timedelta) typeName() string { return "timedelta" }

func (t *timedelta) attr(_ *interp, name string) (value, error) {
	switch name {
	case "total_seconds":
		return fn(name, func(*interp, *args) (value, error) { return t.seconds, nil }), nil
	case "days":
		return int64(t.seconds / 86400), nil
	case "seconds":
		return int64(t.seconds) % 86400, nil
	}
	return nil, nil
}

func newTimedelta(_ *interp, a *args) (value, error) {
	total := 0.0
	for i, u := range []struct {
		name  string
		scale float64
	}{{"days", 86400}, {"seconds", 1}, {"microseconds", 1e-6}, {"milliseconds", 1e-3}, {"minutes", 60}, {"hours", 3600}, {"weeks", 604800}} {
		v := a.or(i, u.name, int64(0))
		if m := firstUnknown(v); m != nil {
			return m, nil
		}
		f, _ := asFloat(v)
		total += f * u.scale
	}
	return &timedelta{total}, nil
}

// pathValue is a pathlib.Path.
type pathValue struct{ name string }

// String returns the path.
func (p *pathValue) String() string { return p.name }

func (p *pathValue) typeName() string { return "PosixPath" }

func (p *pathValue) attr(in *interp, name string) (value, error) {
	switch name {
	case "parent":
		return &pathValue{path.Dir(p.name)}, nil
	case "name":
		return path.Base(p.name), nil
	case "stem":
		return strings.TrimSuffix(path.Base(p.name), path.Ext(p.name)), nil
	case "suffix":
		return path.Ext(p.name), nil
	case "parents":
		out := &list{}
		for d := path.Dir(p.name); ; d = path.Dir(d) {
			out.items = append(out.items, &pathValue{d})
			if d == "/" || d == "." {
				return out, nil
			}
		}
	case "resolve", "absolute", "expanduser":
		return fn(name, func(in *interp, _ *args) (value, error) {
			if strings.HasPrefix(p.name, "/") {
				return p, nil
			}
			return &pathValue{in.placed(p.name)}, nil
		}), nil
	case "joinpath", "__truediv__":
		return fn(name, func(_ *interp, a *args) (value, error) {
			return &pathValue{path.Join(p.name, str(a.or(0, "", "")))}, nil
		}), nil
	case "exists", "is_file", "is_dir":
		return fn(name, func(in *interp, a *args) (value, error) {
			return in.exists(a.at, strings.ReplaceAll(name, "_", ""), p.name), nil
		}), nil
	case "mkdir":
		return fn(name, func(*interp, *args) (value, error) { return none{}, nil }), nil
	}
	return harmlessf("Path.%s", name), nil
}

func newPath(_ *interp, a *args) (value, error) {
	if u := firstUnknown(a.pos...); u != nil {
		return u, nil
	}
	var parts []string
	for _, v := range a.pos {
		parts = append(parts, str(v))
	}
	return &pathValue{path.Join(parts...)}, nil
}

// addURLParse fills the module urllib.parse.
func (in *interp) addURLParse(m *lib) {
	m.attrs["urlparse"] = fn("urlparse", urlParse)
	m.attrs["urlsplit"] = fn("urlsplit", urlParse)
	m.attrs["quote"] = opaqueFn("quote")
	m.attrs["unquote"] = pure("unquote", func(_ *interp, _ *args, v value) (value, error) { return unquote(str(v)), nil })
}

func opaqueFn(name string) *builtin { return fn(name, opaqueCall(name)) }

// urlParse returns the parts of a URL.
func urlParse(_ *interp, a *args) (value, error) {
	v := a.or(0, "url", "")
	if u := firstUnknown(v); u != nil {
		return u, nil
	}
	scheme, netloc, rest := splitURL(str(v))
	c := &class{name: "ParseResult", dict: map[string]value{}}
	host, port, _ := strings.Cut(netloc[strings.LastIndexByte(netloc, '@')+1:], ":")
	i := &instance{class: c, attrs: map[string]value{"scheme": scheme, "netloc": netloc, "hostname": fetch.ByteLowercase(host), "port": none{}, "path": rest}}
	if n, err := strconv.ParseInt(port, 10, 64); err == nil {
		i.attrs["port"] = n
	}
	if netloc == "" {
		i.attrs["hostname"] = none{}
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	p, query, _ := strings.Cut(rest, "?")
	i.attrs["path"], i.attrs["query"], i.attrs["fragment"] = p, query, fragment
	return i, nil
}

// splitURL returns scheme, netloc and the rest of a URL as urlsplit does.
func splitURL(s string) (scheme, netloc, rest string) {
	rest = strings.Trim(s, "\x00\t\n\r ")
	if i := strings.IndexByte(rest, ':'); i > 0 && isScheme(rest[:i]) {
		scheme, rest = fetch.ByteLowercase(rest[:i]), rest[i+1:]
	}
	if strings.HasPrefix(rest, "//") {
		rest = rest[2:]
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		netloc, rest = rest[:end], rest[end:]
	}
	return scheme, netloc, rest
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	return true
}

// unquote decodes percent-encoded bytes.
func unquote(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
