package haproxy

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// standardVersion is the version that is assumed.
const standardVersion = "2.6.12"

// Reader returns the reader of configurations of HAProxy.
func Reader() server.Reader {
	return server.Reader{Kind: "haproxy", Title: "an HAProxy configuration", Recognise: recognise, Load: load, Lists: lists}
}

// recognise says how sure it is that a text is a configuration of HAProxy.
func recognise(name, text string) server.Confidence {
	sections, words := 0, 0
	for l := range strings.Lines(text) {
		fields := strings.Fields(l)
		if len(fields) == 0 {
			continue
		}
		switch fields[0] {
		case "frontend", "backend", "listen":
			if len(fields) == 2 && !strings.ContainsAny(fields[1], "{(;:=") {
				sections++
			}
		case "defaults", "global":
			if len(fields) == 1 {
				sections++
			}
		case "http-request", "http-response", "http-after-response", "default_backend", "use_backend", "bind":
			words++
		}
	}
	switch base := path.Base(name); {
	case strings.HasPrefix(base, "haproxy") && strings.HasSuffix(base, ".cfg") || sections > 0 && words > 0:
		return server.Certain
	case sections > 1:
		return server.Likely
	case words > 1:
		return server.Possible
	}
	return server.NotMine
}

// load reads a configuration.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(src.Text) > 8<<20 {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the configuration is too large", Help: "give only the part that matters"}
	}
	c := &compiler{src: &src, model: &server.Model{Kind: "haproxy"}, assumed: make(map[string]bool), bases: make(map[string]*section), errors: make(map[string]map[int]page)}
	all, err := c.lines()
	if err != nil {
		return nil, err
	}
	if err := c.compile(c.complete(all)); err != nil {
		return nil, err
	}
	h := &haproxy{find: c.backend, client: "127.0.0.1"}
	if given := src.Set["src"]; given != "" {
		h.client = given
	}
	for _, s := range c.sections {
		if s.kind != "backend" && len(s.binds) > 0 && !s.tcp {
			h.fronts = append(h.fronts, s)
		}
	}
	if len(h.fronts) == 0 {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "there is no frontend with an address for HTTP", Help: "give the frontend with its bind line and mode http"}
	}
	version := server.VersionOf(src.Versions, "haproxy", standardVersion)
	if version.Assumed {
		c.assume(server.Position{File: src.Name}, "the version is "+version.String()+"; give another one with --version haproxy=…")
	}
	c.model.Versions = []server.Version{version}
	c.model.Server = h
	return c.model, nil
}

// complete puts lines without a section into a frontend.
func (c *compiler) complete(all []line) []line {
	if len(all) == 0 {
		return all
	}
	switch first := all[0].words[0]; first {
	case "http-request", "http-response", "http-after-response", "acl", "bind", "default_backend", "use_backend":
	default:
		return all
	}
	at := all[0].at
	c.model.Fragment = true
	c.assume(at, "the text is the inside of a frontend, with a backend behind it")
	out := []line{{[]string{"defaults"}, at}, {[]string{"mode", "http"}, at}, {[]string{"frontend", "fragment"}, at}, {[]string{"bind", "*:80"}, at}}
	out = append(out, all...)
	has := func(word string) bool {
		for _, l := range all {
			if l.words[0] == word {
				return true
			}
		}
		return false
	}
	if !has("default_backend") && !has("use_backend") {
		out = append(out, line{[]string{"default_backend", "behind"}, at}, line{[]string{"backend", "behind"}, at}, line{[]string{"server", "s", "backend:80"}, at})
	}
	return out
}

// lists returns the actions that are refused, and what changes no answer.
func lists() []server.WordList {
	return []server.WordList{
		{Title: "Actions that are refused with their line", Words: slices.Sorted(slices.Values(otherActions))},
		{Title: "Actions that change no answer", Words: slices.Sorted(slices.Values(inertActions))},
		{Title: "Directives that change no answer", Words: slices.Sorted(slices.Values(inertDirectives))},
	}
}
