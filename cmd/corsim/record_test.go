package main

import (
	"bytes"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"
)

// Without a browser the scenarios are played on the simulator, and the command says that nothing was compared.
func TestRecordWithoutBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for name, c := range map[string]struct {
		args           []string
		stdout, stderr string
	}{
		"stories":        {[]string{"--random", "20"}, "20 scenarios played on the simulator alone, as chromium; steps: ", "chromium is missing; on Debian: apt-get install chromium"},
		"families":       {[]string{"--random", "20", "--families", "all", "--engine", "firefox"}, "20 scenarios played on the simulator alone, as firefox; steps: ", "firefox-esr is missing"},
		"unknown-family": {[]string{"--random", "20", "--families", "cors"}, "", `--families: unknown family "cors"; known: acac, `},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			got := run(append([]string{"record", "--compare"}, c.args...), &terminal{stdin: new(bytes.Reader), stdout: &stdout, stderr: &stderr, folder: t.TempDir()})
			assert.Equal(t, got, exitUsage)
			assert.Assert(t, strings.HasPrefix(stdout.String(), c.stdout), stdout.String())
			assert.Assert(t, cmp.Contains(stderr.String(), c.stderr))
		})
	}
}
