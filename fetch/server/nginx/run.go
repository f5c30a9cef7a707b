package nginx

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// run is one request on its way through nginx's phases, or a subrequest.
type run struct {
	m       *nginx
	main    *run // itself, unless this is a subrequest
	request *server.Request
	headers fetch.HeaderList // of the request, without those that nginx ignores
	method  string
	tls     bool
	host    string // in lower case, without port
	listen  *listen
	server  *virtualServer
	loc     *level
	handler handlerKind

	uri, args     string // as nginx compares them
	unparsed      string // as they were sent
	asSent        bool   // whether uri and args are still those that were sent
	quoted        bool
	internal      bool
	validLocation bool // whether proxy_pass may replace the location's name
	uriChanged    bool
	changesLeft   int
	errorPage     bool // whether error_page was applied
	errStatus     int
	bodyDropped   bool
	addAlias      bool

	variables []slot
	subject   string
	captures  []int

	sent        bool
	closed      bool // whether the connection is closed without a response
	status      int
	out         []outHeader
	contentType string
	length      int // of the body; -1 when it is not known
	encoded     bool
	streamed    bool // whether the body is sent in chunks
	partial     bool // whether a part of the body is sent
	gzipVary    bool
	body        string
	upstream    *server.Answer
	proxyHost   string

	broke   *upstream // the group of which a server broke the connection off
	failure error
	trace   []*server.Decision
	choices *choices
}

// outHeader is a header of the response.
type outHeader struct {
	name, lower, value string
	unknown            *server.UnknownError
	redirect           bool // whether a path becomes a URL, as in a redirect of nginx's own
}

// maxChanges is how often the path may change.
const maxChanges = 11

func (r *run) decided(d *server.Decision) {
	if r.main == r && d.Text != "" {
		r.trace = append(r.trace, d)
	}
}

// fail makes the answer fail.
func (r *run) fail(err error) {
	if r.failure == nil {
		r.failure = err
	}
	if m := r.main; m.failure == nil {
		m.failure = err
	}
}

func (r *run) addOut(name, value string) {
	r.out = append(r.out, outHeader{name: name, lower: fetch.ByteLowercase(name), value: value})
}

func (r *run) deleteHeader(lower string) {
	r.out = slices.DeleteFunc(r.out, func(h outHeader) bool { return h.lower == lower })
}

// setLocation sets the Location of a redirect.
func (r *run) setLocation(value string) {
	r.out = append(r.out, outHeader{name: "Location", lower: "location", value: value, redirect: true})
}

// phase is a phase of the processing of a request.
type phase int

const (
	serverRewrite phase = iota
	findConfig
	rewritePhase
	accessPhase
	contentPhase
)

// process runs the phases from one on.
func (r *run) process(p phase) {
	for r.failure == nil && !r.sent && !r.closed {
		if unknown := r.loc.missing; unknown != nil {
			r.fail(unknown)
			return
		}
		switch p {
		case serverRewrite:
			if code := r.rewrite(r.server.level.program); code != goOn {
				r.finalize(code)
				return
			}
			p = findConfig
		case findConfig:
			if code := r.findConfig(); code != goOn {
				r.finalize(code)
				return
			}
			p = rewritePhase
		case rewritePhase:
			if r.loc != r.server.level {
				if code := r.rewrite(r.loc.program); code != goOn {
					r.finalize(code)
					return
				}
			}
			p = accessPhase
			if r.uriChanged {
				if r.changesLeft--; r.changesLeft == 0 {
					r.finalize(500)
					return
				}
				r.loc = r.server.level
				p = findConfig
			}
		case accessPhase:
			if code := r.checkAccess(); code != 0 {
				r.finalize(code)
				return
			}
			p = contentPhase
		case contentPhase:
			r.content()
			return
		}
	}
}

// goOn is the result of a phase that lets the next one run; done is that of one
// that sent the response itself.
const (
	goOn = -1
	done = -2
)

// findConfig chooses the location.
func (r *run) findConfig() int {
	r.handler = noHandler
	r.uriChanged = false
	redirect := r.find(r.loc) == withoutSlash
	if r.loc.kind != serverLevel {
		r.decided(&r.loc.chosen)
	}
	if !r.internal && r.loc.internal {
		return 404
	}
	r.updateLocation()
	if r.loc.missing != nil {
		return goOn
	}
	if limit, _ := parseSize(r.loc.get("client_max_body_size", "1m")); limit > 0 && !r.bodyDropped && r.bodyLength() > limit {
		r.bodyDropped = true
		return 413
	}
	if redirect {
		to := escapePath(r.loc.name)
		if r.args != "" {
			to += "?" + r.args
		}
		r.setLocation(to)
		return 301
	}
	return goOn
}

// bodyLength returns the length of the body that the request announces.
func (r *run) bodyLength() int {
	if text := r.main.requestHeader("content_length"); text != "" {
		n, _ := parseNumber(text)
		return n
	}
	return len(r.request.Body)
}

// updateLocation applies what a location says before its phases run.
func (r *run) updateLocation() {
	if l := r.loc; l.limit != nil && !slices.Contains(l.limitMethods, r.method) {
		r.loc = l.limit
		r.decided(&r.loc.chosen)
	}
	if r.loc.handler != noHandler {
		r.handler = r.loc.handler
	}
}

// found says how a location was found.
type found int

const (
	notFound     found = iota
	byPrefix           // a longer search may find another
	finally            // by its exact name or a regular expression
	withoutSlash       // the path lacks the last slash of the location's name
)

// find sets the location for the path, which is inside l.
func (r *run) find(l *level) found {
	how := r.findStatic(l)
	noRegex := false
	if how == byPrefix {
		noRegex = r.loc.noRegex
		how = r.find(r.loc)
	}
	if how == finally || how == withoutSlash {
		return how
	}
	if noRegex {
		return how
	}
	for _, loc := range l.regexes {
		if r.match(loc.regex, r.uri) {
			r.loc = loc
			r.find(loc)
			return finally
		}
	}
	return how
}

// findStatic sets the location with the path as its name, or else with the longest
// name that begins the path.
func (r *run) findStatic(l *level) found {
	var prefix, slash *level
	for _, loc := range l.prefixes {
		switch {
		case len(loc.name) == len(r.uri)+1:
			if loc.autoRedirect && strings.HasPrefix(loc.name, r.uri) && strings.HasSuffix(loc.name, "/") && (slash == nil || loc.exact) {
				slash = loc
			}
		case loc.exact && loc.name == r.uri:
			r.loc = loc
			return finally
		case !loc.exact && prefix == nil && strings.HasPrefix(r.uri, loc.name):
			prefix = loc
		}
	}
	switch {
	case slash != nil && (prefix == nil || len(prefix.name) != len(r.uri)):
		r.loc = slash
		return withoutSlash
	case prefix != nil:
		r.loc = prefix
		return byPrefix
	}
	return notFound
}
