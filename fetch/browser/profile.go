package browser

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// Profile describes the behaviour of one browser: the standard, and a list of
// named entries, each a place where the browser differs from the standard.
type Profile struct {
	name    string
	engine  Engine
	derived string
	entries []Entry
	rules   rules
}

// Engine is the browser engine that a profile models. Several profiles may
// model the same engine.
type Engine uint8

// The engines. The zero value is no engine: the standard itself.
const (
	EngineNone Engine = iota
	EngineChromium
	EngineFirefox
	EngineWebKit
)

// Engine returns the engine that the profile models.
func (p *Profile) Engine() Engine { return p.engine }

// Entry is one place where a browser differs from the standard, or one choice
// that the standard leaves to the browser.
type Entry struct {
	// Name is the entry's stable name in kebab-case.
	Name string
	// Standard says what the standard requires. Behaviour says what the
	// browser does and why. Both are whole sentences.
	Standard, Behaviour string
	// Source names a file of the browser's source or a bug, or says that the
	// difference was only seen in recordings.
	Source string
	// Versions says in which versions the entry holds, such as "all" or "until
	// 153".
	Versions string
	// Ends says when the browser will follow the standard, as it has
	// announced; empty if it has announced nothing. [Profile.Without] tries it
	// early.
	Ends string
	// Port names the port whose network layer the entry belongs to; empty if
	// it belongs to the engine itself.
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

// Derived says what the profile is derived from if no recordings exist for it;
// "" for all others.
func (p *Profile) Derived() string { return p.derived }

// Entries returns the differences between the profile and the standard.
func (p *Profile) Entries() []Entry { return slices.Clone(p.entries) }

// KnownHeaderNames returns the request header names that the browser writes in
// its own spelling. It is nil if the browser keeps script's spelling, or if
// its messages name headers only in lower case.
func (p *Profile) KnownHeaderNames() []string { return slices.Clone(p.rules.preflight.KnownNames) }

// IsPotentiallyTrustworthy reports whether a URL is potentially trustworthy
// for the browser.
func (p *Profile) IsPotentiallyTrustworthy(u origin.URL) bool {
	return p.rules.mixedContent.IsTrustworthy(u)
}

// Without returns the profile without the entry of that name.
func (p *Profile) Without(entry string) (*Profile, error) {
	i := slices.IndexFunc(p.entries, func(e Entry) bool { return e.Name == entry })
	if i < 0 {
		return nil, textfmt.Errorf("profile %s has no entry %q", p.name, entry)
	}
	less := newProfile(p.name, p.engine, slices.Delete(slices.Clone(p.entries), i, i+1)...)
	less.derived = p.derived
	return less, nil
}

// profiles makes the profiles by their names, the standard's first.
var profiles = []struct {
	name    string
	profile func() *Profile
}{{"spec", Spec}, {"chromium", Chromium}, {"firefox", Firefox}, {"webkit", WebKit}, {"safari", Safari}}

// Profiles returns all profiles, the standard's first.
func Profiles() []*Profile {
	out := make([]*Profile, len(profiles))
	for i, p := range profiles {
		out[i] = p.profile()
	}
	return out
}

// ProfileNames returns the names of all profiles, the standard's first. It makes no
// profile.
func ProfileNames() []string {
	names := make([]string, len(profiles))
	for i, p := range profiles {
		names[i] = p.name
	}
	return names
}

// ProfileByName returns the profile of that name. The error for an unknown
// name lists the known ones.
func ProfileByName(name string) (*Profile, error) {
	for _, p := range profiles {
		if p.name == name {
			return p.profile(), nil
		}
	}
	return nil, textfmt.Errorf("unknown engine %q; known: %s", name, strings.Join(ProfileNames(), ", "))
}

// SentURL returns a URL as the browser sends it, with its user name and fragment.
func (p *Profile) SentURL(u origin.URL) origin.URL {
	if normalize := p.rules.NormalizeURLs; normalize != nil {
		return normalize(u)
	}
	return u
}

// forbidsRequestHeader reports whether a header is forbidden for script.
// https://fetch.spec.whatwg.org/#forbidden-request-header
func (r *rules) forbidsRequestHeader(name, value string) bool {
	for _, forbidden := range r.ForbiddenHeaders {
		if fetch.EqualFold(name, forbidden) {
			return true
		}
	}
	return fetch.IsForbiddenRequestHeader(name, value)
}
