package haproxy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// verdict says how processing goes on after a rule.
type verdict int

const (
	goOn    verdict = iota
	stop            // the rules of this list end
	replied         // HAProxy answers itself
)

// rule is an http-request, http-response or http-after-response rule.
type rule struct {
	action func(r *run) verdict
	when   *condition
	done   server.Decision
	// harmless reports whether the rule only changes headers by which no browser
	// decides, so that it does not matter whether its condition is known.
	harmless bool
}

// inertActions change nothing that is sent.
var inertActions = []string{
	"set-log-level", "set-nice", "set-tos", "set-mark", "set-priority-class", "set-priority-offset", "track-sc0", "track-sc1", "track-sc2", "sc-inc-gpc0", "sc-inc-gpc1",
	"sc-set-gpt0", "cache-use", "cache-store", "wait-for-body", "wait-for-handshake", "set-src", "set-dst", "set-dst-port", "set-src-port", "normalize-uri", "strict-mode", "disable-l7-retry", "early-hint", "set-timeout", "del-acl", "add-acl", "send-spoe-group",
}

// rule compiles a rule. The words begin with the action.
func (c *compiler) rule(kind string, words []string, p *section, at server.Position) (*rule, error) {
	var tail []string
	if i := slices.IndexFunc(words, func(w string) bool { return w == "if" || w == "unless" }); i >= 0 {
		words, tail = words[:i], words[i:]
	}
	if len(words) == 0 {
		return nil, &server.StartError{Position: at, Message: fmt.Sprintf("'%s' needs an action", kind)}
	}
	c.in = place{p.title(), kind, words[0]}
	defer func() { c.in = place{} }()
	when, err := c.condition(tail, p.acls, at)
	if err != nil {
		return nil, err
	}
	out := &rule{when: when, harmless: isHarmless(words), done: server.Decision{Position: at, Text: kind + " " + strings.Join(words, " ")}}
	out.action, err = c.action(kind, words, p, out, at)
	return out, err
}

// isHarmless reports whether a rule changes only a header by which no browser decides.
func isHarmless(words []string) bool {
	if len(words) < 2 || !slices.Contains([]string{"set-header", "add-header", "del-header", "replace-header", "replace-value"}, words[0]) {
		return slices.Contains(inertActions, words[0])
	}
	name := fetch.ByteLowercase(words[1])
	return !strings.HasPrefix(name, "access-control-") && !slices.Contains([]string{"vary", "origin", "host", "location", "allow"}, name)
}

// action compiles what a rule does.
func (c *compiler) action(kind string, words []string, p *section, out *rule, at server.Position) (func(*run) verdict, error) {
	name, args := words[0], words[1:]
	response := kind != "http-request"
	if base, inner, ok := strings.Cut(name, "("); ok {
		return c.setVariable(base, strings.TrimSuffix(inner, ")"), args, at)
	}
	switch name {
	case "allow":
		return func(*run) verdict { return stop }, nil
	case "deny", "tarpit":
		return c.deny(name, args, response, at)
	case "reject", "silent-drop":
		return func(r *run) verdict { r.closed = true; return replied }, nil
	case "return":
		return c.reply(args, at)
	case "redirect":
		return c.redirect(args, at)
	case "auth":
		return func(r *run) verdict { return r.authorize(at) }, nil
	case "set-header", "add-header", "del-header", "replace-header", "replace-value":
		if len(args) > 0 {
			out.done.Header = args[0]
			c.fact(args, name, p, at)
		}
		return c.header(name, args, response, at)
	case "set-status":
		if len(args) > 0 {
			if n, err := strconv.Atoi(args[0]); err == nil {
				return func(r *run) verdict { r.status = n; return goOn }, nil
			}
		}
	case "set-path", "set-uri", "set-query", "set-method", "set-pathq", "replace-path", "replace-uri", "replace-pathq":
		return c.target(name, args, at)
	case "capture":
		return c.capture(args, p, at)
	}
	if slices.Contains(inertActions, name) {
		return func(*run) verdict { return goOn }, nil
	}
	if !strings.HasPrefix(name, "lua.") && !slices.Contains(otherActions, name) {
		return nil, &server.StartError{Position: at, Message: fmt.Sprintf("'%s' does not know the action '%s'", kind, name)}
	}
	return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("%q of %s is not modelled", name, kind), Help: "leave the rule out if it does not matter"}
}

// otherActions are actions of HAProxy that are not modelled.
var otherActions = []string{"set-map", "del-map", "use-service", "do-resolve", "set-bandwidth-limit", "set-fc-mark", "set-fc-tos", "set-bc-mark", "do-log", "pause", "wait-for-body", "set-retries", "set-status", "set-header-bin", "add-headers-bin"}

func missing(at server.Position, what string) error {
	return &server.StartError{Position: at, Message: "'" + what + "' needs more arguments"}
}

// setVariable compiles set-var, set-var-fmt and unset-var.
func (c *compiler) setVariable(base, name string, args []string, at server.Position) (func(*run) verdict, error) {
	name, _, _ = strings.Cut(name, ",")
	switch {
	case base == "unset-var":
		return func(r *run) verdict { delete(r.vars, name); return goOn }, nil
	case base == "set-var" && len(args) > 0:
		s, err := c.sample(strings.Join(args, ""), at)
		if err != nil {
			return nil, err
		}
		if lacks := c.lacks(s); lacks != "" {
			return nil, &server.StartError{Position: at, Message: fmt.Sprintf("error detected in %s while parsing '%s %s' rule : fetch method '%[3]s' extracts information from '%s', none of which is available here.", c.in.section, c.in.kind, c.in.action, lacks)}
		}
		return func(r *run) verdict {
			if v, ok := s.last(r); ok {
				r.vars[name] = v
			}
			return goOn
		}, nil
	case base == "set-var-fmt" && len(args) > 0:
		f, err := c.format(args[0], at)
		return func(r *run) verdict { r.vars[name] = r.known(f); return goOn }, err
	case strings.HasPrefix(base, "sc-"):
		return func(*run) verdict { return goOn }, nil
	}
	return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("%q is not modelled", base), Help: "leave the rule out if it does not matter"}
}

// deny compiles deny and tarpit.
func (c *compiler) deny(name string, args []string, response bool, at server.Position) (func(*run) verdict, error) {
	status := 403
	if response {
		status = 502
	}
	if name == "tarpit" {
		status = 500
	}
	if len(args) > 1 && (args[0] == "deny_status" || args[0] == "status") {
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return nil, missing(at, "deny_status")
		}
		status, args = n, args[2:]
	}
	if len(args) > 0 {
		return c.reply(append([]string{"status", strconv.Itoa(status)}, args...), at)
	}
	if !slices.Contains(errorStatuses, status) {
		return nil, &server.StartError{Position: at, Message: fmt.Sprintf("status code '%d' not handled by default with 'default-errorfiles' argument.", status)}
	}
	return func(r *run) verdict { r.ownError(status); return replied }, nil
}

// errorStatuses are the statuses for which HAProxy has a page.
var errorStatuses = []int{200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504}

// reply compiles return.
func (c *compiler) reply(args []string, at server.Position) (func(*run) verdict, error) {
	status := 200
	var names []string
	var values []*format
	contentType := ""
	var pageOf page
	for i := 0; i < len(args); i++ {
		need := map[string]int{"status": 1, "content-type": 1, "hdr": 2, "string": 1, "lf-string": 1, "file": 1, "lf-file": 1, "errorfile": 1, "errorfiles": 1}[args[i]]
		if i+need >= len(args) && args[i] != "default-errorfiles" || need == 0 && args[i] != "default-errorfiles" {
			return nil, &server.StartError{Position: at, Message: fmt.Sprintf("'return' : unexpected or incomplete argument '%s'", args[i])}
		}
		switch args[i] {
		case "status":
			n, err := strconv.Atoi(args[i+1])
			if err != nil || n < 200 || n > 599 {
				return nil, &server.StartError{Position: at, Message: "Unsupported status code '" + args[i+1] + "'"}
			}
			status = n
		case "content-type":
			contentType = args[i+1]
		case "hdr":
			f, err := c.format(args[i+2], at)
			if err != nil {
				return nil, err
			}
			names, values = append(names, args[i+1]), append(values, f)
		case "errorfile":
			p, err := c.filePage(args[i+1], at), error(nil)
			return func(r *run) verdict {
				if p == nil {
					r.ownError(status)
				} else {
					p(r)
				}
				return replied
			}, err
		case "errorfiles":
			from := &section{pages: make(map[int]page)}
			if err := c.pagesOf(from, args[i+1:i+2], at); err != nil {
				return nil, err
			}
			pageOf = from.pages[status]
		case "default-errorfiles":
			pageOf = func(r *run) { r.ownError(status) }
		}
		i += need
	}
	if pageOf != nil {
		return func(r *run) verdict { pageOf(r); return replied }, nil
	}
	return func(r *run) verdict {
		r.start(status)
		if contentType != "" {
			r.out.Append("content-type", contentType)
		}
		for i, name := range names {
			if v := r.known(values[i]); v != "" {
				r.out.Append(fetch.ByteLowercase(name), v)
			}
		}
		return replied
	}, nil
}

// redirect compiles a redirect.
func (c *compiler) redirect(args []string, at server.Position) (func(*run) verdict, error) {
	if len(args) < 2 {
		return nil, missing(at, "redirect")
	}
	kind, code, dropQuery := args[0], 302, false
	to, err := c.format(args[1], at)
	if err != nil {
		return nil, err
	}
	for i := 2; i < len(args); i++ {
		switch args[i] {
		case "code":
			if i++; i < len(args) {
				code, _ = strconv.Atoi(args[i])
			}
			if !slices.Contains([]int{301, 302, 303, 307, 308}, code) {
				return nil, &server.StartError{Position: at, Message: "'code': unsupported HTTP code (must be one of 301, 302, 303, 307 or 308)"}
			}
		case "drop-query":
			dropQuery = true
		case "set-cookie", "clear-cookie":
			i++
		}
	}
	return func(r *run) verdict {
		location := r.known(to)
		path := pathOf(r.target)
		if dropQuery {
			path, _, _ = strings.Cut(path, "?")
		}
		switch kind {
		case "scheme":
			location += "://" + strings.Join(r.header.Values("Host"), "") + path
		case "prefix":
			location = strings.TrimSuffix(location, "/") + path
		}
		r.start(code)
		r.out.Append("location", location)
		return replied
	}, nil
}

// header compiles the rules that change headers.
func (c *compiler) header(name string, args []string, response bool, at server.Position) (func(*run) verdict, error) {
	if len(args) == 0 || name != "del-header" && len(args) < 2 {
		return nil, missing(at, name)
	}
	lower := fetch.ByteLowercase(args[0])
	list := func(r *run) *fetch.HeaderList {
		if response {
			return &r.out
		}
		return &r.header
	}
	switch name {
	case "del-header":
		match, err := matcher(lower, args[1:], at)
		return func(r *run) verdict { list(r).DeleteFunc(match); return goOn }, err
	case "replace-header", "replace-value":
		return c.replace(name, lower, args, list, at)
	}
	f, err := c.format(args[1], at)
	return func(r *run) verdict {
		value, unknown := f.eval(r)
		if unknown != nil {
			r.unsure(lower, unknown)
			return goOn
		}
		if name == "set-header" {
			list(r).Delete(lower)
		}
		list(r).Append(lower, value)
		return goOn
	}, err
}

// matcher returns the function that finds the headers of del-header.
func matcher(name string, args []string, at server.Position) (func(string) bool, error) {
	how := "str"
	if len(args) == 2 && args[0] == "-m" {
		how = args[1]
	}
	if how == "reg" {
		re, err := regexp.Compile("(?i)" + args[1])
		if err != nil || len(args) != 2 {
			return nil, &server.InputError{Position: at, Problem: "the regular expression of del-header is not modelled", Help: "name the header", Err: err}
		}
		return re.MatchString, nil
	}
	test := map[string]func(h string) bool{
		"str": func(h string) bool { return h == name }, "beg": func(h string) bool { return strings.HasPrefix(h, name) },
		"end": func(h string) bool { return strings.HasSuffix(h, name) }, "sub": func(h string) bool { return strings.Contains(h, name) },
	}[how]
	if test == nil {
		return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("del-header with -m %s is not modelled", how), Help: "name the header"}
	}
	return func(h string) bool { return test(fetch.ByteLowercase(h)) }, nil
}

// replace compiles replace-header and replace-value.
func (c *compiler) replace(name, lower string, args []string, list func(*run) *fetch.HeaderList, at server.Position) (func(*run) verdict, error) {
	if len(args) < 3 {
		return nil, missing(at, name)
	}
	re, err := regexp.Compile(args[1])
	if err != nil {
		return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("the regular expression %q is not modelled (%v)", args[1], err), Help: "write a simpler one", Err: err}
	}
	f, err := c.format(args[2], at)
	return func(r *run) verdict {
		for i := range *list(r) {
			h := &(*list(r))[i]
			if fetch.ByteLowercase(h.Name) != lower {
				continue
			}
			pieces := []string{h.Value}
			if name == "replace-value" {
				pieces = strings.Split(h.Value, ",")
			}
			for j, piece := range pieces {
				pieces[j] = substitute(re, piece, r.known(f))
			}
			h.Value = strings.Join(pieces, ",")
		}
		return goOn
	}, err
}

// substitute replaces what an expression matches by a text with \1 and the like.
func substitute(re *regexp.Regexp, text, by string) string {
	found := re.FindStringSubmatchIndex(text)
	if found == nil {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(by); i++ {
		if by[i] == '\\' && i+1 < len(by) && '0' <= by[i+1] && by[i+1] <= '9' {
			if n := 2 * int(by[i+1]-'0'); n+1 < len(found) && found[n] >= 0 {
				b.WriteString(text[found[n]:found[n+1]])
			}
			i++
			continue
		}
		b.WriteByte(by[i])
	}
	return text[:found[0]] + b.String() + text[found[1]:]
}

// target compiles the rules that change the request line.
func (c *compiler) target(name string, args []string, at server.Position) (func(*run) verdict, error) {
	if len(args) == 0 || strings.HasPrefix(name, "replace-") && len(args) < 2 {
		return nil, missing(at, name)
	}
	f, err := c.format(args[len(args)-1], at)
	if err != nil {
		return nil, err
	}
	if kind, ok := strings.CutPrefix(name, "replace-"); ok {
		re, err := regexp.Compile(args[0])
		if err != nil {
			return nil, &server.InputError{Position: at, Problem: fmt.Sprintf("the regular expression %q is not modelled (%v)", args[0], err), Help: "write a simpler one", Err: err}
		}
		return func(r *run) verdict {
			path, query, found := strings.Cut(r.target, "?")
			if kind != "path" {
				path, found = r.target, false
			}
			if r.target = substitute(re, path, r.known(f)); found {
				r.target += "?" + query
			}
			return goOn
		}, nil
	}
	return func(r *run) verdict {
		v := r.known(f)
		path, query, found := strings.Cut(r.target, "?")
		switch name {
		case "set-method":
			r.method = v
		case "set-path":
			if r.target = v; found {
				r.target += "?" + query
			}
		case "set-query":
			if r.target = path; v != "" {
				r.target += "?" + v
			}
		default:
			r.target = v
		}
		return goOn
	}, nil
}

// capture compiles a capture of a request's header.
func (c *compiler) capture(args []string, p *section, at server.Position) (func(*run) verdict, error) {
	if len(args) == 0 {
		return nil, missing(at, "capture")
	}
	s, err := c.sample(args[0], at)
	if err != nil {
		return nil, err
	}
	n := len(p.captures)
	if len(args) > 2 && args[1] == "id" {
		n, _ = strconv.Atoi(args[2])
	} else if err := p.addSlot("", append(args[1:], ""), at); err != nil {
		return nil, err
	}
	return func(r *run) verdict {
		if v, ok := s.last(r); ok {
			r.keep(n, v)
		}
		return goOn
	}, nil
}
