package php

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

const laravelVersion = "11"

// LaravelReader returns the reader of Laravel's config/cors.php, and of a class of
// app/Http/Middleware that sends CORS headers.
func LaravelReader() server.Reader {
	return server.Reader{Kind: "laravel", Title: "the file config/cors.php or a middleware class of Laravel", Recognise: recogniseLaravel, Load: loadLaravel}
}

// recogniseLaravel says how sure it is that a text is Laravel's config/cors.php or a
// middleware.
func recogniseLaravel(name, text string) server.Confidence {
	named := strings.Contains(text, "'allowed_origins'") || strings.Contains(text, `"allowed_origins"`)
	switch {
	case named && strings.Contains(text, "return"):
		return server.Certain
	case isMiddleware(name, text):
		return server.Certain
	case named && path.Base(name) == "cors.php":
		return server.Likely
	}
	return server.NotMine
}

// loadLaravel reads config/cors.php: it is run, and what it returns is the policy.
func loadLaravel(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(src.Text) > maxText {
		return nil, &server.InputError{Position: server.Position{File: src.Name}, Problem: "the file has more than 1 MiB"}
	}
	if isMiddleware(src.Name, src.Text) {
		return loadMiddleware(&src)
	}
	fragment := !strings.Contains(src.Text, "<?")
	main, err := parse(src.Name, src.Text, fragment)
	if err != nil {
		return nil, err
	}
	p := newProgram(&src, main)
	p.env = laravelEnv(&src)
	p.builtins["env"] = raw(laravelEnvFunction)
	l := &laravel{program: p}
	r := p.newRun(ctx, &server.Request{Method: "GET", Target: "/"}, nil)
	err = r.run()
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		l.lost = u
	} else if err != nil {
		return nil, err
	}
	if made := r.choices.Made(); len(made) > 0 {
		l.lost = made[0].Err
	}
	options, ok := r.result.(*array)
	if !ok && l.lost == nil {
		return nil, &server.InputError{Position: server.Position{File: src.Name, Line: 1}, Problem: "the file does not return an array", Help: "give config/cors.php"}
	}
	if ok {
		l.options = options
	}
	return l.model(&src, fragment), nil
}

// laravelEnv returns the environment with what .env adds.
func laravelEnv(src *server.Source) map[string]string {
	out := make(map[string]string)
	if src.Files != nil {
		for _, folder := range []string{".", path.Dir(path.Dir(src.Name))} {
			text, err := fs.ReadFile(src.Files, path.Join(folder, ".env"))
			if err != nil {
				continue
			}
			for line := range strings.Lines(string(text)) {
				name, v, ok := strings.Cut(strings.TrimSpace(line), "=")
				if ok && !strings.HasPrefix(name, "#") {
					out[strings.TrimSpace(name)] = dotenvValue(v)
				}
			}
		}
	}
	for name, v := range src.Env {
		out[name] = v
	}
	return out
}

// dotenvValue returns a value of .env without its quotes or its comment.
func dotenvValue(v string) string {
	v = strings.TrimSpace(v)
	if len(v) > 1 && (v[0] == '"' || v[0] == '\'') {
		if end := strings.IndexByte(v[1:], v[0]); end >= 0 {
			return v[1 : 1+end]
		}
	}
	v, _, _ = strings.Cut(v, " #")
	return strings.TrimSpace(v)
}

// laravelEnvFunction is env(name, default).
func laravelEnvFunction(c *args) value {
	v := c.r.envValue(c.pos, c.text(0), absent{})
	s, ok := v.(string)
	if !ok {
		if _, unset := v.(absent); unset {
			return c.arg(1)
		}
		return v
	}
	switch fetch.ByteLowercase(s) {
	case "true", "(true)":
		return true
	case "false", "(false)":
		return false
	case "empty", "(empty)":
		return ""
	case "null", "(null)":
		return nil
	}
	return s
}

// model returns the model with what it says about itself.
func (l *laravel) model(src *server.Source, fragment bool) *server.Model {
	m := &server.Model{Kind: "laravel", Versions: []server.Version{server.VersionOf(src.Versions, "laravel", laravelVersion)}, Fragment: fragment, Server: l}
	m.Assumptions = []server.Assumption{
		{Text: "the answers are derived from the source of Laravel and php-cors; no real server was recorded"},
		{Text: "the application behind answers with " + server.AssumedBackendText + "; the status is not known"},
	}
	if l.lost != nil {
		m.Unknowns = append(m.Unknowns, l.lost)
		return m
	}
	for _, f := range []struct {
		option  string
		subject server.Subject
	}{
		{"allowed_origins", server.SubjectOrigins}, {"allowed_origins_patterns", server.SubjectOrigins}, {"allowed_methods", server.SubjectMethods}, {"allowed_headers", server.SubjectHeaders},
		{"exposed_headers", server.SubjectExposed}, {"supports_credentials", server.SubjectCredentials}, {"max_age", server.SubjectMaxAge},
	} {
		v, ok := l.options.get(keyOf(f.option))
		if u := unknownWithin([]value{v}); u != nil {
			m.Unknowns = append(m.Unknowns, u.err)
			continue
		}
		words := listText(v)
		if ok && words != "" {
			at := server.PositionAt(src.Text, max(0, strings.Index(src.Text, f.option)))
			at.File = src.Name
			m.Policy = append(m.Policy, server.Fact{Position: at, Subject: f.subject, Where: listText(l.option("paths")), Value: words})
		}
	}
	return m
}

// listText returns a value, or the values of an array, as text.
func listText(v value) string {
	a, ok := v.(*array)
	if !ok {
		if v == true {
			return "true"
		}
		return toString(v)
	}
	var parts []string
	for _, x := range a.values() {
		if u, ok := x.(*unknown); ok {
			parts = append(parts, u.err.What)
			continue
		}
		parts = append(parts, listText(x))
	}
	return strings.Join(parts, ", ")
}
