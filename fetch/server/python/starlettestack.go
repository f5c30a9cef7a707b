package python

import (
	"errors"

	"github.com/corsim/corsim/fetch/server"
)

// build makes the middleware stack of an application.
func (f *starApp) build(in *interp) error {
	if f.kind == "Router" || f.kind == "APIRouter" {
		f.built = layerFunc(f.route)
		return nil
	}
	var app asgi = layerFunc(func(in *interp, s *starCall) (*response, error) {
		r, err := f.route(in, s)
		return f.except(in, s, r, err)
	})
	for i := len(f.stack) - 1; i >= 0; i-- {
		var err error
		if app, err = in.layer(f.stack[i], app); err != nil {
			return err
		}
	}
	f.built = layerFunc(func(in *interp, s *starCall) (*response, error) {
		r, err := app.handle(in, s)
		return f.serverError(in, s, r, err)
	})
	return nil
}

// handle answers a request.
func (f *starApp) handle(in *interp, s *starCall) (*response, error) {
	if f.built == nil {
		if err := f.build(in); err != nil {
			f.built = layerFunc(func(*interp, *starCall) (*response, error) { return nil, err })
			return nil, err
		}
	}
	if f.kind == "FastAPI" || f.kind == "Starlette" {
		inner := *s
		inner.app = f
		s = &inner
	}
	return f.built.handle(in, s)
}

// except makes responses of exceptions that have a handler.
func (f *starApp) except(in *interp, s *starCall, r *response, err error) (*response, error) {
	var exc *raised
	if !errors.As(err, &exc) {
		return r, err
	}
	var h value
	if exc.exc.class.isA("HTTPException") {
		h, _ = f.handlers.get(attrOf(exc.exc, "status_code"))
		if n, ok := asInt(attrOf(exc.exc, "status_code")); ok && n == 500 {
			h = nil // the handler of 500 belongs to the outermost layer
		}
	}
	if h == nil {
		h = f.handlerFor(exc.exc.class)
	}
	if h != nil {
		v, err := in.call(nil, h, &args{pos: []value{&starRequest{s}, exc.exc}, at: exc.at})
		if err != nil {
			return nil, err
		}
		return in.starResponse(exc.at, v)
	}
	switch {
	case exc.exc.class.isA("HTTPException"):
		return f.httpResponse(in, exc.exc)
	case exc.exc.class.isA("RequestValidationError") && f.kind == "FastAPI":
		return &response{kind: "JSONResponse", status: 422, bodyUnknown: true, headers: []headerLine{{name: "Content-Type", v: "application/json"}}}, nil
	}
	return nil, err
}

// handlerFor returns the handler for a class or its nearest base.
func (f *starApp) handlerFor(c *class) value {
	level := []*class{c}
	for len(level) > 0 {
		var next []*class
		for _, k := range level {
			if h, ok := f.handlers.get(k); ok && k.name != "Exception" {
				return h
			}
			next = append(next, k.bases...)
		}
		level = next
	}
	return nil
}

// httpResponse is the response of an HTTPException.
func (f *starApp) httpResponse(in *interp, e *instance) (*response, error) {
	r := &response{kind: "PlainTextResponse", status: 500, bodyUnknown: true}
	if err := in.setStatus(at0, r, attrOf(e, "status_code")); err != nil {
		return nil, err
	}
	if h := attrOf(e, "headers"); h != nil && h != (none{}) {
		if err := in.addHeaders(at0, r, "add", h); err != nil {
			return nil, err
		}
	}
	kind := "text/plain; charset=utf-8"
	if f.kind == "FastAPI" {
		kind = "application/json"
	}
	r.add("Content-Type", kind, server.Decision{})
	return r, nil
}

// serverError answers exceptions that nothing handled.
func (f *starApp) serverError(in *interp, s *starCall, r *response, err error) (*response, error) {
	var exc *raised
	if !errors.As(err, &exc) {
		return r, err
	}
	if u, ok := exc.exc.native.(*unknown); ok {
		return nil, u.err
	}
	debug, derr := known(f.debug)
	if derr != nil {
		return nil, derr
	}
	h, _ := f.handlers.get(int64(500))
	if h == nil {
		h, _ = f.handlers.get(in.classes["Exception"])
	}
	if debug || h == nil {
		out := &response{kind: "PlainTextResponse", status: 500, bodyUnknown: true}
		out.add("Content-Type", "text/plain; charset=utf-8", server.Decision{})
		return out, nil
	}
	v, err := in.call(nil, h, &args{pos: []value{&starRequest{s}, exc.exc}, at: exc.at})
	if err != nil {
		if errors.As(err, &exc) {
			return &response{kind: "PlainTextResponse", status: 500}, nil
		}
		return nil, err
	}
	return in.starResponse(exc.at, v)
}
