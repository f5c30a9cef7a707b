package fetch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

// declaredReasons reads the constants of type Reason from the source, in order.
func declaredReasons(t *testing.T) []fetch.Reason {
	file, err := parser.ParseFile(token.NewFileSet(), "reason.go", nil, parser.SkipObjectResolution)
	assert.NilError(t, err)
	var declared []fetch.Reason
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); ok && of.Name == "Reason" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			assert.NilError(t, err)
			declared = append(declared, fetch.Reason(text))
		}
		return true
	})
	return declared
}

func TestReasonsListsEveryConstant(t *testing.T) {
	assert.DeepEqual(t, fetch.Reasons(), declaredReasons(t))
}

func TestReasonsAreKebabCaseAndOnlyOnce(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[fetch.Reason]bool{}
	for _, r := range fetch.Reasons() {
		assert.Check(t, kebab.MatchString(string(r)), r)
		assert.Check(t, !seen[r], r)
		seen[r] = true
	}
}

func TestReasonsReturnsACopy(t *testing.T) {
	fetch.Reasons()[0] = "x"
	assert.Equal(t, fetch.Reasons()[0], fetch.ReasonAllowOriginMissing)
}

func TestParseReason(t *testing.T) {
	for _, want := range fetch.Reasons() {
		got, err := fetch.ParseReason(string(want))
		assert.NilError(t, err)
		assert.Check(t, is.Equal(got, want))
	}
	for _, text := range []string{"", "corp ", "CORP", "cor", "allow-origin"} {
		got, err := fetch.ParseReason(text)
		assert.Check(t, is.Error(err, "unknown reason "+strconv.Quote(text)))
		assert.Check(t, is.Equal(got, fetch.Reason("")))
	}
}

func TestStepURL(t *testing.T) {
	tests := []struct{ name, anchor, want string }{
		{name: "of-fetch", anchor: "concept-cors-check", want: "https://fetch.spec.whatwg.org/#concept-cors-check"},
		{name: "of-another-standard", anchor: "xhr.spec.whatwg.org/#the-open()-method", want: "https://xhr.spec.whatwg.org/#the-open()-method"},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(fetch.Step{Anchor: test.anchor, Number: "1"}.URL(), test.want), test.name)
	}
}

func TestFailuresAreComparable(t *testing.T) {
	req := request("GET", "https://api.example.com/")
	a, b := fetch.CORSCheck(req, nil), fetch.CORSCheck(req, nil)
	assert.Check(t, a != b && *a == *b)
	b.Preflight = true
	assert.Check(t, *a != *b)
}
