package conformance

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	// stepPattern is how a comment begins that says which steps follow, or which
	// are left out.
	stepPattern = regexp.MustCompile(`^(?:Steps?|Skipped) (\d+(?:\.\d+)*(?:(?:,| to| and|, and| or) \d+(?:\.\d+)*)*)( of )?`)
	restPattern = regexp.MustCompile(`(,| to| and|, and| or) (\d+(?:\.\d+)*)`)
)

// stepsOf returns the numbers of the steps that a comment is about, and nil for
// other comments and for those about the steps of another algorithm.
func stepsOf(comment string) []string {
	m := stepPattern.FindStringSubmatch(strings.TrimSpace(strings.TrimPrefix(comment, "//")))
	if m == nil || m[2] != "" {
		return nil
	}
	first, _, _ := strings.Cut(m[1], " ")
	steps := []string{strings.TrimSuffix(first, ",")}
	for _, next := range restPattern.FindAllStringSubmatch(m[1], -1) {
		if next[1] == " to" {
			steps = append(steps, between(steps[len(steps)-1], next[2])...)
		}
		steps = append(steps, next[2])
	}
	return steps
}

// between returns the numbers between two of one level.
func between(from, to string) []string {
	level, first := split(from)
	_, last := split(to)
	var out []string
	for n := first + 1; n < last; n++ {
		out = append(out, level+strconv.Itoa(n))
	}
	return out
}

// split splits the number of a step into its level, such as "8.", and the number
// in it.
func split(step string) (level string, n int) {
	dot := strings.LastIndexByte(step, '.') + 1
	n, _ = strconv.Atoi(step[dot:])
	return step[:dot], n
}

// missing returns the steps that are missing between the first and the last one
// of each level.
func missing(steps []string) []string {
	levels := make(map[string]map[int]bool)
	for _, step := range steps {
		for step != "" {
			level, n := split(step)
			if levels[level] == nil {
				levels[level] = make(map[int]bool)
			}
			levels[level][n] = true
			step = strings.TrimSuffix(level, ".")
		}
	}
	var out []string
	for _, level := range slices.Sorted(maps.Keys(levels)) {
		numbers := slices.Sorted(maps.Keys(levels[level]))
		for n := numbers[0]; n < numbers[len(numbers)-1]; n++ {
			if !levels[level][n] {
				out = append(out, fmt.Sprint(level, n))
			}
		}
	}
	return out
}

// TestSteps wants every step named between the first and the last one that a
// function names which bears an anchor of the standard: those that are left out
// in a comment that begins with "Skipped".
func TestSteps(t *testing.T) {
	t.Parallel()
	files := token.NewFileSet()
	for dir, p := range packages(t) {
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(files, filepath.Join("..", dir, name), nil, parser.ParseComments)
			assert.NilError(t, err)
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok || !anchorPattern.MatchString(f.Doc.Text()) {
					continue
				}
				var steps []string
				for _, group := range file.Comments {
					if f.Body == nil || group.Pos() < f.Body.Pos() || group.End() > f.Body.End() {
						continue
					}
					for _, c := range group.List {
						steps = append(steps, stepsOf(c.Text)...)
					}
				}
				left := missing(steps)
				assert.Check(t, len(left) == 0, "%s: %s says nothing of step %s", files.Position(f.Pos()), f.Name.Name, strings.Join(left, ", "))
			}
		}
	}
}

func TestStepsOf(t *testing.T) {
	for comment, want := range map[string]string{
		"// Step 7: ports.":                             "7",
		"// Step 7.5.1: ports.":                         "7.5.1",
		"// Steps 5 to 8: all.":                         "5 6 7 8",
		"// Steps 5, 7 and 9 to 11: all.":               "5 7 9 10 11",
		"// Skipped 8.14 and 8.15: prefetches.":         "8.14 8.15",
		"// Step 12, first case: same origin.":          "12",
		"// Step 6.3 of HTTP fetch: another algorithm.": "",
		"// The Step 3 of this.":                        "",
	} {
		assert.Check(t, strings.Join(stepsOf(comment), " ") == want, "%s: %q", comment, stepsOf(comment))
	}
	assert.DeepEqual(t, missing([]string{"2", "4.1", "4.4", "5"}), []string{"3", "4.2", "4.3"})
}
