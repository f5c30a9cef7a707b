package haproxy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// block is what stands between .if and .endif.
type block struct {
	kept    bool // whether the lines are read at the moment
	done    bool // whether a branch was read, or none may be
	hasElse bool
}

// blocks are the conditional blocks that are open, the innermost last.
// https://docs.haproxy.org/2.6/configuration.html#2.4
type blocks []block

// kept reports whether the lines are read at the moment.
func (b blocks) kept() bool { return len(b) == 0 || b[len(b)-1].kept }

// step reads a line that begins with a dot.
func (b blocks) step(c *compiler, words []string, at server.Position) (blocks, error) {
	name, condition := words[0], strings.Join(words[1:], " ")
	if name == ".if" {
		kept, err := false, error(nil)
		if b.kept() {
			kept, err = c.holds(condition, at)
		}
		return append(b, block{kept: kept, done: kept || !b.kept()}), err
	}
	if slices.Contains([]string{".diag", ".notice", ".warning", ".alert"}, name) {
		if name == ".alert" && b.kept() {
			return b, &server.StartError{Position: at, Message: "'" + condition + "'"}
		}
		return b, nil
	}
	if !slices.Contains([]string{".elif", ".else", ".endif"}, name) {
		return b, &server.StartError{Position: at, Message: fmt.Sprintf("unknown keyword '%s'", name)}
	}
	if len(b) == 0 {
		return b, &server.StartError{Position: at, Message: fmt.Sprintf("lone '%s' with no matching '.if'", name)}
	}
	last := &b[len(b)-1]
	if name == ".endif" {
		return b[:len(b)-1], nil
	}
	if last.hasElse {
		return b, &server.StartError{Position: at, Message: fmt.Sprintf("'%s' after '.else' is not permitted", name)}
	}
	last.hasElse = name == ".else"
	last.kept = !last.done
	var err error
	if last.kept && !last.hasElse {
		last.kept, err = c.holds(condition, at)
	}
	last.done = last.done || last.kept
	return b, err
}

// conditionReader reads a condition of .if.
type conditionReader struct {
	c    *compiler
	text string
	at   server.Position
	deep int
}

// holds evaluates a condition of .if.
func (c *compiler) holds(text string, at server.Position) (bool, error) {
	r := &conditionReader{c: c, text: text, at: at}
	value, err := r.any()
	if r.skip(); err == nil && r.text != "" {
		err = r.refuse()
	}
	return value, err
}

func (r *conditionReader) refuse() error {
	return &server.StartError{Position: r.at, Message: fmt.Sprintf("unparsable conditional expression '%s'", r.text)}
}

func (r *conditionReader) skip() { r.text = strings.TrimLeft(r.text, " \t") }

// takes skips a text if it comes next.
func (r *conditionReader) takes(text string) bool {
	r.skip()
	rest, ok := strings.CutPrefix(r.text, text)
	r.text = rest
	return ok
}

// any reads terms that "||" joins.
func (r *conditionReader) any() (bool, error) {
	value, err := r.all()
	for err == nil && r.takes("||") {
		var next bool
		next, err = r.all()
		value = value || next
	}
	return value, err
}

// all reads terms that "&&" joins.
func (r *conditionReader) all() (bool, error) {
	value, err := r.term()
	for err == nil && r.takes("&&") {
		var next bool
		next, err = r.term()
		value = value && next
	}
	return value, err
}

func (r *conditionReader) term() (bool, error) {
	if r.deep++; r.deep > 100 {
		return false, r.refuse()
	}
	defer func() { r.deep-- }()
	switch {
	case r.takes("!"):
		value, err := r.term()
		return !value, err
	case r.takes("("):
		value, err := r.any()
		if err == nil && !r.takes(")") {
			err = r.refuse()
		}
		return value, err
	}
	end := strings.IndexFunc(r.text, func(c rune) bool { return c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') })
	if end < 0 {
		end = len(r.text)
	}
	name := r.text[:end]
	if !strings.HasPrefix(r.text[end:], "(") {
		r.text = r.text[end:]
		n, err := strconv.Atoi(name)
		if err != nil && name != "" {
			return false, r.refuse()
		}
		return n != 0, nil
	}
	inner, rest, found := strings.Cut(r.text[end+1:], ")")
	if !found {
		return false, r.refuse()
	}
	r.text = rest
	return r.call(name, strings.Split(inner, ","))
}

// call evaluates a predicate.
func (r *conditionReader) call(name string, args []string) (bool, error) {
	switch {
	case name == "streq" && len(args) == 2:
		return args[0] == args[1], nil
	case name == "strneq" && len(args) == 2:
		return args[0] != args[1], nil
	case name == "strstr" && len(args) == 2:
		return strings.Contains(args[0], args[1]), nil
	case name == "defined":
		return r.defined(args[0])
	case name == "version_atleast" || name == "version_before":
		version := server.VersionOf(r.c.src.Versions, "haproxy", standardVersion).Version
		return (compareVersions(version, args[0]) >= 0) == (name == "version_atleast"), nil
	}
	return false, &server.InputError{Position: r.at, Problem: fmt.Sprintf("whether %s(%s) holds is not known", name, strings.Join(args, ",")), Help: "remove the lines that do not apply"}
}

// defined reports whether an environment variable is set. HAProxy sets some itself.
func (r *conditionReader) defined(name string) (bool, error) {
	if _, ok := r.c.src.Env[name]; ok || slices.Contains([]string{"HAPROXY_CFGFILES", "HAPROXY_HTTP_LOG_FMT", "HAPROXY_HTTPS_LOG_FMT", "HAPROXY_LOCALPEER", "HAPROXY_TCP_LOG_FMT"}, name) {
		return true, nil
	}
	if !r.c.src.EnvComplete {
		return false, &server.InputError{Position: r.at, Problem: "whether the environment variable " + name + " is set is not known", Help: "give it with --env " + name + "=…, or --env-complete"}
	}
	return false, nil
}

// compareVersions compares the numbers of two versions, such as "2.6.12" and "2.4-dev5".
func compareVersions(a, b string) int {
	numbers := func(s string) []int {
		s, _, _ = strings.Cut(s, "-")
		var out []int
		for part := range strings.SplitSeq(s, ".") {
			n, _ := strconv.Atoi(part)
			out = append(out, n)
		}
		for len(out) < 4 {
			out = append(out, 0)
		}
		return out
	}
	return slices.Compare(numbers(a), numbers(b))
}
