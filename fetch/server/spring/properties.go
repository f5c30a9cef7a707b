package spring

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
)

// asUnknown returns an error as an UnknownError; nil when it is another.
func asUnknown(err error) *server.UnknownError {
	u, _ := errors.AsType[*server.UnknownError](err)
	return u
}

// properties are the properties of the application by their names in the form with
// hyphens. A property is a text or, in YAML, a list.
type properties struct {
	values map[string]property
	order  []string
	docs   []*yamltext.Node
	given  bool // an application file is given
}

// property is one value.
type property struct {
	at   server.Position
	text string
	list []string
	many bool
}

// readProperties reads the application files among the files of the source, those of
// the active profiles last.
func readProperties(src *server.Source) (*properties, error) {
	p := &properties{values: make(map[string]property)}
	names := applicationFiles(src)
	profiles := src.Env["SPRING_PROFILES_ACTIVE"]
	for _, base := range append([]string{"application"}, split(profiles, ",", true)...) {
		if base != "application" {
			base = "application-" + base
		}
		for _, name := range names {
			stem, ext, _ := strings.Cut(path.Base(name), ".")
			if stem != base || !slices.Contains([]string{"properties", "yml", "yaml"}, ext) {
				continue
			}
			data := src.Text
			if name != src.Name {
				b, err := fs.ReadFile(src.Files, name)
				if err != nil {
					continue // a file that cannot be read is left out
				}
				data = string(b)
			}
			if err := p.read(name, data); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

// applicationFiles returns the names of the files that may hold properties, the least
// nested first.
func applicationFiles(src *server.Source) []string {
	var out []string
	if isSettings(src.Name) {
		out = append(out, src.Name)
	}
	if src.Files != nil {
		// A folder that cannot be read is left out.
		_ = fs.WalkDir(src.Files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || len(out) > maxFiles {
				return fs.SkipAll
			}
			if !d.IsDir() && isSettings(name) && name != src.Name && !strings.Contains(name, "test/") {
				out = append(out, name)
			}
			return nil
		})
	}
	slices.SortStableFunc(out, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	return out
}

// isSettings reports whether a file may hold properties.
func isSettings(name string) bool {
	return strings.HasSuffix(name, ".properties") || strings.HasSuffix(name, ".yml") || strings.HasSuffix(name, ".yaml")
}

// read reads a file.
func (p *properties) read(name, text string) error {
	p.given = true
	if strings.HasSuffix(name, ".properties") {
		p.readLines(name, text)
		return nil
	}
	docs, err := yamltext.Parse(name, text)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		if doc.Get("spring", "config", "activate", "on-profile").Form != yamltext.Nothing {
			continue // a document of one profile
		}
		p.readNode("", doc)
		p.docs = append(p.docs, doc)
	}
	return nil
}

// readLines reads the lines of a .properties file.
func (p *properties) readLines(name, text string) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		first := i
		line := strings.TrimLeft(lines[i], " \t")
		for strings.HasSuffix(line, `\`) && i+1 < len(lines) && !strings.HasPrefix(line, "#") {
			i++
			line = strings.TrimSuffix(line, `\`) + strings.TrimLeft(lines[i], " \t")
		}
		if line == "" || line[0] == '#' || line[0] == '!' {
			continue
		}
		end := strings.IndexAny(line, "=:")
		if end < 0 {
			continue
		}
		value := strings.TrimLeft(line[end+1:], " \t")
		p.set(strings.TrimSpace(line[:end]), property{at: server.Position{File: name, Line: first + 1, Column: 1}, text: value})
	}
}

// readNode reads a value of YAML.
func (p *properties) readNode(key string, n *yamltext.Node) {
	switch n.Form {
	case yamltext.Object:
		for _, f := range n.Fields {
			name := f.Name
			if key != "" && !strings.HasPrefix(name, "[") {
				name = key + "." + name
			} else {
				name = key + name
			}
			p.readNode(name, f.Value)
		}
	case yamltext.List:
		p.set(key, property{at: n.At, list: n.Texts(), many: true})
	default:
		p.set(key, property{at: n.At, text: n.Text})
	}
}

// set sets a property. "name[0]" adds to the list "name".
func (p *properties) set(key string, v property) {
	key = canonical(key)
	if base, ok := strings.CutSuffix(key, "]"); ok {
		if name, index, ok := cutLast(base, "["); ok && isNumber(index) {
			old := p.values[name]
			v = property{at: v.at, list: append(slices.Clone(old.list), v.text), many: true}
			key = name
		}
	}
	if _, ok := p.values[key]; !ok {
		p.order = append(p.order, key)
	}
	p.values[key] = v
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// canonical returns a name of a property with hyphens where it may have capitals; what
// is in brackets stays.
func canonical(key string) string {
	if i := strings.IndexByte(key, '['); i >= 0 {
		end := strings.LastIndexByte(key, ']') + 1
		return canonical(key[:i]) + key[i:max(i, end)] + canonical(key[max(i, end):])
	}
	return strings.ReplaceAll(strings.ReplaceAll(kebab(key), "_", "-"), ".-", ".")
}

// get returns a property: from the environment, from what is set, or from the files.
// unset reports whether it is known that there is none.
func (m *machine) get(key string) (v property, ok, unset bool) {
	key = canonical(key)
	name := strings.NewReplacer(".", "_", "-", "").Replace(key)
	for env, v := range m.src.Env {
		if lower(env) == name {
			return property{text: v}, true, false
		}
	}
	for set, v := range m.src.Set {
		if canonical(set) == key {
			return property{text: v}, true, false
		}
	}
	if v, ok := m.props.values[key]; ok {
		return v, true, false
	}
	return property{}, false, m.props.given || m.src.EnvComplete
}

// resolve replaces the placeholders of a text: ${name} and ${name:default}.
func (m *machine) resolve(at pos, s string) value { return m.resolveDeep(at, s, 0) }

func (m *machine) resolveDeep(at pos, s string, depth int) value {
	start := strings.Index(s, "${")
	if start < 0 {
		if strings.HasPrefix(s, "#{") {
			return m.expression(at, s, depth)
		}
		return s
	}
	end := closingBrace(s, start+2)
	if end < 0 || depth > 20 {
		return s
	}
	if start == 2 && strings.HasPrefix(s, "#{") || start == 3 && strings.HasPrefix(s, "#{'") {
		return m.expression(at, s, depth)
	}
	v := m.placeholder(at, s[start+2:end], depth)
	if l, ok := v.(*list); ok && (start > 0 || end+1 < len(s)) {
		items, _ := stringsOf(l)
		v = strings.Join(items, ",")
	}
	if _, ok := v.(string); !ok {
		return v
	}
	rest := m.resolveDeep(at, s[end+1:], depth+1)
	if u, ok := rest.(*unknown); ok {
		return u
	}
	return s[:start] + text(v) + text(rest)
}

// closingBrace returns the place of the brace that closes a placeholder; -1 when there
// is none.
func closingBrace(s string, from int) int {
	depth := 0
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}

// placeholder returns the value of a placeholder.
func (m *machine) placeholder(at pos, inner string, depth int) value {
	key, standard, hasStandard := strings.Cut(inner, ":")
	v, ok, unset := m.get(key)
	switch {
	case ok && v.many:
		return newList(v.list...)
	case ok:
		return m.resolveDeep(at, v.text, depth+1)
	case unset && hasStandard:
		return m.resolveDeep(at, standard, depth+1)
	case unset:
		panic(stops{&server.StartError{Position: at.position(), Message: "Could not resolve placeholder '" + key + "' in value \"${" + inner + "}\""}})
	}
	return m.unknown(at, "the property "+key, "give it with --set "+key+"=…, or application.properties with --file")
}

// expression is an expression of SpEL: only #{'${name}'.split(',')} is read.
func (m *machine) expression(at pos, s string, depth int) value {
	inner, ok := strings.CutPrefix(s, "#{'")
	quoted, rest, ok2 := cutLast(inner, "'.split('")
	sep, ok3 := strings.CutSuffix(rest, "')}")
	if !ok || !ok2 || !ok3 {
		return m.unknown(at, "the value of "+s, "")
	}
	v := m.resolveDeep(at, quoted, depth+1)
	if u := unknownIn(v); u != nil {
		return u
	}
	if l, ok := v.(*list); ok {
		return l
	}
	return newList(split(text(v), sep, false)...)
}

// converted returns a property as a value of a type.
func (m *machine) converted(at pos, kind string, v value) value {
	s, ok := v.(string)
	if !ok {
		return v
	}
	kind = strings.TrimPrefix(kind, "final ")
	switch base := baseName(kind); {
	case strings.HasSuffix(kind, "[]"), base == "List", base == "Set", base == "Collection":
		return newList(split(s, ",", true)...)
	case base == "boolean" || base == "Boolean":
		return lower(s) == "true"
	case base == "Duration":
		return durationOf(s)
	case slices.Contains([]string{"int", "Integer", "long", "Long"}, base):
		return numberOf(s)
	}
	return s
}

// durationOf returns the seconds of a duration such as 30m; a number alone is in
// seconds.
func durationOf(s string) value {
	for unit, scale := range map[string]float64{"s": 1, "m": 60, "h": 3600, "d": 86400} {
		if n, ok := strings.CutSuffix(s, unit); ok && isNumber(n) {
			return numberOf(n) * scale
		}
	}
	return numberOf(strings.TrimPrefix(s, "PT"))
}

// bound returns a property that is bound to a field; standard is the field's own value.
func (m *machine) bound(at pos, key, kind string, standard value) value {
	v, ok, unset := m.get(key)
	switch {
	case ok && v.many:
		return newList(v.list...)
	case ok:
		return m.converted(at, kind, m.resolve(pos{fixed: v.at}, v.text))
	case unset || standard != nil && m.props.given:
		return standard
	}
	return m.unknown(at, "the property "+key, "give it with --set "+key+"=…, or application.properties with --file")
}

// property is env.getProperty(name, standard).
func (m *machine) property(at pos, name string, args []value) value {
	key, ok := first(args).(string)
	if !ok || !strings.HasPrefix(name, "get") {
		if name == "acceptsProfiles" || name == "getActiveProfiles" {
			return m.unknown(at, "the active profile", "give it with --env SPRING_PROFILES_ACTIVE=…")
		}
		return m.unknown(at, "the value of "+name+"()", "")
	}
	v, found, unset := m.get(key)
	switch {
	case found && v.many:
		return newList(v.list...)
	case found:
		return m.resolve(at, v.text)
	case unset:
		if len(args) > 1 {
			return last(args)
		}
		return nil
	}
	return m.unknown(at, "the property "+key, "give it with --set "+key+"=…, or application.properties with --file")
}
