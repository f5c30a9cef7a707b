package apache

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// An evaluation is one run of an expression for a request.
type evaluation struct {
	r *request
	e *expr
	// source and match are the last match of a regular expression with groups.
	source string
	match  []int
	vary   []string
}

// holds evaluates an expression that is true or false. The evaluation has the
// groups of its regular expressions.
func (r *request) holds(e *expr) (bool, *evaluation) {
	v := &evaluation{r: r, e: e}
	is := v.bool(e.root)
	if len(v.vary) > 0 {
		r.out.merge("Vary", strings.Join(v.vary, ", "))
	}
	return is, v
}

// text evaluates an expression that gives a text.
func (r *request) text(e *expr) string {
	if e.root.op == "text" {
		return e.root.text
	}
	v := &evaluation{r: r, e: e}
	return v.word(e.root)
}

func (v *evaluation) bool(n *node) bool {
	switch n.op {
	case "true":
		return true
	case "false":
		return false
	case "not":
		return !v.bool(n.kids[0])
	case "and":
		return v.bool(n.kids[0]) && v.bool(n.kids[1])
	case "or":
		return v.bool(n.kids[0]) || v.bool(n.kids[1])
	case "=~", "!~":
		return v.regexp(n) == (n.op == "=~")
	case "-in":
		return v.in(n)
	}
	if len(n.kids) == 1 {
		return v.unary(n.op, v.word(n.kids[0]))
	}
	return compareWords(n.op, v.word(n.kids[0]), v.word(n.kids[1]))
}

func (v *evaluation) regexp(n *node) bool {
	s := v.word(n.kids[0])
	if n.re.groups() == 0 {
		return n.re.matches(s)
	}
	v.source, v.match = s, n.re.match(s)
	return v.match != nil
}

func (v *evaluation) in(n *node) bool {
	needle := v.word(n.kids[0])
	for _, k := range n.kids[1:] {
		if v.word(k) == needle {
			return true
		}
	}
	return false
}

func (v *evaluation) unary(op, s string) bool {
	switch op {
	case "-n":
		return s != ""
	case "-z":
		return s == ""
	case "-T":
		l := lower(s)
		return l != "" && l != "off" && l != "no" && l != "false" && l != "0"
	case "-d":
		return v.r.stat(s) == folder
	case "-e":
		return v.r.stat(s) != nothing
	}
	return v.r.stat(s) == file // -f, -s
}

// compareWords compares two words; the operators with a dash compare numbers.
func compareWords(op, a, b string) bool {
	c := strings.Compare(a, b)
	if len(op) == 3 && op[0] == '-' {
		c = compareNumbers(a, b)
		op = map[string]string{"-eq": "=", "-ne": "!=", "-lt": "<", "-le": "<=", "-gt": ">", "-ge": ">="}[op]
	}
	switch op {
	case "=":
		return c == 0
	case "!=":
		return c != 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "-strcmatch":
		return wildcard(lower(b), lower(a), plainGlob)
	}
	if op == "-fnmatch" {
		return wildcard(b, a, pathGlob)
	}
	return wildcard(b, a, plainGlob)
}

// compareNumbers compares the integers at the beginning of two texts.
func compareNumbers(a, b string) int {
	m, n := atoi(a), atoi(b)
	switch {
	case m < n:
		return -1
	case m > n:
		return 1
	}
	return 0
}

// atoi returns the integer at the beginning of a text, as C does.
func atoi(s string) int {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	end := 0
	if end < len(s) && (s[end] == '-' || s[end] == '+') {
		end++
	}
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	n, _ := strconv.Atoi(s[:end])
	return n
}

func (v *evaluation) word(n *node) string {
	switch n.op {
	case "text":
		return n.text
	case "concat":
		var out strings.Builder
		for _, k := range n.kids {
			out.WriteString(v.word(k))
		}
		return out.String()
	case "group":
		return group(v.source, v.match, int(n.text[0]-'0'))
	case "var":
		return v.variable(n.text)
	}
	return v.call(n.text, v.word(n.kids[0]))
}

func (v *evaluation) call(name, arg string) string {
	r := v.r
	switch name {
	case "req", "http":
		if lower(arg) != "host" && !v.e.noVary {
			v.vary = append(v.vary, arg)
		}
		s, _ := r.in.get(arg)
		return s
	case "req_novary":
		s, _ := r.in.get(arg)
		return s
	case "resp":
		if s, ok := r.out.get(arg); ok {
			return s
		}
		s, _ := r.err.get(arg)
		return s
	case "reqenv":
		s, _ := r.variableOf(arg)
		return s
	case "env":
		if s, ok := r.variableOf(arg); ok {
			return s
		}
		return r.osenv(arg, v.e.pos)
	case "osenv":
		return r.osenv(arg, v.e.pos)
	case "note":
		return ""
	case "toupper":
		return upper(arg)
	}
	return lower(arg)
}

// osenv returns an environment variable of the server itself.
func (r *request) osenv(name string, pos server.Position) string {
	s, ok := r.m.src.Env[name]
	if !ok && !r.m.src.EnvComplete {
		r.unknownBecause(pos, "the environment variable "+name, "give it with --env "+name+"=…")
	}
	return s
}

// headerOf maps variables to request headers.
var headerOf = map[string]string{
	"HTTP_USER_AGENT": "User-Agent", "HTTP_PROXY_CONNECTION": "Proxy-Connection", "HTTP_REFERER": "Referer", "HTTP_COOKIE": "Cookie",
	"HTTP_FORWARDED": "Forwarded", "HTTP_HOST": "Host", "HTTP_ACCEPT": "Accept",
}

func (v *evaluation) variable(name string) string {
	if h := headerOf[name]; h != "" {
		if h != "Host" && !v.e.noVary {
			v.vary = append(v.vary, h)
		}
		s, _ := v.r.in.get(h)
		return s
	}
	return v.r.variable(name, v.e.pos)
}
