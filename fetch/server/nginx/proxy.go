package nginx

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// passOn passes the request on and sends what comes back.
func (r *run) passOn(p *pass) {
	group, uri, code := r.target(p)
	if code != 0 {
		r.finalize(code)
		return
	}
	answer, code := r.ask(group, r.outgoing(p, uri))
	if r.failure != nil {
		return
	}
	if code != 0 {
		r.finalize(code)
		return
	}
	r.upstream = answer
	if r.intercepted(p, answer) {
		return
	}
	if to, ok := answer.Header.Get("X-Accel-Redirect"); ok && to != "" && !slices.Contains(r.loc.single[prefixes[p.kind]+"ignore_headers"], "X-Accel-Redirect") {
		r.accelRedirect(to)
		return
	}
	r.copyAnswer(p, answer)
	r.send()
}

// target returns the servers to ask, and the URI of a target with variables.
func (r *run) target(p *pass) (group *upstream, uri string, code int) {
	r.proxyHost = p.shownHost()
	if p.upstream != nil {
		return p.upstream, "", 0
	}
	text, unknown := r.eval(p.target)
	if unknown != nil {
		r.fail(unknown)
		return nil, "", 500
	}
	dynamic := pass{kind: p.kind}
	if message := dynamic.split(text); message != "" {
		return nil, "", 500
	}
	r.proxyHost = dynamic.shownHost()
	group = r.m.group(dynamic.host, defaultPort(dynamic.scheme))
	if group == nil {
		if _, isAddress := parseIPv4(strings.Split(dynamic.host, ":")[0]); !isAddress && !strings.HasPrefix(dynamic.host, "unix:") && r.loc.single["resolver"] == nil {
			return nil, "", 502
		}
		group = r.m.dynamic(withPort(dynamic.host, defaultPort(dynamic.scheme)), dynamic.host)
	}
	return group, dynamic.uri, 0
}

// shownHost returns the host of a target as the backend sees it: without the
// standard port.
func (p *pass) shownHost() string { return strings.TrimSuffix(p.host, ":"+defaultPort(p.scheme)) }

// outgoing returns the request that is passed on.
func (r *run) outgoing(p *pass, uri string) *server.Request {
	out := &server.Request{Method: r.method, Target: r.passedURI(p, uri), Body: r.request.Body}
	if m := r.loc.get("proxy_method", ""); m != "" && p.kind == proxyHandler {
		out.Method = m
	}
	set := r.loc.setHeaders[p.kind]
	replaced := func(lower string) bool {
		return slices.ContainsFunc(set, func(h headerValue) bool { return h.lower == lower })
	}
	if p.kind == proxyHandler || p.kind == grpcHandler {
		if !replaced("host") {
			out.Header.Append("Host", r.proxyHost)
		}
		if !replaced("connection") {
			out.Header.Append("Connection", "close")
		}
	}
	for i := range set {
		value, unknown := r.eval(set[i].value)
		if value != "" || unknown != nil {
			out.Header = append(out.Header, fetch.Header{Name: set[i].name, Value: value})
		}
	}
	if r.loc.get(prefixes[p.kind]+"pass_request_headers", "on") == "off" {
		return out
	}
	for _, h := range r.headers {
		lower := fetch.ByteLowercase(h.Name)
		if replaced(lower) || p.kind == proxyHandler && dropped(lower) {
			continue
		}
		out.Header = append(out.Header, h)
	}
	return out
}

// dropped reports whether a proxy does not pass on a header of the request.
func dropped(lower string) bool {
	switch lower {
	case "host", "connection", "te", "keep-alive", "expect", "upgrade", "transfer-encoding":
		return true
	}
	return false
}

// passedURI returns the path and the query that are passed on.
func (r *run) passedURI(p *pass, uri string) string {
	if p.kind != proxyHandler {
		return r.main.unparsed
	}
	if p.target.hasVariables() && uri != "" {
		return uri
	}
	if uri = p.uri; uri == "" && r.asSent {
		return r.unparsed
	}
	cut := 0
	if r.validLocation && uri != "" {
		cut = min(len(p.location), len(r.uri))
	}
	rest := r.uri[cut:]
	if r.quoted || r.internal {
		rest = escapePath(rest)
	}
	if !r.validLocation {
		uri = ""
	}
	if r.args != "" {
		rest += "?" + r.args
	}
	return uri + rest
}

// ask asks the servers of a group one after the other; code is the status when none
// answers.
func (r *run) ask(group *upstream, req *server.Request) (answer *server.Answer, code int) {
	peers := group.peers
	if len(peers) > 1 {
		if group.failed.Load() {
			r.fail(&server.UnknownError{Position: peers[0].at, What: "whether the servers of the group " + group.name + " are asked again after one broke a connection off", Help: "nginx waits 10 seconds; load the configuration again"})
			return nil, 502
		}
		peers = r.rotate(peers)
	}
	for i, p := range peers {
		if p.answers == nil {
			continue
		}
		a, err := p.answers.Answer(r.m.context(), req)
		switch {
		case err == nil && i < len(peers)-1 && r.nextUpstream(a.Status):
			continue
		case err == nil:
			return r.certain(a), 0
		case !errors.Is(err, fetch.ErrNoAnswer):
			r.fail(err)
			return nil, 502
		}
		if len(peers) > 1 && !p.patient {
			r.broke = group
		}
		if req.Method == "POST" || req.Method == "LOCK" || req.Method == "PATCH" {
			return nil, 502
		}
	}
	return nil, 502
}

// rotate returns the servers in the order in which they are asked, which depends on
// the requests before.
func (r *run) rotate(peers []*peer) []*peer {
	assumed := func(p *peer) bool { return p.assumed }
	if !slices.ContainsFunc(peers, func(p *peer) bool { return !p.assumed }) || !slices.ContainsFunc(peers, assumed) && len(peers) == 1 {
		return peers
	}
	first := 0
	for first < len(peers)-1 && !peers[first+1].backup && !r.choose("server "+peers[first].address, &server.UnknownError{
		Position: peers[first].at, What: "which server of the group answers", Help: "give the same answers for all of them",
	}) {
		first++
	}
	return slices.Concat(peers[first:], peers[:first])
}

// nextUpstream reports whether a status makes nginx ask the next server.
func (r *run) nextUpstream(status int) bool {
	return slices.Contains(r.loc.single["proxy_next_upstream"], "http_"+itoa(status))
}

// certain returns an answer whose status is known.
func (r *run) certain(a *server.Answer) *server.Answer {
	if a.StatusUnknown == nil {
		return a
	}
	b := *a
	b.StatusUnknown = nil
	if !r.choose("status", a.StatusUnknown) {
		b.Status = 500
	}
	return &b
}

// intercepted leads an error of the backend to an error page.
func (r *run) intercepted(p *pass, a *server.Answer) bool {
	if a.Status < 300 || !r.loc.on(prefixes[p.kind]+"intercept_errors", "off") {
		return false
	}
	for i := range r.loc.errorPages {
		if r.loc.errorPages[i].status != a.Status {
			continue
		}
		if given, ok := a.Header.Get("WWW-Authenticate"); ok && a.Status == 401 {
			r.addOut("WWW-Authenticate", given)
		}
		r.finalize(a.Status)
		return true
	}
	return false
}

// accelRedirect leads to the path that the backend names.
func (r *run) accelRedirect(to string) {
	if strings.HasPrefix(to, "@") {
		r.namedLocation(to)
		return
	}
	n, ok := normalize(to, true)
	if !ok || !strings.HasPrefix(to, "/") {
		r.finalize(404)
		return
	}
	if r.method != "HEAD" {
		r.method = "GET"
	}
	r.internalRedirect(n.path, n.query)
}

// hides reports whether a header of the backend is not passed on.
func (r *run) hides(kind handlerKind, lower string) bool {
	if slices.Contains(r.loc.hidden[kind], lower) {
		return true
	}
	switch lower {
	case "date", "server", "x-pad":
		if kind != proxyHandler && kind != grpcHandler {
			return false
		}
	case "status":
		if kind != fastCGIHandler && kind != scgiHandler && kind != uwsgiHandler {
			return false
		}
	case "x-accel-expires", "x-accel-redirect", "x-accel-limit-rate", "x-accel-buffering", "x-accel-charset":
	default:
		return false
	}
	return !slices.Contains(r.loc.shown[kind], lower)
}

// copyAnswer copies the backend's answer to the response.
func (r *run) copyAnswer(p *pass, a *server.Answer) {
	r.status, r.body, r.length = a.Status, a.Body, -1
	if a.Body != "" {
		r.length = len(a.Body)
	}
	for _, h := range a.Header {
		lower := fetch.ByteLowercase(h.Name)
		if r.hides(p.kind, lower) {
			continue
		}
		switch lower {
		case "content-length":
			r.length, _ = parseNumber(h.Value)
		case "transfer-encoding":
			r.streamed = true
		case "connection", "keep-alive":
		case "content-type":
			r.contentType = h.Value
		case "location":
			r.copyLocation(h, p)
		default:
			r.encoded = r.encoded || lower == "content-encoding"
			r.out = append(r.out, outHeader{name: h.Name, lower: lower, value: h.Value})
			if matters(lower) {
				r.decided(&server.Decision{Position: p.at, Header: h.Name, Text: "the answer from behind has " + h.Name})
			}
		}
	}
}

// copyLocation copies a Location of the backend, changed by proxy_redirect.
func (r *run) copyLocation(h fetch.Header, p *pass) {
	out := outHeader{name: h.Name, lower: "location", value: h.Value}
	for i := range r.loc.redirects {
		if p.kind != proxyHandler {
			break
		}
		if to, ok := r.redirected(&r.loc.redirects[i], h.Value); ok {
			out.value, out.redirect = to, true
			break
		}
	}
	r.out = append(r.out, out)
}

// redirected applies a proxy_redirect.
func (r *run) redirected(rule *redirectRule, location string) (string, bool) {
	if rule.pattern != nil {
		if !r.match(rule.pattern, location) {
			return "", false
		}
		return r.known(rule.replacement), true
	}
	rest, ok := strings.CutPrefix(location, r.known(rule.from))
	if !ok {
		return "", false
	}
	return r.known(rule.replacement) + rest, true
}

// subrequest makes the subrequest of auth_request.
func (r *run) subrequest(uri string) *run {
	sub := &run{
		m: r.m, main: r, request: r.request, headers: r.headers, method: "GET", tls: r.tls, host: r.host, listen: r.listen,
		server: r.server, loc: r.server.level, unparsed: r.unparsed, internal: true, validLocation: true,
		changesLeft: maxChanges, variables: r.variables, choices: r.choices, length: -1, bodyDropped: true,
	}
	if r.main != r {
		sub.main = r.main
	}
	sub.uri, sub.args = splitArgs(uri)
	sub.process(serverRewrite)
	if sub.closed {
		sub.status = 500
	}
	return sub
}

// context is the context in which the servers behind are asked: they answer at once
// or not at all.
func (m *nginx) context() context.Context { return context.Background() }
