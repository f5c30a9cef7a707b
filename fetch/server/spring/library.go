package spring

import (
	"slices"
	"strings"
)

// callStatic calls a static method.
func (m *machine) callStatic(at pos, of, name string, args []value) value {
	if u := unknownOf(args); u != nil && slices.Contains([]string{"Arrays", "List", "Set", "Stream", "Collections"}, of) && len(args) == 1 {
		return u
	}
	switch of + "." + name {
	case "Arrays.asList", "List.of", "Set.of", "Stream.of", "Arrays.stream", "List.copyOf", "Set.copyOf", "Collections.singletonList", "Collections.singleton",
		"Collections.unmodifiableList", "ImmutableList.of", "Lists.newArrayList", "Collections.list", "Sets.newHashSet", "ImmutableSet.of":
		return m.flat(at, args)
	case "Collections.emptyList", "Collections.emptySet":
		return &list{}
	case "String.join":
		return m.join(at, args)
	case "String.valueOf", "Objects.requireNonNull", "Objects.requireNonNullElse":
		if len(args) > 1 && args[0] == nil {
			return args[1]
		}
		return first(args)
	case "HttpMethod.values", "RequestMethod.values":
		return newList("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
	case "HttpMethod.valueOf":
		return first(args)
	case "StringUtils.commaDelimitedListToStringArray", "StringUtils.tokenizeToStringArray", "StringUtils.commaDelimitedListToSet":
		return m.splitText(at, args)
	case "StringUtils.hasText", "StringUtils.hasLength":
		return m.hasText(args)
	case "Customizer.withDefaults":
		return &static{"withDefaults"}
	case "AntPathRequestMatcher.antMatcher", "PathPatternRequestMatcher.withDefaults":
		return &requestMatcher{pattern: last(args), method: methodOf(args)}
	case "CorsUtils.isPreFlightRequest", "CorsUtils.isCorsRequest":
		if r, ok := first(args).(*webRequest); ok {
			return r.x.preflight || name == "isCorsRequest" && r.x.isCORS()
		}
	}
	return m.callClass(at, of, name, args)
}

// callClass calls a static method of a class of the text, or one of Java's about time
// and the system.
func (m *machine) callClass(at pos, of, name string, args []value) value {
	if strings.HasPrefix(of, "Duration") {
		return m.duration(at, name, args)
	}
	if of == "super" {
		if c, ok := first(args).(*chain); ok && name == "configure" {
			c.standard(at)
		}
		return nil
	}
	if c := m.classes[baseName(of)]; c != nil {
		if fn, f := c.method(m, name, len(args)); fn != nil {
			return m.callFunc(m.beanOf(c), f, fn, args)
		}
	}
	if (of == "System" && name == "getenv" || of == "System" && name == "getProperty") && len(args) > 0 {
		return m.systemValue(at, name, args)
	}
	return m.unknown(at, "the value of "+of+"."+name+"()", "")
}

// flat returns a list of values; lists among them are laid flat, so that no list holds
// another one.
func (m *machine) flat(at pos, items []value) *list {
	out := &list{}
	for _, v := range items {
		add := []value{v}
		if l, ok := v.(*list); ok {
			add = l.items
		}
		m.bounded(at, len(out.items)+len(add), func() value { return nil })
		out.items = append(out.items, add...)
	}
	return out
}

func unknownOf(args []value) *unknown {
	for _, a := range args {
		if u, ok := a.(*unknown); ok {
			return u
		}
	}
	return nil
}

func first(args []value) value {
	if len(args) == 0 {
		return nil
	}
	return args[0]
}

func last(args []value) value {
	if len(args) == 0 {
		return nil
	}
	return args[len(args)-1]
}

// methodOf returns the method before a pattern; nil when there is none.
func methodOf(args []value) value {
	if len(args) > 1 {
		return args[0]
	}
	return nil
}

func (m *machine) join(at pos, args []value) value {
	if u := unknownIn(args...); u != nil {
		return u
	}
	if len(args) < 2 {
		return m.unknown(at, "the value of join()", "")
	}
	items, _ := stringsOf(&list{items: args[1:]})
	sep, size := text(args[0]), 0
	for _, s := range items {
		size += len(s) + len(sep)
	}
	return m.bounded(at, size, func() value { return strings.Join(items, sep) })
}

// splitText is a method that splits at commas.
func (m *machine) splitText(at pos, args []value) value {
	if u := unknownIn(args...); u != nil {
		return u
	}
	if len(args) == 0 {
		return m.unknown(at, "the value of a split", "")
	}
	sep := ","
	if len(args) > 1 {
		sep = text(args[1])
	}
	return newList(split(text(args[0]), sep, len(args) > 1)...)
}

// split splits a text; trimmed leaves out white space and empty pieces.
func split(s, sep string, trimmed bool) []string {
	var out []string
	for part := range strings.SplitSeq(s, sep) {
		if trimmed {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
		}
		out = append(out, part)
	}
	return out
}

func (m *machine) hasText(args []value) value {
	if u := unknownIn(args...); u != nil {
		return u
	}
	return len(args) == 1 && args[0] != nil && strings.TrimSpace(text(args[0])) != ""
}

func (m *machine) duration(at pos, name string, args []value) value {
	n, ok := first(args).(float64)
	scale, known := map[string]float64{"ofSeconds": 1, "ofMinutes": 60, "ofHours": 3600, "ofDays": 86400, "ofMillis": 0.001}[name]
	if u := unknownIn(args...); u != nil {
		return u
	}
	if !ok || !known {
		return m.unknown(at, "the value of Duration."+name+"()", "")
	}
	return float64(int64(n * scale))
}

// systemValue is System.getenv and System.getProperty.
func (m *machine) systemValue(at pos, name string, args []value) value {
	key, ok := args[0].(string)
	if !ok {
		return m.unknown(at, "the value of System."+name+"()", "")
	}
	if v, ok := m.src.Env[key]; ok {
		return v
	}
	if m.src.EnvComplete {
		return nil
	}
	return m.unknown(at, "the environment variable "+key, "give it with --env "+key+"=…")
}

// stringMethod is a method of a string.
func (m *machine) stringMethod(at pos, in, name string, args []value) value {
	if u := unknownIn(args...); u != nil {
		return u
	}
	a := text(first(args))
	switch name {
	case "name", "toString", "asString", "intern", "getPattern":
		return in
	case "trim", "strip":
		return strings.TrimSpace(in)
	case "toLowerCase":
		return lower(in)
	case "split":
		switch {
		case a == `\s*,\s*` || a == `,\s*`:
			return newList(split(in, ",", true)...)
		case a == "" || len(a) > 1 && strings.ContainsAny(a, `\[]()+*?.|^$`) || strings.ContainsAny(a, `\[(+*?.|^$`):
			return m.unknown(at, "the value of split() with a regular expression", "")
		}
		return newList(trimEmpty(split(in, a, false))...)
	case "length":
		return float64(len(in))
	case "replace":
		if len(args) == 2 {
			b := text(args[1])
			return m.bounded(at, (len(in)+1)*(len(b)+1), func() value { return strings.ReplaceAll(in, a, b) })
		}
	case "substring":
		return m.substring(at, in, args)
	case "concat":
		return m.bounded(at, len(in)+len(a), func() value { return in + a })
	}
	return m.compareText(at, in, name, args)
}

// substring returns a part of a string.
func (m *machine) substring(at pos, in string, args []value) value {
	from, ok := first(args).(float64)
	to := float64(len(in))
	if len(args) > 1 {
		to, _ = args[1].(float64)
	}
	if !ok || from < 0 || from > to || int(to) > len(in) {
		return m.unknown(at, "the value of substring()", "")
	}
	return in[int(from):int(to)]
}

// compareText is a method of a string that answers yes or no.
func (m *machine) compareText(at pos, in, name string, args []value) value {
	a := text(first(args))
	switch name {
	case "equals", "contentEquals":
		b, ok := first(args).(string)
		return ok && in == b
	case "equalsIgnoreCase":
		return args != nil && args[0] != nil && lower(in) == lower(a)
	case "startsWith":
		return strings.HasPrefix(in, a)
	case "endsWith":
		return strings.HasSuffix(in, a)
	case "contains":
		return strings.Contains(in, a)
	case "isEmpty":
		return in == ""
	case "isBlank":
		return strings.TrimSpace(in) == ""
	}
	return m.unknown(at, "the value of "+name+"() of a string", "")
}

// trimEmpty leaves out empty texts at the end, as split does.
func trimEmpty(items []string) []string {
	for len(items) > 1 && items[len(items)-1] == "" {
		items = items[:len(items)-1]
	}
	return items
}

// listMethod is a method of a list, a set or a stream.
func (m *machine) listMethod(at pos, in *list, name string, args []value) value {
	switch name {
	case "add", "addAll":
		for _, a := range args {
			add := []value{a}
			if l, ok := a.(*list); ok {
				add = l.items
			}
			m.bounded(at, len(in.items)+len(add), func() value { return nil })
			in.items = append(in.items, add...)
		}
		return true
	case "stream", "toArray", "toList", "collect", "distinct", "sorted", "asList", "parallelStream":
		return &list{items: slices.Clone(in.items)}
	case "size":
		return float64(len(in.items))
	case "isEmpty":
		return len(in.items) == 0
	case "get", "getFirst":
		if n, ok := first(args).(float64); ok && int(n) < len(in.items) && n >= 0 {
			return in.items[int(n)]
		}
	case "contains":
		if u := unknownIn(append(slices.Clone(args), in)...); u != nil {
			return u
		}
		return slices.Contains(in.items, first(args))
	}
	return m.eachMethod(at, in, name, args)
}

// eachMethod is a method of a list that calls a function with its items.
func (m *machine) eachMethod(at pos, in *list, name string, args []value) value {
	switch name {
	case "map":
		out := &list{}
		for _, v := range in.items {
			out.items = append(out.items, m.apply(at, first(args), v))
		}
		return m.flat(at, out.items)
	case "filter":
		out := &list{}
		for _, v := range in.items {
			if m.isTrue(m.apply(at, first(args), v)) {
				out.items = append(out.items, v)
			}
		}
		return out
	case "forEach":
		for _, v := range in.items {
			m.apply(at, first(args), v)
		}
		return nil
	case "anyMatch":
		return slices.ContainsFunc(in.items, func(v value) bool { return m.isTrue(m.apply(at, first(args), v)) })
	}
	return m.unknown(at, "the value of "+name+"() of a list", "")
}
