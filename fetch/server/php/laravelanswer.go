package php

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// laravel is the middleware HandleCors with its options. It is a [server.Answerer].
type laravel struct {
	program *program
	options *array
	// lost says why the options are not known.
	lost *server.UnknownError
}

// laravelRun is one answer.
type laravelRun struct {
	*laravel
	c       *args
	req     *server.Request
	out     *server.Answer
	origins []string
	// patterns are those of the options and those of origins with "*".
	patterns []string
	everyone bool
}

// Answer answers a preflight, or adds the headers to what the application answers.
func (l *laravel) Answer(ctx context.Context, req *server.Request) (a *server.Answer, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if l.lost != nil {
		return nil, l.lost
	}
	defer func() {
		if s, ok := recover().(stops); ok {
			err = s.err
		}
	}()
	r := l.program.newRun(ctx, req, nil)
	run := &laravelRun{laravel: l, c: &args{r: r, pos: pos{src: l.program.main}}, req: req, out: &server.Answer{Status: 200}}
	run.respond()
	return run.out, nil
}

// option returns an option, or null.
func (l *laravel) option(name string) value {
	v, _ := l.options.get(keyOf(name))
	return v
}

// list returns an option as strings; it stops when one is not known.
func (l *laravel) list(name string) []string {
	v := l.option(name)
	if u := unknownWithin([]value{v}); u != nil {
		panic(stops{u.err})
	}
	a, ok := v.(*array)
	if !ok {
		if s := toString(v); s != "" {
			return []string{s}
		}
		return nil
	}
	var out []string
	for _, x := range a.values() {
		if _, nested := x.(*array); !nested {
			out = append(out, toString(x))
		}
	}
	return out
}

// respond runs the middleware.
func (l *laravelRun) respond() {
	_, asks := l.req.Header.Get(fetch.HeaderRequestMethod)
	preflight := l.req.Method == "OPTIONS" && asks
	matched := l.matches()
	if !preflight || !matched {
		if l.req.Method == "OPTIONS" {
			l.out.Status = 405
		}
		l.out.StatusUnknown = &server.UnknownError{What: "what the application answers to " + l.req.Method + " " + l.req.Target}
	}
	if !matched {
		l.note("", "no entry of paths matches "+l.req.Target)
		return
	}
	l.prepare()
	if preflight {
		l.out.Status = 204
		l.preflight()
		return
	}
	if l.req.Method == "OPTIONS" {
		l.vary(fetch.HeaderRequestMethod)
	}
	if !l.allowOrigin() {
		return
	}
	l.credentials()
	if expose := l.list("exposed_headers"); len(expose) > 0 {
		l.set("Access-Control-Expose-Headers", strings.Join(expose, ", "))
	}
}

func (l *laravelRun) preflight() {
	if l.allowOrigin() {
		l.credentials()
		l.methods()
		l.headers()
		if age := l.option("max_age"); age != nil {
			if u := unknownIn(age); u != nil {
				panic(stops{u.err})
			}
			l.set("Access-Control-Max-Age", toString(toInt(age)))
		}
	}
	if l.out.Status == 204 {
		l.vary(fetch.HeaderRequestMethod)
	}
}

func (l *laravelRun) note(header, text string) {
	at := server.Position{File: l.program.main.name}
	l.out.Decided = append(l.out.Decided, server.Decision{Position: at, Header: header, Text: text})
}

func (l *laravelRun) set(name, v string) { l.out.Header.Set(name, v) }

// vary adds a name to Vary, on one line.
func (l *laravelRun) vary(name string) {
	have, ok := l.out.Header.Get("Vary")
	switch {
	case !ok:
		l.set("Vary", name)
	case !strings.Contains(", "+have+", ", ", "+name+", "):
		l.set("Vary", have+", "+name)
	}
}

// matches reports whether the path of the request is one of paths.
func (l *laravelRun) matches() bool {
	p, _, _ := strings.Cut(l.req.Target, "?")
	p = strings.Trim(origin.PercentDecode(p), "/")
	if p == "" {
		p = "/"
	}
	host, _ := l.req.Header.Get("Host")
	for _, pattern := range l.list("paths") {
		if pattern != "/" {
			pattern = strings.Trim(pattern, "/")
		}
		if star(pattern, p) || star(pattern, "http://"+host+"/"+strings.TrimPrefix(p, "/")) {
			return true
		}
	}
	return false
}

// star reports whether a text fits a pattern in which "*" is any text.
func star(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == s
	}
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		n := strings.Index(s, part)
		if n < 0 {
			return false
		}
		s = s[n+len(part):]
	}
	return strings.HasSuffix(s, last)
}

// prepare reads the origins.
func (l *laravelRun) prepare() {
	l.patterns = l.list("allowed_origins_patterns")
	l.origins = l.list("allowed_origins")
	for _, o := range l.origins {
		l.everyone = l.everyone || o == "*"
	}
	if l.everyone {
		return
	}
	for _, o := range l.origins {
		if strings.Contains(o, "*") {
			l.patterns = append(l.patterns, "#^"+strings.ReplaceAll(pregQuote(o, "#"), `\*`, ".*")+`\z#u`)
		}
	}
}

// allowOrigin sets Access-Control-Allow-Origin; it reports whether it did.
func (l *laravelRun) allowOrigin() bool {
	origin, has := l.req.Header.Get("Origin")
	switch {
	case l.everyone && !l.withCredentials():
		origin = "*"
	case !l.everyone && len(l.patterns) == 0 && len(l.origins) == 1:
		origin = l.origins[0]
	default:
		allowed := has && l.allows(origin)
		if l.out.Status == 500 {
			return false
		}
		if !allowed {
			l.vary("Origin")
			l.note("Access-Control-Allow-Origin", "allowed_origins does not list "+origin)
			return false
		}
		l.set("Access-Control-Allow-Origin", origin)
		l.vary("Origin")
		return true
	}
	l.set("Access-Control-Allow-Origin", origin)
	l.note("Access-Control-Allow-Origin", "allowed_origins has the one value "+origin+", which every request gets")
	return true
}

// allows reports whether an origin is listed or fits a pattern. A pattern that PHP
// cannot read is an error of the application.
func (l *laravelRun) allows(origin string) bool {
	if l.everyone {
		return true
	}
	for _, o := range l.origins {
		if equal, _ := looselyEqual(o, origin); equal {
			return true
		}
	}
	for _, p := range l.patterns {
		if !hasDelimiters(p) {
			l.out.Status, l.out.Header, l.out.StatusUnknown = 500, nil, nil
			l.note("", "the pattern "+p+" has no delimiters: preg_match fails, and Laravel answers with status 500")
			return false
		}
		re, u := l.c.pattern(p, origin)
		if u != nil {
			panic(stops{u.err})
		}
		if re.MatchString(origin) {
			return true
		}
	}
	return false
}

// hasDelimiters reports whether a pattern is written with delimiters.
func hasDelimiters(p string) bool {
	if len(p) < 2 || isNameStart(p[0]) || isDigit(p[0]) || p[0] == '\\' {
		return false
	}
	end := p[0]
	if i := strings.IndexByte("([{<", end); i >= 0 {
		end = ")]}>"[i]
	}
	return strings.IndexByte(p[1:], end) >= 0
}

func (l *laravelRun) withCredentials() bool {
	v := l.option("supports_credentials")
	if u := unknownIn(v); u != nil {
		panic(stops{u.err})
	}
	return toBool(v)
}

func (l *laravelRun) credentials() {
	if l.withCredentials() {
		l.set("Access-Control-Allow-Credentials", "true")
	}
}

func (l *laravelRun) methods() {
	list := l.list("allowed_methods")
	for i, s := range list {
		list[i] = upper(s)
		if s == "*" {
			asked, _ := l.req.Header.Get(fetch.HeaderRequestMethod)
			l.vary(fetch.HeaderRequestMethod)
			l.set("Access-Control-Allow-Methods", upper(asked))
			return
		}
	}
	l.set("Access-Control-Allow-Methods", strings.Join(list, ", "))
}

func (l *laravelRun) headers() {
	list := l.list("allowed_headers")
	for i, s := range list {
		list[i] = fetch.ByteLowercase(s)
		if s == "*" {
			asked, _ := l.req.Header.Get(fetch.HeaderRequestHeaders)
			l.vary(fetch.HeaderRequestHeaders)
			l.set("Access-Control-Allow-Headers", asked)
			return
		}
	}
	l.set("Access-Control-Allow-Headers", strings.Join(list, ", "))
}
