package spring

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// The versions that are assumed.
const (
	standardVersion  = "6.2"
	standardSecurity = "6.5"
)

// Reader returns the reader of Spring applications.
func Reader() server.Reader {
	return server.Reader{Kind: "spring", Title: "a Spring application", Recognise: recognise, Load: load, Lists: lists}
}

// words are words that only Spring applications have.
var springWords = []string{
	"@CrossOrigin", "addCorsMappings", "CorsRegistry", "CorsConfigurationSource", "CorsConfiguration ", "CorsFilter", "CorsWebFilter", "WebMvcConfigurer",
	"SecurityFilterChain", "WebSecurityConfigurerAdapter", "@RestController", "org.springframework",
}

// propertyWords are names of properties about CORS.
var propertyWords = []string{"management.endpoints.web.cors", "spring.graphql.cors", "spring.cloud.gateway.globalcors"}

// recognise says how sure it is that a text is a Spring application.
func recognise(name, text string) server.Confidence {
	found := false
	for _, w := range springWords {
		found = found || strings.Contains(text, w)
	}
	isJava := strings.HasSuffix(name, ".java") || strings.HasSuffix(name, ".kt")
	switch {
	case isJava || found && strings.Contains(text, "import org.springframework"):
		return server.Certain
	case isSettings(name) || name == "":
		for _, w := range propertyWords {
			if strings.Contains(text, w) {
				return server.Certain
			}
		}
		if strings.Contains(text, "globalcors:") {
			return server.Certain
		}
		if isSettings(name) && strings.Contains(name, "application") && strings.Contains(text, "spring:") {
			return server.Likely
		}
	}
	if found {
		return server.Likely
	}
	return server.NotMine
}

// load reads an application.
func load(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	at := server.Position{File: src.Name, Line: 1, Column: 1}
	switch {
	case len(src.Text) > maxText:
		return nil, &server.InputError{Position: at, Problem: "the file has more than 1 MiB", Help: "give only the part about CORS"}
	case strings.HasSuffix(src.Name, ".kt"):
		return nil, &server.InputError{Position: at, Problem: "Kotlin is not read", Help: "give the configuration in Java"}
	}
	m := newMachine(&src)
	var err error
	if m.props, err = readProperties(&src); err != nil {
		return nil, err
	}
	main := &file{Name: src.Name}
	if !isSettings(src.Name) {
		main = parse(src.Name, src.Text)
	}
	m.files = append([]*file{main}, others(&src)...)
	m.loose(main)
	for _, f := range m.files {
		m.collect(f, f.Body, nil)
	}
	if err := m.build(main); err != nil {
		u, ok := errors.AsType[*server.UnknownError](err)
		if !ok {
			return nil, err
		}
		m.lose(u)
	}
	if !m.app.says() {
		return nil, &server.InputError{Position: at, Problem: "there is no CORS configuration, no controller and no filter chain in the file", Help: "give the class with @CrossOrigin, addCorsMappings, CorsFilter or SecurityFilterChain"}
	}
	return m.app.model(), nil
}

// assumedVersion returns the version that is assumed for a text: the last one of
// framework 5 when the text has what later ones do not have.
func assumedVersion(text string) string {
	if strings.Contains(text, securityAdapter) || strings.Contains(text, "javax.servlet.") {
		return "5.3"
	}
	return standardVersion
}

// newMachine returns a machine for a source.
func newMachine(src *server.Source) *machine {
	m := &machine{src: src, classes: make(map[string]*class), beans: make(map[string]value), making: make(map[string]bool)}
	framework := server.VersionOf(src.Versions, "spring", assumedVersion(src.Text))
	m.version = parseVersion(framework.Version)
	security := map[int]string{5: "5.7", 6: standardSecurity}[m.version.major]
	if security == "" {
		security = framework.Version // both have the same numbers from 7 on
	}
	m.app = &app{machine: m, version: m.version, global: &registry{}}
	m.app.versions = []server.Version{framework, server.VersionOf(src.Versions, "spring-security", security)}
	m.app.security = parseVersion(m.app.versions[1].Version)
	for _, word := range []string{"WebFlux", "CorsWebFilter", "ServerHttpSecurity"} {
		m.app.reactive = m.app.reactive || strings.Contains(src.Text, word)
	}
	return m
}

func parse(name, text string) *file {
	return syntax.Parse(syntax.Java, name, text)
}

// others parses the other Java files that are given, without tests.
func others(src *server.Source) []*file {
	var out []*file
	isOther := func(name string) bool {
		return strings.HasSuffix(name, ".java") && name != src.Name && !strings.Contains(name, "src/test/")
	}
	for name, text := range syntax.Texts(src.Files, maxFiles, maxText, isOther) {
		out = append(out, parse(name, text))
	}
	return out
}

// says reports whether the application says something that decides answers.
func (a *app) says() bool {
	return len(a.global.list)+len(a.stages)+len(a.chains)+len(a.mappings)+len(a.facts)+len(a.assumptions) > 0 || a.lost != nil
}

// model returns the model of the application.
func (a *app) model() *server.Model {
	out := &server.Model{Kind: "spring", Versions: a.versions[:1], Server: a}
	if len(a.chains) > 0 {
		out.Versions = a.versions
	}
	say := func(text string) { out.Assumptions = append(out.Assumptions, server.Assumption{Text: text}) }
	say("the answers are derived from the source of Spring; only the classes of Spring MVC 6.2.19 were run, no whole application")
	if out.Versions[0].Assumed {
		say("the version is Spring Framework " + out.Versions[0].Version + ", in Spring Boot with its own web server")
	}
	main := a.machine.files[0]
	if a.machine.classes[""] != nil || len(main.Body) > 0 && !hasPrologue(main) {
		out.Fragment = true
		say("the text is a part of an application, with its imports and annotations in place")
	}
	if len(a.mappings) == 0 && a.cloud == nil {
		say("controllers that are not given have no @CrossOrigin")
	}
	if len(a.chains) == 0 {
		say("there is no Spring Security in front, or it lets every request through")
	}
	if n := len(a.machine.files) - 1; n > 0 {
		say("the " + strconv.Itoa(n) + " other Java files that are given belong to the application")
	}
	out.Assumptions = append(out.Assumptions, a.assumptions...)
	out.Policy = a.facts
	out.Unknowns = append(out.Unknowns, a.unknowns...)
	if a.lost != nil {
		out.Unknowns = append(out.Unknowns, a.lost)
	}
	for _, h := range a.mappings {
		method := ""
		if len(h.methods) == 1 {
			method = h.methods[0]
		}
		for _, p := range h.patterns {
			out.Routes = append(out.Routes, server.Route{Position: h.at.position(), Method: method, Path: p})
		}
	}
	return out
}

// lists returns the annotations and the types that are looked at.
func lists() []server.WordList {
	return []server.WordList{
		{Title: "Annotations that map requests", Words: slices.Sorted(maps.Keys(mappingAnnotations))},
		{Title: "Types of beans that are looked at", Words: slices.Sorted(slices.Values(beanTypes))},
		{Title: "Base classes and interfaces that are looked at", Words: slices.Sorted(slices.Values(slices.Concat(mvcConfigurers, servletFilters, []string{securityAdapter})))},
		{Title: "Properties about CORS below which the application's own are read", Words: slices.Clone(propertyWords)},
	}
}
