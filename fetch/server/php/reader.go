package php

import (
	"context"
	"errors"
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// The version of PHP that is assumed, and the limit of what is read.
const (
	standardVersion = "8.2.36"
	maxText         = 1 << 20
	defaultRoot     = "/srv/app"
)

// Reader returns the reader of programs in PHP.
func Reader() server.Reader {
	return server.Reader{Kind: "php", Title: "a program in PHP", Recognise: recognise, Load: load}
}

// recognise says how sure it is that a text is a program in PHP.
func recognise(name, text string) server.Confidence {
	if recogniseLaravel(name, text) != server.NotMine {
		return server.NotMine
	}
	head := strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	switch {
	case strings.HasPrefix(fetch.ByteLowercase(head[:min(5, len(head))]), "<?php"), strings.HasPrefix(head, "<?="):
		return server.Certain
	case strings.HasSuffix(name, ".php"):
		return server.Certain
	case strings.Contains(text, "<?php"):
		return server.Likely
	case isWordPress(text) && (strings.Contains(text, "cors") || strings.Contains(fetch.ByteLowercase(text), "access-control-")):
		return server.Likely
	case strings.Contains(text, "header(") && (strings.Contains(text, "$_SERVER") || callsHeader(fetch.ByteLowercase(text))):
		return server.Likely
	}
	return server.NotMine
}

// callsHeader reports whether a text in lower case calls the function header with a
// header of CORS. A method with that name, as in JavaScript, is another one.
func callsHeader(text string) bool {
	for _, call := range []string{"header('access-control-", `header("access-control-`} {
		for rest := text; ; {
			before, after, ok := strings.Cut(rest, call)
			if !ok {
				break
			}
			if before == "" || !strings.ContainsAny(before[len(before)-1:], ".>_abcdefghijklmnopqrstuvwxyz") {
				return true
			}
			rest = after
		}
	}
	return false
}

// load reads a program.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(src.Text) > maxText {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the program has more than 1 MiB"}
	}
	fragment := !strings.Contains(src.Text, "<?") && !isPage(src.Text)
	main, err := parse(src.Name, src.Text, fragment)
	if b, ok := errors.AsType[*brokenError](err); ok && strings.Contains(src.Text, "<?php") {
		return brokenModel(newProgram(&src, &source{name: src.Name, text: src.Text}), b), nil
	}
	if err != nil {
		return nil, err
	}
	if onlyDeclares(main.body) && strings.Contains(fetch.ByteLowercase(src.Text), "access-control-") {
		return nil, &server.InputError{Position: server.Position{File: src.Name, Line: 1}, Problem: "the file only declares classes or functions", Help: "give the file that the server runs, such as index.php, and this one with --file"}
	}
	p := newProgram(&src, main)
	model := &server.Model{
		Kind: "php", Versions: []server.Version{p.version}, Fragment: fragment,
		Policy: facts(main, fragment), Server: p,
	}
	model.Assumptions = p.assumptions(main, fragment)
	// A program whose files are all given runs without WordPress, or with files that
	// define its functions.
	if isWordPress(src.Text) && !p.complete && !definesHooks(src.Files) {
		p.runInWordPress(model, &src)
	}
	return model, nil
}

// isPage reports whether a text without code is one that PHP sends as it stands, such
// as HTML.
func isPage(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n"), "<")
}

// newProgram returns the program of a source.
func newProgram(src *server.Source, main *source) *program {
	p := &program{
		main: main, files: src.Files, complete: src.Files != nil && src.EnvComplete, root: defaultRoot, version: server.VersionOf(src.Versions, "php", standardVersion),
		env: src.Env, envComplete: src.EnvComplete, set: make(map[string]value), settings: make(map[string]string), parsed: make(map[string]*source), builtins: builtins(), prelude: preludeClasses(),
	}
	if root, ok := src.Placed["."]; ok {
		p.root = path.Clean(root)
	}
	for name, text := range src.Set {
		p.set[name] = parseValue(text)
		p.settings[fetch.ByteLowercase(name)] = text
	}
	return p
}

// parseValue returns a value that a user gives: true, a number, a string, or words.
func parseValue(text string) value {
	switch fetch.ByteLowercase(text) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if n, whole := numberIn(text); whole {
		return n
	}
	if len(text) > 1 && text[0] == '[' && text[len(text)-1] == ']' {
		out := new(array)
		for part := range strings.SplitSeq(text[1:len(text)-1], ",") {
			out.append(strings.Trim(strings.TrimSpace(part), `"'`))
		}
		return out
	}
	return strings.Trim(text, `"'`)
}

// onlyDeclares reports whether a program runs no statement.
func onlyDeclares(list []stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *classStmt, *functionStmt, *useStmt, *constStmt:
		case *block:
			if !onlyDeclares(s.body) {
				return false
			}
		case *echoStmt:
			if l, ok := s.values[0].(*literal); !ok || strings.TrimSpace(toString(l.v)) != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// standsFor says what is taken for a file that is not given.
func (p *program) standsFor(name string) string {
	switch {
	case p.complete && !p.installed(name):
		return " does not exist on the server"
	case mayEnd(name):
		return " is not given: it sends no CORS headers, and it may end the program"
	}
	return " is not given: it sends no CORS headers; the status after it is not known"
}

// assumptions returns what was assumed.
func (p *program) assumptions(main *source, fragment bool) []server.Assumption {
	out := []server.Assumption{{Text: "PHP's built-in server runs " + main.name + " for every path"}}
	if p.version.Assumed {
		out = append(out, server.Assumption{Text: "the version of PHP is " + p.version.Version})
	}
	if fragment {
		out = append(out, server.Assumption{Text: "the text is code without <?php"})
	}
	if _, ok := p.settings["display_errors"]; !ok {
		out = append(out, server.Assumption{Text: "display_errors of php.ini is off: an exception that nothing catches gets status 500"})
	}
	if _, ok := p.settings["output_buffering"]; !ok {
		out = append(out, server.Assumption{Text: "output_buffering of php.ini is 4096, as in the files that PHP comes with: up to 4096 bytes of output before header() do no harm"})
	}
	for _, m := range p.notGiven(main, fragment) {
		out = append(out, server.Assumption{Position: m.at, Text: m.name + p.standsFor(m.name)})
	}
	return out
}
