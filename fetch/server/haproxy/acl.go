package haproxy

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// acl is a test of a sample against patterns.
type acl struct {
	sample   *sample
	match    string
	fold     bool
	patterns []string
	regexps  []*regexp.Regexp
}

// term is a name of an ACL, or an ACL without a name, in a condition.
type term struct {
	not  bool
	acls []*acl // one of them must hold
}

// condition is what stands behind "if" or "unless": one of the lists must hold.
type condition struct {
	unless bool
	any    [][]term
}

// holds reports whether the condition holds.
func (c *condition) holds(r *run) bool {
	if c == nil {
		return true
	}
	for _, all := range c.any {
		if !slices.ContainsFunc(all, func(t term) bool { return t.holds(r) == t.not }) {
			return !c.unless
		}
	}
	return c.unless
}

func (t *term) holds(r *run) bool {
	return slices.ContainsFunc(t.acls, func(a *acl) bool { return a.holds(r) })
}

// holds reports whether a value of the sample fits a pattern.
func (a *acl) holds(r *run) bool {
	values := a.sample.values(r)
	if a.match == "found" {
		return len(values) > 0
	}
	for _, v := range values {
		if a.fits(v) {
			return true
		}
	}
	return false
}

func (a *acl) fits(v string) bool {
	if a.match == "bool" && len(a.patterns) == 0 {
		return v != "" && v != "0"
	}
	if a.match == "reg" {
		return slices.ContainsFunc(a.regexps, func(re *regexp.Regexp) bool { return re.MatchString(v) })
	}
	if a.match == "len" {
		v = strconv.Itoa(len(v))
	}
	if a.fold {
		v = fetch.ByteLowercase(v)
	}
	return slices.ContainsFunc(a.patterns, func(p string) bool { return a.fitsOne(v, p) })
}

func (a *acl) fitsOne(v, p string) bool {
	switch a.match {
	case "beg":
		return strings.HasPrefix(v, p)
	case "end":
		return strings.HasSuffix(v, p)
	case "sub":
		return strings.Contains(v, p)
	case "dir":
		return hasWord(v, p, "/?")
	case "dom":
		return hasWord(v, p, "/?.:")
	case "int", "len":
		return inRange(v, p)
	case "ip":
		return inNetwork(v, p)
	case "bool":
		return (v != "" && v != "0") == (p == "true" || p == "1")
	}
	return v == p
}

// hasWord reports whether a pattern stands in a value between delimiters, or at its
// ends, as in match_word() of HAProxy's src/pattern.c.
func hasWord(v, p, delimiters string) bool {
	p = strings.Trim(p, delimiters)
	for begin := 0; begin+len(p) <= len(v); begin++ {
		end := begin + len(p)
		starts := begin == 0 || strings.IndexByte(delimiters, v[begin-1]) >= 0
		if starts && v[begin:end] == p && (end == len(v) || strings.IndexByte(delimiters, v[end]) >= 0) {
			return true
		}
	}
	return false
}

// inRange reports whether a number lies in a range such as "200:299" or "ge 200".
func inRange(v, p string) bool {
	n, err := strconv.Atoi(v)
	if err != nil {
		return false
	}
	op, text, found := strings.Cut(p, " ")
	if !found {
		low, high, isRange := strings.Cut(p, ":")
		if !isRange {
			high = low
		}
		from, err1 := strconv.Atoi(low)
		to, err2 := strconv.Atoi(high)
		return (err1 == nil && n >= from || low == "") && (err2 == nil && n <= to || high == "")
	}
	m, _ := strconv.Atoi(text)
	switch op {
	case "ge":
		return n >= m
	case "gt":
		return n > m
	case "le":
		return n <= m
	case "lt":
		return n < m
	}
	return n == m
}

// inNetwork reports whether an address of IPv4 lies in a network.
func inNetwork(v, p string) bool {
	address, bits, hasBits := strings.Cut(p, "/")
	n := 32
	if hasBits {
		n, _ = strconv.Atoi(bits)
	}
	a, ok1 := ipv4(v)
	b, ok2 := ipv4(address)
	return ok1 && ok2 && n >= 0 && n <= 32 && uint64(a)>>(32-n) == uint64(b)>>(32-n)
}

func ipv4(s string) (out uint32, ok bool) {
	parts := strings.Split(s, ".")
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > 255 {
			return 0, false
		}
		out = out<<8 | uint32(n)
	}
	return out, len(parts) == 4
}

// acl compiles what stands behind the name of an ACL.
func (c *compiler) acl(words []string, at server.Position) (*acl, error) {
	s, err := c.sample(words[0], at)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(words[0], "var(") && len(s.convert) == 0 && !slices.Contains(words, "-m") && s.unknown == nil {
		return nil, &server.StartError{Position: at, Message: "matching method must be specified first (using '-m') when using a sample fetch of this type ('var')."}
	}
	a := &acl{sample: s, match: s.match}
	words = words[1:]
	for len(words) > 0 && strings.HasPrefix(words[0], "-") && len(words[0]) > 1 {
		flag := words[0]
		words = words[1:]
		switch {
		case flag == "-i":
			a.fold = true
		case flag == "-n" || flag == "-M" || flag == "-u":
		case flag == "--":
			return a, c.patterns(a, words, at)
		case len(words) == 0:
			return nil, &server.StartError{Position: at, Message: "missing argument to '" + flag + "'"}
		case flag == "-m":
			a.match = words[0]
			words = words[1:]
		case flag == "-f":
			list, err := c.file(words[0], at)
			if err != nil {
				return nil, err
			}
			a.patterns = append(a.patterns, list...)
			words = words[1:]
		default:
			return nil, &server.StartError{Position: at, Message: fmt.Sprintf("unknown flag '%s'", flag)}
		}
	}
	return a, c.patterns(a, words, at)
}

// patterns adds the patterns of an ACL.
func (c *compiler) patterns(a *acl, words []string, at server.Position) error {
	if (a.match == "int" || a.match == "len") && len(words) > 1 && slices.Contains([]string{"eq", "ge", "gt", "le", "lt"}, words[0]) {
		for _, w := range words[1:] {
			a.patterns = append(a.patterns, words[0]+" "+w)
		}
		return nil
	}
	a.patterns = append(a.patterns, words...)
	for i, p := range a.patterns {
		if a.match == "reg" {
			if a.fold {
				p = "(?i)" + p
			}
			re, err := regexp.Compile(p)
			if err != nil {
				return &server.InputError{Position: at, Problem: fmt.Sprintf("the regular expression %q is not modelled (%v)", p, err), Help: "write a simpler one", Err: err}
			}
			a.regexps = append(a.regexps, re)
		} else if a.fold {
			a.patterns[i] = fetch.ByteLowercase(p)
		}
	}
	return nil
}

// file returns the lines of a file of patterns.
func (c *compiler) file(name string, at server.Position) ([]string, error) {
	for _, given := range c.given(name) {
		text, err := fs.ReadFile(c.src.Files, given)
		if err != nil {
			continue
		}
		var out []string
		for l := range strings.Lines(string(text)) {
			if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
				out = append(out, l)
			}
		}
		return out, nil
	}
	return nil, &server.InputError{Position: at, Problem: "the file " + name + " is not given", Help: "give it with --file"}
}

// condition compiles the words from "if" or "unless" on.
func (c *compiler) condition(words []string, acls map[string][]*acl, at server.Position) (*condition, error) {
	if len(words) == 0 {
		return nil, nil
	}
	out := &condition{unless: words[0] == "unless", any: [][]term{nil}}
	for i := 1; i < len(words); i++ {
		w := words[i]
		if w == "or" || w == "||" {
			out.any = append(out.any, nil)
			continue
		}
		t := term{}
		for strings.HasPrefix(w, "!") {
			t.not = !t.not
			if w = w[1:]; w == "" {
				if i++; i < len(words) {
					w = words[i]
				}
			}
		}
		if w == "{" {
			end := slices.Index(words[i:], "}")
			if end < 2 {
				return nil, &server.StartError{Position: at, Message: "missing closing '}' in condition"}
			}
			a, err := c.acl(words[i+1:i+end], at)
			if err != nil {
				return nil, err
			}
			t.acls = []*acl{a}
			i += end
		} else if t.acls = acls[w]; t.acls == nil {
			if t.acls = c.standardACL(w); t.acls == nil {
				return nil, &server.StartError{Position: at, Message: fmt.Sprintf("no such ACL : '%s'", w)}
			}
		}
		last := len(out.any) - 1
		out.any[last] = append(out.any[last], t)
	}
	return out, nil
}

// standardACLs are the ACLs that HAProxy defines itself.
var standardACLs = map[string]string{
	"TRUE": "always_true", "FALSE": "always_false", "METH_OPTIONS": "method OPTIONS", "METH_GET": "method GET HEAD", "METH_HEAD": "method HEAD",
	"METH_POST": "method POST", "METH_PUT": "method PUT", "METH_DELETE": "method DELETE", "METH_CONNECT": "method CONNECT", "METH_TRACE": "method TRACE",
	"HTTP": "always_true", "HTTP_1.1": "always_true", "HTTP_1.0": "always_false", "LOCALHOST": "src 127.0.0.1/8", "HTTP_URL_STAR": "url *", "HTTP_URL_SLASH": "url_beg /",
}

func (c *compiler) standardACL(name string) []*acl {
	text, ok := standardACLs[name]
	if !ok {
		return nil
	}
	a, err := c.acl(strings.Fields(text), server.Position{})
	if err != nil {
		return nil
	}
	return []*acl{a}
}
