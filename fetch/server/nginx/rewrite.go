package nginx

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// rewrite runs a program of the rewrite module.
func (r *run) rewrite(program []instruction) int {
	for pc := 0; pc < len(program) && r.failure == nil; {
		in := &program[pc]
		pc++
		switch in.kind {
		case doSet:
			r.set(in)
		case doIf:
			if !r.holds(in) {
				pc = in.next
				continue
			}
			r.decided(&in.done)
			if in.inside != nil {
				r.loc = in.inside
				r.updateLocation()
			}
			if unknown := in.insideMissing(); unknown != nil {
				r.fail(unknown)
			}
		case doReturn:
			r.decided(&in.done)
			return r.returnCode(in)
		case doBreak:
			if r.uriChanged {
				r.validLocation, r.uriChanged = false, false
			}
			return goOn
		case doReferers:
			r.setVariable(in.variable, r.referer(in.referers), nil)
		case doRewrite:
			if code, stop := r.rewriteURI(in); stop {
				return code
			}
		}
	}
	return goOn
}

// insideMissing returns an include inside an if that is not given.
func (in *instruction) insideMissing() *server.UnknownError {
	if in.inside == nil {
		return nil
	}
	return in.inside.missing
}

func (r *run) set(in *instruction) {
	value, unknown := r.eval(in.value)
	if in.variable.builtin && in.variable.name == "args" {
		if unknown != nil {
			r.fail(unknown)
		}
		r.args, r.asSent = value, false
		return
	}
	r.setVariable(in.variable, value, unknown)
}

// holds reports whether the condition of an if holds.
func (r *run) holds(in *instruction) bool {
	c := &in.cond
	if c.variable == nil {
		return r.fileTest(in)
	}
	left, unknown := r.variable(c.variable)
	right := ""
	if c.value != nil {
		var u *server.UnknownError
		if right, u = r.eval(c.value); unknown == nil {
			unknown = u
		}
	}
	if unknown != nil {
		return r.choose("if "+in.at.String(), unknown)
	}
	switch c.op {
	case "":
		return left != "" && left != "0"
	case "=":
		return left == right
	case "!=":
		return left != right
	}
	matched := r.match(c.pattern, left)
	if !matched {
		r.captures = nil
	}
	return matched != strings.HasPrefix(c.op, "!")
}

// fileTest applies -f, -d, -e and -x.
func (r *run) fileTest(in *instruction) bool {
	path, unknown := r.eval(in.cond.value)
	if unknown != nil {
		return r.choose("if "+in.at.String(), unknown)
	}
	op, negated := strings.CutPrefix(in.cond.op, "!")
	kind := r.stat(path, in.at, op == "-d")
	is := false
	switch op {
	case "-f":
		is = kind == plainFile
	case "-d":
		is = kind == folder
	case "-e":
		is = kind != noFile
	case "-x":
		is = kind == folder || kind == plainFile && r.choose("-x "+path, &server.UnknownError{Position: in.at, What: "whether " + path + " can be executed"})
	}
	return is != negated
}

// returnCode applies return.
func (r *run) returnCode(in *instruction) int {
	if in.status >= 400 && !in.hasText {
		return in.status
	}
	text, unknown := r.eval(in.value)
	r.status = in.status
	switch in.status {
	case 301, 302, 303, 307, 308:
		r.deleteHeader("location")
		r.setLocation(text)
		r.out[len(r.out)-1].unknown = unknown
		return in.status
	}
	r.length, r.body = len(text), text
	r.contentType = r.typeOf()
	r.send()
	return done
}

// rewriteURI applies rewrite; stop reports whether the program ends.
func (r *run) rewriteURI(in *instruction) (code int, stop bool) {
	if !r.match(in.pattern, r.uri) {
		r.captures = nil
		return goOn, false
	}
	r.decided(&in.done)
	r.internal, r.asSent = true, false
	if in.flag == rewriteBreak {
		r.validLocation, r.uriChanged = false, false
	} else {
		r.uriChanged = true
	}
	to, unknown := r.replacement(in)
	if unknown != nil {
		r.fail(unknown)
	}
	if in.flag == rewriteRedirect || in.flag == rewritePermanent {
		r.redirect(in, to)
		return redirectStatus(in.flag), true
	}
	path, args := to, ""
	hasArgs := false
	if in.newArgs {
		path, args, hasArgs = strings.Cut(to, "?")
	}
	switch {
	case hasArgs && in.keepArgs && r.args != "":
		r.args = args + "&" + r.args
	case hasArgs:
		r.args = args
	case !in.keepArgs:
		r.args = ""
	}
	r.uri = path
	if path == "" {
		return 500, true
	}
	return goOn, in.flag == rewriteLast || in.flag == rewriteBreak
}

// redirect makes the Location of a rewrite.
func (r *run) redirect(in *instruction, to string) {
	if in.keepArgs && r.args != "" {
		separator := "?"
		if in.newArgs {
			separator = "&"
		}
		to += separator + r.args
	}
	r.deleteHeader("location")
	r.setLocation(to)
}

// replacement evaluates the replacement of a rewrite. Captures are percent-encoded
// in a redirect, and in arguments, when the path was.
func (r *run) replacement(in *instruction) (string, *server.UnknownError) {
	if in.value.parts == nil {
		return in.value.text, nil
	}
	redirect := in.flag == rewriteRedirect || in.flag == rewritePermanent
	var b strings.Builder
	var unknown *server.UnknownError
	inArgs := false
	for i := range in.value.parts {
		p := &in.value.parts[i]
		s, u := r.evalPart(p)
		if u != nil && unknown == nil {
			unknown = u
		}
		if p.variable == nil && p.capture >= 0 && r.quoted && (redirect || inArgs) {
			s = escapeArgument(s)
		}
		inArgs = inArgs || p.variable == nil && p.capture < 0 && strings.Contains(p.text, "?")
		b.WriteString(s)
	}
	return b.String(), unknown
}

// referer returns the value of $invalid_referer.
func (r *run) referer(v *referers) string {
	referer := ""
	found := false
	for _, h := range r.headers {
		if sameHeader(h.Name, "referer") {
			referer, found = h.Value, true
			break
		}
	}
	if !found {
		return invalid(!v.none)
	}
	rest, ok := strings.CutPrefix(referer, "http://")
	if !ok {
		rest, ok = strings.CutPrefix(referer, "https://")
	}
	if !ok {
		return invalid(!v.blocked)
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(fetch.ByteLowercase(host), ":")
	names := v.names
	if v.server != nil {
		names = slices.Concat(names, v.server.names)
	}
	for _, name := range names {
		if name.regex == nil && matchesName(name.text, host) {
			return ""
		}
	}
	for _, p := range v.patterns {
		if found, _ := p.find(rest); found != nil {
			return ""
		}
	}
	return "1"
}

func invalid(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}

// matchesName reports whether a name with a wildcard fits a host.
func matchesName(name, host string) bool {
	switch {
	case strings.HasPrefix(name, "*."):
		return strings.HasSuffix(host, name[1:]) && len(host) >= len(name)
	case strings.HasSuffix(name, ".*"):
		return strings.HasPrefix(host, name[:len(name)-1])
	}
	return name == host
}

func redirectStatus(flag rewriteFlag) int {
	if flag == rewritePermanent {
		return 301
	}
	return 302
}
