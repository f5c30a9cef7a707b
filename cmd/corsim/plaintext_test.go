package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"gotest.tools/v3/assert"
)

// Every command that reads a file reads it in each of the forms in which the same text may
// be on a disk.
func TestFilesInEveryForm(t *testing.T) {
	utf16le := func(text string) string {
		out := []byte("\xff\xfe")
		for _, unit := range utf16.Encode([]rune(text)) {
			out = append(out, byte(unit), byte(unit>>8))
		}
		return string(out)
	}
	zipped := func(text string) string {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		_, _ = z.Write([]byte(text))
		assert.NilError(t, z.Close())
		return out.String()
	}
	const response = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n"
	const har = `{"log":{"entries":[{"request":{"method":"GET","url":"https://b.test/","headers":[{"name":"Origin","value":"https://a.test"}]},"response":{"status":200,"headers":[{"name":"Access-Control-Allow-Origin","value":"*"}]}}]}}`
	const step = `{"name":"a","page":"https://a.test/","server":[{"when":{},"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}],"steps":[{"fetch":{"url":"https://b.test/"}}]}` + "\n"
	for _, c := range []struct {
		text string
		args []string
	}{
		{response, []string{"fetch", "--from", "https://a.test", "--response", "FILE", "fetch('https://b.test/')"}},
		{"GET / HTTP/1.1\nHost: b.test\nOrigin: https://a.test\n\n" + response, []string{"eval", "FILE"}},
		{har, []string{"har", "FILE"}},
		{har, []string{"judge", "FILE"}},
		{step, []string{"run", "FILE"}},
		{step, []string{"judge", "FILE"}},
	} {
		want := ""
		for i, form := range []func(string) string{func(s string) string { return s }, func(s string) string { return "\ufeff" + s }, utf16le, zipped} {
			folder := t.TempDir()
			assert.NilError(t, os.WriteFile(filepath.Join(folder, "FILE"), []byte(form(c.text)), 0o600))
			var out, problems strings.Builder
			status := run(c.args, &terminal{stdin: strings.NewReader(""), stdout: &out, stderr: &problems, folder: folder})
			assert.Equal(t, status, exitOK, "%q %d: %s", c.args, i, problems.String())
			if i == 0 {
				want = out.String()
			}
			assert.Equal(t, out.String(), want, "%q %d", c.args, i)
		}
	}
}
