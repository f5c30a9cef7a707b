package php

import "maps"

// builtin is a function of PHP.
type builtin struct {
	f func(c *args) value
	// byRef is the place of the argument that is a reference, counted from 1; 0
	// when there is none.
	byRef int
	// raw reports whether the function takes values that are not known. The result
	// of any other function is then not known.
	raw bool
}

// args are the arguments of a call of a function of PHP.
type args struct {
	r *run
	pos
	list []value
	ref  target // the argument that is a reference
	word string // the name of the function
}

// builtins returns the functions of PHP by their names in lower case.
func builtins() map[string]builtin {
	return join(httpFunctions(), textFunctions(), pathFunctions(), arrayFunctions(), changeFunctions(), sortFunctions(), typeFunctions(), runFunctions(), fileFunctions(), patternFunctions(), quietFunctions(), moreFunctions())
}

func join(tables ...map[string]builtin) map[string]builtin {
	out := make(map[string]builtin)
	for _, t := range tables {
		maps.Copy(out, t)
	}
	return out
}

// builtin calls a function of PHP.
func (r *run) builtin(x *call, name string, b builtin) value {
	c := &args{r: r, pos: x.pos, word: name}
	plain := x.args
	if b.byRef > 0 && b.byRef <= len(plain) {
		t, ok := plain[b.byRef-1].value.(target)
		if ok {
			c.ref = t
			copied := append([]argument(nil), plain...)
			copied[b.byRef-1].value = &literal{x.pos, quiet(r, t)}
			plain = copied
		}
	}
	c.list, _, _ = r.arguments(named(name, plain), nil)
	if !b.raw {
		if u := unknownWithin(c.list); u != nil {
			return &unknown{err: u.err, fails: u.fails}
		}
	}
	return b.f(c)
}

// parameterNames are the parameters that are often named in calls.
var parameterNames = map[string][]string{
	"header":             {"header", "replace", "response_code"},
	"http_response_code": {"response_code"},
	"in_array":           {"needle", "haystack", "strict"},
	"json_decode":        {"json", "associative", "depth", "flags"},
	"explode":            {"separator", "string", "limit"},
}

// named returns arguments in the order of the parameters.
func named(function string, list []argument) []argument {
	names := parameterNames[function]
	var out []argument
	for i, a := range list {
		if a.name == "" {
			out = append(out, a)
			continue
		}
		at := i
		for j, n := range names {
			if n == a.name {
				at = j
			}
		}
		for len(out) <= at {
			out = append(out, argument{value: &literal{v: absent{}}})
		}
		out[at] = argument{value: a.value}
	}
	return out
}

// absent stands for an argument that is left out before a named one.
type absent struct{}

// unknownWithin returns the first value that is not known, in arrays too.
func unknownWithin(list []value) *unknown {
	for _, v := range list {
		switch v := v.(type) {
		case *unknown:
			return v
		case *array:
			if v.unsure != nil {
				return v.unsure
			}
			for _, e := range v.list() {
				if u := unknownIn(e.v); u != nil {
					return u
				}
			}
		}
	}
	return nil
}

// has reports whether an argument is given.
func (c *args) has(i int) bool {
	if i >= len(c.list) {
		return false
	}
	_, left := c.list[i].(absent)
	return !left
}

// arg returns an argument, or null.
func (c *args) arg(i int) value {
	if !c.has(i) {
		return nil
	}
	return c.list[i]
}

func (c *args) text(i int) string { return c.r.text(c.pos, c.arg(i)) }

// integer returns an argument as an integer, or another number when it is not given.
func (c *args) integer(i int, standard int64) int64 {
	if !c.has(i) || c.list[i] == nil {
		return standard
	}
	return toInt(c.list[i])
}

func (c *args) flag(i int) bool { return c.has(i) && toBool(c.list[i]) }

// array returns an argument as an array; a fatal error when it is none.
func (c *args) array(i int) *array {
	a, ok := c.arg(i).(*array)
	if !ok {
		c.r.throw(c.pos, "TypeError", c.word+"(): an argument must be of type array")
	}
	return a
}

// set assigns to the argument that is a reference.
func (c *args) set(v value) {
	if c.ref != nil {
		c.ref.assign(c.r, v)
	}
}

// unknown returns a value that is not known.
func (c *args) unknown(help string) *unknown {
	return c.r.unknown(c.pos, "the value of "+c.word+"()", help)
}

// plain makes a builtin of a function.
func plain(f func(c *args) value) builtin { return builtin{f: f} }

// raw makes a builtin of a function that takes values that are not known.
func raw(f func(c *args) value) builtin { return builtin{f: f, raw: true} }
