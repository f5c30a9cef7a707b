package main

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch"
)

// reportOf runs corsim check on a server that allows null alone.
func reportOf(t *testing.T, args ...string) []byte {
	t.Helper()
	server := newRuleServer(conformance.Server{{Status: 200, Header: fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "null"}}}})
	t.Cleanup(server.close)
	var stdout, stderr bytes.Buffer
	args = append([]string{"check", "--from", "http://myapp.com", "http://" + server.address("http") + "/"}, args...)
	assert.Equal(t, run(args, strings.NewReader(""), &stdout, &stderr), exitNo, stderr.String())
	return stdout.Bytes()
}

// TestCIForms holds what is printed for services of continuous integration
// against their own forms.
func TestCIForms(t *testing.T) {
	for name, args := range map[string][]string{"check": nil, "audit": {"--audit"}} {
		t.Run(name, func(t *testing.T) {
			log, err := sarif.FromBytes(reportOf(t, append(args, "--format", "sarif")...))
			assert.NilError(t, err)
			assert.NilError(t, log.Validate())
			assert.Check(t, len(log.Runs[0].Results) > 0)

			var suites junit.Testsuites
			assert.NilError(t, xml.Unmarshal(reportOf(t, append(args, "--format", "junit")...), &suites))
			assert.Check(t, suites.Failures > 0)
			assert.Equal(t, suites.Tests, len(suites.Suites[0].Testcases))
		})
	}
}
