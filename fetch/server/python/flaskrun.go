package python

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// flaskServer answers the requests to an application.
type flaskServer struct {
	mu  sync.Mutex
	in  *interp
	h   *flaskHost
	app *flaskApp
}

// Answer answers a request.
func (s *flaskServer) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in.ctx, s.in.steps, s.in.depth, s.in.used = ctx, 0, 0, 0
	c := &flaskCall{app: s.app, parts: splitRequest(req), g: &instance{class: s.in.classes["object"], attrs: map[string]value{}}}
	c.session = &flaskSession{dict: newDict()}
	s.h.current = c
	defer func() { s.h.current = nil }()
	r, err := c.run(s.in)
	if err != nil {
		return nil, asUnknown(err)
	}
	return r.answer()
}

// asUnknown returns an error as one that an Answerer may return.
func asUnknown(err error) error {
	var input *server.InputError
	if errors.As(err, &input) {
		return &server.UnknownError{Position: input.Position, What: "the answer (" + input.Problem + ")", Help: input.Help}
	}
	return err
}

// run answers the request.
func (c *flaskCall) run(in *interp) (*response, error) {
	if c.app.state == nil {
		c.app.state = newRuleState()
		for _, r := range c.app.rules {
			c.app.state.insert(r)
		}
		c.app.state.order()
	}
	c.routed = c.app.state.route(c.parts.path, c.parts.req.Method)
	c.rule = c.routed.rule
	r, err := c.fullDispatch(in)
	var exc *raised
	if errors.As(err, &exc) {
		r, err = c.handleException(in, exc)
	}
	if err != nil {
		return nil, err
	}
	if c.app.escaped != nil {
		return c.doubt(r)
	}
	return r, nil
}

// doubt returns a response of an application that code has got which is not known.
func (c *flaskCall) doubt(r *response) (*response, error) {
	u := c.app.escaped
	if !c.app.hasCORS() {
		return nil, u.err
	}
	if c.rule == nil || c.app.hooked || c.parts.req.Method == "OPTIONS" {
		r.unknown = u
	}
	return r, nil
}

// hasCORS reports whether the text itself sets up CORS for the application.
func (f *flaskApp) hasCORS() bool {
	for _, x := range f.after {
		if _, ok := x.(*corsExtension); ok {
			return true
		}
	}
	return false
}

// fullDispatch runs the hooks and the view.
func (c *flaskCall) fullDispatch(in *interp) (*response, error) {
	v, err := c.preprocess(in)
	if err == nil && v == (none{}) {
		v, err = c.dispatch(in)
	}
	var exc *raised
	if errors.As(err, &exc) {
		if v, err = c.handleUser(in, exc); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, err
	}
	return c.finalize(in, v)
}

// scopes are the blueprints of the matched rule from the outside in, after the
// application.
func (c *flaskCall) scopes() []*flaskApp {
	out := []*flaskApp{c.app}
	if c.rule != nil {
		for i := len(c.rule.blueprint) - 1; i >= 0; i-- {
			out = append(out, c.rule.blueprint[i])
		}
	}
	return out
}

// preprocess runs before_request functions.
func (c *flaskCall) preprocess(in *interp) (value, error) {
	if c.rule != nil {
		var err error
		if c.view, err = c.rule.arguments(in, c.routed.values, c.rule.at); err != nil {
			return nil, err
		}
	}
	for _, s := range c.scopes() {
		for _, f := range s.before {
			v, err := in.call(nil, f, &args{at: s.at})
			if err != nil {
				return nil, err
			}
			if v != (none{}) {
				// What a function of another package returns is taken for None.
				if u, ok := f.(*unknown); ok && u.harmless {
					continue
				}
				return v, nil
			}
		}
	}
	return none{}, nil
}

// dispatch runs the view function.
func (c *flaskCall) dispatch(in *interp) (value, error) {
	switch {
	case c.routed.slash:
		url := c.parts.scheme + "://" + c.parts.host + c.routed.merged
		if c.parts.query != "" {
			url += "?" + c.parts.query
		}
		i := &instance{class: in.redirectClass(), attrs: map[string]value{"args": &tuple{}, "new_url": url}}
		return nil, &raised{i, server.Position{}}
	case c.rule == nil && len(c.routed.allowed) > 0:
		var methods []value
		for _, m := range sortedKeys(c.routed.allowed) {
			methods = append(methods, m)
		}
		return nil, in.httpError(405, map[string]value{"valid_methods": &list{methods}})
	case c.rule == nil:
		return nil, in.httpError(404, nil)
	case c.rule.automatic && c.parts.req.Method == "OPTIONS":
		return c.optionsResponse(), nil
	}
	view := c.app.views[c.rule.endpoint]
	if view == nil {
		return nil, in.raise(c.rule.at, "KeyError", "%s", c.rule.endpoint)
	}
	v, err := in.call(nil, view, c.view)
	if err == nil {
		if u := firstUnknown(v); u != nil && speaksOfCORS(c.app, in) {
			return nil, u.err
		}
	}
	return v, err
}

// speaksOfCORS reports whether a text sets CORS headers by itself, so that a
// response that is not known may have them.
func speaksOfCORS(app *flaskApp, in *interp) bool {
	for _, m := range in.modules {
		text := fetch.ByteLowercase(m.file.Text)
		if strings.Contains(text, "access-control-") || strings.Contains(text, "access_control_") {
			return true
		}
	}
	return false
}

// redirectClass returns the class of redirects by the router.
func (in *interp) redirectClass() *class {
	if c, ok := in.classes["RequestRedirect"]; ok {
		return c
	}
	c := in.addClass("RequestRedirect", "HTTPException")
	c.dict["code"] = int64(308)
	return c
}

// optionsResponse is Flask's own answer to OPTIONS.
func (c *flaskCall) optionsResponse() *response {
	r := &response{kind: "Response", status: 200}
	r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
	all := c.app.state.route(c.parts.path, "--")
	if len(all.allowed) > 0 {
		r.add("Allow", sortedAllow(all.allowed), server.Decision{})
	}
	return r
}

// finalize makes a response and runs after_request functions.
func (c *flaskCall) finalize(in *interp, v value) (*response, error) {
	r, err := in.flaskResponse(at0, v)
	if err != nil {
		return nil, err
	}
	for _, f := range c.after {
		if r, err = c.afterOne(in, f, r); err != nil {
			return nil, err
		}
	}
	scopes := c.scopes()
	slices.Reverse(scopes)
	for _, s := range scopes {
		for i := len(s.after) - 1; i >= 0; i-- {
			switch f := s.after[i].(type) {
			case *corsExtension:
				if err := f.after(in, c.parts, r); err != nil {
					return nil, err
				}
			default:
				if r, err = c.afterOne(in, f, r); err != nil {
					return nil, err
				}
			}
		}
	}
	if c.session.used && isTrue(c.app.config.str("SECRET_KEY")) {
		by := server.Decision{Position: c.session.at, Text: "the session is used"}
		if err := (&varyOf{r}).addNames(by, "Cookie"); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// afterOne runs one after_request function.
func (c *flaskCall) afterOne(in *interp, f value, r *response) (*response, error) {
	v, err := in.call(nil, f, &args{pos: []value{r}})
	if err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case *response:
		return v, nil
	case *unknown:
		if v.harmless {
			return r, nil
		}
		return nil, v.err
	}
	return nil, in.raise(in.here(), "AttributeError", "'%s' object has no attribute 'headers'", typeName(v))
}

// findHandler returns the error handler for an exception; nil when there is none.
func (c *flaskCall) findHandler(exc *instance) value {
	codes := []int{0}
	if n, ok := asInt(attrOf(exc, "code")); ok && exc.class.isA("HTTPException") {
		codes = []int{int(n), 0}
	}
	scopes := c.scopes()
	slices.Reverse(scopes)
	for _, code := range codes {
		for _, s := range scopes {
			if h := handlerFor(s, code, exc.class); h != nil {
				return h
			}
		}
	}
	return nil
}

// handlerFor returns the handler for a class or its nearest base.
func handlerFor(s *flaskApp, code int, c *class) value {
	level := []*class{c}
	for len(level) > 0 {
		var next []*class
		for _, k := range level {
			if h, ok := s.handlers[errorKey{code, k}]; ok {
				return h
			}
			next = append(next, k.bases...)
		}
		level = next
	}
	return nil
}

// handleUser handles an exception of a hook or a view, with the extension around.
func (c *flaskCall) handleUser(in *interp, exc *raised) (value, error) {
	v, err := c.handleUserPlain(in, exc)
	if err != nil {
		return nil, err
	}
	return c.wrap(in, v)
}

// wrap applies the extensions that intercept exceptions, the first one first.
func (c *flaskCall) wrap(in *interp, v value) (value, error) {
	if len(c.app.wrappers) == 0 {
		return v, nil
	}
	r, err := in.flaskResponse(at0, v)
	if err != nil {
		return nil, err
	}
	for _, e := range c.app.wrappers {
		if err := e.after(in, c.parts, r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (c *flaskCall) handleUserPlain(in *interp, exc *raised) (value, error) {
	if u, ok := exc.exc.native.(*unknown); ok {
		return &response{kind: "Response", status: 500, unknown: u}, nil
	}
	http := exc.exc.class.isA("HTTPException")
	if http && (exc.exc.class.name == "RequestRedirect" || attrOf(exc.exc, "code") == value(none{})) {
		return exc.exc, nil
	}
	h := c.findHandler(exc.exc)
	switch {
	case h != nil:
		return in.call(nil, h, &args{pos: []value{exc.exc}, at: exc.at})
	case http:
		return exc.exc, nil
	}
	return nil, exc
}

// handleException makes the answer to an exception that nothing handled.
func (c *flaskCall) handleException(in *interp, exc *raised) (*response, error) {
	propagate := c.app.config.str("PROPAGATE_EXCEPTIONS")
	if propagate == (none{}) {
		propagate = false
		for _, name := range []string{"TESTING", "DEBUG"} {
			v := c.app.config.str(name)
			if u := firstUnknown(v); u != nil {
				return nil, u.err
			}
			if isTrue(v) {
				propagate = true
			}
		}
	}
	if u := firstUnknown(propagate); u != nil {
		return nil, u.err
	}
	if isTrue(propagate) { // the debugger or the server answers
		r := &response{kind: "Response", status: 500, bodyUnknown: true}
		r.add("Content-Type", "text/html; charset=utf-8", server.Decision{})
		return r, nil
	}
	e := &instance{class: in.classes["InternalServerError"], attrs: map[string]value{"args": &tuple{}, "original_exception": exc.exc}}
	var v value = e
	if h := c.findHandler(e); h != nil {
		var err error
		if v, err = in.call(nil, h, &args{pos: []value{e}, at: exc.at}); err != nil {
			return c.broken(err)
		}
	}
	r, err := c.finalize(in, v)
	if err != nil {
		return c.broken(err)
	}
	x, err := c.wrap(in, r)
	if err != nil {
		return c.broken(err)
	}
	return in.flaskResponse(at0, x)
}

// broken is the answer of the server when a handler itself fails.
func (c *flaskCall) broken(err error) (*response, error) {
	var exc *raised
	if !errors.As(err, &exc) {
		return nil, err
	}
	return &response{kind: "Response", status: 500}, nil
}
