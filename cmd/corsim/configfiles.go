package main

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// relativeTo returns a file's path from a folder; the name of the file alone when it
// is not below the folder.
func (t *terminal) relativeTo(folder, file string) string {
	from, err := filepath.Abs(t.path(folder))
	if err != nil {
		return filepath.Base(file)
	}
	to, err := filepath.Abs(t.path(file))
	if err != nil {
		return filepath.Base(file)
	}
	rel, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.Base(file)
	}
	return filepath.ToSlash(rel)
}

// place gives a source the files below a folder, and its own name among them.
func (t *terminal) place(src *server.Source, file, root string) error {
	if root == "" {
		return nil
	}
	if info, err := os.Stat(t.path(root)); err != nil || !info.IsDir() {
		return errors.New(root + " is not a folder")
	}
	src.Files = os.DirFS(t.path(root))
	if file != "-" {
		src.Name = t.relativeTo(root, file)
	}
	return nil
}

// ownFolder are the kinds whose included files are named from the folder of the
// configuration; those of the other kinds stand in a project.
var ownFolder = []string{"nginx", "apache", "caddy", "haproxy"}

// projectFiles are files that stand at the top of a project.
var projectFiles = []string{
	".git", "package.json", "manage.py", "pyproject.toml", "requirements.txt", "setup.py", "Pipfile", "Gemfile", "composer.json",
}

// projectOf returns the folder whose files a configuration may include: that of the
// configuration, or the one above it that is the top of a project. It is "" for
// standard input.
func (t *terminal) projectOf(file string, src server.Source) string {
	if file == "-" {
		return ""
	}
	folder, err := filepath.Abs(filepath.Dir(t.path(file)))
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

// memoryFiles are files by their path.
type memoryFiles map[string]string

// Open opens a file, or a folder that one of the files is in.
func (m memoryFiles) Open(name string) (fs.File, error) {
	if text, ok := m[name]; ok {
		return &memoryFile{strings.NewReader(text), memoryInfo{path.Base(name), int64(len(text)), 0}}, nil
	}
	if list, err := m.ReadDir(name); err == nil {
		return &memoryFolder{list, memoryInfo{path.Base(name), 0, fs.ModeDir}}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir returns what stands in a folder.
func (m memoryFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	found := make(map[string]fs.DirEntry)
	for file, text := range m {
		rest := file
		if name != "." {
			var below bool
			if rest, below = strings.CutPrefix(file, name+"/"); !below {
				continue
			}
		}
		entry, _, isFolder := strings.Cut(rest, "/")
		info := memoryInfo{entry, int64(len(text)), 0}
		if isFolder {
			info = memoryInfo{entry, 0, fs.ModeDir}
		}
		found[entry] = fs.FileInfoToDirEntry(info)
	}
	if len(found) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	var out []fs.DirEntry
	for _, entry := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[entry])
	}
	return out, nil
}

// memoryInfo describes a file or a folder in memory.
type memoryInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return i.mode | 0o444 }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return i.mode.IsDir() }
func (i memoryInfo) Sys() any           { return nil }

type memoryFile struct {
	*strings.Reader
	info memoryInfo
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *memoryFile) Close() error               { return nil }

type memoryFolder struct {
	rest []fs.DirEntry
	info memoryInfo
}

func (f *memoryFolder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *memoryFolder) Close() error               { return nil }
func (f *memoryFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: errors.New("is a folder")}
}

// ReadDir returns the next n entries.
func (f *memoryFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.rest)
	} else if len(f.rest) == 0 {
		return nil, io.EOF
	}
	out := f.rest[:min(n, len(f.rest))]
	f.rest = f.rest[len(out):]
	return out, nil
}

// joined is several file systems in one: a file is that of the first one that has
// it, and a folder has the entries of all. A file system may be nil.
type joined []fs.FS

// Open opens a file.
func (j joined) Open(name string) (fs.File, error) {
	for _, fsys := range j {
		if fsys == nil {
			continue
		}
		if f, err := fsys.Open(name); !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir returns the entries of a folder in all file systems.
func (j joined) ReadDir(name string) ([]fs.DirEntry, error) {
	found := make(map[string]fs.DirEntry)
	err := error(&fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist})
	for _, fsys := range j {
		if fsys == nil {
			continue
		}
		list, failed := fs.ReadDir(fsys, name)
		if failed == nil {
			err = nil
		}
		for _, entry := range list {
			if found[entry.Name()] == nil {
				found[entry.Name()] = entry
			}
		}
	}
	var out []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[name])
	}
	return out, err
}
