package spring

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// isActive reports whether @Profile and @ConditionalOnProperty let a bean be made; it
// stops when that is not known. Other conditions count as fulfilled.
func (m *machine) isActive(f *file, annotations []syntax.Expr) bool {
	s := newScope(f, nil)
	if x := findAnnotation(annotations, "Profile"); x != nil && !m.hasProfile(s, x) {
		return false
	}
	if x := findAnnotation(annotations, "ConditionalOnProperty"); x != nil {
		return m.hasProperty(s, x)
	}
	return true
}

// hasProfile reports whether one of the profiles of @Profile is active.
func (m *machine) hasProfile(s *scope, x syntax.Expr) bool {
	at := placeIn(s.file, x.Offset())
	active := m.profiles(at)
	for _, v := range annotationArgs(x, "value") {
		names, u := stringsOf(m.eval(s, v))
		if u != nil {
			panic(stops{u.err})
		}
		for _, name := range names {
			if strings.ContainsAny(name, "&|()") {
				panic(stops{m.unknownError(at, "whether the profiles "+name+" are active", "write one profile")})
			}
			rest, not := strings.CutPrefix(name, "!")
			if slices.Contains(active, strings.TrimSpace(rest)) != not {
				return true
			}
		}
	}
	return false
}

// profiles returns the active profiles; it stops when they are not known.
func (m *machine) profiles(at pos) []string {
	v, ok, unset := m.get("spring.profiles.active")
	switch {
	case ok && v.many:
		return v.list
	case ok && v.text != "":
		return split(v.text, ",", true)
	case ok, unset:
		return []string{"default"}
	}
	panic(stops{m.unknownError(at, "which profile is active", "give it with --env SPRING_PROFILES_ACTIVE=…")})
}

// hasProperty reports whether the properties of @ConditionalOnProperty have the value.
func (m *machine) hasProperty(s *scope, x syntax.Expr) bool {
	at := placeIn(s.file, x.Offset())
	element := func(names ...string) string {
		for _, v := range annotationArgs(x, names...) {
			list, _ := stringsOf(m.eval(s, v))
			return strings.Join(list, ",")
		}
		return ""
	}
	prefix, wanted := element("prefix"), element("havingValue")
	if prefix != "" {
		prefix = strings.TrimSuffix(prefix, ".") + "."
	}
	for _, name := range split(element("value", "name"), ",", true) {
		v, ok, unset := m.get(prefix + name)
		switch {
		case ok && (wanted == "" && lower(v.text) != "false" || wanted != "" && lower(v.text) == lower(wanted)):
		case ok:
			return false
		case !unset:
			panic(stops{m.unknownError(at, "the property "+prefix+name, "give it with --set "+prefix+name+"=…, or application.properties with --file")})
		case element("matchIfMissing") != "true":
			return false
		}
	}
	return true
}
