package php

import (
	"context"
	"io/fs"
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// methods are the methods that the built-in server knows; others get status 501.
var methods = map[string]bool{
	"DELETE": true, "GET": true, "HEAD": true, "POST": true, "PUT": true, "CONNECT": true, "OPTIONS": true, "TRACE": true, "PATCH": true,
	"COPY": true, "LOCK": true, "MKCOL": true, "MOVE": true, "PROPFIND": true, "PROPPATCH": true, "SEARCH": true, "UNLOCK": true, "REPORT": true,
	"MKACTIVITY": true, "CHECKOUT": true, "MERGE": true, "M-SEARCH": true, "NOTIFY": true, "SUBSCRIBE": true, "UNSUBSCRIBE": true,
}

// Answer runs the program for a request: once for each way in which the conditions
// that are not known can go.
func (p *program) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if !methods[req.Method] {
		return notImplemented(), nil
	}
	steps := 0
	var last []worlds.Choice
	return worlds.Answer(maxPaths, func(ways []bool) (*server.Answer, []worlds.Choice, error) {
		if steps > maxTotal {
			return nil, last, last[0].Err
		}
		a, r, err := p.answer(ctx, req, ways)
		if err != nil {
			return nil, nil, err
		}
		steps += r.steps
		last = r.choices.Made()
		return a, last, nil
	})
}

// notImplemented is the answer of the built-in server to a method that it does not
// know.
func notImplemented() *server.Answer {
	return &server.Answer{Status: 501, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/html; charset=UTF-8"}}}
}

// answer runs the program one way.
func (p *program) answer(ctx context.Context, req *server.Request, ways []bool) (*server.Answer, *run, error) {
	r := p.newRun(ctx, req, ways)
	if err := r.run(); err != nil {
		return nil, nil, err
	}
	if ended, ok := r.result.(bool); ok && !ended {
		if a, r2, done := r.serveFile(); done {
			return a, r2, nil
		}
	}
	if r.corsUnknown != nil {
		return nil, nil, r.corsUnknown
	}
	for _, l := range r.lines {
		if l.unknown != nil && worlds.Compared(l.name) {
			return nil, nil, l.unknown.err
		}
	}
	return &server.Answer{Status: r.sentStatus(), Header: r.header(), Body: r.output.String(), StatusUnknown: r.statusUnknown, Decided: r.decided}, r, nil
}

// serveFile is what the built-in server does when its script returns false: it serves
// the file at the request's path. done is false when that is index.php again.
func (r *run) serveFile() (a *server.Answer, out *run, done bool) {
	file := strings.TrimPrefix(path.Clean("/"+r.requestPath()), "/")
	p := r.program
	if p.files == nil || !fs.ValidPath(file) || !p.has(file) {
		if strings.Contains(path.Base(file), ".") {
			return &server.Answer{Status: 404, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/html; charset=UTF-8"}}}, r, true
		}
		return nil, nil, false
	}
	if !strings.HasSuffix(file, ".php") {
		return &server.Answer{Status: 200, Decided: []server.Decision{{Position: pos{src: p.main}.position(), Text: "the program returns false: the server sends the file " + file}}}, r, true
	}
	if file == p.main.name {
		return nil, nil, false
	}
	src, err := p.file(file)
	if err != nil {
		return nil, nil, false
	}
	other := &program{main: src, files: p.files, complete: p.complete, root: p.root, version: p.version, env: p.env, envComplete: p.envComplete, set: p.set, settings: p.settings, parsed: map[string]*source{}, builtins: p.builtins, prelude: p.prelude}
	a, out, err = other.answer(r.ctx, r.req, r.choices.Ways())
	return a, out, err == nil
}
