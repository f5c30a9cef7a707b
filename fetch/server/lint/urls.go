package lint

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// maxURLs is how many URLs of a configuration are requested.
const maxURLs = 12

// modelHost is the host of the URLs of a configuration that names none.
const modelHost = "api.example.com"

// URLsOf returns URLs that pages may request of the server of a configuration: those
// of its routes and of the places that its facts are about, on each host, at least one.
func URLsOf(m *server.Model, hosts ...string) []string {
	var paths []string
	add := func(path string) {
		if len(paths) < maxURLs && path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	for _, r := range m.Routes {
		if r.Method == "" || strings.Contains(r.Method, "GET") {
			add(samplePath(r.Path))
		}
	}
	for _, f := range m.Policy {
		for _, place := range placesOf(&f) {
			folder, isFolder := strings.CutSuffix(place, "*")
			if !isFolder || !slices.ContainsFunc(paths, func(s string) bool { return strings.HasPrefix(s, folder) }) {
				add(samplePath(place))
			}
		}
	}
	for _, r := range m.Routes {
		add(samplePath(r.Path)) // those of other methods last
	}
	if len(paths) == 0 {
		add("/")
	}
	var out []string
	if len(hosts) == 0 {
		hosts = []string{modelHost}
	}
	for _, host := range hosts {
		for _, path := range paths {
			out = append(out, "https://"+host+path)
		}
	}
	return out
}

// placesOf returns the patterns of the paths to which a fact applies. Laravel writes them
// without a slash in front; that for all paths is "/".
func placesOf(f *server.Fact) []string {
	var out []string
	for _, where := range strings.Split(f.Where, ",") {
		where = strings.TrimSpace(where)
		i := strings.IndexByte(where, '/')
		switch {
		case i < 0 || strings.Contains(where, "://") || strings.HasPrefix(where, "if "):
			continue
		case i > 0 && !strings.Contains(where, " ") && isPlainPath(where):
			where = "/" + where
		case i > 0 && where[i-1] != ' ' && where[i-1] != '^':
			continue
		default:
			where = where[i:]
		}
		where = strings.Replace(strings.TrimSuffix(where, "$"), ".*", "*", 1)
		if strings.Trim(where, "/*") == "" {
			where = "/"
		}
		out = append(out, where)
	}
	return out
}

// isPlainPath reports whether a text is a path with nothing but names and asterisks.
func isPlainPath(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./*") == ""
}

// samplePath returns a path that a route's pattern fits; "" when the pattern is not
// understood.
func samplePath(pattern string) string {
	if !strings.HasPrefix(pattern, "/") || strings.ContainsAny(pattern, `^$\|+[`) {
		return ""
	}
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if isParameter(part) {
			parts[i] = "1"
		}
	}
	return strings.ReplaceAll(strings.Join(parts, "/"), "*", "x")
}

// isParameter reports whether a part of a route's path stands for any value.
func isParameter(part string) bool {
	return part != "" && strings.ContainsAny(part[:1], ":{<*") || strings.ContainsAny(part, "({<")
}

// fits reports whether a route answers a path.
func fits(r *server.Route, path string) bool {
	pattern := strings.Split(r.Path, "/")
	parts := strings.Split(path, "/")
	if len(pattern) != len(parts) {
		return false
	}
	for i, part := range pattern {
		if part != parts[i] && !isParameter(part) {
			return false
		}
	}
	return true
}
