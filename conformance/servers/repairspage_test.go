package servers_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"github.com/corsim/corsim/fetch/server/recipe"
)

const repairsIntroduction = `# Repairs as the configuration of a server

` + "`corsim check`" + ` finds the smallest repair of a request that a browser blocks: the headers and statuses that have to change. With
` + "`--server WORD`" + ` it also writes them as the configuration of a server, for pasting. ` + "`corsim explain`, `eval`, `har`, `run -v`, `lint`" + ` and
` + "`check --audit`" + ` have the same option.

A comment at the beginning says for which versions the text is right and what it needs. Further comments say where it belongs, and
what the server allowed before that the text does not allow.

- The text allows the page's origin, and what the request needs. It takes over what the server's responses allow already: methods, headers,
  exposed headers, the age of preflights, and other origins where these get nothing new. What it leaves out, a comment says.
- It never allows more than was asked. The origin ` + "`null`" + ` is in no text, because every site can take it, and every origin (` + "`*`" + `) only with
  ` + "`--any-origin`" + `, which is right for what everybody may read, and is without cookies.
- Where the URL is the cause, because it redirects or is http on an https page, the repair is the other URL, with the command that tries it.
- What the server has already is not repeated: where only the status of preflights is wrong and the framework's CORS package sets none, the
  text says what else does.
- Errors are included: CORS comes before all code that may answer, so that a page can read an error's status. Where a framework answers
  errors outside of its CORS middleware, the text has what changes that.

The column "tested" says what a test does with the text:

- *model*: it reads the text with corsim's model of the server. In every browser the page reads the response; other origins, look-alikes
  and sandboxed pages do not; requests with credentials are shared only if they were asked for.
- *server*: it runs the text in the real server. The page reads all responses, those with errors included, and an audit of the server
  finds nothing.
- *documents*: no test ran. The text was written from the system's documentation and source.

The tests write this page: ` + "`go test ./conformance/servers -run RepairsPage -update`" + `.

| word | also | system | right for | needs | tested |
| --- | --- | --- | --- | --- | --- |
`

// TestRepairsPage writes docs/repairs.md from the systems and from what tests them.
func TestRepairsPage(t *testing.T) {
	var out strings.Builder
	out.WriteString(repairsIntroduction)
	for _, s := range recipe.Systems() {
		var aliases []string
		for _, word := range s.Aliases() {
			aliases = append(aliases, "`"+word+"`")
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s | %s |\n", s, strings.Join(aliases, ", "), s.Name(), s.Versions(), s.Needs(), testedBy(t, s))
	}
	golden.Assert(t, out.String(), "../../../docs/repairs.md")
}

// notRun are the servers that package corstest can start, and that no test run has
// started with the present text: the compiler of Next.js takes minutes.
var notRun = []recipe.System{recipe.Next}

// testedBy says how the recipe of a system is tested. The servers that run are those
// with a folder of files, which package corstest starts.
func testedBy(t *testing.T, s recipe.System) string {
	t.Helper()
	var out []string
	if !slices.Contains(notModelled, s) {
		out = append(out, "model")
	}
	switch _, err := os.Stat(filepath.Join("../corstest/testdata/servers", s.String())); {
	case slices.Contains(notRun, s):
	case err == nil:
		out = append(out, "server")
	case !os.IsNotExist(err):
		assert.NilError(t, err)
	}
	if len(out) == 0 {
		return "documents"
	}
	return strings.Join(out, ", ")
}
