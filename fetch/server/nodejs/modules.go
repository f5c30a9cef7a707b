package nodejs

import (
	"io/fs"
	"path"
	"strings"

	"github.com/dop251/goja"

	"github.com/corsim/corsim/fetch/server"
)

// builder makes what require returns for a package that is modelled.
type builder func(m *machine) goja.Value

// modelled returns the builder of a package, or nil. A package with parts in
// folders, such as "hono/cors", names each.
func modelled(name string) builder {
	for _, table := range []map[string]builder{expressPackages, nodePackages, otherPackages} {
		if b := table[name]; b != nil {
			return b
		}
	}
	if p := frameworkModel(name); p != nil {
		return func(m *machine) goja.Value { return m.fromModel(p, name) }
	}
	return nil
}

// require returns the module of a name as a file of the program requires it.
func (m *machine) require(name, folder string) goja.Value {
	name = strings.TrimPrefix(name, "node:")
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "@/") || strings.HasPrefix(name, "~/") {
		return m.requireFile(name, folder)
	}
	if o := m.modules[name]; o != nil {
		return o
	}
	var v goja.Value
	if name == "module" {
		v = buildModule(m)
	} else if b := modelled(name); b != nil {
		v = b(m)
	} else if lib := m.protos.library.Get(name); lib != nil {
		v = lib
	} else if found, _ := m.findFile(name, "."); found != "" && strings.HasPrefix(path.Ext(m.program.name), ".ts") {
		return m.loadFile(found)
	} else {
		if colourPackages[name] {
			_, err := m.vm.RunString(addColours)
			m.rethrow(err)
		}
		from := &source{module: name, quiet: quietPackages[name]}
		v = m.newUnknown("require('"+name+"')", from, "package "+name+" is not modelled; give the value with --set NAME=…").object
	}
	if o, ok := v.(*goja.Object); ok {
		m.modules[name] = o
	}
	return v
}

// requireFile returns the module of a file of the project. A file that was not
// given is unknown.
func (m *machine) requireFile(name, folder string) goja.Value {
	base := path.Join(folder, name)
	if rest, ok := strings.CutPrefix(name, m.program.placed+"/"); ok {
		base = rest
	} else if strings.HasPrefix(name, "@/") || strings.HasPrefix(name, "~/") {
		base = path.Join("src", name[2:])
	}
	found, ok := m.findFile(base, folder)
	if ok {
		return m.loadFile(found)
	}
	if o := m.modules["file "+strings.TrimSuffix(base, ".js")]; o != nil {
		return o
	}
	from := &source{module: name, local: true}
	if !strings.Contains(strings.Join(endings, " ")+" ", path.Ext(base)+" ") || path.Ext(base) == "" {
		base += m.program.ending()
	}
	u := m.newUnknown("require('"+name+"')", from, "the file is not given; give it with --file "+base)
	m.modules["file "+strings.TrimSuffix(base, ".js")] = u.object
	return u.object
}

// endings are what may follow the name of a file that is required.
var endings = []string{"", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".json", "/index.js", "/index.mjs", "/index.ts", "/index.cjs"}

// ending returns what the names of the program's other files end with.
func (p *program) ending() string {
	if ext := path.Ext(p.name); ext == ".ts" || ext == ".tsx" || ext == ".mts" {
		return ".ts"
	}
	return ".js"
}

// findFile returns the path of the file of a name in the project.
func (m *machine) findFile(name, folder string) (string, bool) {
	if m.program.files == nil || !fs.ValidPath(name) {
		return "", false
	}
	bases := []string{name}
	for _, js := range []string{".js", ".mjs", ".cjs", ".jsx"} {
		if b, ok := strings.CutSuffix(name, js); ok {
			bases = append(bases, b)
		}
	}
	for _, base := range bases {
		for _, ending := range endings {
			info, err := fs.Stat(m.program.files, base+ending)
			if err == nil && info.Mode().IsRegular() {
				return base + ending, true
			}
		}
	}
	return "", false
}

// loadFile runs a file of the project, and returns what it exports.
func (m *machine) loadFile(name string) goja.Value {
	if o := m.modules["file "+name]; o != nil {
		return orUndefined(o.Get("exports"))
	}
	text, err := fs.ReadFile(m.program.files, name)
	if err != nil || len(text) > maxText {
		m.stop(&server.InputError{Position: server.Position{File: name}, Problem: "the file cannot be read, or is too long"})
		m.checkStopped()
	}
	if path.Ext(name) == ".json" {
		return m.loadJSON(name, string(text))
	}
	return m.runFile(name, string(text))
}

// maxText is the length of the longest file that is read.
const maxText = 1 << 20

func (m *machine) loadJSON(name, text string) goja.Value {
	parse, _ := goja.AssertFunction(m.vm.Get("JSON").(*goja.Object).Get("parse"))
	v, err := parse(goja.Undefined(), m.vm.ToValue(text))
	m.rethrow(err)
	holder := m.vm.NewObject()
	_ = holder.Set("exports", v)
	m.modules["file "+name] = holder
	return v
}

// runFile runs the text of a file as a module.
func (m *machine) runFile(name, text string) goja.Value {
	c, err := m.program.compile(name, text)
	if err != nil {
		m.stop(err)
		m.checkStopped()
	}
	module, exports := m.vm.NewObject(), m.vm.NewObject()
	_ = module.Set("exports", exports)
	_ = module.Set("id", name)
	_ = module.Set("filename", m.program.placed+"/"+name)
	_ = module.Set("children", m.vm.NewArray())
	_ = module.Set("paths", m.vm.NewArray())
	m.modules["file "+name] = module
	v, err := m.vm.RunProgram(c.program)
	m.rethrow(err)
	f, _ := goja.AssertFunction(v)
	full := m.program.placed + "/" + name
	result, err := f(exports, exports, m.requireFunction(name, module), module, m.vm.ToValue(full), m.vm.ToValue(path.Dir(full)))
	m.rethrow(err)
	if c.async {
		m.found.pending = append(m.found.pending, result)
	}
	return orUndefined(module.Get("exports"))
}

// requireFunction returns the function require of a file.
func (m *machine) requireFunction(name string, module *goja.Object) goja.Value {
	folder := path.Dir(name)
	f := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if u := m.unknownOf(c.Argument(0)); u != nil {
			return m.derived(u, "require("+u.path+")").object
		}
		return m.require(c.Argument(0).String(), folder)
	}).(*goja.Object)
	if name == m.program.name {
		_ = f.Set("main", module)
	} else {
		_ = f.Set("main", m.vm.NewObject())
	}
	_ = f.Set("resolve", func(c goja.FunctionCall) goja.Value { return c.Argument(0) })
	_ = f.Set("cache", m.vm.NewObject())
	return f
}
