package php

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// brokenError says that PHP cannot read a file.
type brokenError struct {
	at   server.Position
	text string
	err  error
}

// Error returns the message with the position.
func (e *brokenError) Error() string { return e.err.Error() }

// Unwrap returns the error for a program that must be read.
func (e *brokenError) Unwrap() error { return e.err }

// broken is a program that PHP cannot read. It is a [server.Answerer].
type broken struct{ decided server.Decision }

// Answer returns what the built-in server sends when it cannot read its script: status
// 200 without a header of the program.
func (b broken) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !methods[req.Method] {
		return notImplemented(), nil
	}
	return &server.Answer{Status: 200, Header: fetch.HeaderList{{Name: "Content-type", Value: "text/html; charset=UTF-8"}}, Decided: []server.Decision{b.decided}}, nil
}

// brokenModel returns the model of a program that PHP cannot read.
func brokenModel(p *program, e *brokenError) *server.Model {
	text := "PHP cannot read the file: " + e.text + "; nothing of it runs"
	return &server.Model{
		Kind: "php", Versions: []server.Version{p.version}, Server: broken{server.Decision{Position: e.at, Text: text}},
		Assumptions: []server.Assumption{{Position: e.at, Text: text + ", and no CORS header is sent; check it with \"php -l\""}},
	}
}

// The levels of PHP's errors.
const (
	levelError   = 1
	levelWarning = 2
	levelCompile = 64
)

// lastError is the last error of a run.
type lastError struct {
	at      pos
	level   int64
	message string
}

// failed keeps an error for error_get_last().
func (r *run) failed(at pos, level int64, message string) {
	r.lastError = &lastError{at, level, message}
}

// phpLastError is error_get_last().
func phpLastError(c *args) value {
	e := c.r.lastError
	if e == nil {
		return nil
	}
	out := new(array)
	out.setText("type", e.level)
	out.setText("message", e.message)
	out.setText("file", c.r.program.place(e.at.src.name))
	out.setText("line", int64(e.at.position().Line))
	return out
}

// fatal ends the program with an error that no program catches.
func (r *run) fatal(at pos, message string) {
	r.failed(at, levelCompile, message)
	if r.errors {
		r.write(at, "\nFatal error: "+message)
	} else if !r.sent && r.status == 200 {
		r.status, r.line = 500, 500
	}
	r.note(at, "", "the program ends: "+message)
	panic(exits{})
}

// installed reports whether a file that is not given is one that a package manager
// installs.
func (p *program) installed(file string) bool {
	if !strings.HasPrefix(file, "vendor/") && !strings.Contains(file, "/vendor/") {
		return false
	}
	_, err := fs.Stat(p.files, "composer.json")
	return err == nil
}

// noFile is an include of a file that the server does not have: require ends the
// program, include continues with false.
func (r *run) noFile(x *include, file string) value {
	r.warn(x.pos, fmt.Sprintf("%s(%s): Failed to open stream: No such file or directory", x.word, file))
	if strings.HasPrefix(x.word, "require") {
		r.note(x.pos, "", x.word+" throws an Error: "+file+" does not exist")
		r.throw(x.pos, "Error", fmt.Sprintf("Failed opening required '%s'", file))
	}
	r.note(x.pos, "", x.word+" continues without "+file+", which does not exist")
	return false
}
