package apache

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// A rewriting is one run of a list of rules.
type rewriting struct {
	r             *request
	perdir        string // the section's path; "" for the rules of the server
	uri           string // what the pattern is compared with
	rule, cond    capture
	vary, varyOne []string
	last          *rewriteRule // the last rule that changed the path
}

// A capture is a text with the match of a regular expression in it.
type capture struct {
	source string
	match  []int
}

// The results of a list of rules beside 0, "nothing changed".
const (
	actionNone = iota
	actionNormal
	actionNoEscape
	actionStatus
	actionStatusSet
)

// rules applies a list of rules. The path to work on is r.filename.
func (w *rewriting) rules(list []*rewriteRule) int {
	changed := actionNone
	round := 1
	for i := 0; i < len(list); i++ {
		rule := list[i]
		if w.r.main != nil && (rule.flags["NS"] || rule.flags["R"]) {
			continue
		}
		w.vary = nil
		matched, failed := w.apply(rule)
		if !matched {
			for i < len(list) && list[i].flags["C"] {
				i++
			}
			continue
		}
		w.r.decideRule(rule)
		if !rule.flags["nosub"] {
			w.last = rule
		}
		if len(w.r.filename) > 16380 {
			w.r.status = 500
			return actionStatus
		}
		if len(w.vary) > 0 {
			w.r.out.merge("Vary", strings.Join(w.vary, ", "))
		}
		if failed {
			return actionStatusSet
		}
		if rule.flags["status"] {
			return actionStatus
		}
		if !rule.flags["nosub"] {
			changed = actionNormal
			if rule.flags["NE"] {
				changed = actionNoEscape
			}
		}
		switch {
		case rule.flags["PT"]:
			w.r.filename = "passthrough:" + w.r.filename
			return actionNormal
		case rule.flags["END"]:
			w.r.ended = true
			return changed
		case rule.flags["P"] || rule.flags["L"]:
			return changed
		case rule.flags["N"]:
			if round++; round >= rule.rounds || round > 10_000 {
				w.r.status = 500
				return actionStatus
			}
			i = -1
			continue
		}
		i += rule.skip
	}
	return changed
}

// apply applies one rule. failed is true when the rule itself set an error.
func (w *rewriting) apply(rule *rewriteRule) (matched, failed bool) {
	r := w.r
	isProxy := w.perdir != "" && r.proxied()
	w.uri = r.filename
	if w.perdir != "" {
		w.uri += r.pathInfo
		if !isProxy {
			w.uri = strings.TrimPrefix(w.uri, w.perdir)
		}
	}
	m := rule.re.match(w.uri)
	if (m != nil) == rule.negate {
		return false, false
	}
	w.cond, w.rule, w.varyOne = capture{}, capture{}, nil
	if !rule.negate {
		w.rule = capture{w.uri, m}
	}
	if !w.conditions(rule.conds) {
		return false, false
	}
	var uri string
	if !rule.flags["nosub"] {
		var unsafe bool
		uri, unsafe = w.expand(rule.output, rule)
		if unsafe && !rule.flags["UA3F"] {
			r.status = 403
			return true, true
		}
	}
	w.setEnv(rule)
	if rule.flags["nosub"] {
		w.force(rule)
		if rule.flags["status"] {
			r.status = rule.status
		}
		return true, false
	}
	w.substituted(rule, uri, isProxy)
	return true, false
}

// conditions evaluates the conditions of a rule.
func (w *rewriting) conditions(conds []*rewriteCond) bool {
	for i := 0; i < len(conds); i++ {
		c := conds[i]
		is := w.condition(c)
		if c.noVary {
			w.varyOne = nil
		}
		if c.or {
			if !is {
				w.varyOne = nil
				continue
			}
			for i < len(conds)-1 && conds[i].or {
				i++
			}
		} else if !is {
			return false
		}
		w.vary = append(w.vary, w.varyOne...)
		w.varyOne = nil
	}
	return true
}

// condition evaluates one condition.
func (w *rewriting) condition(c *rewriteCond) bool {
	if c.kind == "expr" {
		is, v := w.r.holds(c.expr)
		if is && !c.negate {
			w.cond = capture{v.source, v.match}
		}
		return is != c.negate
	}
	input, _ := w.expand(c.input, nil)
	var is bool
	switch c.kind {
	case "-f", "-s":
		is = w.r.stat(input) == file
	case "-d":
		is = w.r.stat(input) == folder
	case "-l":
	case "=", "<", ">", "<=", ">=":
		is = compareStrings(c, input)
	case "-lt", "-le", "-gt", "-ge", "-eq", "-ne":
		is = compareWords(c.kind, input, c.pattern)
	default:
		m := c.re.match(input)
		if is = m != nil; is && !c.negate {
			w.cond = capture{input, m}
		}
	}
	return is != c.negate
}

// compareStrings compares as mod_rewrite does: a longer text is greater.
func compareStrings(c *rewriteCond, input string) bool {
	a, b := input, c.pattern
	n := 0
	if c.nc {
		n = strings.Compare(lower(a), lower(b))
	} else if n = len(a) - len(b); n == 0 {
		n = strings.Compare(a, b)
	}
	switch c.kind {
	case "=":
		return n == 0
	case "<":
		return n < 0
	case ">":
		return n > 0
	case "<=":
		return n <= 0
	}
	return n >= 0
}

// setEnv sets the variables of a rule's flag E.
func (w *rewriting) setEnv(rule *rewriteRule) {
	for _, e := range rule.env {
		s, _ := w.expand(e, rule)
		if name, ok := strings.CutPrefix(s, "!"); ok {
			w.r.env.unset(name)
			continue
		}
		name, value, _ := strings.Cut(s, ":")
		w.r.env.set(name, value)
	}
}

// force remembers the type and the handler of a rule.
func (w *rewriting) force(rule *rewriteRule) {
	if rule.mime != "" {
		s, _ := w.expand(rule.mime, rule)
		w.r.forcedType = lower(s)
	}
	if rule.handler != "" {
		s, _ := w.expand(rule.handler, rule)
		w.r.forcedHandler = lower(s)
	}
}

// substituted takes the new path of a rule over.
func (w *rewriting) substituted(rule *rewriteRule, uri string, isProxy bool) {
	r := w.r
	prefixed := false
	if !isProxy && !strings.HasPrefix(uri, "/") && absolute(uri) == 0 {
		switch {
		case w.perdir != "":
			uri, prefixed = w.perdir+uri, true
		case !rule.flags["P"] && !rule.flags["R"]:
			uri, prefixed = "/"+uri, true
		}
	}
	r.filename = uri
	if w.perdir != "" && rule.flags["DPI"] {
		r.pathInfo = ""
	}
	r.splitQuery(rule)
	switch {
	case rule.flags["P"]:
		r.qualify()
		r.filename = "proxy:" + r.filename
		return
	case rule.flags["R"]:
		r.qualify()
		r.status = rule.status
		return
	}
	r.reduce()
	if absolute(r.filename) > 0 {
		r.status = rule.status
		return
	}
	if !rule.flags["UNC"] && !prefixed && !strings.HasPrefix(rule.output, "//") {
		for strings.HasPrefix(r.filename, "//") {
			r.filename = r.filename[1:]
		}
	}
	w.force(rule)
}

// decideRule notes a rule that matched.
func (r *request) decideRule(rule *rewriteRule) {
	r.decide(server.Decision{Position: rule.d.pos, Text: "RewriteRule " + rule.d.args + " matches"})
}
