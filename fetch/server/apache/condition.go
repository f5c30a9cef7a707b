package apache

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// condition evaluates the sections that the real server evaluates while it reads.
// The second result is false for other sections.
func (p *parser) condition(d *directive) (keep, transparent bool, err error) {
	arg := strings.TrimSpace(strings.Trim(d.args, `"'`))
	if d.unknown != nil {
		switch d.key() {
		case "<ifmodule", "<ifdefine", "<ifversion", "<iffile":
			return false, false, refuse(d.pos, d.unknown.What+" is not known", d.unknown.Help)
		}
	}
	name, negative := strings.CutPrefix(arg, "!")
	switch d.key() {
	case "<ifmodule":
		return p.ifModule(d, name) != negative, true, nil
	case "<ifdefine":
		keep, err := p.ifDefine(d, name)
		return keep != negative, true, err
	case "<ifversion":
		keep, err := p.ifVersion(d, arg)
		return keep, true, err
	case "<iffile":
		return p.files.exists(p.place(name)) != negative, true, nil
	case "<ifdirective":
		_, ok := directives()[lower(name)]
		return ok != negative, true, nil
	case "<macro":
		return false, false, refuse(d.pos, "macros are not modelled", "write out what the macro expands to")
	}
	return false, false, nil
}

// ifModule reports whether a module is there; where that is assumed, it says so.
func (p *parser) ifModule(d *directive, name string) bool {
	id := moduleID(name)
	if (name == "mod_php5.c" || name == "mod_php7.c" || name == "php5_module" || name == "php7_module") && !p.complete {
		return false
	}
	is := p.loaded(id)
	if !p.complete {
		text := fmt.Sprintf("module %s is loaded", id)
		if !is {
			text = fmt.Sprintf("module %s is not loaded", id)
		}
		p.assumed = append(p.assumed, server.Assumption{Position: d.pos, Text: text + fmt.Sprintf(" (--set %s_module=off or on says otherwise)", id)})
	}
	return is
}

// ifDefine reports whether a name is defined.
func (p *parser) ifDefine(d *directive, name string) (bool, error) {
	if _, ok := p.defines[name]; ok {
		return true, nil
	}
	if v, ok := p.src.Set[name]; ok {
		return v != "off" && v != "false", nil
	}
	if !p.complete {
		p.assumed = append(p.assumed, server.Assumption{Position: d.pos, Text: fmt.Sprintf("%s is not defined when the server starts (--set %s=on says otherwise)", name, name)})
	}
	return false, nil
}

// ifVersion compares the version, such as ">= 2.4" or "2.4.10".
func (p *parser) ifVersion(d *directive, arg string) (bool, error) {
	fields := words(arg)
	op, want := "=", ""
	switch len(fields) {
	case 1:
		want = fields[0]
	case 2:
		op, want = fields[0], fields[1]
	default:
		return false, start(d.pos, "<IfVersion> takes one or two arguments")
	}
	op, negative := strings.CutPrefix(op, "!")
	if strings.HasPrefix(want, "/") || op == "~" {
		return false, refuse(d.pos, "a regular expression in <IfVersion> is not modelled", "")
	}
	c, ok := compareVersions(p.version, want)
	if !ok {
		return false, start(d.pos, "Invalid version '%s'", want)
	}
	is := map[string]bool{"=": c == 0, "==": c == 0, "": c == 0, ">": c > 0, ">=": c >= 0, "<": c < 0, "<=": c <= 0}
	v, ok := is[op]
	if !ok {
		return false, start(d.pos, "unrecognized operator '%s'", op)
	}
	return v != negative, nil
}

// compareVersions compares versions with up to three numbers; missing ones are 0.
func compareVersions(a, b string) (int, bool) {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range 3 {
		var m, n int
		var err error
		if i < len(x) {
			m, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			if n, err = strconv.Atoi(y[i]); err != nil {
				return 0, false
			}
		}
		if m != n {
			return m - n, true
		}
	}
	return 0, true
}

// base returns the last element of a path.
func base(name string) string { return path.Base(name) }
