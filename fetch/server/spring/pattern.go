package spring

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// checkPattern refuses a pattern that the framework does not parse: "**" stands only at
// the end, and from framework 7 on also at the beginning.
func (m *machine) checkPattern(at pos, pattern string) {
	inner := strings.TrimSuffix(pattern, "/**")
	if m.version.atLeast(7, 0) {
		inner = strings.TrimPrefix(inner, "/**")
	}
	if strings.Contains(inner, "**") && m.version.atLeast(5, 3) && inner != "" && pattern != "**" {
		panic(stops{&server.StartError{Position: at.position(), Message: "No more pattern data allowed after {*...} or ** pattern element: " + pattern}})
	}
}

// pathMatches reports whether a path fits a pattern as PathPattern does; slash says
// whether the path may have a slash at the end that the pattern lacks. A pattern without
// a slash at the beginning fits no path.
func pathMatches(pattern, path string, slash slashes) bool {
	if pattern == "" {
		return path == "" || path == "/"
	}
	if pattern[0] != '/' {
		return false
	}
	want, have := strings.Split(pattern[1:], "/"), strings.Split(strings.TrimPrefix(path, "/"), "/")
	last := want[len(want)-1]
	if n := len(have); n > 1 && have[n-1] == "" && slash == slashOptional && last != "" && last != "*" {
		have = have[:n-1]
	}
	return segmentsMatch(want, have)
}

// slashes says whether a path may have a slash at the end that the pattern lacks.
type slashes bool

const (
	slashStrict   slashes = false
	slashOptional slashes = true
)

// antMatches reports whether a path fits a pattern as AntPathMatcher does: empty
// segments do not count, but a slash at the end does.
func antMatches(pattern, path string) bool {
	if strings.HasPrefix(pattern, "/") != strings.HasPrefix(path, "/") {
		return false
	}
	want, have := split(pattern, "/", true), split(path, "/", true)
	end := strings.HasSuffix(path, "/")
	n := len(want)
	switch {
	case n > 0 && want[n-1] == "**":
	case n > 0 && want[n-1] == "*" && end && segmentsMatch(want[:n-1], have):
		return true
	case strings.HasSuffix(pattern, "/") != end:
		return false
	}
	for i, w := range want {
		want[i] = strings.Replace(w, "{*", "{", 1) // no rest of a path here
	}
	return segmentsMatch(want, have)
}

// segmentsMatch compares the segments of a pattern with those of a path.
func segmentsMatch(want, have []string) bool {
	for len(want) > 0 {
		if w := want[0]; w == "**" || strings.HasPrefix(w, "{*") {
			rest := want[1:]
			if len(rest) == 0 {
				return true
			}
			for i := range have {
				if segmentsMatch(rest, have[i:]) {
					return true
				}
			}
			return false
		}
		if len(have) == 0 {
			return len(want) == 1 && want[0] == "**"
		}
		if !segmentMatches(want[0], have[0]) && !(want[0] == "*" && len(want) == 1 && len(have) == 1) {
			return false
		}
		want, have = want[1:], have[1:]
		if len(have) == 0 && len(want) == 1 && (want[0] == "**" || strings.HasPrefix(want[0], "{*")) {
			return true
		}
	}
	return len(have) == 0
}

// segmentMatches reports whether a segment fits: "*", "?", "{name}" and "{name:expr}".
func segmentMatches(want, have string) bool {
	if !strings.ContainsAny(want, "*?{") {
		return want == have
	}
	if have == "" {
		return false
	}
	return segmentExpr(want).MatchString(have)
}

// segmentExpr returns the expression of a segment; one that cannot be read fits
// everything.
func segmentExpr(want string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("^")
	for want != "" {
		switch c := want[0]; c {
		case '*':
			b.WriteString(".*")
		case '?':
			b.WriteString(".")
		case '{':
			end := closingBrace(want, 1)
			if end < 0 {
				return everything
			}
			_, expr, ok := strings.Cut(want[1:end], ":")
			if !ok {
				expr = ".*"
			}
			b.WriteString("(?:" + expr + ")")
			want = want[end:]
		default:
			b.WriteString(regexp.QuoteMeta(want[:1]))
		}
		want = want[1:]
	}
	r, err := regexp.Compile(b.String() + "$")
	if err != nil {
		return everything
	}
	return r
}

var everything = regexp.MustCompile("")

// isDirect reports whether a pattern has no wildcard.
func isDirect(pattern string) bool { return !strings.ContainsAny(pattern, "*?{") }

// combinePaths returns the path of a method below that of its class.
func combinePaths(class, method string) string {
	if class != "" && !strings.HasPrefix(class, "/") {
		class = "/" + class
	}
	switch {
	case method == "":
		return class
	case class == "" || class == "/":
		return "/" + strings.TrimPrefix(method, "/")
	}
	class = strings.TrimSuffix(strings.TrimSuffix(class, "/**"), "/*")
	return strings.TrimSuffix(class, "/") + "/" + strings.TrimPrefix(method, "/")
}

// moreSpecific reports whether a pattern is chosen before another one: without
// wildcards first, then with fewer of them, then the longer.
func moreSpecific(a, b string) bool {
	score := func(p string) int {
		n := strings.Count(p, "{") + 2*strings.Count(p, "*")
		if strings.HasSuffix(p, "**") || strings.Contains(p, "{*") {
			n += 1000
		}
		return n
	}
	if x, y := score(a), score(b); x != y {
		return x < y
	}
	return len(a) > len(b)
}
