package console_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/explain/console"
)

// words are two words with a space between them.
var words = regexp.MustCompile(`[[:alpha:]]+ [[:alpha:]]`)

// Whatever an engine prints is in its table: the files that say which message
// is printed have no text of several words.
func TestWordsStandInTables(t *testing.T) {
	for _, engine := range []string{"chromium", "firefox", "webkit"} {
		files, err := filepath.Glob(engine + "*.go")
		assert.NilError(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_messages.go") || strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			assert.NilError(t, err)
			ast.Inspect(parsed, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					assert.Check(t, !words.MatchString(l.Value), "%s says %s", file, l.Value)
				}
				return true
			})
		}
	}
}

// Every entry of the tables has a text, and no engine has a text twice.
func TestTables(t *testing.T) {
	seen := make(map[string]bool)
	for _, m := range console.Messages() {
		key := string(rune('0'+m.Engine)) + m.Text
		assert.Check(t, m.Text != "" && !seen[key], "%+v", m)
		seen[key] = true
		assert.Check(t, m.Unprinted == "" || m.Unrecognized == "", "%s is neither printed nor recognised", m.Text)
		assert.Check(t, m.Code != "" || len(m.Reasons) > 0 || strings.Contains(m.Text, "{rest}"), "nothing is known of %s", m.Text)
	}
}
