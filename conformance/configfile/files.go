package configfile

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Join returns several file systems in one: a file is that of the first one that has
// it, and a folder has the entries of all. A file system may be nil.
func Join(list ...fs.FS) fs.FS { return joined(list) }

// Files returns a file system of files by their path.
func Files(files map[string]string) fs.FS { return memoryFiles(files) }

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

// ReadDir returns what is in a folder.
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

// joined is several file systems in one.
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
