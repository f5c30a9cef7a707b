package ask

import (
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// Engines describes all engines.
func Engines() []report.EngineDocument {
	var out []report.EngineDocument
	for _, p := range browser.Profiles() {
		out = append(out, report.EngineDocument{Version: report.Version, Name: p.Name(), Entries: len(p.Entries()), Derived: p.Derived()})
	}
	return out
}

// Entries returns the entries of a profile, each with the recorded scenarios that
// show it.
func Entries(p *browser.Profile) []report.ProfileEntry {
	var out []report.ProfileEntry
	for _, e := range p.Entries() {
		evidence, _ := conformance.EvidenceOf(p.Name(), e.Name)
		out = append(out, report.ProfileEntry{
			Version: report.Version, Name: e.Name, Standard: e.Standard, Behaviour: e.Behaviour, Source: e.Source,
			Versions: e.Versions, Ends: e.Ends, Port: e.Port, Scenarios: evidence.Scenarios, Examples: evidence.Examples,
		})
	}
	return out
}
