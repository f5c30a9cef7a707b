package php

import (
	_ "embed"
	"maps"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

//go:embed framework/laravel.php
var laravelText string

var laravelFramework = sync.OnceValue(func() *source { return frameworkOf(laravelText) })

// isMiddleware reports whether a text is a file with a middleware of Laravel that
// names CORS headers, and nothing that runs by itself.
func isMiddleware(name, text string) bool {
	if !strings.Contains(text, "function handle(") || !strings.Contains(text, "$next") || !strings.Contains(fetch.ByteLowercase(text), "access-control-") {
		return false
	}
	if !strings.Contains(text, `Illuminate\`) && !strings.Contains(text, "Closure") && !strings.Contains(text, `App\Http\Middleware`) || len(text) > maxText {
		return false
	}
	main, err := parse(name, text, !strings.Contains(text, "<?"))
	return err == nil && onlyDeclares(main.body) && middlewareClass(main.body) != nil
}

// middlewareClass returns the first class with a method handle($request, $next); nil
// when there is none.
func middlewareClass(list []stmt) *class {
	for _, s := range list {
		switch s := s.(type) {
		case *block:
			if c := middlewareClass(s.body); c != nil {
				return c
			}
		case *classStmt:
			if f := s.class.methods["handle"]; f != nil && len(f.params) >= 2 && s.class.kind == "class" {
				return s.class
			}
		}
	}
	return nil
}

// loadMiddleware reads a file with a middleware of Laravel.
func loadMiddleware(src *server.Source) (*server.Model, error) {
	fragment := !strings.Contains(src.Text, "<?")
	main, err := parse(src.Name, src.Text, fragment)
	if err != nil {
		return nil, err
	}
	c := middlewareClass(main.body)
	p := newProgram(src, main)
	p.env = laravelEnv(src)
	maps.Copy(p.builtins, frameworkFunctions())
	p.builtins["env"] = raw(laravelEnvFunction)
	p.framework = &framework{source: laravelFramework(), serve: "__serve", start: c.name}
	m := &server.Model{
		Kind: "laravel", Versions: []server.Version{server.VersionOf(src.Versions, "laravel", laravelVersion)}, Fragment: fragment,
		Policy: append(facts(main, fragment), headerFacts(main, fragment)...), Server: p,
	}
	m.Assumptions = []server.Assumption{
		{Text: "the answers are derived from the source of Laravel and of Symfony's HttpFoundation; no real server was recorded"},
		{Position: c.position(), Text: "the application runs " + lastPart(c.name) + " for every request, as a global middleware, and nothing else in it sends CORS headers (no config/cors.php, no web server in front)"},
		{Text: "the application behind answers with a status that is not known; status 200 is assumed"},
		{Text: returnsAssumed},
	}
	return m, nil
}
