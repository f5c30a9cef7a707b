package conformance

import (
	"fmt"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

const kindsIntroduction = `# Kinds of configurations

This page says which configurations corsim reads, and for each package that reads some what it models and which
versions and sources were read for it. [Configurations](configurations.md) says how to use them.

The kind is usually recognised from the name of the file and from its text. If it is not, ` + "`--kind`" + ` names it.

The tests write this page: ` + "`go test ./conformance -run ConfigurationKinds -update`" + `.

| kind | what it is | package |
| --- | --- | --- |
`

// packageOf returns the folder of the package that a reader is in.
func packageOf(r server.Reader) string {
	name := runtime.FuncForPC(reflect.ValueOf(r.Recognise).Pointer()).Name()
	folder, file := path.Split(strings.TrimPrefix(name, modulePath+"/"))
	base, _, _ := strings.Cut(file, ".")
	return folder + base
}

// TestConfigurationKinds writes docs/configuration-kinds.md from the readers and the
// documentation of their packages.
func TestConfigurationKinds(t *testing.T) {
	var table, text strings.Builder
	var seen []string
	all := goList(t)
	for _, r := range config.Readers() {
		folder := packageOf(r)
		p, ok := all[folder]
		assert.Assert(t, ok, "the reader %s is in no package: %s", r.Kind, folder)
		name := path.Base(folder)
		fmt.Fprintf(&table, "| `%s` | %s | [%s](#%s) |\n", r.Kind, r.Title, name, name)
		if slices.Contains(seen, folder) {
			continue
		}
		seen = append(seen, folder)
		fmt.Fprintf(&text, "\n## %s\n\n%s", name, packageMarkdown(t, p))
	}
	golden.Assert(t, kindsIntroduction+table.String()+text.String(), "../../docs/configuration-kinds.md")
}

// packageMarkdown returns the documentation of a package as Markdown, without links to
// names.
func packageMarkdown(t *testing.T, p listed) string {
	t.Helper()
	doc := new(comment.Parser).Parse(docLink.ReplaceAllString(packageComment(t, p.Dir), "$1"))
	printer := &comment.Printer{HeadingLevel: 3, HeadingID: func(*comment.Heading) string { return "" }}
	return string(printer.Markdown(doc))
}

// packageComment returns the comment before the package clause of doc.go.
func packageComment(t *testing.T, dir string) string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, "doc.go"), nil, parser.ParseComments|parser.PackageClauseOnly)
	assert.NilError(t, err)
	return file.Doc.Text()
}
