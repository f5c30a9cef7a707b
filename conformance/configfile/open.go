package configfile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// maxSize is how many bytes a configuration may have.
const maxSize = 16 << 20

// Open reads the configuration in a file. The files that it may include or import are
// those below the folder root, which is returned. When root is "", [Root] chooses it.
// A kind that is not "" is that of the configuration.
func Open(file, root, kind string) (server.Source, string, error) {
	src := server.Source{Name: filepath.Base(file), Kind: kind}
	info, err := os.Stat(file)
	if err != nil {
		return src, root, err
	}
	if info.Size() > maxSize {
		return src, root, fmt.Errorf("%s: longer than %d MiB", file, maxSize>>20)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return src, root, err
	}
	src.Text = string(text)
	if root == "" {
		root = Root(file, src)
	}
	return src, root, Place(&src, file, root)
}

// Place gives a source the files below a folder, and names it by its file's path
// there.
func Place(src *server.Source, file, root string) error {
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is not a folder", root)
	}
	src.Files, src.Name = os.DirFS(root), Relative(root, file)
	return nil
}

// Relative returns a file's path from a folder; the name of the file alone when it is
// not below the folder.
func Relative(folder, file string) string {
	from, err := filepath.Abs(folder)
	if err != nil {
		return filepath.Base(file)
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return filepath.Base(file)
	}
	rel, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.Base(file)
	}
	return filepath.ToSlash(rel)
}

// ownFolder are the kinds whose included files are named from the folder of the
// configuration; the programs of the other kinds are in a project.
var ownFolder = []string{"nginx", "apache", "caddy", "haproxy"}

// projectFiles are files that are at the top of a project.
var projectFiles = []string{
	".git", "package.json", "manage.py", "pyproject.toml", "requirements.txt", "setup.py", "Pipfile", "Gemfile", "composer.json",
}

// Root returns the folder whose files a configuration may include or import: that of
// its file, or for programs the nearest folder above that is the top of a project.
func Root(file string, src server.Source) string {
	folder, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return filepath.Dir(file)
	}
	if r, err := config.ReaderOf(src); err == nil && slices.Contains(ownFolder, r.Kind) {
		return folder
	}
	for at, last := folder, ""; at != last; at, last = filepath.Dir(at), at {
		for _, name := range projectFiles {
			if _, err := os.Stat(filepath.Join(at, name)); err == nil {
				return at
			}
		}
	}
	return folder
}
