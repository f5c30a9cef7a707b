package aspnet

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

const standardVersion = "8.0"

// Reader returns the reader of ASP.NET Core.
func Reader() server.Reader {
	return server.Reader{Kind: "aspnet", Title: "an ASP.NET Core application", Recognise: recognise, Load: load}
}

// recognise says how sure it is that a text is an ASP.NET Core application.
func recognise(name, text string) server.Confidence {
	cors := strings.Contains(text, "AddCors(") || strings.Contains(text, "UseCors(")
	switch {
	case strings.HasSuffix(name, ".cs"), cors:
		return server.Certain
	case strings.Contains(text, "CorsPolicyBuilder"):
		return server.Likely
	case strings.Contains(text, "WebApplication.CreateBuilder"):
		return server.Likely
	case strings.Contains(text, ".WithOrigins("):
		return server.Possible
	}
	return server.NotMine
}

// load reads an application.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(src.Text) > maxText {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the file has more than 1 MiB"}
	}
	main := parse(&src, src.Name, src.Text)
	m := &machine{
		src: &src, files: append([]*file{main}, others(&src)...), functions: make(map[string]*function), called: make(map[*function]bool), classes: make(map[string]*class), fields: make(map[string]value),
		policies: make(map[string]*policy), defaultName: "__DefaultCorsPolicy",
	}
	m.config = readSettings(m)
	err := m.run(main)
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		m.lose(u)
	} else if err != nil {
		return nil, err
	}
	if len(m.policies) == 0 && len(m.pipeline) == 0 && m.lost == nil {
		return nil, &server.InputError{Position: server.Position{File: src.Name, Line: 1}, Problem: "there is no AddCors, no UseCors and no other middleware in the file", Help: "give Program.cs or Startup.cs"}
	}
	model := &server.Model{Kind: "aspnet", Versions: []server.Version{server.VersionOf(src.Versions, "aspnet", standardVersion)}, Server: m}
	m.describe(model)
	return model, nil
}

func parse(src *server.Source, name, text string) *file {
	return syntax.Parse(syntax.CSharp, name, withoutExcluded(text, func(symbol string) bool { return src.Set[symbol] == "true" }))
}

// others parses the other C# files that are given.
func others(src *server.Source) []*file {
	var out []*file
	isOther := func(name string) bool { return strings.HasSuffix(name, ".cs") && name != src.Name }
	for name, text := range syntax.Texts(src.Files, maxFiles, maxText, isOther) {
		out = append(out, parse(src, name, text))
	}
	return out
}

// describe fills in what the model says about itself.
func (m *machine) describe(model *server.Model) {
	say := func(text string) { model.Assumptions = append(model.Assumptions, server.Assumption{Text: text}) }
	say("the answers are derived from the source of ASP.NET Core; no real server was recorded")
	if model.Versions[0].Assumed {
		say("the version is ASP.NET Core " + standardVersion)
	}
	if slices.ContainsFunc(m.files, func(f *file) bool { return strings.Contains(f.Text, "#if") }) {
		say("the program is a release build: DEBUG is not defined; --set DEBUG=true defines it")
	}
	if _, ok := m.src.Env["ASPNETCORE_ENVIRONMENT"]; !ok {
		say("the environment is Production")
	}
	if !strings.Contains(m.files[0].Text, "class ") && m.functions["Configure"] != nil {
		model.Fragment = true
		say("the methods are in the class Startup")
	}
	model.Assumptions = append(model.Assumptions, m.assumptions...)
	for _, p := range m.order {
		model.Policy = append(model.Policy, p.facts...)
		if p.unknown != nil {
			model.Unknowns = append(model.Unknowns, p.unknown.err)
		}
	}
	if m.lost != nil {
		model.Unknowns = append(model.Unknowns, m.lost)
	}
	for _, e := range m.endpoints {
		method := ""
		if len(e.methods) == 1 {
			method = e.methods[0]
		}
		model.Routes = append(model.Routes, server.Route{Position: e.at.Position(), Method: method, Path: e.path})
	}
}
