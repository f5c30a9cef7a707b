package conformance

import (
	"go/ast"
	"slices"
	"testing"
)

// Header names and the words of the standards are compared byte by byte, but for
// the case of ASCII letters. The standard library folds Unicode, for which "K" and
// the sign of the kelvin are the same letter: fetch.EqualFold and
// fetch.ByteLowercase do not. Python's own methods of texts fold Unicode too.
func TestOnlyASCIIIsFolded(t *testing.T) {
	t.Parallel()
	folding := []string{"EqualFold", "ToLower", "ToLowerSpecial", "Title", "ToTitle"}
	eachFile(t, func(path, _ string, file *ast.File) {
		if path == "fetch/server/python/method.go" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if from, _ := s.X.(*ast.Ident); from != nil && (from.Name == "strings" || from.Name == "bytes") && slices.Contains(folding, s.Sel.Name) {
				t.Errorf("%s: %s.%s folds Unicode; use fetch.EqualFold or fetch.ByteLowercase", path, from.Name, s.Sel.Name)
			}
			return true
		})
	})
}
