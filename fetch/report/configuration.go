package report

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// Configuration says how the configuration of a server took part in a call.
type Configuration struct {
	// File is the name of the configuration, Kind the kind of its reader.
	File, Kind string
	Versions   []server.Version
	// Decided holds the requests that the server got, in order, with what decided the
	// CORS headers of each answer or their absence.
	Decided []Decided
}

// Decided is what decided the answer to one request.
type Decided struct {
	Target    server.Target
	Decisions []server.Decision
}

// Add adds a request and what decided its answer, unless they are listed already.
func (c *Configuration) Add(d Decided) {
	same := func(other Decided) bool {
		return other.Target == d.Target && slices.Equal(other.Decisions, d.Decisions)
	}
	if !slices.ContainsFunc(c.Decided, same) {
		c.Decided = append(c.Decided, d)
	}
}

// Decisive returns the position of the statement that says most about the last answer:
// the last one that concerns its Access-Control-Allow-Origin, or else the last one. It
// is zero if nothing decided it.
func (c *Configuration) Decisive() server.Position {
	if len(c.Decided) == 0 {
		return server.Position{}
	}
	var out server.Position
	found := false
	for _, d := range c.Decided[len(c.Decided)-1].Decisions {
		if is := fetch.EqualFold(d.Header, fetch.HeaderAllowOrigin); is || !found {
			out, found = d.Position, found || is
		}
	}
	return out
}

// UnknownStatus returns the unknown status that a result depends on; nil if there is
// none. The function says of a response why its status is not known, or nil. The
// status of the response to a preflight matters, unless its headers fail anyway; that
// of the response to the request does not.
func UnknownStatus(r *browser.Result, unknown func(*fetch.WireResponse) *server.UnknownError) *server.UnknownError {
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Response == nil || !x.Request.IsPreflight() {
			continue
		}
		if f := x.Failure; f != nil && f.Reason != fetch.ReasonPreflightStatus && f.Reason != fetch.ReasonPreflightRedirect {
			continue
		}
		if u := unknown(x.Response); u != nil {
			return u
		}
	}
	return nil
}

// title returns the heading of the section.
func (c *Configuration) title() string {
	parts := []string{c.File}
	for _, v := range c.Versions {
		parts = append(parts, versionText(v))
	}
	return "what the configuration decided (" + strings.Join(parts, ", ") + "):"
}

// versionText returns a version, and whether it is assumed.
func versionText(v server.Version) string {
	if v.Assumed {
		return v.String() + ", assumed"
	}
	return v.String()
}

// lines returns the section in lines: requests, and below them what decided their
// answers.
func (c *Configuration) lines() []string {
	var out []string
	for i, d := range c.Decided {
		if len(d.Decisions) == 0 {
			continue
		}
		what := d.Target.Method + " " + d.Target.URL
		if d.Target.Preflight {
			what += " (the preflight)"
		}
		out = append(out, what+":")
		if i+1 < len(c.Decided) && slices.Equal(c.Decided[i+1].Decisions, d.Decisions) {
			continue
		}
		for _, decision := range d.Decisions {
			out = append(out, "  "+decisionText(decision))
		}
	}
	return out
}

// lastLines returns what decided the last answer, in lines; what decided the one before
// if nothing did.
func (c *Configuration) lastLines() []string {
	for i := len(c.Decided) - 1; i >= 0; i-- {
		if len(c.Decided[i].Decisions) > 0 {
			last := Configuration{Decided: c.Decided[i : i+1]}
			return last.lines()
		}
	}
	return nil
}

// decisionText returns a decision in one line, with its position in front.
func decisionText(d server.Decision) string {
	text := d.Text
	if d.Header != "" && !strings.Contains(d.Text, d.Header) {
		text = d.Header + ": " + text
	}
	if at := d.Position.String(); at != "" {
		text = at + ": " + text
	}
	return Line(text)
}

// ConfigurationDocument is a [Configuration] as JSON.
type ConfigurationDocument struct {
	File string `json:"file"`
	// Kind is the kind of the configuration, such as nginx.
	Kind     string            `json:"kind"`
	Versions []SoftwareVersion `json:"versions,omitempty"`
	// Decided holds each request that the server got.
	Decided []DecidedRequest `json:"decided"`
}

// SoftwareVersion is the version of a piece of software.
type SoftwareVersion struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Assumed reports whether neither the configuration nor the user named it.
	Assumed bool `json:"assumed,omitzero"`
}

// DecidedRequest is one request with what decided its answer.
type DecidedRequest struct {
	Method    string     `json:"method"`
	URL       string     `json:"url"`
	Preflight bool       `json:"preflight,omitzero"`
	Decisions []Decision `json:"decisions"`
}

// Decision is one statement of a configuration that took part in an answer.
type Decision struct {
	Position *Position `json:"position,omitzero"`
	// Header is the header that the statement set, changed or removed.
	Header string `json:"header,omitempty"`
	Text   string `json:"text"`
}

// Position is a position in a file.
type Position struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitzero"`
	Column int    `json:"column,omitzero"`
}

// newPosition returns a position in the form of its JSON; nil for none.
func newPosition(p server.Position) *Position {
	if p == (server.Position{}) {
		return nil
	}
	return &Position{p.File, p.Line, p.Column}
}

// document returns the configuration in the form of its JSON; nil stays nil.
func (c *Configuration) document() *ConfigurationDocument {
	if c == nil {
		return nil
	}
	out := &ConfigurationDocument{File: c.File, Kind: c.Kind, Versions: newVersions(c.Versions)}
	for _, d := range c.Decided {
		request := DecidedRequest{Method: d.Target.Method, URL: d.Target.URL, Preflight: d.Target.Preflight}
		for _, decision := range d.Decisions {
			request.Decisions = append(request.Decisions, Decision{newPosition(decision.Position), decision.Header, decision.Text})
		}
		out.Decided = append(out.Decided, request)
	}
	return out
}

func newVersions(list []server.Version) []SoftwareVersion {
	var out []SoftwareVersion
	for _, v := range list {
		out = append(out, SoftwareVersion(v))
	}
	return out
}

func (e *encoder) configuration(c *ConfigurationDocument) {
	if c == nil {
		return
	}
	e.name("configuration")
	e.open('{')
	e.text("file", c.File)
	e.text("kind", c.Kind)
	e.versions(c.Versions)
	array(e, "decided", c.Decided, func(d *DecidedRequest) {
		e.open('{')
		e.text("method", d.Method)
		e.text("url", d.URL)
		e.boolIf("preflight", d.Preflight)
		array(e, "decisions", d.Decisions, func(d *Decision) {
			e.open('{')
			e.position(d.Position)
			e.textIf("header", d.Header)
			e.text("text", d.Text)
			e.close('}')
		})
		e.close('}')
	})
	e.close('}')
}

// versions writes a list of versions unless it is empty.
func (e *encoder) versions(list []SoftwareVersion) {
	if len(list) == 0 {
		return
	}
	array(e, "versions", list, func(v *SoftwareVersion) {
		e.open('{')
		e.text("name", v.Name)
		e.text("version", v.Version)
		e.boolIf("assumed", v.Assumed)
		e.close('}')
	})
}

// position writes a position unless there is none.
func (e *encoder) position(p *Position) {
	if p == nil {
		return
	}
	e.name("position")
	e.open('{')
	e.textIf("file", p.File)
	e.numberIf("line", p.Line)
	e.numberIf("column", p.Column)
	e.close('}')
}
