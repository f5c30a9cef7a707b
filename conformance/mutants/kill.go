package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/corsim/corsim/conformance/mutants/mutant"
)

// ownTest is a test of a package and the mutants that it reaches.
type ownTest struct {
	name    string
	took    time.Duration
	reaches map[int]bool
}

// quick is how long a test takes at most that is among the first to run.
const quick = 100 * time.Millisecond

// ownTests runs each test of a package once without a mutant. It leaves out those
// that fail, such as tests that count allocations, which the switches change.
func (b *builds) ownTests(pkg string) ([]ownTest, error) {
	text, err := b.command(b.own[pkg], pkg, 0, "-test.list", "^(Test|Example|Fuzz)").Output()
	if err != nil {
		return nil, err
	}
	var out []ownTest
	for name := range strings.FieldsSeq(string(text)) {
		if name == "PASS" {
			continue
		}
		reached := filepath.Join(b.folder, "reached")
		command := b.command(b.own[pkg], pkg, 0, "-test.short", "-test.run", "^"+name+"$")
		command.Env = append(command.Env, mutant.ReachedFile+"="+reached)
		start := time.Now()
		if err := command.Run(); err != nil {
			fmt.Fprintf(os.Stderr, "left out, because it fails without a mutant: %s in %s\n", name, pkg)
			continue
		}
		t := ownTest{name: name, took: time.Since(start)}
		if t.reaches, err = readNumbers(reached); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b ownTest) int { return cmp.Compare(a.took, b.took) })
	return out, nil
}

// steadyFlags returns the flags with which the tests of properties in a test program
// choose the same values each time, and write no files into the tree when they fail.
func steadyFlags(program string) []string {
	help, _ := exec.Command(program, "-help").CombinedOutput() // its exit code is not 0
	if strings.Contains(string(help), "-rapid.nofailfile") {
		return []string{"-rapid.nofailfile", "-rapid.seed=1"}
	}
	return nil
}

// readNumbers reads numbers, one a line.
func readNumbers(file string) (map[int]bool, error) {
	text, err := os.ReadFile(file)
	out := make(map[int]bool)
	for line := range strings.FieldsSeq(string(text)) {
		n, err := strconv.Atoi(line)
		if err != nil {
			return nil, err
		}
		out[n] = true
	}
	return out, err
}

// command makes a command that runs a test program in its package's folder.
func (b *builds) command(program, pkg string, id int, args ...string) *exec.Cmd {
	command := exec.Command(program, args...)
	command.Dir = filepath.Join(b.tree, pkg)
	command.Env = append(os.Environ(), fmt.Sprint(mutant.Number, "=", id))
	return command
}

// killOwn lets the tests of a package that reach a mutant run, the quick ones
// first. It returns the test that fails, and "" if none does.
func (b *builds) killOwn(m *mutantOf, tests []ownTest) string {
	var groups [2][]string
	var took [2]time.Duration
	for _, t := range tests {
		if t.reaches[m.id] {
			i := 0
			if t.took > quick {
				i = 1
			}
			groups[i] = append(groups[i], t.name)
			took[i] += t.took
		}
	}
	for i, names := range groups {
		if len(names) == 0 {
			continue
		}
		limit := 5 + int(10*took[i].Seconds())
		args := append([]string{"-test.short", "-test.failfast", "-test.run", "^(" + strings.Join(names, "|") + ")$"}, b.flags[m.pkg]...)
		command := b.command(b.own[m.pkg], m.pkg, m.id, args...)
		if killer := killer(command, limit); killer != "" {
			return killer
		}
	}
	return ""
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\S+)`)

// killer runs a test program and returns what killed the mutant that is on in it.
func killer(command *exec.Cmd, seconds int) string {
	command.Env = append(command.Env, fmt.Sprint(mutant.Seconds, "=", seconds))
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	if err == nil {
		return ""
	}
	if m := failed.FindStringSubmatch(out.String()); m != nil {
		return m[1]
	}
	if command.ProcessState.ExitCode() == mutant.ExitCode {
		return "does not end"
	}
	return "panics"
}

// killByCorpora plays the corpora with each of some mutants on. It returns the name
// of the scenario that notices it, for each mutant that is noticed.
func (b *builds) killByCorpora(program string, ids []int) (map[int]string, error) {
	out := make(map[int]string)
	for len(ids) > 0 {
		command := b.command(program, "conformance", 0, "-test.run", "^TestMutants$", "-test.timeout", "2h")
		command.Env = append(command.Env, "CORSIM_MUTANTS="+strings.Trim(fmt.Sprint(ids), "[]"))
		text, err := command.CombinedOutput()
		done := readKillers(string(text), out)
		if err != nil && done == 0 {
			return nil, fmt.Errorf("the corpora with mutants: %w\n%s", err, text)
		}
		if err != nil { // the program ended with the mutant on that was not done
			out[ids[done-1]] = "does not end"
		}
		ids = ids[done:]
	}
	return out, nil
}

var (
	turnedOn = regexp.MustCompile(`(?m)^mutant \d+: on$`)
	killedBy = regexp.MustCompile(`(?m)^mutant (\d+): reached by \d+; (.+)$`)
)

// readKillers reads what killed each mutant, and returns how many were turned on.
func readKillers(text string, out map[int]string) (done int) {
	for _, m := range killedBy.FindAllStringSubmatch(text, -1) {
		id, _ := strconv.Atoi(m[1]) // the pattern has digits alone
		out[id] = m[2]
	}
	return len(turnedOn.FindAllString(text, -1))
}
