package configfile_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/configfile"
)

// A file system of files in memory keeps the rules of io/fs, joined with others too.
func TestFilesAndJoin(t *testing.T) {
	files := map[string]string{"a.conf": "a", "conf.d/b.conf": "b", "conf.d/c/d.conf": "d"}
	assert.NilError(t, fstest.TestFS(configfile.Files(files), "a.conf", "conf.d/b.conf", "conf.d/c/d.conf"))
	folder := t.TempDir()
	assert.NilError(t, os.MkdirAll(filepath.Join(folder, "conf.d"), 0o700))
	assert.NilError(t, os.WriteFile(filepath.Join(folder, "conf.d", "z.conf"), []byte("z"), 0o600))
	assert.NilError(t, os.WriteFile(filepath.Join(folder, "a.conf"), []byte("other"), 0o600))
	both := configfile.Join(configfile.Files(files), nil, os.DirFS(folder))
	names, err := fs.Glob(both, "conf.d/*.conf")
	assert.NilError(t, err)
	assert.DeepEqual(t, names, []string{"conf.d/b.conf", "conf.d/z.conf"})
	text, err := fs.ReadFile(both, "a.conf")
	assert.NilError(t, err)
	assert.Equal(t, string(text), "a")
	_, err = fs.ReadFile(both, "none")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = fs.ReadDir(both, "none")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// A program belongs to the project that it stands in.
func TestOpen(t *testing.T) {
	top := t.TempDir()
	file := filepath.Join(top, "src", "server.js")
	assert.NilError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	assert.NilError(t, os.WriteFile(file, []byte("//"), 0o600))
	src, root, err := configfile.Open(file, "", "")
	assert.NilError(t, err)
	assert.Equal(t, src.Name, "server.js")
	assert.Equal(t, root, filepath.Dir(file))
	assert.NilError(t, os.WriteFile(filepath.Join(top, "package.json"), []byte("{}"), 0o600))
	src, root, err = configfile.Open(file, "", "")
	assert.NilError(t, err)
	assert.Equal(t, src.Name, "src/server.js")
	assert.Equal(t, root, top)
	_, err = fs.Stat(src.Files, "package.json")
	assert.NilError(t, err)
	_, _, err = configfile.Open(file, filepath.Join(top, "none"), "")
	assert.ErrorContains(t, err, "is not a folder")
	_, _, err = configfile.Open(filepath.Join(top, "none"), "", "")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// A path that is not a folder means itself, whether there is a file or not.
func TestFind(t *testing.T) {
	name, err := configfile.Find("no-such-file")
	assert.NilError(t, err)
	assert.Equal(t, name, "no-such-file")
	_, err = configfile.Find(t.TempDir())
	assert.ErrorContains(t, err, "has no configuration that is known")
}
