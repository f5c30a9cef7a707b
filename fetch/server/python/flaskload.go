package python

import (
	"context"
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/syntax"
)

// FlaskReader reads Flask applications with Flask-CORS.
func FlaskReader() server.Reader {
	return server.Reader{Kind: "flask", Title: "a Flask application", Recognise: recogniseFlask, Load: loadFlask}
}

func recogniseFlask(name, text string) server.Confidence {
	switch {
	case !strings.HasSuffix(name, ".py") && strings.Contains(name, ".") && !strings.HasSuffix(name, ".txt"):
		return server.NotMine
	case strings.Contains(text, "import CORS") && strings.Contains(text, "flask_cors"), strings.Contains(text, "from flask import"), strings.Contains(text, "import flask"):
		return server.Certain
	case strings.Contains(text, "flask_cors"), strings.Contains(text, "Flask("):
		return server.Likely
	case strings.Contains(text, "cross_origin("), strings.Contains(text, "CORS(app"):
		return server.Possible
	}
	return server.NotMine
}

// loadFlask reads an application.
func loadFlask(ctx context.Context, src server.Source) (*server.Model, error) {
	h := &flaskHost{}
	m := &server.Model{Kind: "flask"}
	in := newInterp(ctx, &src, h)
	for _, v := range []struct{ name, standard string }{{"flask", "2.2.2"}, {"flask-cors", "3.0.10"}, {"werkzeug", "2.2.2"}} {
		m.Versions = append(m.Versions, server.VersionOf(src.Versions, v.name, v.standard))
	}
	in.noteVersions(m)
	mod, err := in.run("__main__", src.Name, src.Text)
	if err != nil {
		return nil, loadError(err)
	}
	app, err := h.find(in, mod)
	if err != nil {
		return nil, loadError(err)
	}
	if app.ran {
		if v, ok := src.Env["FLASK_DEBUG"]; ok && v != "" {
			app.config.put("DEBUG", in.flaskDebug(app.at))
		}
		if app.runDebug != (none{}) {
			b, u, _ := in.truth(nil, nil, app.runDebug)
			if u != nil {
				app.config.put("DEBUG", u)
			} else {
				app.config.put("DEBUG", b)
			}
			if b {
				in.note(app.at, "the text is run as a program, so that app.run(debug=True) counts; another server would not run it")
			}
		}
	}
	in.loading = false
	m.Assumptions = append(m.Assumptions, in.notes...)
	m.Fragment = h.fragment != nil
	h.describe(m, app)
	if app.escaped != nil {
		m.Unknowns = append(m.Unknowns, app.escaped.err)
	}
	m.Alternatives = flaskAlternatives(&src, mod)
	s := &flaskServer{in: in, h: h, app: app}
	m.Server = s
	return m, nil
}

// noteVersions adds an assumption for each version that is assumed.
func (in *interp) noteVersions(m *server.Model) {
	for _, v := range m.Versions {
		if v.Assumed {
			m.Assumptions = append(m.Assumptions, server.Assumption{Text: v.String() + " is assumed"})
		}
	}
}

// loadError returns an error of a run as an error of a Reader.
func loadError(err error) error {
	var r *raised
	if errors.As(err, &r) {
		if u, ok := r.exc.native.(*unknown); ok {
			return &server.InputError{Position: r.at, Problem: "the program raises an exception that is not known: " + u.err.What, Help: u.err.Help}
		}
		text := r.exc.class.name
		if s := exceptionText(r.exc); s != "" {
			text += ": " + s
		}
		return &server.StartError{Position: r.at, Message: text}
	}
	var u *server.UnknownError
	if errors.As(err, &u) {
		return &server.InputError{Position: u.Position, Problem: u.What + " is not known", Help: u.Help}
	}
	return err
}

// find returns the application: the variable app or application, another
// application, or what create_app() returns.
func (h *flaskHost) find(in *interp, m *module) (*flaskApp, error) {
	for _, f := range h.apps {
		if f.ran {
			return f, nil
		}
	}
	for _, name := range []string{"app", "application"} {
		if f, ok := m.scope.vars[name].(*flaskApp); ok && !f.blueprint {
			return f, nil
		}
	}
	for _, f := range h.apps {
		return f, nil
	}
	for _, name := range []string{"create_app", "make_app"} {
		if f, ok := m.scope.vars[name].(*function); ok {
			v, err := in.call(nil, f, &args{at: m.positionAt(f.at)})
			if err != nil {
				return nil, err
			}
			if app, ok := v.(*flaskApp); ok {
				return app, nil
			}
		}
	}
	// A fragment: the hooks and routes of an application that is supplied.
	if h.fragment != nil {
		return h.fragment, nil
	}
	at := server.Position{File: in.src.Name, Line: 1, Column: 1}
	for _, name := range sortedNames(m.scope.vars) {
		if u, ok := m.scope.vars[name].(*unknown); ok && (name == "app" || name == "application") {
			return nil, &server.InputError{Position: u.err.Position, Problem: "the application is not in this text: " + u.err.What, Help: "give the file that makes it, with --file"}
		}
	}
	return nil, &server.InputError{Position: at, Problem: "there is no Flask application in this text", Help: "give the file that has app = Flask(__name__)"}
}

// describe fills facts and routes.
func (h *flaskHost) describe(m *server.Model, app *flaskApp) {
	for _, r := range app.rules {
		if r.endpoint == "static" {
			continue
		}
		m.Routes = append(m.Routes, server.Route{Position: r.at, Method: strings.Join(r.methods, ", "), Path: r.path})
	}
	for _, x := range app.after {
		e, ok := x.(*corsExtension)
		if !ok {
			continue
		}
		for _, o := range e.resources {
			m.Policy = append(m.Policy, o.facts()...)
		}
	}
}

// facts returns what options say.
func (o *corsOptions) facts() []server.Fact {
	where := ""
	switch p := o.resource.(type) {
	case string:
		if p != "/*" && p != ".*" {
			where = p
		}
	case *pattern:
		where = p.source
	}
	var out []server.Fact
	add := func(s server.Subject, text string) {
		if text != "" {
			out = append(out, server.Fact{Position: o.at, Subject: s, Where: where, Value: text})
		}
	}
	add(server.SubjectOrigins, patternsText(o.origins))
	add(server.SubjectHeaders, patternsText(o.allowHeaders))
	if s, ok := o.methods.(string); ok {
		add(server.SubjectMethods, s)
	}
	if s, ok := o.expose.(string); ok {
		add(server.SubjectExposed, s)
	}
	if o.credentials != nil && isTrue(o.credentials) {
		add(server.SubjectCredentials, "true")
	}
	if o.maxAge != nil && isTrue(o.maxAge) {
		add(server.SubjectMaxAge, str(o.maxAge))
	}
	return out
}

// patternsText returns patterns in words.
func patternsText(list []value) string {
	var parts []string
	for _, x := range list {
		switch x := x.(type) {
		case string:
			if x == ".*" {
				x = "every one, reflected"
			}
			parts = append(parts, x)
		case *pattern:
			parts = append(parts, x.source)
		case *unknown:
			parts = append(parts, "not known: "+x.err.What)
		}
	}
	return strings.Join(parts, ", ")
}

// flaskAlternatives returns each of several calls CORS(app…) alone.
func flaskAlternatives(src *server.Source, m *module) []server.Alternative {
	var calls []syntax.Stmt
	for _, s := range m.file.Body {
		if e, ok := s.(*syntax.ExprStmt); ok {
			if c, ok := e.X.(*syntax.Call); ok {
				if n, ok := c.Fun.(*syntax.Name); ok && n.Text == "CORS" {
					calls = append(calls, s)
				}
			}
		}
	}
	if len(calls) < 2 {
		return nil
	}
	var out []server.Alternative
	for i := range calls {
		text := []byte(m.file.Text)
		for j, c := range calls {
			if j != i {
				blank(text[c.Offset():nextOffset(m.file, c)])
			}
		}
		alt := *src
		alt.Text = string(text)
		out = append(out, server.Alternative{Name: "option " + itoa(i+1) + " alone", Source: alt})
	}
	return out
}

// nextOffset returns the offset of the statement after one.
func nextOffset(f *syntax.File, s syntax.Stmt) int {
	for _, t := range f.Body {
		if t.Offset() > s.Offset() {
			end := t.Offset()
			if d, ok := t.(*syntax.Func); ok && len(d.Decorators) > 0 {
				end = strings.LastIndexByte(f.Text[:d.Decorators[0].Offset()], '@')
			}
			return max(end, s.Offset())
		}
	}
	return len(f.Text)
}

// blank overwrites a part of a text with spaces; newlines stay.
func blank(b []byte) {
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
}
