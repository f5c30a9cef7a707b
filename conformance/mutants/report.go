package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

const equivalentFile = "conformance/mutants/equivalent.txt"

// result is what killed each mutant: the name of a test or of a scenario.
type result struct {
	mutants []mutantOf
	own     map[int]string // by the package's own tests
	corpora map[int]string // by the corpora, of those that the own tests do not kill
}

// run builds the programs, runs them and prints what survives.
func (f *flags) run() error {
	p, err := load(".", f.packages)
	if err != nil {
		return err
	}
	known, err := readEquivalent(equivalentFile, f.packages)
	if err != nil {
		return err
	}
	p.mutants = slices.DeleteFunc(p.mutants, func(m mutantOf) bool { return !strings.Contains(m.name, f.only) })
	known = slices.DeleteFunc(known, func(name string) bool { return !strings.Contains(name, f.only) })
	folder, err := os.MkdirTemp("", "corsim-mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	tree, err := os.Getwd()
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "building the tests with %d mutants\n", len(p.mutants))
	b, err := build(tree, folder, p, f.packages)
	if err != nil {
		return err
	}
	r, err := b.killAllOwn(p.mutants, f.packages)
	if err != nil {
		return err
	}
	if !f.own {
		if err := b.killByAllCorpora(r); err != nil {
			return err
		}
	}
	fmt.Print(r.table(f.packages))
	if f.verbose {
		r.printKillers()
	}
	if f.only != "" {
		return r.compare(known)
	}
	return errors.Join(r.compare(known), r.checkGoal(f.packages))
}

// killAllOwn runs the own tests of each package.
func (b *builds) killAllOwn(mutants []mutantOf, packages []string) (*result, error) {
	r := &result{mutants: mutants, own: make(map[int]string)}
	for _, pkg := range packages {
		tests, err := b.ownTests(pkg)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(os.Stderr, "%s: %d tests\n", pkg, len(tests))
		b.killPackage(r, pkg, tests)
	}
	return r, nil
}

// killByAllCorpora plays the corpora with the mutants that survive the own tests.
func (b *builds) killByAllCorpora(r *result) error {
	var survivors []int
	for _, m := range r.mutants {
		if r.own[m.id] == "" {
			survivors = append(survivors, m.id)
		}
	}
	fmt.Fprintf(os.Stderr, "the own tests kill all but %d; playing the corpora\n", len(survivors))
	program := filepath.Join(b.folder, "corpora.test")
	if err := b.compile(program, "conformance", "mutants"); err != nil {
		return err
	}
	var err error
	r.corpora, err = b.killByCorpora(program, survivors)
	return err
}

// killPackage runs the own tests of a package on all its mutants, two at a time.
func (b *builds) killPackage(r *result, pkg string, tests []ownTest) {
	const workers = 2
	var mu sync.Mutex
	var all sync.WaitGroup
	turn := make(chan struct{}, workers)
	for i := range r.mutants {
		m := &r.mutants[i]
		if m.pkg != pkg {
			continue
		}
		turn <- struct{}{}
		all.Go(func() {
			killer := b.killOwn(m, tests)
			mu.Lock()
			r.own[m.id] = killer
			mu.Unlock()
			<-turn
		})
	}
	all.Wait()
}

// killer returns what killed a mutant, and "" for a survivor.
func (r *result) killer(id int) string {
	if r.own[id] != "" {
		return r.own[id]
	}
	return r.corpora[id]
}

// counts returns how many mutants a package has, and how many are killed.
func (r *result) counts(pkg string) (all, own, killed int) {
	for _, m := range r.mutants {
		if m.pkg != pkg {
			continue
		}
		all++
		if r.own[m.id] != "" {
			own++
		}
		if r.killer(m.id) != "" {
			killed++
		}
	}
	return all, own, killed
}

// table returns the counts as a table in Markdown.
func (r *result) table(packages []string) string {
	var out strings.Builder
	out.WriteString("| package | mutants | killed by its own tests | killed by the corpora alone | equivalent | killed |\n")
	out.WriteString("| --- | --- | --- | --- | --- | --- |\n")
	for _, pkg := range packages {
		all, own, killed := r.counts(pkg)
		fmt.Fprintf(&out, "| `%s` | %d | %d | %d | %d | %.1f %% |\n", pkg, all, own, killed-own, all-killed, percent(killed, all))
	}
	return out.String()
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func (r *result) printKillers() {
	for _, m := range r.mutants {
		killer := r.killer(m.id)
		if killer == "" {
			killer = "survives"
		}
		fmt.Printf("%s (line %d, %s): %s\n", m.name, m.line, m.operator, killer)
	}
}

// checkGoal fails for a package of which too few mutants are killed.
func (r *result) checkGoal(packages []string) error {
	var bad []error
	for _, pkg := range packages {
		if all, _, killed := r.counts(pkg); percent(killed, all) < goal {
			bad = append(bad, fmt.Errorf("%s: %d of %d mutants are killed, less than %d %%", pkg, killed, all, goal))
		}
	}
	return errors.Join(bad...)
}

// compare fails for a survivor that is not known to be equivalent, and for a mutant
// that is known to be and is killed or does not exist.
func (r *result) compare(known []string) error {
	var bad []error
	left := slices.Clone(known)
	for _, m := range r.mutants {
		i := slices.Index(left, m.name)
		killer := r.killer(m.id)
		switch {
		case killer == "" && i < 0:
			bad = append(bad, fmt.Errorf("survives: %s (line %d): add a test or a scenario, or name it in %s with the reason", m.name, m.line, equivalentFile))
		case killer != "" && i >= 0:
			bad = append(bad, fmt.Errorf("killed by %s: %s: remove it from %s", killer, m.name, equivalentFile))
		}
		if i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	for _, name := range left {
		bad = append(bad, fmt.Errorf("no such mutant: %s: remove it from %s", name, equivalentFile))
	}
	return errors.Join(bad...)
}

// readEquivalent reads the names of the mutants of some packages from a file. Each
// is below a line that begins with "because" and says why no test can tell it.
func readEquivalent(file string, packages []string) ([]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []string
	reason := false
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "because "):
			reason = true
		case !reason:
			return nil, fmt.Errorf("%s:%d: a mutant needs a reason: a line above it that begins with \"because\"", file, i+1)
		case slices.ContainsFunc(packages, func(p string) bool { return strings.HasPrefix(line, p+"/") }):
			out = append(out, line)
		}
	}
	return out, nil
}
