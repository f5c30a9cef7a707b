package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/configfile"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// configFlags say what is known about a server besides the text of its configuration.
type configFlags struct {
	kind        string
	alternative string
	env         []string
	envFiles    []string
	envComplete bool
	set         []string
	versions    []string
	files       []string
	root        string
	placed      []string
	behind      []string
}

// configFlagNames are the names of the flags.
var configFlagNames = []string{
	"kind", "alternative", "env", "env-file", "env-complete", "set", "version", "file", "root", "placed", "behind",
}

func (flags *configFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&flags.kind, "kind", "", "the kind of the configuration, instead of what its name and text say: "+strings.Join(kindWords(), ", "))
	f.StringVar(&flags.alternative, "alternative", "", "read one of the options that the text prints in one block: its number or its name")
	f.StringArrayVar(&flags.env, "env", nil, "an environment variable of the server, as NAME=VALUE; may be repeated")
	f.StringArrayVar(&flags.envFiles, "env-file", nil, "a file of environment variables, one NAME=VALUE a line; may be repeated")
	f.BoolVar(&flags.envComplete, "env-complete", false, "the server has no environment variables but those that are given; otherwise the others are unknown")
	f.StringArrayVar(&flags.set, "set", nil, "the value of a name that the text leaves unknown, as NAME=VALUE; may be repeated")
	f.StringArrayVar(&flags.versions, "version", nil, "the version of a piece of software, as PACKAGE=VERSION, such as express=4.21.2; may be repeated")
	f.StringArrayVar(&flags.files, "file", nil, "a file that the configuration includes or imports, as PATH or NAME=PATH; may be repeated")
	f.StringVar(&flags.root, "root", "", "the folder of the files that the configuration includes or imports (default: that of the configuration, or of its project)")
	f.StringArrayVar(&flags.placed, "placed", nil, "where a folder below --root lies on the server, as FOLDER=PATH, such as .=/etc/nginx; may be repeated")
	f.StringArrayVar(&flags.behind, "behind", nil, "what is behind a proxy, as HOST:PORT=FILE, where FILE is a configuration or a JSON file of rules, or HOST:PORT=down; without HOST:PORT= it is every other server; may be repeated")
	complete(cmd, "kind", kindWords()...)
}

// kindWords returns the kinds of configurations that are known.
func kindWords() []string {
	var out []string
	for _, r := range config.Readers() {
		out = append(out, r.Kind)
	}
	slices.Sort(out)
	return out
}

// apply adds what the flags say to a source. Values that the source has already, from
// a setup, are replaced.
func (flags *configFlags) apply(ctx context.Context, t *terminal, src *server.Source) error {
	if flags.kind != "" {
		src.Kind = flags.kind
	}
	if err := flags.applyEnv(t, src); err != nil {
		return err
	}
	for _, pairs := range []struct {
		flag string
		list []string
		to   *map[string]string
	}{{"set", flags.set, &src.Set}, {"version", flags.versions, &src.Versions}, {"placed", flags.placed, &src.Placed}} {
		if err := addPairs(pairs.flag, pairs.list, pairs.to); err != nil {
			return err
		}
	}
	return flags.applyBehind(ctx, t, src)
}

// addPairs adds the pairs NAME=VALUE of a flag to a map.
func addPairs(flag string, list []string, to *map[string]string) error {
	if len(list) == 0 {
		return nil
	}
	out := maps.Clone(*to)
	if out == nil {
		out = make(map[string]string)
	}
	for _, pair := range list {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			return fmt.Errorf("--%s %q is not of the form NAME=VALUE", flag, pair)
		}
		out[name] = value
	}
	*to = out
	return nil
}

// applyEnv adds the environment variables.
func (flags *configFlags) applyEnv(t *terminal, src *server.Source) error {
	for _, name := range flags.envFiles {
		text, err := t.readText(name)
		if err != nil {
			return err
		}
		pairs, err := parseEnv(name, text)
		if err != nil {
			return err
		}
		if err := addPairs("env-file", pairs, &src.Env); err != nil {
			return err
		}
	}
	src.EnvComplete = src.EnvComplete || flags.envComplete
	return addPairs("env", flags.env, &src.Env)
}

// parseEnv returns the pairs NAME=VALUE of a file of environment variables: one a
// line, perhaps after the word export, with quotes around the value or without. Empty
// lines and lines that begin with # are ignored.
func parseEnv(file, text string) ([]string, error) {
	var out []string
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "export ")), "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, " \t\"'") {
			return nil, &server.InputError{Position: server.Position{File: file, Line: n}, Problem: "this is not an environment variable", Help: "write NAME=VALUE"}
		}
		out = append(out, name+"="+envValue(strings.TrimSpace(value)))
	}
	return out, nil
}

// envValue returns a value without its quotes, or without the comment behind it.
func envValue(value string) string {
	if value == "" {
		return ""
	}
	if quote := value[:1]; strings.Contains(`"'`+"`", quote) {
		if inside, _, ok := strings.Cut(value[1:], quote); ok {
			return inside
		}
	}
	value, _, _ = strings.Cut(value, " #")
	return strings.TrimSpace(value)
}

// applyBehind adds the servers behind a proxy.
func (flags *configFlags) applyBehind(ctx context.Context, t *terminal, src *server.Source) error {
	for _, text := range flags.behind {
		address, what, ok := strings.Cut(text, "=")
		if !ok {
			address, what = "", text
		}
		behind := server.Behind{Address: address}
		if what != "down" {
			var err error
			if behind.Server, err = flags.backend(ctx, t, what); err != nil {
				return fmt.Errorf("--behind %s: %w", text, err)
			}
		}
		src.Behind = slices.DeleteFunc(src.Behind, func(b server.Behind) bool { return b.Address == address })
		src.Behind = append(src.Behind, behind)
	}
	return nil
}

// errNoConfig is the error for a command that got no configuration.
var errNoConfig = errors.New("name the file or the folder of a configuration, or - for standard input")

// load reads a configuration: its main file or its folder, and the files that it
// includes.
func (flags *configFlags) load(ctx context.Context, t *terminal, names []string) (*server.Model, error) {
	src, root, err := flags.source(ctx, t, names)
	if err != nil {
		return nil, err
	}
	return flags.read(ctx, t, src, root)
}

// read reads a source whose files are in the folder root.
func (flags *configFlags) read(ctx context.Context, t *terminal, src server.Source, root string) (*server.Model, error) {
	m, err := ask.Configuration(ctx, ask.ConfigQuestion{Source: src, Alternative: flags.alternative})
	if err != nil {
		return nil, relocated(t, root, err)
	}
	return relocatedModel(t, root, m), nil
}

// namesBelow names the files below a folder as the user would do.
func (t *terminal) namesBelow(folder string) configfile.Names {
	same := func(file string) string { return file }
	here, err := filepath.Abs(t.path("."))
	if err != nil || folder == "" {
		return same
	}
	if folder, err = filepath.Abs(t.path(folder)); err != nil || folder == here {
		return same
	}
	return func(file string) string {
		path := filepath.Join(folder, filepath.FromSlash(file))
		rel, err := filepath.Rel(here, path)
		if err != nil || strings.HasPrefix(rel, "..") {
			return filepath.ToSlash(path)
		}
		return filepath.ToSlash(rel)
	}
}

// source returns the source that arguments name, and the folder of its files.
func (flags *configFlags) source(ctx context.Context, t *terminal, names []string) (src server.Source, root string, err error) {
	if len(names) == 0 {
		return src, "", errNoConfig
	}
	root = flags.root
	switch name, err := configfile.Find(t.path(names[0])); {
	case err != nil:
		return src, "", fmt.Errorf("%s: %w", names[0], err)
	case names[0] == "-":
		if src, err = flags.stdin(t); err != nil {
			return src, "", err
		}
	default:
		if src, root, err = flags.open(t, names[0], name); err != nil {
			return src, "", err
		}
	}
	if err := flags.addFiles(t, &src, append(slices.Clone(names[1:]), flags.files...), root); err != nil {
		return src, "", err
	}
	return src, root, flags.apply(ctx, t, &src)
}

// open reads the file of a configuration that was found for a name, and returns the
// folder of the files that belong to it.
func (flags *configFlags) open(t *terminal, name, file string) (server.Source, string, error) {
	root := flags.root
	if isFolder := file != t.path(name); isFolder && root == "" {
		root = name
	} else if !isFolder {
		in, err := t.open(name)
		if err != nil {
			return server.Source{}, "", err
		}
		in.Close()
	}
	if root == "" {
		return configfile.Open(file, "", flags.kind)
	}
	if info, err := os.Stat(t.path(root)); err != nil || !info.IsDir() {
		return server.Source{}, "", fmt.Errorf("%s is not a folder", root)
	}
	return configfile.Open(file, t.path(root), flags.kind)
}

// stdin reads the configuration on standard input.
func (flags *configFlags) stdin(t *terminal) (server.Source, error) {
	src := server.Source{Name: "stdin", Kind: flags.kind}
	if flags.kind == "" {
		return src, fmt.Errorf("say with --kind which kind of configuration is on standard input: %s", strings.Join(kindWords(), ", "))
	}
	var err error
	if src.Text, err = t.readText("-"); err != nil {
		return src, err
	}
	if flags.root != "" {
		err = configfile.Place(&src, "stdin", t.path(flags.root))
	}
	return src, err
}

// addFiles puts the files that are named one by one before the folder of a source.
func (flags *configFlags) addFiles(t *terminal, src *server.Source, list []string, root string) error {
	files := make(map[string]string)
	for _, text := range list {
		name, file, ok := strings.Cut(text, "=")
		if !ok {
			file = text
			name = configfile.Relative(t.path(root), t.path(text))
		}
		content, err := t.readText(file)
		if err != nil {
			return err
		}
		name = path.Clean(name)
		if !fs.ValidPath(name) {
			return fmt.Errorf("--file %s: %s is not a path below the folder of the configuration", text, name)
		}
		files[name] = content
	}
	if len(files) == 0 {
		return nil
	}
	src.Files = configfile.Join(configfile.Files(files), src.Files)
	return nil
}
