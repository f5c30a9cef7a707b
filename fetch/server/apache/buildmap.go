package apache

import "strings"

// rewriteMapCommand reads a RewriteMap.
func rewriteMapCommand(b *builder, c *scope, d *directive) error {
	args := words(d.args)
	if len(args) < 2 {
		return start(d.pos, "RewriteMap takes two or three arguments, a mapname and a filename and options")
	}
	kind, rest, _ := strings.Cut(args[1], ":")
	m := &rewriteMap{}
	switch lower(kind) {
	case "int":
		m.function = lower(rest)
		if m.function != "tolower" && m.function != "toupper" {
			return refuse(d.pos, "the map int:"+rest+" is not modelled", "")
		}
	case "txt":
		text, ok := b.p.files.read(b.p.place(rest))
		if !ok {
			return refuse(d.pos, "the map's file "+rest+" is not given", "give it with --file")
		}
		m.entries = make(map[string]string)
		for l := range strings.Lines(text) {
			f := strings.Fields(l)
			if len(f) > 1 && l[0] != '#' && !isSpace(l[0]) {
				if _, ok := m.entries[f[0]]; !ok {
					m.entries[f[0]] = f[1]
				}
			}
		}
	default:
		return refuse(d.pos, "a RewriteMap of kind "+kind+" is not modelled", "")
	}
	c.host.maps[args[0]] = m
	c.host.rewrite.present = true
	return nil
}
