package main

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

// sarifLog is a file of the Static Analysis Results Interchange Format. It has only
// the members that corsim writes.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool         `json:"tool"`
	Invocations []sarifInvocation `json:"invocations,omitempty"`
	Results     []sarifResult     `json:"results"`
}

// sarifInvocation has the notes.
type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level   ciLevel      `json:"level"`
	Message sarifMessage `json:"message"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string       `json:"id"`
	ShortDescription sarifMessage `json:"shortDescription"`
	HelpURI          string       `json:"helpUri,omitempty"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     ciLevel         `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
	Fixes     []sarifFix      `json:"fixes,omitempty"`
}

type sarifFix struct {
	Description     sarifMessage  `json:"description"`
	ArtifactChanges []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	ArtifactLocation sarifArtifact      `json:"artifactLocation"`
	Replacements     []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	DeletedRegion   sarifSpan     `json:"deletedRegion"`
	InsertedContent *sarifContent `json:"insertedContent,omitempty"`
}

// sarifSpan is the text from the beginning of one line to that of another.
type sarifSpan struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifContent struct {
	Text string `json:"text"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	PhysicalLocation sarifPlace `json:"physicalLocation"`
}

type sarifPlace struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
	EndLine   int `json:"endLine"`
}

// sarifPrinter prints a result for each finding.
type sarifPrinter struct {
	out   *output
	run   sarifRun
	notes []sarifNotification
}

func newSARIFPrinter(out *output) *sarifPrinter {
	driver := sarifDriver{Name: "corsim", InformationURI: "https://github.com/corsim/corsim", Rules: []sarifRule{}}
	return &sarifPrinter{out: out, run: sarifRun{Tool: sarifTool{driver}, Results: []sarifResult{}}}
}

func (p *sarifPrinter) print(r printable) error {
	report := r.ci()
	for _, f := range report.findings {
		p.run.Results = append(p.run.Results, sarifResult{
			RuleID: f.rule.name, RuleIndex: p.run.Tool.Driver.index(f.rule), Level: f.level,
			Message:   sarifMessage{report.title + ": " + f.text()},
			Locations: []sarifLocation{{report.place(&f)}}, Fixes: sarifFixes(&f),
		})
	}
	for _, note := range report.notes {
		p.notes = append(p.notes, sarifNotification{levelNote, sarifMessage{report.title + ": " + note}})
	}
	return nil
}

// sarifFixes returns the change that repairs a finding; nil when there is none.
func sarifFixes(f *finding) []sarifFix {
	if len(f.edits) == 0 {
		return nil
	}
	out := sarifFix{Description: sarifMessage{f.fix}}
	for _, e := range f.edits {
		uri := fileURI(e.Position.File)
		r := sarifReplacement{DeletedRegion: sarifSpan{e.Position.Line, 1, e.Position.Line + len(e.Before), 1}}
		if len(e.After) > 0 {
			r.InsertedContent = &sarifContent{strings.Join(e.After, "\n") + "\n"}
		}
		if n := len(out.ArtifactChanges); n > 0 && out.ArtifactChanges[n-1].ArtifactLocation.URI == uri {
			out.ArtifactChanges[n-1].Replacements = append(out.ArtifactChanges[n-1].Replacements, r)
			continue
		}
		out.ArtifactChanges = append(out.ArtifactChanges, sarifChange{sarifArtifact{uri}, []sarifReplacement{r}})
	}
	return []sarifFix{out}
}

// fileURI returns the relative reference of a file.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	return u.String()
}

// index returns the index of a rule. It adds a new rule.
func (d *sarifDriver) index(r rule) int {
	i := slices.IndexFunc(d.Rules, func(known sarifRule) bool { return known.ID == r.name })
	if i >= 0 {
		return i
	}
	d.Rules = append(d.Rules, sarifRule{r.name, sarifMessage{r.description}, r.help})
	return len(d.Rules) - 1
}

// place returns the place of a finding in a configuration, or that of the request in
// the input. When there is none, it returns the request's URL.
func (r *ciReport) place(f *finding) sarifPlace {
	at := r.position(f)
	if at.File == "" {
		return sarifPlace{ArtifactLocation: sarifArtifact{r.url.WithoutFragment().String()}}
	}
	return sarifPlace{sarifArtifact{fileURI(at.File)}, &sarifRegion{at.Line, at.Line}}
}

func (p *sarifPrinter) finish() error {
	if len(p.notes) > 0 {
		p.run.Invocations = []sarifInvocation{{Successful: true, Notifications: p.notes}}
	}
	out := json.NewEncoder(p.out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{p.run},
	})
}
