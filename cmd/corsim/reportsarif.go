package main

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
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
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
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
	out *output
	run sarifRun
}

func newSARIFPrinter(out *output) *sarifPrinter {
	driver := sarifDriver{Name: "corsim", InformationURI: "https://github.com/corsim/corsim", Rules: []sarifRule{}}
	return &sarifPrinter{out, sarifRun{Tool: sarifTool{driver}, Results: []sarifResult{}}}
}

func (p *sarifPrinter) print(r printable) error {
	report := r.ci()
	for _, f := range report.findings {
		p.run.Results = append(p.run.Results, sarifResult{
			RuleID: f.rule.name, RuleIndex: p.run.Tool.Driver.index(f.rule), Level: f.level,
			Message:   sarifMessage{report.title + ": " + f.text()},
			Locations: []sarifLocation{{report.place(&f)}},
		})
	}
	return nil
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
	file := url.URL{Path: filepath.ToSlash(at.File)}
	return sarifPlace{sarifArtifact{file.String()}, &sarifRegion{at.Line, at.Line}}
}

func (p *sarifPrinter) finish() error {
	out := json.NewEncoder(p.out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{p.run},
	})
}
