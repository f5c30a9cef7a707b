package nodejs

import (
	"io/fs"
	"path"
	"strings"

	"github.com/dop251/goja"
)

// buildFS makes module fs: it reads the files that are given, and writes nothing.
func buildFS(m *machine) goja.Value {
	o := m.vm.NewObject()
	from := &source{module: "fs"}
	_ = o.Set("readFileSync", m.readFileSync)
	_ = o.Set("existsSync", func(c goja.FunctionCall) goja.Value {
		if m.unknownOf(c.Argument(0)) != nil {
			return m.newUnknown("fs.existsSync()", from, "give the file with --file").object
		}
		full := m.absolute(c.Argument(0).String())
		kind, known := m.program.kindAt(path.Dir(full), full)
		if kind == 0 && !known {
			return m.newUnknown("whether "+full+" exists", from, "give the file with --file").object
		}
		return m.vm.ToValue(kind != 0)
	})
	for _, name := range []string{"mkdirSync", "writeFileSync", "appendFileSync", "unlinkSync", "rmSync", "appendFile", "chmodSync", "accessSync"} {
		_ = o.Set(name, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
	}
	_ = o.Set("readdirSync", m.readdirSync)
	_ = o.Set("constants", m.vm.NewObject())
	_ = o.Set("promises", buildFSPromises(m))
	for _, name := range []string{"readFile", "writeFile", "readdir", "stat", "statSync", "unlink", "mkdir", "access", "createReadStream", "watch", "watchFile", "rename", "rm", "open", "copyFile"} {
		_ = o.Set(name, m.newUnknown("fs."+name, from, "").object)
	}
	_ = o.Set("createWriteStream", m.newUnknown("fs.createWriteStream", &source{module: "fs", quiet: true}, "").object)
	return o
}

// readdirSync is fs.readdirSync(path). A folder of which no file is given is unknown.
func (m *machine) readdirSync(c goja.FunctionCall) goja.Value {
	if m.unknownOf(c.Argument(0)) == nil && m.program.files != nil {
		rel := path.Clean("./" + strings.TrimPrefix(strings.TrimPrefix(m.absolute(c.Argument(0).String()), m.program.placed), "/"))
		if entries, err := fs.ReadDir(m.program.files, rel); err == nil && len(entries) > 0 {
			var out []any
			for _, e := range entries {
				out = append(out, e.Name())
			}
			return m.vm.NewArray(out...)
		}
	}
	return m.newUnknown("the files of "+m.readable(c.Argument(0).String()), &source{module: "fs"}, "give them with --file").object
}

// buildFSPromises makes module fs/promises.
func buildFSPromises(m *machine) goja.Value {
	from := &source{module: "fs"}
	o := m.vm.NewObject()
	_ = o.Set("readFile", func(c goja.FunctionCall) goja.Value {
		return m.promised(func() goja.Value { return m.readFileSync(c) })
	})
	_ = o.Set("readdir", func(c goja.FunctionCall) goja.Value { return m.promised(func() goja.Value { return m.readdirSync(c) }) })
	for _, name := range []string{"mkdir", "writeFile", "appendFile", "unlink", "rm", "chmod"} {
		_ = o.Set(name, func(goja.FunctionCall) goja.Value { return m.promised(goja.Undefined) })
	}
	for _, name := range []string{"access", "stat", "lstat", "open", "copyFile", "rename", "watch"} {
		_ = o.Set(name, m.newUnknown("fs.promises."+name, from, "").object)
	}
	_ = o.Set("default", o)
	return o
}

// promised returns a promise of what f returns or throws.
func (m *machine) promised(f func() goja.Value) goja.Value {
	p, resolve, reject := m.vm.NewPromise()
	if e := m.vm.Try(func() { _ = resolve(f()) }); e != nil {
		_ = reject(e.Value())
	}
	return m.vm.ToValue(p)
}

// absolute returns a path of the server.
func (m *machine) absolute(name string) string {
	if !strings.HasPrefix(name, "/") {
		name = m.program.placed + "/" + name
	}
	return path.Clean(name)
}

// readFileSync is fs.readFileSync(path, [encoding]).
func (m *machine) readFileSync(c goja.FunctionCall) goja.Value {
	if m.unknownOf(c.Argument(0)) == nil {
		full := m.absolute(c.Argument(0).String())
		if name, ok := strings.CutPrefix(full, m.program.placed+"/"); ok && m.program.files != nil && fs.ValidPath(name) {
			if text, err := fs.ReadFile(m.program.files, name); err == nil {
				if goja.IsUndefined(c.Argument(1)) {
					return m.buffer(string(text))
				}
				return m.vm.ToValue(decodeUTF8(string(text)))
			}
		}
	}
	path := c.Argument(0).String()
	if full := m.absolute(path); m.unknownOf(c.Argument(0)) == nil && m.program.filesComplete && strings.HasPrefix(full, m.program.placed+"/") {
		panic(m.codeError("Error", "ENOENT", "ENOENT: no such file or directory, open '"+path+"'"))
	}
	return m.newUnknown("the file "+m.readable(path), &source{module: "fs"}, "give it with --file").object
}

// buildDotenv makes package dotenv.
func buildDotenv(m *machine) goja.Value {
	o := m.vm.NewObject()
	config := func(c goja.FunctionCall) goja.Value {
		name := ".env"
		if opts, ok := c.Argument(0).(*goja.Object); ok && m.unknown.byValue[opts] == nil {
			if v := opts.Get("path"); truthy(v) && m.unknownOf(v) == nil {
				name = m.flatten([]goja.Value{v})[0].String()
			}
		}
		parsed := m.loadDotenv(name)
		out := m.vm.NewObject()
		_ = out.Set("parsed", parsed)
		return out
	}
	_ = o.Set("config", config)
	_ = o.Set("configDotenv", config)
	_ = o.Set("parse", func(c goja.FunctionCall) goja.Value {
		if u := m.unknownOf(c.Argument(0)); u != nil {
			return m.derived(u, "dotenv.parse()").object
		}
		return m.vm.ToValue(parseDotenv(c.Argument(0).String()))
	})
	return o
}

// loadDotenv sets the variables of a file that are not set yet.
func (m *machine) loadDotenv(name string) *goja.Object {
	out := m.vm.NewObject()
	full := m.absolute(name)
	rel, ok := strings.CutPrefix(full, m.program.placed+"/")
	if !ok || m.program.files == nil || !fs.ValidPath(rel) {
		return out
	}
	text, err := fs.ReadFile(m.program.files, rel)
	if err != nil {
		return out
	}
	for key, value := range parseDotenv(string(text)) {
		_ = out.Set(key, value)
		if _, given := m.program.env[key]; !given {
			_ = m.env.Set(key, value)
		}
	}
	return out
}

// parseDotenv returns the variables of a text in the form of dotenv.
func parseDotenv(text string) map[string]string {
	out := make(map[string]string)
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimPrefix(strings.TrimSpace(line), "export ")
		key, value, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !ok || key == "" || strings.HasPrefix(key, "#") || strings.ContainsAny(key, " \t") {
			continue
		}
		value = strings.TrimSpace(value)
		if n := len(value); n > 1 && strings.ContainsRune("\"'`", rune(value[0])) {
			if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
				out[key] = value[1 : end+1]
				if value[0] == '"' {
					out[key] = strings.ReplaceAll(out[key], `\n`, "\n")
				}
				continue
			}
		}
		value, _, _ = strings.Cut(value, "#")
		out[key] = strings.TrimSpace(value)
	}
	return out
}
