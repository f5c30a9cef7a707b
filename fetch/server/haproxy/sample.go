package haproxy

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// sample is an expression such as "req.hdr(Origin),lower".
type sample struct {
	text    string
	fetch   func(r *run) []string // all values; nil when there is none
	convert []func(string) string
	match   string // how an ACL compares its values when it does not say
	at      server.Position
}

// values returns the values of a sample, converted.
func (s *sample) values(r *run) []string {
	out := s.fetch(r)
	if len(s.convert) == 0 {
		return out
	}
	converted := make([]string, len(out))
	for i, v := range out {
		for _, c := range s.convert {
			v = c(v)
		}
		converted[i] = v
	}
	return converted
}

// last returns the last value of a sample, which a format or a variable takes.
func (s *sample) last(r *run) (string, bool) {
	all := s.values(r)
	if len(all) == 0 {
		return "", false
	}
	return all[len(all)-1], true
}

// split splits an expression at the commas that stand outside of parentheses.
func splitCommas(s string) []string {
	var out []string
	depth, start := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, s[start:i])
				start = i + 1
			}
		}
	}
	return append(out, s[start:])
}

// call splits "name(args)".
func call(s string) (name string, args []string) {
	name, rest, found := strings.Cut(s, "(")
	if !found {
		return s, nil
	}
	return name, strings.Split(strings.TrimSuffix(rest, ")"), ",")
}

// suffixes are the endings of names that say how an ACL compares.
var suffixes = map[string]string{"_beg": "beg", "_end": "end", "_reg": "reg", "_sub": "sub", "_dir": "dir", "_dom": "dom", "_len": "len"}

// sample compiles an expression.
func (c *compiler) sample(text string, at server.Position) (*sample, error) {
	parts := splitCommas(text)
	name, args := call(parts[0])
	s := &sample{text: text, at: at, match: "str"}
	for suffix, match := range suffixes {
		if base, ok := strings.CutSuffix(name, suffix); ok {
			name, s.match = base, match
		}
	}
	arg := ""
	if len(args) > 0 {
		arg = strings.TrimSpace(args[0])
	}
	if s.fetch = fetches(name, arg, s); s.fetch == nil {
		return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("the sample %q is not modelled", parts[0]), Help: "leave the rule out if it does not matter"}
	}
	for _, part := range parts[1:] {
		convert, err := converter(part, at)
		if err != nil {
			return nil, err
		}
		s.convert = append(s.convert, convert)
	}
	return s, nil
}

// fetches returns the function of a sample, or nil.
func fetches(name, arg string, s *sample) func(*run) []string {
	switch name {
	case "hdr", "req.hdr":
		return func(r *run) []string { return split(r.requestHeader(), arg) }
	case "fhdr", "req.fhdr":
		return func(r *run) []string { return r.requestHeader().Values(arg) }
	case "res.hdr", "shdr":
		return func(r *run) []string { return split(r.responseHeader(), arg) }
	case "res.fhdr":
		return func(r *run) []string { return r.responseHeader().Values(arg) }
	case "method":
		return func(r *run) []string { return []string{r.method} }
	case "always_true", "always_false":
		s.match = "bool"
		return one(map[bool]string{true: "1", false: "0"}[name == "always_true"])
	case "str":
		return one(arg)
	}
	if f := counts(name, arg, s); f != nil {
		return f
	}
	return targets(name, arg, s)
}

func one(text string) func(*run) []string { return func(*run) []string { return []string{text} } }

// counts returns the function of a sample that is a number or a boolean.
func counts(name, arg string, s *sample) func(*run) []string {
	s2 := "int"
	var out func(*run) []string
	switch name {
	case "hdr_cnt", "req.hdr_cnt":
		out = func(r *run) []string { return []string{strconv.Itoa(len(split(r.requestHeader(), arg)))} }
	case "req.fhdr_cnt":
		out = func(r *run) []string { return []string{strconv.Itoa(len(r.requestHeader().Values(arg)))} }
	case "res.hdr_cnt":
		out = func(r *run) []string { return []string{strconv.Itoa(len(split(r.responseHeader(), arg)))} }
	case "status":
		out = func(r *run) []string {
			if r.status == 0 {
				return nil
			}
			return []string{strconv.Itoa(r.status)}
		}
	case "nbsrv":
		out = one("1")
	case "ssl_fc":
		s2 = "bool"
		out = func(r *run) []string { return []string{map[bool]string{true: "1", false: "0"}[r.tls]} }
	case "dst_port":
		out = func(r *run) []string { return []string{r.port} }
	case "src":
		s2 = "ip"
		out = func(r *run) []string { return []string{r.h.client} }
	}
	if out != nil {
		s.match = s2
	}
	return out
}

// targets returns the function of a sample of the request target, of a variable or
// of a capture.
func targets(name, arg string, s *sample) func(*run) []string {
	request := func(f func(r *run) string) func(*run) []string {
		return func(r *run) []string {
			if r.answered {
				return nil
			}
			return []string{f(r)}
		}
	}
	switch name {
	case "path":
		return request(func(r *run) string { p, _, _ := strings.Cut(pathOf(r.target), "?"); return p })
	case "pathq":
		return request(func(r *run) string { return pathOf(r.target) })
	case "url":
		return request(func(r *run) string { return r.target })
	case "query":
		return request(func(r *run) string { _, q, _ := strings.Cut(r.target, "?"); return q })
	case "base":
		return request(func(r *run) string {
			p, _, _ := strings.Cut(pathOf(r.target), "?")
			return strings.Join(r.header.Values("Host"), "") + p
		})
	case "url_param", "urlp":
		return func(r *run) []string { return parameter(r, arg) }
	case "req.cook", "cook":
		return func(r *run) []string { return cookies(r, arg) }
	case "var":
		return func(r *run) []string {
			v, ok := r.vars[arg]
			if !ok {
				return nil
			}
			return []string{v}
		}
	case "capture.req.hdr":
		n, _ := strconv.Atoi(arg)
		return func(r *run) []string {
			if n >= len(r.captured) || r.captured[n] == nil {
				return nil
			}
			return []string{*r.captured[n]}
		}
	case "capture.req.method":
		return func(r *run) []string { return []string{r.request.Method} }
	case "capture.req.uri":
		return func(r *run) []string { return []string{r.request.Target} }
	}
	return nil
}

// pathOf returns the path and the query of a target.
func pathOf(target string) string {
	if _, rest, ok := strings.Cut(target, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
		return "/"
	}
	return target
}

// split returns the values of a header, which commas separate.
func split(list fetch.HeaderList, name string) []string {
	var out []string
	for _, line := range list.Values(name) {
		for v := range strings.SplitSeq(line, ",") {
			out = append(out, strings.Trim(v, " \t"))
		}
	}
	return out
}

func parameter(r *run, name string) []string {
	if r.answered {
		return nil
	}
	_, query, _ := strings.Cut(r.target, "?")
	for arg := range strings.SplitSeq(query, "&") {
		if key, value, ok := strings.Cut(arg, "="); ok && key == name {
			return []string{value}
		}
	}
	return nil
}

func cookies(r *run, name string) []string {
	for _, line := range r.requestHeader().Values("Cookie") {
		for pair := range strings.SplitSeq(line, ";") {
			if key, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && key == name {
				return []string{value}
			}
		}
	}
	return nil
}

// converter compiles a converter.
func converter(text string, at server.Position) (func(string) string, error) {
	name, args := call(text)
	switch name {
	case "lower":
		return fetch.ByteLowercase, nil
	case "upper":
		return upper, nil
	case "field", "word":
		if len(args) == 2 || len(args) == 3 && args[1] == "" {
			n, err := strconv.Atoi(args[0])
			separator := strings.Trim(args[1], `"'`)
			if len(args) == 3 {
				separator = ","
			}
			if err == nil && n > 0 && separator != "" {
				return func(s string) string {
					parts := strings.Split(s, separator)
					if n > len(parts) {
						return ""
					}
					return parts[n-1]
				}, nil
			}
		}
	}
	return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("the converter %q is not modelled", text), Help: "leave the rule out if it does not matter"}
}

func upper(s string) string {
	out := []byte(s)
	for i, b := range out {
		if 'a' <= b && b <= 'z' {
			out[i] = b - 'a' + 'A'
		}
	}
	return string(out)
}
