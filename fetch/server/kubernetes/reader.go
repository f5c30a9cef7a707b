package kubernetes

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nginx"
)

// standardVersion is the version of the controller whose rules are modelled.
const standardVersion = "1.15.0"

// IngressReader returns the reader of Ingress objects for ingress-nginx.
func IngressReader() server.Reader {
	return server.Reader{Kind: "ingress-nginx", Title: "an Ingress of Kubernetes for ingress-nginx", Recognise: recognise, Load: load, Lists: lists}
}

// recognise says how sure it is that a text holds an Ingress for ingress-nginx.
func recognise(_, text string) server.Confidence {
	switch {
	case !strings.Contains(text, "kind: Ingress"):
		return server.NotMine
	case strings.Contains(text, prefix):
		return server.Certain
	}
	return server.Likely
}

// load reads Ingress objects.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if len(src.Text) > 1<<20 {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the file is too large", Help: "give only the Ingress objects"}
	}
	docs, err := parse(src.Name, src.Text)
	if err != nil {
		return nil, err
	}
	var all []*ingress
	for _, doc := range docs {
		if doc.Get("kind").Text != "Ingress" {
			continue
		}
		in, err := read(doc)
		if err != nil {
			return nil, err
		}
		all = append(all, in)
	}
	if len(all) == 0 {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "there is no Ingress in the file", Help: "give a file with kind: Ingress"}
	}
	c := render(all)
	inner := src
	inner.Text, inner.Files, inner.Name = c.text.String(), nil, rendered
	inner.Versions = map[string]string{"nginx": "1.27.1", "headers-more": "0.38"}
	m, err := nginx.Reader().Load(ctx, inner)
	if err != nil {
		return nil, c.translateError(err)
	}
	return c.model(m, src), nil
}

// rendered is the name of the configuration that the controller would write.
const rendered = "nginx.conf"

// model makes the model of the Ingress out of that of its configuration.
func (c *config) model(m *server.Model, src server.Source) *server.Model {
	m.Kind = "ingress-nginx"
	m.Versions = []server.Version{server.VersionOf(src.Versions, "ingress-nginx", standardVersion)}
	for i := range m.Assumptions {
		m.Assumptions[i].Position = c.translate(m.Assumptions[i].Position)
	}
	m.Assumptions = append(m.Assumptions, server.Assumption{
		Position: server.Position{File: src.Name, Line: 1, Column: 1},
		Text:     "the answers are derived from the controller's source and templates (version " + standardVersion + " with its standard ConfigMap); no controller was run",
	})
	for i := range m.Policy {
		m.Policy[i].Position = c.translate(m.Policy[i].Position)
	}
	for i := range m.Routes {
		m.Routes[i].Position = c.translate(m.Routes[i].Position)
	}
	for _, u := range m.Unknowns {
		u.Position = c.translate(u.Position)
	}
	m.Server = &translator{c, m.Server}
	return m
}

// translate returns the position in the Ingress for one in the configuration.
func (c *config) translate(at server.Position) server.Position {
	if at.File != rendered || at.Line < 1 || at.Line > len(c.lines) {
		return at
	}
	return c.lines[at.Line-1]
}

// translateError returns an error with its position in the Ingress.
func (c *config) translateError(err error) error {
	if e, ok := errors.AsType[*server.InputError](err); ok {
		out := *e
		out.Position = c.translate(e.Position)
		return &out
	}
	if e, ok := errors.AsType[*server.StartError](err); ok {
		return &server.StartError{Position: c.translate(e.Position), Message: e.Message}
	}
	if e, ok := errors.AsType[*server.UnknownError](err); ok {
		out := *e
		out.Position = c.translate(e.Position)
		return &out
	}
	return err
}

// translator answers with the positions in the Ingress.
type translator struct {
	config *config
	server server.Answerer
}

// Answer answers a request.
func (t *translator) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	a, err := t.server.Answer(ctx, req)
	if err != nil {
		return nil, t.config.translateError(err)
	}
	for i := range a.Decided {
		a.Decided[i].Position = t.config.translate(a.Decided[i].Position)
	}
	return a, nil
}

// lists returns the annotations that are read; all others of the controller are refused.
func lists() []server.WordList {
	return []server.WordList{
		{Title: "Annotations that are modelled", Words: slices.Sorted(maps.Keys(modelled))},
		{Title: "Annotations that change no answer; all others are refused with their line", Words: slices.Sorted(maps.Keys(inert))},
	}
}
