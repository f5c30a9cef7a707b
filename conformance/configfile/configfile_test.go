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

// A program belongs to the project that it is in.
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

const listens = "const app = require('express')();\napp.listen(3000);\n"

// Of several programs the one counts that package.json starts, or that has the usual
// name. Folders of other people's programs do not count.
func TestFindInFolder(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		want  string // the file, or a part of the error
	}{
		{"one", map[string]string{"api.js": listens, "README.md": "app.use(cors())"}, "api.js"},
		{"nearest", map[string]string{"api.js": listens, "lib/app.js": listens}, "api.js"},
		{"usual-name", map[string]string{"api.js": listens, "server.js": listens}, "server.js"},
		{"start", map[string]string{"api.js": listens, "server.js": listens, "package.json": `{"scripts": {"start": "node api.js"}}`}, "api.js"},
		{"main", map[string]string{"src/api.js": listens, "src/server.js": listens, "package.json": `{"main": "./src/api.js"}`}, "src/api.js"},
		{"modules", map[string]string{"src/api.js": listens, "node_modules/x/server.js": listens, ".git/server.js": listens}, "src/api.js"},
		{"two", map[string]string{"api.js": listens, "other.js": listens}, "several configurations; name one of them: api.js (nodejs), other.js (nodejs)"},
		{"two-kinds", map[string]string{"server.js": listens, "nginx.conf": "server { add_header A b; }"}, "nginx.conf (nginx), server.js (nodejs)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			for name, text := range test.files {
				file := filepath.Join(folder, filepath.FromSlash(name))
				assert.NilError(t, os.MkdirAll(filepath.Dir(file), 0o700))
				assert.NilError(t, os.WriteFile(file, []byte(text), 0o600))
			}
			file, err := configfile.Find(folder)
			if err != nil {
				assert.ErrorContains(t, err, test.want)
				return
			}
			rel, err := filepath.Rel(folder, file)
			assert.NilError(t, err)
			assert.Equal(t, filepath.ToSlash(rel), test.want)
		})
	}
}
