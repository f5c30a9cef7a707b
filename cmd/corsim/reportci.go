package main

import (
	"fmt"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
)

// finding is what services of continuous integration are told: one failure in
// the engines that share it.
type finding struct {
	engines string
	verdict string
	failure *fetch.Failure // nil where there is no verdict
	lines   []string       // why, and what to do about it
}

// findings returns what is wrong with a report.
func (r *report) findings() []finding {
	var out []finding
	for _, group := range r.alikeRuns() {
		result := group[0].shown()
		if !group[0].isBlocked() {
			continue
		}
		f := finding{engines: runNames(group), verdict: verdictOf(&output{}, group[0])}
		if len(group[0].unanswered) == 0 {
			f.failure, f.lines = result.Failure, explained(result)
		}
		if lines := r.repair.Lines(); len(lines) > 0 {
			f.lines = append(append(f.lines, "the smallest repair:"), lines...)
		}
		out = append(out, f)
	}
	return out
}

// junitPrinter prints a test suite a request, with a test an engine.
type junitPrinter struct {
	out    *output
	suites junit.Testsuites
}

func (p *junitPrinter) print(r *report) error {
	suite := junit.Testsuite{Name: r.title(), ID: len(p.suites.Suites), Time: "0.000"}
	for i := range r.runs {
		run := &r.runs[i]
		test := junit.Testcase{Name: run.profile.Name(), Classname: r.title()}
		for _, f := range r.findings() {
			if !strings.Contains(", "+f.engines+",", ", "+run.profile.Name()+",") {
				continue
			}
			kind := "undecided"
			if f.failure != nil {
				kind = string(f.failure.Reason)
			}
			test.Failure = &junit.Result{Message: f.verdict, Type: kind, Data: strings.Join(f.lines, "\n")}
		}
		suite.AddTestcase(test)
	}
	p.suites.AddSuite(suite)
	return nil
}

func (p *junitPrinter) finish() error { return p.suites.WriteXML(p.out) }

// sarifPrinter prints a result for each failure of each request.
type sarifPrinter struct {
	out *output
	run *sarif.Run
}

func newSARIFPrinter(out *output) *sarifPrinter {
	return &sarifPrinter{out, sarif.NewRunWithInformationURI("corsim", "https://github.com/corsim/corsim")}
}

func (p *sarifPrinter) print(r *report) error {
	for _, f := range r.findings() {
		rule, description, help := "undecided", "The input lacks an answer that the verdict depends on.", ""
		if f.failure != nil {
			general := explain.ExplainReason(f.failure.Reason)
			rule, description, help = string(f.failure.Reason), general.Sentence, f.failure.Step.URL()
		}
		described := p.run.AddRule(rule).WithDescription(description)
		if help != "" {
			described.WithHelpURI(help)
		}
		text := fmt.Sprintf("%s: %s (%s)\n%s", r.title(), f.verdict, f.engines, strings.Join(f.lines, "\n"))
		p.run.CreateResultForRule(rule).WithLevel("error").WithMessage(sarif.NewTextMessage(strings.TrimSpace(text))).
			AddLocation(sarif.NewLocationWithPhysicalLocation(r.place()))
	}
	return nil
}

// place is where the input names the request, or else its URL.
func (r *report) place() *sarif.PhysicalLocation {
	place := sarif.NewPhysicalLocation()
	if source := r.call.source; source.file != "" {
		return place.WithArtifactLocation(sarif.NewSimpleArtifactLocation(source.file)).
			WithRegion(sarif.NewSimpleRegion(source.line, source.line))
	}
	return place.WithArtifactLocation(sarif.NewSimpleArtifactLocation(r.call.url.WithoutFragment()))
}

func (p *sarifPrinter) finish() error {
	log := sarif.NewReport()
	log.AddRun(p.run)
	return log.PrettyWrite(p.out)
}

// githubPrinter prints workflow commands, which GitHub Actions shows as
// annotations.
type githubPrinter struct{ out *output }

func (p *githubPrinter) print(r *report) error {
	findings := r.findings()
	if len(findings) == 0 {
		_, err := fmt.Fprintln(p.out, r.title()+": "+verdictOf(&output{}, &r.runs[0]))
		return err
	}
	for _, f := range findings {
		place := ""
		if source := r.call.source; source.file != "" {
			place = fmt.Sprintf("file=%s,line=%d,", githubValue(source.file), source.line)
		}
		text := strings.Join(append([]string{r.title(), f.verdict + " (" + f.engines + ")"}, f.lines...), "\n")
		if _, err := fmt.Fprintf(p.out, "::error %stitle=%s::%s\n", place, githubValue("corsim: "+f.verdict), githubData(text)); err != nil {
			return err
		}
	}
	return nil
}

func (p *githubPrinter) finish() error { return nil }

// githubData escapes the text of a workflow command.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubValue escapes a property of a workflow command.
func githubValue(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
