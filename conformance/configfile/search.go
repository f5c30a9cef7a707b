package configfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// Limits of the search for a configuration in a folder.
const (
	maxSearched     = 5000      // files
	maxSearchedSize = 256 << 10 // bytes of a file
)

// foreignFolders are the folders of a project that hold no configuration of its own.
var foreignFolders = []string{
	"node_modules", "vendor", "venv", "site-packages", "__pycache__", "dist", "build", "bower_components",
}

// candidate is a file of a folder that a reader recognises.
type candidate struct {
	file  string // from the folder
	kind  string
	sure  server.Confidence
	depth int
}

// Find returns the file that a path means: the path itself, or for a folder the one
// file in it that is most surely a configuration. The error does not name the folder.
func Find(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return name, nil
	}
	fsys := os.DirFS(name)
	found, err := searchFolder(fsys, addCandidates)
	if err != nil {
		return "", err
	}
	found = mostUsual(fsys, found)
	switch len(found) {
	case 0:
		return "", errors.New("the folder has no configuration that is known; name the file")
	case 1:
		return filepath.Join(name, filepath.FromSlash(found[0].file)), nil
	}
	var list []string
	for _, c := range found[:min(len(found), 6)] {
		list = append(list, fmt.Sprintf("%s (%s)", c.file, c.kind))
	}
	return "", fmt.Errorf("the folder has several configurations; name one of them: %s", strings.Join(list, ", "))
}

// FindAll returns the files of a folder that readers recognise as configurations, or
// the path itself when it is not a folder. The error does not name the folder.
func FindAll(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []string{name}, err
	}
	found, err := searchFolder(os.DirFS(name), func(found []candidate, file, text string) []candidate {
		return append(found, addCandidates(nil, file, text)...)
	})
	var out []string
	for _, c := range found {
		out = append(out, filepath.Join(name, filepath.FromSlash(c.file)))
	}
	return out, err
}

// IsRecognized reports whether [FindAll] would find a file in a folder.
func IsRecognized(name string) bool {
	text, err := os.ReadFile(name)
	return err == nil && len(text) <= maxSearchedSize && len(addCandidates(nil, filepath.ToSlash(name), string(text))) > 0
}

// searchFolder collects files of a folder. Add adds a file to those that were found
// if it belongs to them.
func searchFolder(fsys fs.FS, add func(found []candidate, name, text string) []candidate) ([]candidate, error) {
	var found []candidate
	searched := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // a folder that cannot be read
		case d.IsDir():
			if base := d.Name(); name != "." && (base[0] == '.' || slices.Contains(foreignFolders, base)) {
				return fs.SkipDir
			}
			return nil
		case searched == maxSearched:
			return fmt.Errorf("more than %d files; name the file", maxSearched)
		}
		searched++
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxSearchedSize {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil
		}
		found = add(found, name, string(text))
		return nil
	})
	return found, err
}

// usualNames are the usual names of configurations, the most usual first, without
// their endings.
var usualNames = []string{"nginx", "httpd", ".htaccess", "server", "app", "index", "main", "wsgi", "settings"}

// mostUsual returns those of several files of one kind that package.json starts, or
// that have the most usual name.
func mostUsual(fsys fs.FS, found []candidate) []candidate {
	if len(found) < 2 || slices.ContainsFunc(found, func(c candidate) bool { return c.kind != found[0].kind }) {
		return found
	}
	started := slices.DeleteFunc(slices.Clone(found), func(c candidate) bool { return !isStarted(fsys, c.file) })
	if len(started) == 1 {
		return started
	}
	for _, name := range usualNames {
		for _, c := range found {
			base := path.Base(c.file)
			if stem := strings.TrimSuffix(base, path.Ext(base)); base == name || stem == name {
				return []candidate{c}
			}
		}
	}
	return found
}

// isStarted reports whether the package.json of the folder, or of the one that a file
// is in, says that a program begins with that file.
func isStarted(fsys fs.FS, file string) bool {
	for _, folder := range []string{".", path.Dir(file)} {
		text, err := fs.ReadFile(fsys, path.Join(folder, "package.json"))
		if err != nil {
			continue
		}
		var form struct {
			Main    string            `json:"main"`
			Scripts map[string]string `json:"scripts"`
		}
		if json.Unmarshal(text, &form) != nil {
			continue
		}
		for _, word := range append(strings.Fields(form.Scripts["start"]), form.Main) {
			if word != "" && path.Join(folder, word) == file {
				return true
			}
		}
	}
	return false
}

// addCandidates adds a file if it is at least as likely as those that were found.
func addCandidates(found []candidate, name, text string) []candidate {
	c := candidate{file: name, depth: strings.Count(name, "/")}
	for _, r := range config.Readers() {
		if sure := r.Recognise(name, text); sure > c.sure {
			c.kind, c.sure = r.Kind, sure
		}
	}
	switch {
	case c.sure < server.Likely:
		return found
	case len(found) == 0, c.sure > found[0].sure, c.sure == found[0].sure && c.depth < found[0].depth:
		return []candidate{c}
	case c.sure == found[0].sure && c.depth == found[0].depth:
		return append(found, c)
	}
	return found
}
