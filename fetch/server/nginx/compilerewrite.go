package nginx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// instructionKind says what an instruction of the rewrite phase does.
type instructionKind int

const (
	doSet instructionKind = iota
	doIf
	doReturn
	doRewrite
	doBreak
	doReferers
)

// instruction is a directive of the rewrite module.
type instruction struct {
	kind     instructionKind
	at       server.Position
	variable *variable // of set and valid_referers
	value    *value    // of set, the text of return, the replacement of rewrite
	status   int       // of return
	hasText  bool      // whether return has a text
	pattern  *pattern  // of rewrite
	flag     rewriteFlag
	keepArgs bool
	newArgs  bool // whether the replacement has arguments
	cond     condition
	inside   *level // of an if in a location
	next     int    // of if: where to continue when the condition does not hold
	referers *referers
	done     server.Decision
}

// rewriteFlag is the last argument of rewrite.
type rewriteFlag int

const (
	rewriteOn rewriteFlag = iota
	rewriteLast
	rewriteBreak
	rewriteRedirect
	rewritePermanent
)

// condition is the condition of an if.
type condition struct {
	variable *variable
	op       string // "", "=", "!=", "~", "~*", "!~", "!~*", "-f", "!-f", …
	value    *value
	pattern  *pattern
}

// program returns the level whose program a directive belongs to.
func (l *level) owner() *level {
	for l.kind == ifLevel {
		l = l.parent
	}
	return l
}

func (l *level) add(in instruction) {
	o := l.owner()
	o.program = append(o.program, in)
}

func (c *compiler) ifBlock(d *directive, l *level) error {
	cond, err := c.condition(d)
	if err != nil {
		return err
	}
	text := "if " + strings.Join(d.args, " ")
	inside := newLevel(ifLevel, l, d.at, text)
	inside.name = l.name
	in := instruction{kind: doIf, at: d.at, cond: cond, done: server.Decision{Position: d.at, Text: text + " holds"}}
	where := byte(inServerIf)
	if l.kind == locationLevel {
		in.inside = inside
		where = inLocationIf
	}
	l.add(in)
	i := len(l.owner().program) - 1
	err = c.body(d.block, inside, where)
	l.owner().program[i].next = len(l.owner().program)
	return err
}

// condition compiles the condition of an if.
func (c *compiler) condition(d *directive) (cond condition, err error) {
	words := slices.Clone(d.args)
	last := len(words) - 1
	if !strings.HasPrefix(words[0], "(") {
		return cond, startError(d, `invalid condition "%s"`, words[0])
	}
	if words[0] = words[0][1:]; words[0] == "" {
		words = words[1:]
		last--
	}
	if last < 0 || !strings.HasSuffix(words[last], ")") {
		return cond, startError(d, `invalid condition "%s"`, d.args[len(d.args)-1])
	}
	if words[last] = words[last][:len(words[last])-1]; words[last] == "" {
		words = words[:last]
	}
	if len(words) == 0 {
		return cond, startError(d, `invalid condition ")"`)
	}
	first := words[0]
	switch {
	case len(first) > 1 && first[0] == '$':
		return c.compare(d, words)
	case len(first) >= 2 && len(first) <= 3 && strings.TrimPrefix(first, "!")[0] == '-':
		if len(words) != 2 || !slices.Contains([]string{"-f", "-d", "-e", "-x"}, strings.TrimPrefix(first, "!")) {
			return cond, startError(d, `invalid condition "%s"`, first)
		}
		cond.op = first
		cond.value, err = c.value(words[1], d.at)
		return cond, err
	}
	return cond, startError(d, `invalid condition "%s"`, first)
}

// compare compiles a condition that begins with a variable.
func (c *compiler) compare(d *directive, words []string) (cond condition, err error) {
	if len(words) != 1 && len(words) != 3 {
		return cond, startError(d, `invalid condition "%s"`, words[0])
	}
	cond.variable = c.variable(words[0][1:], d.at)
	if len(words) == 1 {
		return cond, nil
	}
	switch cond.op = words[1]; cond.op {
	case "=", "!=":
		cond.value, err = c.value(words[2], d.at)
	case "~", "~*", "!~", "!~*":
		cond.pattern, err = c.pattern(words[2], strings.HasSuffix(cond.op, "*"), d.at)
	default:
		return cond, startError(d, `unexpected "%s" in condition`, cond.op)
	}
	return cond, err
}

func (c *compiler) set(d *directive, l *level) error {
	v, err := c.settable(d)
	if err != nil {
		return err
	}
	text, err := c.value(d.args[1], d.at)
	l.add(instruction{kind: doSet, at: d.at, variable: v, value: text, done: server.Decision{Position: d.at, Text: "set " + d.args[0] + " " + d.args[1]}})
	return err
}

func (c *compiler) breakCode(d *directive, l *level) error {
	l.add(instruction{kind: doBreak, at: d.at})
	return nil
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "$scheme")
}

func (c *compiler) returnCode(d *directive, l *level) error {
	in := instruction{kind: doReturn, at: d.at, done: server.Decision{Position: d.at, Text: "return " + strings.Join(d.args, " ")}}
	status, ok := parseNumber(d.args[0])
	text := ""
	switch {
	case !ok && len(d.args) == 1 && isURL(d.args[0]):
		status, text, in.hasText = 302, d.args[0], true
	case !ok || status > 999:
		return startError(d, `invalid return code "%s"`, d.args[0])
	case len(d.args) == 2:
		text, in.hasText = d.args[1], d.args[1] != ""
	}
	in.status = status
	var err error
	in.value, err = c.value(text, d.at)
	l.add(in)
	return err
}

func (c *compiler) rewrite(d *directive, l *level) error {
	replacement := d.args[1]
	if replacement == "" {
		return startError(d, "empty replacement")
	}
	p, err := c.pattern(d.args[0], false, d.at)
	if err != nil {
		return err
	}
	in := instruction{kind: doRewrite, at: d.at, pattern: p, keepArgs: true, done: server.Decision{Position: d.at, Text: "rewrite " + strings.Join(d.args, " ") + " matches"}}
	if strings.HasSuffix(replacement, "?") {
		replacement, in.keepArgs = replacement[:len(replacement)-1], false
	}
	if isURL(replacement) {
		in.flag = rewriteRedirect
	}
	if len(d.args) == 3 {
		flag := slices.Index([]string{"", "last", "break", "redirect", "permanent"}, d.args[2])
		if flag < 1 {
			return startError(d, `invalid parameter "%s"`, d.args[2])
		}
		// An absolute URL is a redirect with "last" and "break" too.
		if in.flag == rewriteOn || rewriteFlag(flag) == rewritePermanent {
			in.flag = rewriteFlag(flag)
		}
	}
	in.newArgs = strings.Contains(replacement, "?")
	in.value, err = c.value(replacement, d.at)
	l.add(in)
	return err
}

// referers is a valid_referers.
type referers struct {
	none, blocked bool
	names         []serverName // with wildcards
	patterns      []*pattern
	server        *virtualServer // whose names are valid too, or nil
}

func (c *compiler) validReferers(d *directive, l *level) error {
	v := c.variable("invalid_referer", d.at)
	v.settable = true
	out := &referers{}
	for _, arg := range d.args {
		switch {
		case arg == "none":
			out.none = true
		case arg == "blocked":
			out.blocked = true
		case arg == "server_names":
			out.server = l.server
		case strings.HasPrefix(arg, "~"):
			p, err := c.pattern(arg[1:], true, d.at)
			if err != nil {
				return err
			}
			out.patterns = append(out.patterns, p)
		case strings.Contains(arg, "/"):
			return notModelled(d, fmt.Sprintf("valid_referers %q with a path", arg), "use a regular expression")
		default:
			out.names = append(out.names, referer(arg)...)
		}
	}
	l.add(instruction{kind: doReferers, at: d.at, variable: v, referers: out})
	return nil
}

func referer(arg string) []serverName {
	if strings.HasPrefix(arg, ".") {
		return []serverName{{text: arg[1:]}, {text: "*" + arg}}
	}
	return []serverName{{text: arg}}
}
