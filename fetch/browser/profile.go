package browser

import (
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Profile is how one browser behaves: the standard, and a list of named
// entries that say where the browser departs from it.
type Profile struct {
	name    string
	engine  Engine
	derived string
	entries []Entry
	rules   rules
}

// Engine is the browser engine that a profile models; several profiles may
// model one.
type Engine uint8

// The engines. The zero value is none: the standard itself.
const (
	EngineNone Engine = iota
	EngineChromium
	EngineFirefox
	EngineWebKit
)

// Engine returns the engine that the profile models.
func (p *Profile) Engine() Engine { return p.engine }

// Entry is one place where a browser departs from the standard, or one choice
// that the standard leaves open.
type Entry struct {
	// Name is the entry's stable name in kebab-case.
	Name string
	// Standard says what the standard wants, Behaviour what the browser does
	// and why: whole sentences.
	Standard, Behaviour string
	// Source is where to read about it: a file of the browser's source, a bug,
	// or that it was only seen in recordings.
	Source string
	// Versions says since or until when, such as "all" or "until 153".
	Versions string
	// Ends says when the browser has announced that it will follow the
	// standard; empty where it has not. [Profile.Without] tries it early.
	Ends string
	// Port marks what belongs to the recorded port's network layer and not to
	// the engine; empty for the engine itself.
	Port  string
	apply func(*rules)
}

// newProfile applies entries to the standard's rules in order.
func newProfile(name string, engine Engine, entries ...Entry) *Profile {
	p := &Profile{name: name, engine: engine, entries: entries, rules: standardRules()}
	for _, e := range entries {
		e.apply(&p.rules)
	}
	return p
}

// Spec returns the profile of the Fetch Standard itself, without any entry.
func Spec() *Profile { return newProfile("spec", EngineNone) }

// Name returns the profile's name, such as "spec".
func (p *Profile) Name() string { return p.name }

// Derived says what the profile is derived from when it was not held against
// recordings of its own; "" for all others.
func (p *Profile) Derived() string { return p.derived }

// Entries returns the profile's departures from the standard.
func (p *Profile) Entries() []Entry { return slices.Clone(p.entries) }

// KnownHeaderNames returns the names of request headers that the browser writes
// in a spelling of its own; nil where it keeps script's, or has no messages that
// name headers in any but lower case.
func (p *Profile) KnownHeaderNames() []string { return slices.Clone(p.rules.preflight.KnownNames) }

// IsPotentiallyTrustworthy reports whether the browser takes a URL for
// potentially trustworthy.
func (p *Profile) IsPotentiallyTrustworthy(u origin.URL) bool {
	return p.rules.mixedContent.IsTrustworthy(u)
}

// Without returns the profile without the entry of that name.
func (p *Profile) Without(entry string) (*Profile, error) {
	i := slices.IndexFunc(p.entries, func(e Entry) bool { return e.Name == entry })
	if i < 0 {
		return nil, fmt.Errorf("profile %s has no entry %q", p.name, entry)
	}
	less := newProfile(p.name, p.engine, slices.Delete(slices.Clone(p.entries), i, i+1)...)
	less.derived = p.derived
	return less, nil
}

// Profiles returns all profiles, the standard's first.
func Profiles() []*Profile { return []*Profile{Spec(), Chromium(), Firefox(), WebKit(), Safari()} }

// ProfileByName returns the profile of that name. The error for an unknown
// name lists the known ones.
func ProfileByName(name string) (*Profile, error) {
	var known []string
	for _, p := range Profiles() {
		if p.name == name {
			return p, nil
		}
		known = append(known, p.name)
	}
	return nil, fmt.Errorf("unknown engine %q; known: %s", name, strings.Join(known, ", "))
}

// forbidsRequestHeader reports whether script may not set a header.
// https://fetch.spec.whatwg.org/#forbidden-request-header
func (r *rules) forbidsRequestHeader(name, value string) bool {
	for _, forbidden := range r.ForbiddenHeaders {
		if fetch.EqualFold(name, forbidden) {
			return true
		}
	}
	return fetch.IsForbiddenRequestHeader(name, value)
}
