package apache

import (
	"strings"
)

// contentCommands returns the commands of mod_dir, mod_mime, mod_filter and
// mod_fallback.
func contentCommands() map[string]command {
	return map[string]command{
		"directoryindex": directoryIndex, "directoryslash": directorySlash, "directorycheckhandler": directoryCheckHandler,
		"fallbackresource": fallbackResource, "directoryindexredirect": directoryIndexRedirect,
		"addhandler": addHandler, "removehandler": removeHandler, "addtype": addType, "removetype": removeType,
		"addoutputfilter": addOutputFilter, "addoutputfilterbytype": addOutputFilterByType,
	}
}

func (s *section) indexConf() *indexConf {
	if s.index == nil {
		s.index = new(indexConf)
	}
	return s.index
}

func (s *section) mimeConf() *mimeConf {
	if s.mime == nil {
		s.mime = &mimeConf{handlers: make(map[string]string), types: make(map[string]string), filters: make(map[string][]string)}
	}
	return s.mime
}

func directoryIndex(b *builder, c *scope, d *directive) error {
	conf := c.sec.indexConf()
	for i, w := range words(d.args) {
		if lower(w) == "disabled" && i == 0 {
			conf.names = []string{}
			continue
		}
		conf.names = append(conf.names, w)
	}
	return nil
}

func directorySlash(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	c.sec.indexConf().slash = &on
	return err
}

func directoryCheckHandler(b *builder, c *scope, d *directive) error {
	on, err := flag(d)
	c.sec.indexConf().checkHandler = &on
	return err
}

func fallbackResource(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	c.sec.indexConf().fallback = w
	return err
}

func directoryIndexRedirect(b *builder, c *scope, d *directive) error {
	w, err := oneWord(d)
	switch l := lower(w); l {
	case "on", "temp":
		c.sec.indexConf().indexRedirect = 302
	case "permanent":
		c.sec.indexConf().indexRedirect = 301
	case "seeother":
		c.sec.indexConf().indexRedirect = 303
	case "off":
		c.sec.indexConf().indexRedirect = -1
	default:
		c.sec.indexConf().indexRedirect = atoi(w)
	}
	return err
}

// extensions returns the extensions of a directive's arguments.
func extensions(args []string) []string {
	var out []string
	for _, a := range args {
		out = append(out, lower(strings.TrimPrefix(a, ".")))
	}
	return out
}

func addHandler(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) < 2 {
		return start(d.pos, "AddHandler requires at least two arguments, a handler name followed by one or more file extensions")
	}
	for _, x := range extensions(args[1:]) {
		c.sec.mimeConf().handlers[x] = lower(args[0])
	}
	return nil
}

func removeHandler(b *builder, c *scope, d *directive) error {
	for _, x := range extensions(words(d.args)) {
		c.sec.mimeConf().handlers[x] = ""
	}
	return nil
}

func addType(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) < 2 {
		return start(d.pos, "AddType requires at least two arguments, a mime type followed by one or more file extensions")
	}
	for _, x := range extensions(args[1:]) {
		c.sec.mimeConf().types[x] = lower(args[0])
	}
	return nil
}

func removeType(b *builder, c *scope, d *directive) error {
	for _, x := range extensions(words(d.args)) {
		c.sec.mimeConf().types[x] = ""
	}
	return nil
}

func addOutputFilter(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) < 2 {
		return start(d.pos, "AddOutputFilter requires at least two arguments")
	}
	for _, x := range extensions(args[1:]) {
		c.sec.mimeConf().filters[x] = strings.Split(upper(args[0]), ";")
	}
	return nil
}

func addOutputFilterByType(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) < 2 {
		return start(d.pos, "AddOutputFilterByType requires at least two arguments")
	}
	if c.sec.filter == nil {
		c.sec.filter = new(filterConf)
	}
	types := extensions(args[1:])
	for f := range strings.SplitSeq(upper(args[0]), ";") {
		c.sec.filter.byType = append(c.sec.filter.byType, typeFilter{pos: d.pos, name: f, types: types})
	}
	return nil
}
