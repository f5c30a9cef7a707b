package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

// packages are those whose steps are counted.
var packages = []string{"origin", "fetch", "fetch/policy", "fetch/cookie", "fetch/httpcache", "cache", "preflight", "fetch/browser"}

const reasonsFile = "conformance/reach/reasons.txt"

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "reach:", err)
		os.Exit(1)
	}
}

// run plays the corpora and compares what they do not reach with the list.
func run() error {
	s, err := readSource(".", packages)
	if err != nil {
		return err
	}
	reasons, err := readReasons(reasonsFile)
	if err != nil {
		return err
	}
	c, err := measure(".", packages)
	if err != nil {
		return err
	}
	missing := c.notTaken(s.steps)
	fmt.Printf("%d of %d steps are taken\n", len(s.steps)-len(missing), len(s.steps))
	return compare(names(missing), reasons)
}

// reason says why the corpora do not take some steps.
type reason struct {
	text  string
	steps []string
}

// readReasons reads the steps that are not taken. Each is below a line that begins
// with "because" and says why.
func readReasons(file string) ([]reason, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []reason
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		why, isReason := strings.CutPrefix(line, "because ")
		switch {
		case line == "" || line[0] == '#':
		case isReason:
			out = append(out, reason{text: why})
		case len(out) == 0:
			return nil, fmt.Errorf("%s:%d: a step needs a reason: a line above it that begins with \"because\"", file, i+1)
		default:
			last := &out[len(out)-1]
			last.steps = append(last.steps, line)
		}
	}
	return out, nil
}

// compare fails for a step that is not taken and has no reason, and for one that has
// a reason and is taken or does not exist.
func compare(missing []string, reasons []reason) error {
	var bad []error
	left := slices.Clone(missing)
	for _, r := range reasons {
		for _, name := range r.steps {
			if i := slices.Index(left, name); i >= 0 {
				left = slices.Delete(left, i, i+1)
			} else {
				bad = append(bad, fmt.Errorf("taken, or not in the code: %s: remove it from %s", name, reasonsFile))
			}
		}
	}
	for _, name := range left {
		bad = append(bad, fmt.Errorf("not taken: %s: add a scenario, or name it in %s with the reason", name, reasonsFile))
	}
	return errors.Join(bad...)
}
