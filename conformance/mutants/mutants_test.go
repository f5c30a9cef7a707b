package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// TestLoad rewrites a package of test data: the names of all mutants, and the text
// with their switches.
func TestLoad(t *testing.T) {
	p, err := load("../..", []string{"conformance/mutants/testdata/sample"})
	assert.NilError(t, err)
	var out strings.Builder
	for _, m := range p.mutants {
		_, name, _ := strings.Cut(m.name, "testdata/")
		out.WriteString(m.operator + " " + name + "\n")
	}
	for _, text := range p.files {
		out.WriteString("\n" + text)
	}
	golden.Assert(t, out.String(), "sample.txt")
}

// The program with the mutants compiles, and a mutant changes what it does: without
// one the own test passes, and with each but one it fails. That one is equivalent.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	const pkg = "conformance/mutants/testdata/sample"
	tree, err := filepath.Abs("../..")
	assert.NilError(t, err)
	p, err := load(tree, []string{pkg})
	assert.NilError(t, err)
	b, err := build(tree, t.TempDir(), p, []string{pkg})
	assert.NilError(t, err)
	tests, err := b.ownTests(pkg)
	assert.NilError(t, err)
	assert.Equal(t, len(tests), 2)
	r := &result{mutants: p.mutants, own: make(map[int]string)}
	b.killPackage(r, pkg, tests)
	for _, m := range p.mutants[:len(p.mutants)-2] {
		assert.Check(t, r.own[m.id] != "", m.name)
	}
	last := p.mutants[len(p.mutants)-2].name
	assert.NilError(t, r.compare([]string{last}))
	assert.ErrorContains(t, r.compare(nil), "survives: "+last)
	assert.ErrorContains(t, r.compare([]string{last, "sample/x.go F: a: + → -"}), "no such mutant")
	assert.ErrorContains(t, r.compare([]string{last, p.mutants[0].name}), "killed by Test")
}

func TestReadKillers(t *testing.T) {
	out := make(map[int]string)
	done := readKillers("mutant 3: on\nmutant 3: reached by 7; cors-00001 in spec\nmutant 5: on\nmutant 5: reached by 0; \nmutant 9: on\n", out)
	assert.Equal(t, done, 3)
	assert.DeepEqual(t, out, map[int]string{3: "cors-00001 in spec"})
}

func TestReadEquivalent(t *testing.T) {
	_, err := readEquivalent("equivalent.txt", packages)
	assert.NilError(t, err)
	file := filepath.Join(t.TempDir(), "list.txt")
	assert.NilError(t, os.WriteFile(file, []byte("# words\ncache/a.go F: a + b: + → -\n"), 0o644))
	_, err = readEquivalent(file, packages)
	assert.ErrorContains(t, err, "list.txt:2: a mutant needs a reason")
}

// Each mutant of equivalent.txt exists. Whether it survives, only the command says.
func TestEquivalentExist(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles what the packages import")
	}
	known, err := readEquivalent("equivalent.txt", packages)
	assert.NilError(t, err)
	p, err := load("../..", packages)
	assert.NilError(t, err)
	names := make(map[string]bool, len(p.mutants))
	for _, m := range p.mutants {
		names[m.name] = true
	}
	for _, name := range known {
		assert.Check(t, names[name], "there is no mutant %s", name)
	}
}
