package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// roomsOf returns the packages with what they import of each other, bottom-up.
func roomsOf(t *testing.T) []*room {
	t.Helper()
	all := goList(t)
	var out []*room
	byName := make(map[string]*room)
	for _, name := range layers {
		p, ok := all[name]
		if !ok {
			continue
		}
		r := &room{name: name, synopsis: firstSentence(p.Doc)}
		for _, path := range p.Imports {
			if below := byName[strings.TrimPrefix(path, modulePath+"/")]; below != nil {
				r.below = append(r.below, below)
			}
		}
		out, byName[name] = append(out, r), r
	}
	return out
}

// docLink matches a link of a doc comment to a name.
var docLink = regexp.MustCompile(`\[([A-Za-z.]+)\]`)

// firstSentence is a package's synopsis without its first words, which name the
// package.
func firstSentence(doc string) string {
	words := strings.Fields(docLink.ReplaceAllString(doc, "$1"))
	return strings.TrimRight(strings.Join(words[min(2, len(words)):], " "), ".:")
}

// architecturePage is the page that shows newcomers the packages.
const architecturePage = "../docs/architecture.md"

// docs/architecture.md lists the packages with the first sentences of their
// documentation, and its picture has their imports; -update writes both.
func TestArchitecture(t *testing.T) {
	rooms := roomsOf(t)
	golden.Assert(t, drawRooms(rooms), "../../docs/architecture.svg")
	text, err := os.ReadFile(architecturePage)
	assert.NilError(t, err)
	before, rest, ok := strings.Cut(string(text), "<!-- rooms -->\n")
	assert.Assert(t, ok)
	_, after, ok := strings.Cut(rest, "<!-- end -->\n")
	assert.Assert(t, ok)
	var list strings.Builder
	list.WriteString("| package | what it does |\n| --- | --- |\n")
	for _, r := range slices.Backward(rooms) {
		assert.Check(t, r.synopsis != "", "%s has no doc comment", r.name)
		fmt.Fprintf(&list, "| `%s` | %s |\n", r.name, r.synopsis)
	}
	golden.Assert(t, before+"<!-- rooms -->\n"+list.String()+"<!-- end -->\n"+after, "../"+architecturePage)
}

// symbolInProse matches a function of a package, such as `fetch.CORSCheck` and
// `browser.fetcher.mainFetch`.
var symbolInProse = regexp.MustCompile("`([a-z]+(?:\\.[A-Za-z]+)+)`")

// The functions that the page's walks go through exist.
func TestWalks(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.FromSlash(architecturePage))
	assert.NilError(t, err)
	facts := readGoFacts(t)
	_, walks, ok := strings.Cut(string(text), "\n## Three walks\n")
	assert.Assert(t, ok)
	names := symbolInProse.FindAllStringSubmatch(walks, -1)
	assert.Check(t, len(names) > 20)
	for _, m := range names {
		assert.Check(t, facts.symbols[m[1]], "docs/architecture.md: there is no %s", m[1])
	}
}
