package aspnet

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/go-json-experiment/json/jsontext"
)

// settings is the configuration: appsettings.json, that of the environment, and
// environment variables. Keys are compared without case.
type settings struct {
	values map[string]string
	lists  map[string]bool // sections that exist
	given  bool            // appsettings.json is given
}

// readSettings reads the configuration beside the main file.
func readSettings(m *machine) *settings {
	out := &settings{values: make(map[string]string), lists: make(map[string]bool)}
	folder := path.Dir(m.src.Name)
	for _, name := range []string{"appsettings.json", "appsettings." + text(m.environment()) + ".json"} {
		if m.src.Files == nil {
			break
		}
		data, err := fs.ReadFile(m.src.Files, path.Join(folder, name))
		if err != nil {
			continue
		}
		out.given = true
		d := jsontext.NewDecoder(strings.NewReader(withoutComments(string(data))), jsontext.AllowDuplicateNames(true))
		// What is before a mistake counts.
		_ = out.read(d, "")
	}
	for name, v := range m.src.Env {
		out.set(strings.ReplaceAll(name, "__", ":"), v)
	}
	for name, v := range m.src.Set {
		out.set(name, v)
	}
	return out
}

// withoutComments leaves out // comments outside of strings.
func withoutComments(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		inside := false
		for i := 0; i < len(line); i++ {
			switch {
			case line[i] == '\\' && inside:
				i++
			case line[i] == '"':
				inside = !inside
			case !inside && strings.HasPrefix(line[i:], "//"):
				line = line[:i] + "\n"
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// set sets a value and the sections around it.
func (c *settings) set(key, v string) {
	key = fetch.ByteLowercase(key)
	c.values[key] = v
	for i := range key {
		if key[i] == ':' {
			c.lists[key[:i]] = true
		}
	}
}

// read reads one value of JSON below a key.
func (c *settings) read(d *jsontext.Decoder, key string) error {
	t, err := d.ReadToken()
	if err != nil {
		return err
	}
	switch t.Kind() {
	case '{':
		c.lists[fetch.ByteLowercase(key)] = true
		for d.PeekKind() != '}' {
			name, err := d.ReadToken()
			if err != nil {
				return err
			}
			if err := c.read(d, join(key, name.String())); err != nil {
				return err
			}
		}
		_, err = d.ReadToken()
		return err
	case '[':
		c.lists[fetch.ByteLowercase(key)] = true
		for i := 0; d.PeekKind() != ']'; i++ {
			if err := c.read(d, join(key, strconv.Itoa(i))); err != nil {
				return err
			}
		}
		_, err = d.ReadToken()
		return err
	}
	c.set(key, t.String())
	return nil
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ":" + b
}

// get returns a value.
func (c *settings) get(m *machine, at pos, key string) value {
	if v, ok := c.values[fetch.ByteLowercase(key)]; ok {
		return v
	}
	if c.given && m.src.EnvComplete {
		return nil
	}
	return m.unknown(at, "the setting "+key, "give it with --set "+key+"=…, or appsettings.json with --file")
}

// list returns a section as an array.
func (c *settings) list(m *machine, at pos, key string) value {
	out := &list{}
	for i := 0; ; i++ {
		v, ok := c.values[fetch.ByteLowercase(join(key, strconv.Itoa(i)))]
		if !ok {
			break
		}
		out.items = append(out.items, v)
	}
	if len(out.items) > 0 {
		return out
	}
	if v, ok := c.values[fetch.ByteLowercase(key)]; ok {
		return split(v, []value{","})
	}
	if c.given {
		if c.lists[fetch.ByteLowercase(key)] {
			return out
		}
		return nil
	}
	return m.unknown(at, "the setting "+key, "give it with --set "+key+"=…, or appsettings.json with --file")
}

// configMethod is a method of the configuration.
func (m *machine) configMethod(at pos, in *section, name, types string, args []value) value {
	key := ""
	if u := unknownIn(args...); u != nil {
		return u
	}
	if len(args) > 0 {
		key = text(args[0])
	}
	switch name {
	case "GetSection", "GetRequiredSection":
		return &section{join(in.key, key)}
	case "GetValue":
		v := m.config.get(m, at, join(in.key, key))
		if v == nil && len(args) > 1 {
			return args[1]
		}
		if s, ok := v.(string); ok && types == "bool" {
			return fetch.ByteLowercase(s) == "true"
		}
		return v
	case "Get":
		if strings.Contains(types, "[]") || strings.Contains(types, "List") || strings.Contains(types, "IEnumerable") {
			return m.config.list(m, at, in.key)
		}
		return m.unknown(at, "the settings of "+in.key, "")
	case "GetChildren":
		return m.config.list(m, at, in.key)
	case "GetConnectionString":
		return m.unknown(at, "a connection string", "")
	case "Exists":
		return m.config.lists[fetch.ByteLowercase(in.key)]
	}
	if strings.HasPrefix(name, "Add") || strings.HasPrefix(name, "Set") {
		return in // further sources of settings
	}
	return m.unknown(at, "what "+name+" does with the settings", "")
}
