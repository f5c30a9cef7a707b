package haproxy

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// sample is an expression such as "req.hdr(Origin),lower".
type sample struct {
	text    string
	fetch   func(r *run) []string // all values; nil when there is none
	convert []converter
	match   string // how an ACL compares its values when it does not say
	needs   string // the message that it is taken of, in HAProxy's words; "" for others
	unknown *server.UnknownError
	at      server.Position
}

// values returns the values of a sample, converted.
func (s *sample) values(r *run) []string {
	out := s.fetch(r)
	if len(s.convert) == 0 {
		return out
	}
	var converted []string
	for _, v := range out {
		ok := true
		for _, c := range s.convert {
			if v, ok = c(r, v); !ok {
				break
			}
		}
		if ok {
			converted = append(converted, v)
		}
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

// splitCommas splits an expression at the commas that stand outside of parentheses
// and quotes.
func splitCommas(s string) []string {
	var out []string
	depth, start, quote := 0, 0, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if depth > 0 {
				quote = c
			}
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	if start > len(s) {
		start = len(s)
	}
	return append(out, s[start:])
}

// call splits "name(args)". Quotes and backslashes of the arguments are removed, as
// in make_arg_list() of HAProxy's src/arg.c.
func call(s string) (name string, args []string) {
	name, rest, found := strings.Cut(s, "(")
	if !found {
		return s, nil
	}
	rest = strings.TrimSuffix(rest, ")")
	var word strings.Builder
	quote := byte(0)
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '\\' && quote != '\'' && i+1 < len(rest):
			i++
			if !strings.ContainsRune("\\\"' ,()#", rune(rest[i])) && quote == 0 || quote == '"' && !strings.ContainsRune("\\\"", rune(rest[i])) {
				word.WriteByte('\\')
			}
			word.WriteByte(rest[i])
		case quote != 0:
			if c == quote {
				quote = 0
			} else {
				word.WriteByte(c)
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ',':
			args = append(args, word.String())
			word.Reset()
		default:
			word.WriteByte(c)
		}
	}
	return name, append(args, word.String())
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
	s.needs = needs(name)
	if s.fetch = fetches(name, arg, s); s.fetch == nil {
		c.other(s, name, parts[0])
	}
	for _, part := range parts[1:] {
		convert, match := c.converter(part, at)
		if convert == nil {
			s.doubt("what the converter " + part + " returns")
			break
		}
		if s.convert = append(s.convert, convert); match != "" {
			s.match = match
		}
	}
	return s, nil
}

// doubt makes a sample one whose value is not known.
func (s *sample) doubt(what string) {
	u := &server.UnknownError{Position: s.at, What: what, Help: "leave the rule out if it does not matter"}
	s.unknown, s.convert = u, nil
	s.fetch = func(r *run) []string { r.doubt(u); return nil }
}

// other handles the samples that are not modelled. Counters are 0 for the first
// request of a client; the value of another one is not known.
func (c *compiler) other(s *sample, name, text string) {
	if strings.HasPrefix(name, "sc") && strings.Contains(name, "_") || strings.HasPrefix(name, "src_") || strings.HasSuffix(name, "_rate") || strings.HasSuffix(name, "_conn") {
		c.assume(s.at, "the counters of connections and requests are 0")
		s.match, s.fetch = "int", one("0")
		return
	}
	s.doubt("the value of " + text)
}

// needs says which message a sample can only be taken of while HAProxy has it.
func needs(name string) string {
	switch name {
	case "hdr", "req.hdr", "fhdr", "req.fhdr", "hdr_cnt", "req.hdr_cnt", "req.fhdr_cnt", "path", "pathq", "url", "query", "base", "url_param", "urlp", "req.cook", "cook":
		return "HTTP request headers"
	case "res.hdr", "shdr", "res.fhdr", "res.hdr_cnt":
		return "HTTP response headers"
	}
	return ""
}

// lacks returns what a sample needs and the rule that is compiled does not have.
func (c *compiler) lacks(s *sample) string {
	isResponse := c.in.kind == "http-response" || c.in.kind == "http-after-response"
	if isResponse && s.needs == "HTTP request headers" || c.in.kind == "http-request" && s.needs == "HTTP response headers" {
		return s.needs
	}
	return ""
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
	case "int":
		s.match = "int"
		return one(arg)
	case "bool":
		s.match = "bool"
		return one(map[bool]string{true: "1", false: "0"}[arg == "true" || arg == "1"])
	case "http_auth":
		s.match = "bool"
		return func(r *run) []string { return r.authorized(s.at) }
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

func upper(s string) string {
	out := []byte(s)
	for i, b := range out {
		if 'a' <= b && b <= 'z' {
			out[i] = b - 'a' + 'A'
		}
	}
	return string(out)
}
