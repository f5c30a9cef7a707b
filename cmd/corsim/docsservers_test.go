package main

import (
	"fmt"
	doccomment "go/doc/comment"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// serversIntroduction is the beginning of the index of the kinds.
const serversIntroduction = `# Kinds of configurations

These pages say which configurations corsim reads: for each kind what is modelled, what is refused, which versions are
taken, and an example. [Configurations](../configurations.md) says how to use them.

The kind is usually recognised from the name of the file and from its text. If it is not, ` + "`--kind`" + ` names it.

| kind | what it is |
| --- | --- |
`

// TestServerPages checks that every kind of configuration has a page,
// docs/servers/<kind>.md. -update writes the pages; TestPages checks their blocks.
func TestServerPages(t *testing.T) {
	var index strings.Builder
	index.WriteString(serversIntroduction)
	folder := filepath.Join(root, "docs", "servers")
	for _, r := range config.Readers() {
		fmt.Fprintf(&index, "| [`%s`](%s.md) | %s |\n", r.Kind, r.Kind, r.Title)
		t.Run(r.Kind, func(t *testing.T) {
			example, ok := serverExamples[r.Kind]
			assert.Assert(t, ok, "the kind %s has no example", r.Kind)
			c := &pageCheck{T: t}
			golden.Assert(t, c.rewrite(serverPage(t, r, example)), filepath.Join("..", folder, r.Kind+".md"))
		})
	}
	index.WriteString("\nTo write these pages again: `go test ./cmd/corsim -run ServerPages -update`.\n")
	golden.Assert(t, index.String(), filepath.Join("..", folder, "README.md"))
	files, err := filepath.Glob(filepath.Join(folder, "*.md"))
	assert.NilError(t, err)
	assert.Equal(t, len(files), len(config.Readers())+1, "a page belongs to no kind")
}

// serverPage returns the page of a kind of configuration.
func serverPage(t *testing.T, r server.Reader, e serverExample) string {
	t.Helper()
	src := server.Source{Kind: r.Kind, Name: "stdin", Text: e.text}
	m, err := r.Load(t.Context(), src)
	assert.NilError(t, err)
	var b strings.Builder
	fmt.Fprintf(&b, "# `%s`\n\nThe kind `%s` is %s, such as `%s`.\n", r.Kind, r.Kind, r.Title, e.name)
	if e.note != "" {
		b.WriteString(e.note + "\n")
	}
	fmt.Fprintf(&b, "\n## An example\n\n```sh\ncorsim check --config - --kind %s --from https://myapp.com --engine chromium %s <<'END'\n%sEND\n```\n\n```text\n```\n", r.Kind, e.ask, e.text)
	b.WriteString("\n## Versions\n\n")
	if len(m.Versions) == 0 {
		b.WriteString("This kind has no versions.\n")
	}
	for _, v := range m.Versions {
		fmt.Fprintf(&b, "- %s, unless `--version %s=…` names another one\n", v, v.Name)
	}
	b.WriteString("\n## What is taken for granted\n\nFor the example:\n\n")
	for _, a := range m.Assumptions {
		fmt.Fprintf(&b, "- %s\n", a.Text)
	}
	if r.Lists != nil {
		b.WriteString("\n## The words that the reader knows\n\nA text that the real server refuses is refused with the server's own message, and what is not modelled with its line.\n")
		for _, l := range r.Lists() {
			fmt.Fprintf(&b, "\n%s: `%s`.\n", l.Title, strings.Join(l.Words, "`, `"))
		}
	}
	fmt.Fprintf(&b, "\n## What is modelled\n\n%s\n[All kinds](README.md)\n", packageText(t, r))
	return b.String()
}

// docLink matches a link to a name in the documentation of a package.
var docLink = regexp.MustCompile(`\[(\*?[A-Z]\w*(?:\.\w+)*|\*?\w+\.[A-Z]\w*(?:\.\w+)*)\]`)

// packageText returns the documentation of the package of a reader as Markdown.
func packageText(t *testing.T, r server.Reader) string {
	t.Helper()
	name := runtime.FuncForPC(reflect.ValueOf(r.Load).Pointer()).Name()
	folder, file := path.Split(strings.TrimPrefix(name, "github.com/corsim/corsim/"))
	base, _, _ := strings.Cut(file, ".")
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, folder, base, "doc.go"), nil, parser.ParseComments|parser.PackageClauseOnly)
	assert.NilError(t, err)
	doc := new(doccomment.Parser).Parse(docLink.ReplaceAllString(f.Doc.Text(), "$1"))
	printer := &doccomment.Printer{HeadingLevel: 3, HeadingID: func(*doccomment.Heading) string { return "" }}
	return string(printer.Markdown(doc))
}
