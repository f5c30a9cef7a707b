package main

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// reportOf runs corsim check on a server that allows only null.
func reportOf(t *testing.T, args ...string) []byte {
	t.Helper()
	server := newRuleServer(server.Script{{Status: 200, Header: fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "null"}}}})
	t.Cleanup(server.close)
	var stdout, stderr bytes.Buffer
	args = append([]string{"check", "--from", "http://myapp.com", "http://" + server.address("http") + "/"}, args...)
	assert.Equal(t, run(args, &terminal{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr}), exitNo, stderr.String())
	return stdout.Bytes()
}

// junitForm has the parts of a JUnit report that programs read.
type junitForm struct {
	XMLName      xml.Name `xml:"testsuites"`
	Count        int      `xml:"tests,attr"`
	FailureCount int      `xml:"failures,attr"`
	Suites       []struct {
		Count        int `xml:"tests,attr"`
		FailureCount int `xml:"failures,attr"`
		Tests        []struct {
			Name     string     `xml:"name,attr"`
			Class    string     `xml:"classname,attr"`
			Failures []struct{} `xml:"failure"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

// TestCIForms checks the output for services of continuous integration against the
// formats of these services.
func TestCIForms(t *testing.T) {
	for name, args := range map[string][]string{"check": nil, "audit": {"--audit"}} {
		t.Run(name, func(t *testing.T) {
			checkSARIF(t, reportOf(t, append(args, "--format", "sarif")...))

			var suites junitForm
			assert.NilError(t, xml.Unmarshal(reportOf(t, append(args, "--format", "junit")...), &suites))
			suite := suites.Suites[0]
			failures := 0
			for _, test := range suite.Tests {
				assert.Check(t, test.Name != "" && test.Class != "")
				failures += len(test.Failures)
			}
			assert.Check(t, failures > 0)
			assert.DeepEqual(t, []int{suites.Count, suites.FailureCount, suite.Count, suite.FailureCount},
				[]int{len(suite.Tests), failures, len(suite.Tests), failures})
		})
	}
}
