package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	modulePath = "github.com/corsim/corsim"
	switchPath = modulePath + "/conformance/mutants/mutant"
)

// program is the packages with their mutants.
type program struct {
	mutants []mutantOf
	// files holds the text with all mutants, by the path of the file that it stands for.
	files map[string]string
}

// listed is what go list prints of a package.
type listed struct {
	Dir, ImportPath, Export string
	GoFiles                 []string
}

// load reads packages of the module, named by their folders, and adds all mutants.
// tree is the root of the module.
func load(tree string, folders []string) (*program, error) {
	args := []string{"list", "-export", "-deps", "-json=Dir,ImportPath,Export,GoFiles"}
	for _, folder := range folders {
		args = append(args, "./"+folder)
	}
	all, err := list(tree, args)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(all[path].Export) })
	p := &program{files: make(map[string]string)}
	for _, folder := range folders {
		pkg, ok := all[modulePath+"/"+filepath.ToSlash(folder)]
		if !ok {
			return nil, fmt.Errorf("%s is not a package of %s", folder, modulePath)
		}
		if err := p.add(fset, imports, folder, pkg); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// list runs go list and returns the packages by their import paths.
func list(tree string, args []string) (map[string]listed, error) {
	command := exec.Command("go", args...)
	command.Dir, command.Stderr = tree, os.Stderr
	text, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	out := make(map[string]listed)
	for in := json.NewDecoder(bytes.NewReader(text)); ; {
		var pkg listed
		err := in.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out[pkg.ImportPath] = pkg
	}
}

// add adds the mutants of one package.
func (p *program) add(fset *token.FileSet, imports types.Importer, folder string, pkg listed) error {
	var files []*ast.File
	texts := make([][]byte, len(pkg.GoFiles))
	for i, name := range pkg.GoFiles {
		text, err := os.ReadFile(filepath.Join(pkg.Dir, name))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		files, texts[i] = append(files, file), text
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}
	config := types.Config{Importer: imports}
	checked, err := config.Check(pkg.ImportPath, fset, files, info)
	if err != nil {
		return err
	}
	for i, file := range files {
		r := &rewriter{
			pkg: folder, file: pkg.GoFiles[i], fset: fset, text: texts[i], info: info,
			qualify: qualifier(checked), next: len(p.mutants) + 1, count: make(map[string]int),
		}
		if r.collect(file); len(r.sites) > 0 {
			p.files[filepath.Join(pkg.Dir, pkg.GoFiles[i])] = r.write(file)
			p.mutants = append(p.mutants, r.mutants...)
		}
	}
	return nil
}

// qualifier names packages as a file imports them. Files of the module do not
// rename the packages whose types their expressions have.
func qualifier(own *types.Package) types.Qualifier {
	return func(other *types.Package) string {
		if other == own {
			return ""
		}
		return other.Name()
	}
}
