package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// languages are the languages by the ending of their test files.
var languages = map[string]*Language{".py": Python, ".rb": Ruby, ".cs": CSharp, ".java": Java}

// TestTrees compares the trees of the texts in testdata with what is written beside
// them.
func TestTrees(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	assert.NilError(t, err)
	for _, name := range files {
		lang := languages[filepath.Ext(name)]
		if lang == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(name)
			assert.NilError(t, err)
			golden.Assert(t, tree(Parse(lang, name, string(text))), filepath.Base(name)+".golden")
		})
	}
}

// tree writes the statements and the faults of a file, a line each.
func tree(f *File) string {
	var b strings.Builder
	for _, s := range f.Body {
		b.WriteString(dump(s) + "\n")
	}
	for _, e := range f.Faults {
		line := strings.Count(f.Text[:e.At], "\n") + 1
		b.WriteString(dump(e) + " in line " + dump(line) + "\n")
	}
	return b.String()
}

// TestGuide reads the guide's texts, of which two are not valid.
func TestGuide(t *testing.T) {
	for name, want := range map[string]struct {
		lang   *Language
		faults []FaultKind
	}{
		"flask": {Python, []FaultKind{FaultIndent}}, "django": {Python, []FaultKind{FaultComma}},
		"rails": {Ruby, nil}, "aspnet": {CSharp, nil},
	} {
		text, err := os.ReadFile("../../../conformance/testdata/servers/guide/" + name + ".txt")
		assert.NilError(t, err)
		f := Parse(want.lang, name, string(text))
		var faults []FaultKind
		for _, e := range f.Faults {
			faults = append(faults, e.Kind)
		}
		assert.DeepEqual(t, faults, want.faults)
		assert.Assert(t, !strings.Contains(tree(f), "(Unknown"), name)
	}
}

// TestContinues checks that one bad line does not hide the next statement.
func TestContinues(t *testing.T) {
	for lang, text := range map[*Language]string{
		Python: "x = = 3\nprint 'a' 'b' c\nfoo((1, 2\ndef f():\n  ]\n  return 1\nlast = 1\n",
		Ruby:   "x = = 3\nfoo(]\nputs )\nlast(1)\n",
		CSharp: "var x = = 3; foo(]; ) bar(1 2); last(1);",
		Java:   "var x = = 3; foo(]; ) bar(1 2); last(1);",
	} {
		got := tree(Parse(lang, "x", text))
		assert.Check(t, strings.Contains(got, `"last"`), got)
	}
}

// TestHostile checks that texts of awkward forms are read quickly.
func TestHostile(t *testing.T) {
	n := 30_000
	if testing.Short() {
		n = 5_000
	}
	pieces := []string{"(", "[", "{", "a.", "a(", "f'{", "\"#{", "\"{$", "$\"{", "if x:\n", "if x\n", "x = ", "not ", "- ", "lambda: ", "x if ", "@a\n", "a ? ", "=> ", "a<", "do |x| ", "<<A\n", "<<<A\n", "\\", "'''", "case x\n", "match x:\n case 1:\n", "for x in ", "(a) ", "[a] ", "new X {", "?><?php ", "->", "%w(", "/*", "\n\t", "async ", "x,", "*", "a = b, ", "else ", "begin\n", "{{", "a<b,", "fn() => ", "switch (", "try {"}
	for _, lang := range languages {
		for _, piece := range pieces {
			text := strings.Repeat(piece, n/len(piece))
			Parse(lang, "x", text)
		}
	}
}

// FuzzParse checks that every text is read.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	assert.NilError(f, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		assert.NilError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(_ *testing.T, text string) {
		for _, lang := range languages {
			dump(Parse(lang, "x", text).Body)
		}
	})
}

// BenchmarkParse reads a Python file.
func BenchmarkParse(b *testing.B) {
	text, err := os.ReadFile("testdata/app.py")
	assert.NilError(b, err)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(Python, "app.py", string(text))
	}
}
