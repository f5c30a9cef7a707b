package nodejs

import (
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/corsim/corsim/fetch/server"
)

// newest are the versions that are modelled of each major version.
var newest = map[string]map[string]string{
	"express": {"4": "4.22.3", "5": "5.3.0"},
	"cors":    {"2": "2.8.6"},
}

// chosenVersions returns the versions of packages: those that the user gave, and
// for the others those of the package-lock.json or the package.json beside the text
// or in a folder above it. The assumptions say what was taken from a range.
func chosenVersions(src *server.Source) (map[string]string, []server.Assumption) {
	out := maps.Clone(src.Versions)
	if out == nil {
		out = make(map[string]string)
	}
	folder, ok := packageFolder(src.Files, path.Dir(path.Clean(src.Name)))
	if !ok {
		return out, nil
	}
	var said []server.Assumption
	locked, ranges := lockedVersions(src.Files, folder), rangesOf(src.Files, folder)
	for name := range standardVersions {
		if out[name] != "" {
			continue
		}
		if v := locked[name]; v != "" {
			out[name] = v
		} else if v := fromRange(name, ranges[name]); v != "" {
			out[name] = v
			said = append(said, server.Assumption{
				Position: server.Position{File: path.Join(folder, "package.json")},
				Text:     "the version of " + name + " is " + v + ", which " + ranges[name] + " allows",
			})
		}
	}
	return out, said
}

// packageFolder returns the folder of the package.json that belongs to a folder: in
// it or above it.
func packageFolder(files fs.FS, folder string) (string, bool) {
	if files == nil || !fs.ValidPath(folder) {
		return "", false
	}
	for {
		if _, err := fs.Stat(files, path.Join(folder, "package.json")); err == nil {
			return folder, true
		}
		if folder == "." {
			return "", false
		}
		folder = path.Dir(folder)
	}
}

// rangesOf returns the ranges of versions that a package.json names. A file that
// cannot be read names none.
func rangesOf(files fs.FS, folder string) map[string]string {
	var form struct {
		Dependencies    map[string]string `json:"dependencies"`
		DevDependencies map[string]string `json:"devDependencies"`
	}
	readJSON(files, path.Join(folder, "package.json"), &form)
	out := make(map[string]string)
	maps.Copy(out, form.DevDependencies)
	maps.Copy(out, form.Dependencies)
	return out
}

// lockedVersions returns the versions that a package-lock.json has installed.
func lockedVersions(files fs.FS, folder string) map[string]string {
	type installed struct {
		Version string `json:"version"`
	}
	var form struct {
		Packages     map[string]installed `json:"packages"`     // lockfileVersion 2 and 3
		Dependencies map[string]installed `json:"dependencies"` // lockfileVersion 1
	}
	readJSON(files, path.Join(folder, "package-lock.json"), &form)
	out := make(map[string]string)
	for name, p := range form.Dependencies {
		out[name] = p.Version
	}
	for where, p := range form.Packages {
		if name, ok := strings.CutPrefix(where, "node_modules/"); ok {
			out[name] = p.Version
		}
	}
	return out
}

// readJSON reads a file; into stays as it is when there is none, or no JSON.
func readJSON(files fs.FS, name string, into any) {
	if text, err := fs.ReadFile(files, name); err == nil {
		_ = json.Unmarshal(text, into)
	}
}

// fromRange returns the version that a range such as "^4.18.2" installs: the newest
// that is modelled of its major version, or the version that it names. It is "" for
// a range without a version, such as "latest".
func fromRange(name, text string) string {
	version := strings.TrimLeft(text, "^~>=v ")
	major, _, _ := strings.Cut(version, ".")
	if major == "" || strings.Trim(major, "0123456789") != "" {
		return ""
	}
	if exact := version == text && strings.Count(version, ".") == 2; exact {
		return version
	}
	if v := newest[name][major]; v != "" {
		return v
	}
	if strings.HasPrefix(standardVersions[name], major+".") {
		return standardVersions[name]
	}
	version, _, _ = strings.Cut(version, " ")
	return version
}
