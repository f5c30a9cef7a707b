package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/configfile"
	"github.com/corsim/corsim/conformance/servers"
	"github.com/corsim/corsim/fetch/server"
)

// setupSource returns the source that a file of a setup describes. Its paths begin at
// its folder. The configuration is the file with that name, or for "" the setup's
// main file.
func (t *terminal) setupSource(setupFile, file string) (server.Source, error) {
	in, err := t.open(setupFile)
	if err != nil {
		return server.Source{}, err
	}
	in.Close()
	folder := filepath.Dir(setupFile)
	// Paths may lead out of the folder, which a file system of that folder does not
	// allow.
	top, name, err := topOf(t.path(setupFile))
	if err != nil {
		return server.Source{}, err
	}
	setup, src, err := servers.ReadSetup(os.DirFS(top), name)
	if err != nil {
		return src, inputError(setupFile, err)
	}
	for _, name := range slices.Sorted(maps.Keys(setup.Unknown)) {
		fmt.Fprintf(t.stderr, "corsim: %s: %q is not a member of a setup, and is ignored\n", setupFile, name)
	}
	src.Kind = servers.KindOf(setup.System)
	if !slices.Contains(kindWords(), src.Kind) {
		src.Kind = ""
	}
	own := os.DirFS(t.path(folder))
	if file == "" {
		file = filepath.Join(folder, filepath.FromSlash(setup.Main))
	}
	if src.Text, err = t.readText(file); err != nil {
		return src, err
	}
	root, isMain := strings.CutSuffix(filepath.ToSlash(filepath.Clean(file)), "/"+setup.Main)
	if isMain {
		src.Name, src.Files = setup.Main, configfile.Join(os.DirFS(t.path(root)), own)
		return src, nil
	}
	if src.Name = filepath.ToSlash(filepath.Clean(file)); src.Name == setup.Main {
		src.Files = configfile.Join(os.DirFS(t.path(".")), own)
		return src, nil
	}
	src.Name = filepath.Base(file)
	src.Files = configfile.Join(os.DirFS(t.path(filepath.Dir(file))), own)
	return src, nil
}

// topOf splits the path of a file into the top of its file system and the rest.
func topOf(file string) (top, name string, err error) {
	file, err = filepath.Abs(file)
	if err != nil {
		return "", "", err
	}
	top = filepath.VolumeName(file) + string(filepath.Separator)
	name, err = filepath.Rel(top, file)
	return top, filepath.ToSlash(name), err
}

// backend returns the server behind a proxy that a file describes: a file of rules
// in JSON, or another configuration.
func (flags *configFlags) backend(ctx context.Context, t *terminal, file string) (server.Answerer, error) {
	text, err := t.readText(file)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(file, ".json") && filepath.Base(file) != "package.json" {
		rules, err := servers.ParseBackend(text)
		if err != nil {
			return nil, inputError(file, err)
		}
		return rules, nil
	}
	other := configFlags{env: flags.env, envFiles: flags.envFiles, envComplete: flags.envComplete, set: flags.set, versions: flags.versions}
	return other.load(ctx, t, []string{file})
}
