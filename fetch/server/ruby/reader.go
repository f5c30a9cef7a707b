package ruby

import (
	"context"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// standardVersions are the versions that are assumed.
var standardVersions = map[string]string{"rack-cors": "1.1.1", "rack": "2.2.22", "rails": "6.1.7.10", "puma": "5.6.5"}

// Reader returns the reader of configurations of rack-cors.
func Reader() server.Reader {
	return server.Reader{Kind: "rack-cors", Title: "a program of Rack, Sinatra or Rails in Ruby, such as a configuration of rack-cors", Recognise: recognise, Load: load}
}

// recognise says how sure it is that a text configures rack-cors.
func recognise(name, text string) server.Confidence {
	ruby := strings.HasSuffix(name, ".rb") || path.Base(name) == "config.ru"
	switch {
	case ruby && strings.Contains(text, "Rack::Cors"), path.Base(name) == "config.ru":
		return server.Certain
	case strings.Contains(text, "Rack::Cors do") || strings.Contains(text, "Rack::Cors, "):
		return server.Certain
	case ruby, strings.Contains(text, "Rack::Cors"):
		return server.Likely
	case strings.Contains(text, "require 'sinatra") || strings.Contains(text, `require "sinatra`) || strings.Contains(text, "< Sinatra::Base"):
		return server.Likely
	case strings.Contains(text, "allow do") && strings.Contains(text, "origins "):
		return server.Likely
	}
	return server.NotMine
}

// version returns the version of a piece of software.
func (m *machine) version(name string) string {
	return server.VersionOf(m.src.Versions, name, standardVersions[name]).Version
}

// load reads a configuration.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(src.Text) > maxText {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the file has more than 1 MiB"}
	}
	body, fragment := withContext(src.Text)
	p := &program{src: &src, main: readFile(src.Name, body), libraries: libraries()}
	m, err := p.loadAny(ctx)
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		model := &server.Model{Kind: "rack-cors", Versions: p.versions(nil), Server: p, Fragment: fragment, Unknowns: []*server.UnknownError{u}}
		return model, nil
	}
	if err != nil {
		return nil, err
	}
	found := m.policies()
	if len(found) == 0 && !m.answersItself() {
		return nil, &server.InputError{Position: server.Position{File: src.Name, Line: 1}, Problem: "there is no \"use Rack::Cors\", no \"insert_before …, Rack::Cors\" and no application in the file", Help: "give the file that has it, such as config/initializers/cors.rb"}
	}
	if err := m.startRails(); err != nil {
		return nil, err
	}
	model := &server.Model{Kind: "rack-cors", Versions: p.versions(m), Fragment: fragment, Server: p}
	m.describe(model, found, fragment)
	if fragment {
		model.Alternatives = []server.Alternative{{Name: "the block in a config.ru", Source: onRack(src)}}
	}
	return model, nil
}

// answersItself reports whether the files say how requests are answered without
// rack-cors.
func (m *machine) answersItself() bool {
	switch {
	case m.builder.ran:
		_, isUnknown := m.builder.app.(*unknown)
		return !isUnknown
	case len(m.builder.maps) > 0, m.onlySinatra() != nil:
		return true
	}
	return m.rails.drawn && m.program.namesHeaders()
}

var insertion = regexp.MustCompile(`config\.middleware\.\w+[^\n]*Rack::Cors`)

// onRack returns the lines of a Rails application as those of a config.ru.
func onRack(src server.Source) server.Source {
	src.Name = "config.ru"
	src.Text = insertion.ReplaceAllString(src.Text, "use Rack::Cors")
	return src
}

// loadAny loads the configuration in the first way in which it starts.
func (p *program) loadAny(ctx context.Context) (m *machine, err error) {
	var ways worlds.Tree
	for range 16 {
		m, err = p.load(ctx, ways.Ways())
		if _, refused := errors.AsType[*server.StartError](err); !refused || !ways.Next(m.choices.Ways()) {
			return m, err
		}
	}
	return m, err
}

// startRails reports what Rails says when it cannot build its middleware.
func (m *machine) startRails() (err error) {
	defer func() {
		if r, ok := recover().(raised); ok {
			err = &server.StartError{Position: r.at.Position(), Message: r.message}
		}
	}()
	if m.rails.used {
		m.buildStack()
	}
	return nil
}

// policies returns the configurations of Rack::Cors.
func (m *machine) policies() []*cors {
	var out []*cors
	var add func(b *builder)
	add = func(b *builder) {
		for _, w := range b.stack {
			if w.cors != nil {
				out = append(out, w.cors)
			}
		}
		for _, inner := range b.maps {
			add(inner.inner)
		}
	}
	add(m.builder)
	for _, op := range m.rails.operations {
		if op.mw.cors != nil {
			out = append(out, op.mw.cors)
		}
	}
	return out
}

// describe fills in what the model says about itself.
func (m *machine) describe(model *server.Model, found []*cors, fragment bool) {
	for _, k := range found {
		for _, a := range k.allows {
			model.Policy = append(model.Policy, a.facts...)
			for _, r := range a.resources {
				if r.unknown != nil {
					model.Unknowns = append(model.Unknowns, r.unknown.err)
				}
			}
			for _, o := range a.origins {
				if u, ok := o.(*unknown); ok {
					model.Unknowns = append(model.Unknowns, u.err)
				}
			}
		}
	}
	for _, r := range m.rails.routes {
		model.Routes = append(model.Routes, server.Route{Position: r.at.Position(), Method: r.method, Path: r.path})
	}
	for _, v := range model.Versions {
		if v.Assumed {
			model.Assumptions = append(model.Assumptions, server.Assumption{Text: "the version of " + v.Name + " is " + v.Version})
		}
	}
	if fragment {
		model.Assumptions = append(model.Assumptions, server.Assumption{Text: "the lines are in the class of config/application.rb of a Rails application"})
	}
	if !m.builder.ran && !m.rails.drawn {
		model.Assumptions = append(model.Assumptions, server.Assumption{Text: "the application behind answers with " + server.AssumedBackendText + "; the status is not known"})
	}
	model.Assumptions = append(model.Assumptions, m.assumptions...)
}

// versions returns the versions that are modelled.
func (p *program) versions(m *machine) []server.Version {
	names := []string{"rack-cors", "rack", "puma"}
	if m != nil && m.rails.used {
		names = append(names, "rails")
	}
	var out []server.Version
	for _, n := range slices.Sorted(slices.Values(names)) {
		out = append(out, server.VersionOf(p.src.Versions, n, standardVersions[n]))
	}
	return out
}

// withContext returns a text with what its lines need around them: "config.middleware"
// is in the class of the application.
func withContext(text string) (body string, fragment bool) {
	if strings.Contains(text, "Rails::Application") || strings.Contains(text, "Rails.application") || !strings.Contains(text, "config.middleware") {
		return text, false
	}
	return text, true
}
