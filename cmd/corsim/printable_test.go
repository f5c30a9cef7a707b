package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"gotest.tools/v3/assert"
)

// strangers are texts that someone else writes into a file or a response, to change what
// a reader of the output sees or does.
var strangers = []string{
	"\x1b[2J\x1b]0;title\a", "\r\n::error::STRANGER", "\nSTRANGER", "##[error]STRANGER", "##vso[task.complete]", "::error::STRANGER",
	"a\u202ebc\u2066", "\x00", "\x7f\u0085\u009b31m", "\xff\xfe", "]]>", "<![CDATA[", "\u2028STRANGER", "\ufffe", "`|--x: y", "%0A::error::STRANGER",
}

// writtenByStrangers are the commands that print what others wrote; the text is in each
// place of the input where a file of the form may have it.
func writtenByStrangers(folder, text string) ([][]string, error) {
	quoted, err := json.Marshal(text)
	if err != nil {
		return nil, err
	}
	t := string(quoted[1 : len(quoted)-1])
	entry := func(name, value, method, url, body string) string {
		return fmt.Sprintf(`{"request":{"method":"%s","url":"%s","headers":[{"name":"Origin","value":"https://myapp.com"},{"name":"X%s","value":"%s"}]},`+
			`"response":{"status":200,"headers":[{"name":"X%s","value":"%s"},{"name":"Access-Control-Allow-Origin","value":"%s"}],"content":{"text":"%s"}}}`,
			method, url, name, value, name, value, value, body)
	}
	const api = "https://api.example.com/"
	har := `{"log":{"creator":{"name":"` + t + `"},"entries":[` + strings.Join([]string{
		entry(t, "v", "GET", api, ""), entry("", t, "GET", api, ""), entry("", "v", t, api, ""), entry("", "v", "GET", api+t, ""), entry("", "v", "GET", api, t),
	}, ",") + `]}}`
	step := `{"fetch":{"url":"https://api.example.com/"}}`
	scenarios := ""
	for i, headers := range []string{`[["X` + t + `","v"]]`, `[["X","` + t + `"]]`, `[["Access-Control-Allow-Origin","` + t + `"]]`, `[["Location","` + t + `"]]`} {
		scenarios += fmt.Sprintf(`{"name":"s-%d","note":"`, i) + t + `","page":"https://myapp.com/","server":[{"when":{},"status":200,"headers":` + headers + `,"body":"` + t + `"}],"steps":[` + step + `]}` + "\n"
	}
	inputs := map[string]string{"x.har": har, "x.jsonl": scenarios, "x.http": "HTTP/1.1 200 OK\nX: " + text + "\nAccess-Control-Allow-Origin: " + text + "\n\n" + text}
	for name, content := range inputs {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	call := []string{"--from", "https://myapp.com", "--response", "x.http", "fetch('https://api.example.com/')"}
	out := [][]string{{"har", "x.har"}, {"har", "-v", "x.har"}, {"run", "-v", "x.jsonl"}, {"run", "--json", "x.jsonl"}, {"judge", "x.har"}, append([]string{"fetch", "-v"}, call...), {"explain", text}, {"origin", text},
		{"classify", "--from", "https://myapp.com", "-X", text, api}}
	for i := range 4 {
		for _, form := range []string{"--mermaid", "--svg"} {
			out = append(out, []string{"run", form, "--engine", "spec", "--only", fmt.Sprintf("s-%d", i), "x.jsonl"})
		}
	}
	for _, format := range formats {
		out = append(out, []string{"har", "--format", format, "x.har"}, append([]string{"fetch", "--format", format}, call...))
	}
	return out, nil
}

// checkPrinted reports what an output has that no output may have.
func checkPrinted(t testing.TB, args []string, text string) {
	t.Helper()
	assert.Check(t, utf8.ValidString(text), "%q: not UTF-8", args)
	for _, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			t.Errorf("%q prints %q", args, r)
			break
		}
	}
	for line := range strings.Lines(text) {
		blank := strings.TrimSpace(line)
		own := slices.Contains(args, "github")
		if strings.HasPrefix(blank, "STRANGER") || strings.HasPrefix(blank, "::") && !own || strings.Contains(line, "##[") || strings.Contains(line, "##vso[") {
			t.Errorf("%q prints the line %q", args, line)
		}
		if rest, ok := strings.CutPrefix(blank, "::"); ok && !strings.HasPrefix(rest, "error ") && !strings.HasPrefix(rest, "warning ") && !strings.HasPrefix(rest, "notice ") {
			t.Errorf("%q prints the command %q", args, line)
		}
	}
}

// checkOutputForm reports an output that is not of its form.
func checkOutputForm(t testing.TB, args []string, text string) {
	t.Helper()
	form := strings.Join(args, " ")
	switch {
	case strings.Contains(form, "json") && !strings.HasPrefix(form, "run -v") && !strings.Contains(form, "--mermaid") && !strings.Contains(form, "--svg"),
		strings.Contains(form, "sarif"), args[0] == "judge":
		d := json.NewDecoder(strings.NewReader(text))
		for {
			var v any
			if err := d.Decode(&v); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%q: %v", args, err)
				break
			}
		}
	case strings.Contains(form, "junit"), strings.Contains(form, "--svg"):
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%q: %v", args, err)
				break
			}
		}
	}
}

// printAll runs all commands on a text.
func printAll(t testing.TB, text string) {
	t.Helper()
	folder := t.TempDir()
	commands, err := writtenByStrangers(folder, text)
	assert.NilError(t, err)
	for _, args := range commands {
		var out, problems bytes.Buffer
		run(args, &terminal{stdin: strings.NewReader(""), stdout: &out, stderr: &problems, folder: folder})
		checkPrinted(t, args, out.String())
		checkPrinted(t, []string{args[0], "stderr"}, problems.String())
		checkOutputForm(t, args, out.String())
	}
}

// The commands run: an error about their input would prove nothing.
func TestCommandsOfStrangersRun(t *testing.T) {
	folder := t.TempDir()
	commands, err := writtenByStrangers(folder, "https://x.example")
	assert.NilError(t, err)
	for _, args := range commands {
		var problems bytes.Buffer
		status := run(args, &terminal{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &problems, folder: folder})
		ok := status == exitOK || status == exitNo || args[0] == "explain" || args[0] == "classify"
		assert.Check(t, ok, "%q: %s", args, problems.String())
	}
}

// What others wrote reaches no terminal and no log as it is, and JSON and XML stay valid.
// A short run takes a sample of the texts.
func FuzzPrinters(f *testing.F) {
	for i, text := range strangers {
		if i%5 == 0 || !testing.Short() {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) { printAll(t, text) })
}
