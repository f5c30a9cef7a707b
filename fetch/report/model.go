package report

import (
	"io"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// ModelDocument is what was understood of a server's configuration, as JSON.
type ModelDocument struct {
	Version int    `json:"version"`
	File    string `json:"file"`
	// Kind is the kind of the configuration, such as nginx.
	Kind string `json:"kind"`
	// Fragment reports whether the text is only a part of a configuration, which was
	// completed.
	Fragment bool              `json:"fragment,omitzero"`
	Versions []SoftwareVersion `json:"versions,omitempty"`
	// Policy holds what the configuration says about CORS.
	Policy []PolicyFact `json:"policy"`
	// Routes holds the paths that the configuration answers itself or passes on.
	Routes []Route `json:"routes"`
	// Assumptions holds what the configuration does not say and was taken to be so.
	Assumptions []Assumption `json:"assumptions"`
	// Unknowns holds what the configuration does not say. It matters only to the
	// answers that depend on it.
	Unknowns []UnknownThing `json:"unknowns"`
	// Alternatives names the other readings of a text that prints several options.
	Alternatives []string `json:"alternatives,omitempty"`
}

// PolicyFact is one thing that a configuration says about CORS.
type PolicyFact struct {
	Position *Position `json:"position,omitzero"`
	// Subject is origins, methods, headers, exposed headers, credentials, max-age or
	// preflight.
	Subject string `json:"subject"`
	// Where says to which requests it applies; absent for all.
	Where string `json:"where,omitempty"`
	// Value is the value in words.
	Value string `json:"value"`
}

// Route is a path that a configuration answers itself or passes on.
type Route struct {
	Position *Position `json:"position,omitzero"`
	// Method is absent for all methods.
	Method string `json:"method,omitempty"`
	Path   string `json:"path"`
}

// Assumption is something that was taken to be so.
type Assumption struct {
	Position *Position `json:"position,omitzero"`
	Text     string    `json:"text"`
}

// UnknownThing is something that a configuration does not say.
type UnknownThing struct {
	Position *Position `json:"position,omitzero"`
	What     string    `json:"what"`
	// Help says how to give it.
	Help string `json:"help,omitempty"`
}

// NewModelDocument returns what was understood of a configuration. The file is the
// name of the configuration.
func NewModelDocument(file string, m *server.Model) *ModelDocument {
	d := &ModelDocument{Version: Version, File: file, Kind: m.Kind, Fragment: m.Fragment, Versions: newVersions(m.Versions)}
	for _, f := range m.Policy {
		d.Policy = append(d.Policy, PolicyFact{newPosition(f.Position), string(f.Subject), f.Where, f.Value})
	}
	for _, r := range m.Routes {
		d.Routes = append(d.Routes, Route{newPosition(r.Position), r.Method, r.Path})
	}
	for _, a := range m.Assumptions {
		d.Assumptions = append(d.Assumptions, Assumption{newPosition(a.Position), a.Text})
	}
	for _, u := range m.Unknowns {
		d.Unknowns = append(d.Unknowns, UnknownThing{newPosition(u.Position), u.What, u.Help})
	}
	for _, a := range m.Alternatives {
		d.Alternatives = append(d.Alternatives, a.Name)
	}
	return d
}

// AppendJSON appends the document as one line of JSON, without the newline.
func (d *ModelDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("file", d.File)
	e.text("kind", d.Kind)
	e.boolIf("fragment", d.Fragment)
	e.versions(d.Versions)
	array(e, "policy", d.Policy, func(f *PolicyFact) {
		e.open('{')
		e.position(f.Position)
		e.text("subject", f.Subject)
		e.textIf("where", f.Where)
		e.text("value", f.Value)
		e.close('}')
	})
	array(e, "routes", d.Routes, func(r *Route) {
		e.open('{')
		e.position(r.Position)
		e.textIf("method", r.Method)
		e.text("path", r.Path)
		e.close('}')
	})
	array(e, "assumptions", d.Assumptions, func(a *Assumption) {
		e.open('{')
		e.position(a.Position)
		e.text("text", a.Text)
		e.close('}')
	})
	array(e, "unknowns", d.Unknowns, func(u *UnknownThing) {
		e.open('{')
		e.position(u.Position)
		e.text("what", u.What)
		e.textIf("help", u.Help)
		e.close('}')
	})
	e.textsIf("alternatives", d.Alternatives)
	e.close('}')
	return e.out
}

// WriteText writes the document for people.
func (d *ModelDocument) WriteText(w io.Writer, style Style) {
	t := newText(w, style)
	title := d.File + ": " + d.Kind
	if d.Fragment {
		title += ", a part of a configuration"
	}
	t.line("%s", title)
	t.list("versions:", d.versionLines())
	t.list("what it says about CORS:", orNothing(d.policyLines(), "nothing"))
	t.list("routes:", d.routeLines())
	t.list("assumed:", placed(d.Assumptions, func(a *Assumption) (*Position, string) { return a.Position, a.Text }))
	t.list("not known, and asked for when an answer depends on it:", placed(d.Unknowns, func(u *UnknownThing) (*Position, string) {
		if u.Help == "" {
			return u.Position, u.What
		}
		return u.Position, u.What + "; " + u.Help
	}))
	var options []string
	for i, name := range d.Alternatives {
		options = append(options, textfmt.Sprintf("%d  %s", i+1, name))
	}
	t.list("alternatives (choose one with --alternative):", options)
}

func (d *ModelDocument) versionLines() []string {
	var out []string
	for _, v := range d.Versions {
		out = append(out, versionText(server.Version(v)))
	}
	return out
}

func (d *ModelDocument) policyLines() []string {
	return placed(d.Policy, func(f *PolicyFact) (*Position, string) {
		text := f.Subject + ": " + f.Value
		if f.Where != "" {
			text += " (" + f.Where + ")"
		}
		return f.Position, text
	})
}

func (d *ModelDocument) routeLines() []string {
	return placed(d.Routes, func(r *Route) (*Position, string) {
		return r.Position, strings.TrimSpace(r.Method + " " + r.Path)
	})
}

// orNothing returns the lines, or one line when there are none.
func orNothing(lines []string, nothing string) []string {
	if len(lines) == 0 {
		return []string{nothing}
	}
	return lines
}

// placed returns a line for each element: its position and its text, in two columns.
func placed[T any](list []T, parts func(*T) (*Position, string)) []string {
	width := 0
	for i := range list {
		if p, _ := parts(&list[i]); p != nil {
			width = max(width, len(p.String()))
		}
	}
	var out []string
	for i := range list {
		p, text := parts(&list[i])
		if width == 0 {
			out = append(out, Line(text))
			continue
		}
		at := ""
		if p != nil {
			at = p.String()
		}
		out = append(out, textfmt.Sprintf("%-*s  %s", width, at, Line(text)))
	}
	return out
}

// String returns "file:line:column" without the parts that are not known.
func (p *Position) String() string { return server.Position(*p).String() }
