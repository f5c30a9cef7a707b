package server

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// Answerer is a server that answers requests as they are on the wire. A [Model]
// is one, and so is what is behind a proxy ([Backend]).
//
// The errors of Answer are [fetch.ErrNoAnswer] when the connection closes without a
// response, an [*UnknownError] when the answer depends on something that is not
// known, and the error of ctx.
type Answerer interface {
	Answer(ctx context.Context, req *Request) (*Answer, error)
}

// Request is a request as a server receives it.
type Request struct {
	Method string
	// Target is the request target as it was sent: a path with its query, "*", or
	// an absolute URL.
	// https://www.rfc-editor.org/rfc/rfc9112#name-request-target
	Target string
	Header fetch.HeaderList // in the order sent; with Host
	Body   string           // bytes
	// TLS reports whether the request came over https.
	TLS bool
}

// RequestFromWire returns a browser's request as a server receives it. If there is
// no Host header, it is added in front.
func RequestFromWire(r *fetch.WireRequest) *Request {
	u := r.URL.WithoutCredentials().WithoutFragment()
	authority := u.Origin().String()
	target := strings.TrimPrefix(u.String(), authority)
	out := &Request{Method: r.Method, Target: target, Header: r.Header, Body: r.Body, TLS: u.Scheme() == "https"}
	if !r.Header.Contains("Host") {
		_, host, _ := strings.Cut(authority, "://")
		out.Header = append(fetch.HeaderList{{Name: "Host", Value: host}}, r.Header...)
	}
	return out
}

// Wire returns the request as a browser's request to the server that its Host header
// names; the error says why there is none.
func (r *Request) Wire() (*fetch.WireRequest, error) {
	target := r.Target
	if strings.HasPrefix(target, "/") {
		host, _ := r.Header.Get("Host")
		scheme := "http://"
		if r.TLS {
			scheme = "https://"
		}
		target = scheme + host + target
	}
	u, err := origin.ParseURL(target)
	if err != nil {
		return nil, err
	}
	return &fetch.WireRequest{Method: r.Method, URL: u, Header: r.Header, Body: r.Body}, nil
}

// Answer is a server's answer with what decided it.
type Answer struct {
	Status int
	Header fetch.HeaderList // in the order sent, one entry a line
	Body   string           // bytes
	// StatusUnknown says why the status and the body are not known although the
	// CORS headers are; nil when they are known. The Status is then the one that
	// is assumed.
	StatusUnknown *UnknownError
	// Decided names what in the configuration decided the CORS headers of the
	// answer or their absence, in the order in which it took effect.
	Decided []Decision
}

// Decision is one statement of a configuration that took part in an answer.
type Decision struct {
	Position Position
	// Header is the header that the statement set, changed or removed; "" for a
	// statement that only chose what follows.
	Header string
	// Text says what the statement did, such as "location /api/ matches" or
	// "add_header without always does not apply to status 404".
	Text string
}

// UnknownError says that an answer depends on something that the configuration does
// not say.
type UnknownError struct {
	Position Position
	// What is not known, such as "process.env.ALLOWED_ORIGINS" or "the value of
	// get_origins(), which is not run".
	What string
	// Help says how to give it, such as "give it with --env ALLOWED_ORIGINS=…".
	Help string
}

// Error returns position, what is unknown and help in one line.
func (e *UnknownError) Error() string {
	text := e.What + " is not known"
	if at := e.Position.String(); at != "" {
		text = at + ": " + text
	}
	if e.Help != "" {
		text += "; " + e.Help
	}
	return text
}

// StartError says that the real server refuses a configuration: it does not start,
// or stops while it starts.
type StartError struct {
	Position Position
	// Message is what the real server says, in its own words where they are known.
	Message string
}

// Error returns the position and the message in one line.
func (e *StartError) Error() string {
	if at := e.Position.String(); at != "" {
		return at + ": " + e.Message
	}
	return e.Message
}

// Model is a server that was read from its configuration. It is an [Answerer] and a
// [fetch.Transport], and safe for concurrent use. Like the real server it may keep
// state from one request to the next; a second Load gives one without.
type Model struct {
	Kind string // of the [Reader]
	// Versions holds the version of each piece of software whose behaviour is
	// modelled.
	Versions []Version
	// Fragment reports whether the text is only a part of a configuration, which
	// was completed; an assumption says how.
	Fragment     bool
	Assumptions  []Assumption
	Policy       []Fact
	Routes       []Route
	Unknowns     []*UnknownError
	Alternatives []Alternative
	// Server answers the requests.
	Server Answerer
}

// Version is the version of a piece of software.
type Version struct {
	Name, Version string
	// Assumed reports whether neither the configuration nor the user named the
	// version.
	Assumed bool
}

// Assumption is something that the configuration does not say and that was taken to
// be so: a version, what is behind, or what was skipped and why that is
// harmless.
type Assumption struct {
	Position Position
	Text     string
}

// Fact is one thing that a configuration says about CORS.
type Fact struct {
	Position Position
	// Subject is what the fact is about.
	Subject Subject
	// Where says to which requests it applies, such as "/api/*" or "location /api/";
	// "" for all.
	Where string
	// Value is the value in words, such as "https://myapp.com, https://app.example"
	// or "every origin, reflected".
	Value string
}

// Subject is what a [Fact] is about.
type Subject string

// The subjects of facts.
const (
	SubjectOrigins     Subject = "origins"
	SubjectMethods     Subject = "methods"
	SubjectHeaders     Subject = "headers"
	SubjectExposed     Subject = "exposed headers"
	SubjectCredentials Subject = "credentials"
	SubjectMaxAge      Subject = "max-age"
	SubjectPreflight   Subject = "preflight"
)

// Route is a path that the configuration itself answers or passes on.
type Route struct {
	Position Position
	Method   string // "" for all
	Path     string // in the notation of the configuration
}

// Alternative is another reading of a text that prints several options in one
// block.
type Alternative struct {
	Name   string // such as "option 2 alone"
	Source Source
}

// Answer answers a request.
func (m *Model) Answer(ctx context.Context, req *Request) (*Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m.Server.Answer(ctx, req)
}

// RoundTrip answers a browser's request. An answer whose status is not known has
// the status that is assumed.
func (m *Model) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	a, err := m.Answer(ctx, RequestFromWire(req))
	if err != nil {
		return nil, err
	}
	return a.Response(req.Method), nil
}

// Response returns the answer to a request with a method as a browser receives it.
func (a *Answer) Response(method string) *fetch.WireResponse {
	out := &fetch.WireResponse{Status: a.Status, Header: a.Header, Body: a.Body}
	if a.Status < 200 || a.Status == 204 || a.Status == 304 || method == "HEAD" {
		out.Body = ""
	}
	return out
}

// VersionOf returns the version of a piece of software in a list: the version that
// is given, or the default.
func VersionOf(given map[string]string, name, standard string) Version {
	if v := given[name]; v != "" {
		return Version{Name: name, Version: v}
	}
	return Version{Name: name, Version: standard, Assumed: true}
}

// String returns the name and the version, such as "nginx 1.22.1".
func (v Version) String() string { return textfmt.Sprintf("%s %s", v.Name, v.Version) }
