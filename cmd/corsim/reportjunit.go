package main

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/report"
)

// junitReport has a suite for each report and a test for each engine, in the JUnit
// form that services of continuous integration read:
// https://github.com/testmoapp/junitxml
type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr,omitempty"`
	Failures int          `xml:"failures,attr,omitempty"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	ID       int         `xml:"id,attr"`
	Time     string      `xml:"time,attr"` // in seconds
	Cases    []junitCase `xml:"testcase"`
	// SystemOut has the notes.
	SystemOut *junitOutput `xml:"system-out"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	Class     string        `xml:"classname,attr"`
	Failure   *junitFailure `xml:"failure"`
	SystemOut *junitOutput  `xml:"system-out"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",cdata"`
}

type junitOutput struct {
	Text string `xml:",cdata"`
}

// junitPrinter prints a test suite for each report.
type junitPrinter struct {
	out    *output
	report junitReport
}

func (p *junitPrinter) print(r printable) error {
	answer := r.ci()
	suite := junitSuite{Name: answer.title, ID: len(p.report.Suites), Tests: len(answer.tests), Time: "0.000"}
	for _, name := range answer.tests {
		test := answer.testcase(name)
		if test.Failure != nil {
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, test)
	}
	if len(answer.notes) > 0 {
		suite.SystemOut = &junitOutput{junitText(strings.Join(answer.notes, "\n"))}
	}
	p.report.Suites = append(p.report.Suites, suite)
	p.report.Tests += suite.Tests
	p.report.Failures += suite.Failures
	return nil
}

// testcase returns a test, with its finding if there is one.
func (r *ciReport) testcase(name string) junitCase {
	test := junitCase{Name: name, Class: r.title}
	i := slices.IndexFunc(r.findings, func(f finding) bool { return slices.Contains(f.tests, name) })
	if i < 0 {
		return test
	}
	f := r.findings[i]
	text := junitText(strings.Join(f.lines, "\n"))
	if f.level == levelNote {
		test.SystemOut = &junitOutput{junitText(f.verdict) + "\n" + text}
		return test
	}
	test.Failure = &junitFailure{Message: f.verdict, Type: f.rule.name, Text: text}
	return test
}

// junitText returns a text with escapes for the characters that XML does not allow.
func junitText(text string) string { return report.Style{}.Lines(text) }

func (p *junitPrinter) finish() error {
	text, err := xml.MarshalIndent(p.report, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s\n", text)
	return err
}
