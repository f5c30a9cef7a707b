package lint

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// originsOf returns the origins that a model's facts name, as they are written.
func originsOf(m *server.Model) []string {
	if m == nil {
		return nil
	}
	var out []string
	for _, f := range m.Policy {
		if f.Subject != server.SubjectOrigins {
			continue
		}
		for _, word := range strings.FieldsFunc(f.Value, func(c rune) bool { return c == ' ' || c == ',' }) {
			if strings.Contains(word, "://") && !strings.ContainsAny(word, `*^$\()[]?|+{}`) && !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
	}
	return out
}

// isCanonical reports whether a value is an origin as browsers write it. A host with
// an asterisk can be parsed, but no such host exists.
func isCanonical(value string) bool {
	u, err := origin.ParseURL(value)
	return err == nil && !strings.Contains(value, "*") && u.Origin().String() == value
}

// positionOf returns the position of the first fact whose value has a text.
func positionOf(m *server.Model, text string) server.Position {
	for _, f := range m.Policy {
		if strings.Contains(f.Value, text) {
			return f.Position
		}
	}
	return server.Position{}
}

// hasFact reports whether a model has a fact about a subject.
func hasFact(m *server.Model, about server.Subject) bool {
	return m != nil && slices.ContainsFunc(m.Policy, func(f server.Fact) bool { return f.Subject == about })
}

// hasRoute reports whether the model has a route of its own for the URL with one of
// some methods.
func (p *prober) hasRoute(methods ...string) bool {
	return p.Model != nil && slices.ContainsFunc(p.Model.Routes, func(r server.Route) bool {
		words := strings.Split(strings.ToUpper(r.Method), ", ")
		return fits(&r, p.url.Path()) && slices.ContainsFunc(methods, func(m string) bool { return slices.Contains(words, m) })
	})
}

// anyRouteHas reports whether the model has a route of its own with a method, at any URL.
func (p *prober) anyRouteHas(method string) bool {
	return p.Model != nil && slices.ContainsFunc(p.Model.Routes, func(r server.Route) bool {
		return slices.Contains(strings.Split(strings.ToUpper(r.Method), ", "), method)
	})
}

// isNotRead reports whether the model has routes for the URL, and none that pages read:
// GET gets an error there.
func (p *prober) isNotRead() bool {
	return p.hasRoute(writingMethods...) && !p.hasRoute("GET", "ALL", "ANY", "*") &&
		!slices.ContainsFunc(p.Model.Routes, func(r server.Route) bool { return r.Method == "" && fits(&r, p.url.Path()) })
}

var writingMethods = []string{"POST", "PUT", "PATCH", "DELETE"}

// isWritten reports whether pages of an origin are meant to write to the URL: it is not
// read, and the response to one of its methods allows them.
func (p *prober) isWritten(from string) bool {
	return p.isNotRead() && slices.ContainsFunc(writingMethods, func(method string) bool {
		req := fetch.WireRequest{Method: method, URL: p.url.WithoutCredentials(), Header: fetch.HeaderList{{Name: fetch.HeaderOrigin, Value: from}}}
		a, err := p.Model.Answer(p.ctx, server.RequestFromWire(&req))
		if !p.hasRoute(method) || err != nil {
			return false
		}
		value, _ := a.Header.Get(fetch.HeaderAllowOrigin)
		return value == "*" || value == from
	})
}

// isLockedForAll reports whether the URL lies at a place for which the configuration
// allows the trusted origin, and everybody without a login is refused there.
func (p *prober) isLockedForAll() bool {
	r := p.trusted.without.evidence().Response
	return p.Model != nil && r != nil && needsLogin(r) && slices.ContainsFunc(p.Model.Policy, func(f server.Fact) bool {
		return f.Subject == server.SubjectOrigins && strings.Contains(f.Value, p.trusted.from) && (f.Where == "" || slices.ContainsFunc(placesOf(&f), func(place string) bool { return samplePath(place) == p.url.Path() }))
	})
}
