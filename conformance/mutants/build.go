package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// builds are the test programs in which all mutants are compiled.
type builds struct {
	tree, folder string
	overlay      string // the file of [writeOverlay]
	// own holds the program of each package's own tests, by the package's folder.
	own map[string]string
	// flags holds what else the program of a package needs.
	flags map[string][]string
}

// build compiles the own tests of packages into a folder.
func build(tree, folder string, p *program, packages []string) (*builds, error) {
	overlay, err := writeOverlay(folder, p)
	if err != nil {
		return nil, err
	}
	out := &builds{tree: tree, folder: folder, overlay: overlay, own: make(map[string]string), flags: make(map[string][]string)}
	for _, pkg := range packages {
		out.own[pkg] = filepath.Join(folder, filepath.Base(pkg)+".test")
		if err := out.compile(out.own[pkg], pkg, ""); err != nil {
			return nil, err
		}
		out.flags[pkg] = steadyFlags(out.own[pkg])
	}
	return out, nil
}

// writeOverlay writes the changed files to a folder, and a file that tells the
// compiler which files they stand for.
func writeOverlay(folder string, p *program) (file string, err error) {
	replace := make(map[string]string)
	for path, text := range p.files {
		replace[path] = filepath.Join(folder, fmt.Sprintf("%d_%s", len(replace), filepath.Base(path)))
		if err := os.WriteFile(replace[path], []byte(text), 0o644); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file = filepath.Join(folder, "overlay.json")
	return file, os.WriteFile(file, text, 0o644)
}

func (b *builds) compile(program, pkg, tags string) error {
	command := exec.Command("go", "test", "-c", "-vet=off", "-overlay", b.overlay, "-tags", tags, "-o", program, "./"+pkg)
	command.Dir = b.tree
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go test -c ./%s: %w\n%s", pkg, err, text)
	}
	return nil
}
