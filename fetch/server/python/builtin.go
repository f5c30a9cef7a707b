package python

import (
	"math"
	"slices"
	"strconv"
)

// exceptionBases are Python's exceptions with their bases.
var exceptionBases = []struct{ name, base string }{
	{"BaseException", "object"}, {"Exception", "BaseException"}, {"SystemExit", "BaseException"}, {"KeyboardInterrupt", "BaseException"},
	{"ArithmeticError", "Exception"}, {"ZeroDivisionError", "ArithmeticError"}, {"OverflowError", "ArithmeticError"},
	{"AssertionError", "Exception"}, {"AttributeError", "Exception"}, {"ImportError", "Exception"}, {"ModuleNotFoundError", "ImportError"},
	{"LookupError", "Exception"}, {"IndexError", "LookupError"}, {"KeyError", "LookupError"}, {"MemoryError", "Exception"},
	{"NameError", "Exception"}, {"OSError", "Exception"}, {"FileNotFoundError", "OSError"}, {"PermissionError", "OSError"}, {"ConnectionError", "OSError"},
	{"TimeoutError", "OSError"}, {"RuntimeError", "Exception"}, {"NotImplementedError", "RuntimeError"}, {"RecursionError", "RuntimeError"},
	{"StopIteration", "Exception"}, {"SyntaxError", "Exception"}, {"TypeError", "Exception"}, {"ValueError", "Exception"},
	{"UnicodeError", "ValueError"}, {"UnicodeDecodeError", "UnicodeError"}, {"JSONDecodeError", "ValueError"}, {"Warning", "Exception"},
	{"DeprecationWarning", "Warning"}, {"CancelledError", "BaseException"},
}

// addClasses adds the classes of Python itself.
func (in *interp) addClasses() {
	in.classes["object"] = &class{name: "object", dict: map[string]value{}}
	for _, e := range exceptionBases {
		in.addClass(e.name, e.base)
	}
	in.classes["IOError"] = in.classes["OSError"]
	in.classes["EnvironmentError"] = in.classes["OSError"]
	for name, c := range in.classes {
		if name != "JSONDecodeError" && name != "CancelledError" {
			in.globals[name] = c
		}
	}
}

// addClass adds a class with a base.
func (in *interp) addClass(name, base string) *class {
	c := &class{name: name, dict: map[string]value{}}
	if b := in.classes[base]; b != nil {
		c.bases = []*class{b}
	}
	in.classes[name] = c
	return c
}

// fn returns a function that is modelled.
func fn(name string, run func(in *interp, a *args) (value, error)) *builtin {
	return &builtin{name: name, run: run}
}

// pure returns a function of one known argument: an unknown one gives unknown.
func pure(name string, run func(in *interp, a *args, v value) (value, error)) *builtin {
	return fn(name, func(in *interp, a *args) (value, error) {
		v := a.get(0, "")
		if v == nil {
			v = none{}
		}
		if u := unknownIn(v); u != nil {
			return u, nil
		}
		return run(in, a, v)
	})
}

// addBuiltins adds the functions of Python itself.
func (in *interp) addBuiltins() {
	for _, f := range []*builtin{
		fn("print", func(*interp, *args) (value, error) { return none{}, nil }),
		fn("len", builtinLen), fn("isinstance", builtinIsinstance), fn("hasattr", builtinHasattr), fn("getattr", builtinGetattr),
		fn("setattr", builtinSetattr), fn("sorted", builtinSorted), fn("enumerate", builtinEnumerate), fn("zip", builtinZip),
		fn("map", builtinMap), fn("filter", builtinFilter), fn("any", builtinAny), fn("all", builtinAll), fn("max", builtinMax), fn("min", builtinMin),
		fn("next", builtinNext), fn("iter", builtinFirst), fn("reversed", builtinReversed), fn("sum", builtinSum), fn("callable", builtinCallable),
		fn("property", func(_ *interp, a *args) (value, error) { return &property{a.or(0, "fget", none{})}, nil }),
		fn("staticmethod", func(_ *interp, a *args) (value, error) { return &static{a.or(0, "", none{})}, nil }),
		fn("classmethod", func(_ *interp, a *args) (value, error) { return &classmethod{a.or(0, "", none{})}, nil }),
		fn("super", func(*interp, *args) (value, error) { return &superOf{}, nil }),
		fn("id", func(*interp, *args) (value, error) { return harmlessf("id()"), nil }),
		fn("hash", func(*interp, *args) (value, error) { return harmlessf("hash()"), nil }),
		fn("open", builtinOpen), fn("input", func(_ *interp, a *args) (value, error) { return unknownf(a.at, "", "input()"), nil }),
		fn("exit", builtinExit), fn("quit", builtinExit), fn("issubclass", builtinIssubclass),
		pure("abs", func(_ *interp, _ *args, v value) (value, error) {
			if i, ok := asInt(v); ok {
				return max(i, -i), nil
			}
			f, _ := asFloat(v)
			return math.Abs(f), nil
		}),
		pure("round", builtinRound), pure("repr", func(_ *interp, _ *args, v value) (value, error) { return repr(v), nil }),
		pure("chr", func(_ *interp, _ *args, v value) (value, error) { i, _ := asInt(v); return string(rune(i)), nil }),
		pure("ord", func(_ *interp, _ *args, v value) (value, error) {
			for _, r := range str(v) {
				return int64(r), nil
			}
			return int64(0), nil
		}),
		fn("divmod", func(in *interp, a *args) (value, error) { return harmlessf("divmod()"), nil }),
		pure("hex", func(_ *interp, _ *args, v value) (value, error) {
			i, _ := asInt(v)
			return "0x" + strconv.FormatInt(i, 16), nil
		}),
		fn("format", func(in *interp, a *args) (value, error) {
			return in.format(a.at, a.or(0, "", none{}), str(a.or(1, "", ""))), nil
		}),
		fn("vars", func(in *interp, a *args) (value, error) { return in.attrOr(nil, nil, a.or(0, "", none{}), "__dict__") }),
		fn("dir", func(in *interp, a *args) (value, error) { return builtinDir(in, a) }),
	} {
		in.globals[f.name] = f
	}
	in.addTypes()
	in.globals["NotImplemented"] = none{}
	in.globals["Ellipsis"] = ellipsis{}
	in.globals["__debug__"] = true
}

func builtinDir(_ *interp, a *args) (value, error) {
	var names []string
	switch v := a.or(0, "", none{}).(type) {
	case *class:
		names = v.order
	case *instance:
		names = append(sortedNames(v.attrs), v.class.order...)
	case *moduleValue:
		names = sortedNames(v.m.scope.vars)
	}
	out := &list{}
	for _, n := range slices.Sorted(slices.Values(names)) {
		out.items = append(out.items, n)
	}
	return out, nil
}

func builtinExit(in *interp, a *args) (value, error) {
	return nil, in.raise(a.at, "SystemExit", "%s", str(a.or(0, "", int64(0))))
}

func builtinOpen(in *interp, a *args) (value, error) {
	name := a.or(0, "file", none{})
	return unknownf(a.at, "give the value with --set NAME=…", "the content of %s", str(name)), nil
}

func builtinLen(in *interp, a *args) (value, error) {
	v := a.or(0, "", none{})
	switch v := v.(type) {
	case *unknown:
		return v, nil
	case string:
		return int64(len([]rune(v))), nil
	case bytes:
		return int64(len(v)), nil
	case *instance:
		if m := v.class.lookup("__len__"); m != nil {
			return in.call(nil, m, &args{pos: []value{v}, at: a.at})
		}
	}
	items, u, err := in.iterateAt(nil, a.at, v)
	if err != nil || u != nil {
		return orUnknown(none{}, u), err
	}
	return int64(len(items)), nil
}

func builtinIsinstance(in *interp, a *args) (value, error) {
	v, types := a.or(0, "", none{}), a.or(1, "", none{})
	if u := firstUnknown(v, types); u != nil {
		return u, nil
	}
	list := []value{types}
	if t, ok := types.(*tuple); ok {
		list = t.items
	}
	var missing *unknown
	for _, t := range list {
		ok, u := isInstance(v, t)
		if ok {
			return true, nil
		}
		if u != nil {
			missing = u
		}
	}
	if missing != nil {
		return missing, nil
	}
	return false, nil
}

// isInstance reports whether a value is of a type.
func isInstance(v, t value) (bool, *unknown) {
	switch t := t.(type) {
	case *unknown:
		return false, t
	case *class:
		if i, ok := v.(*instance); ok {
			return i.class.is(t), nil
		}
		if t.name == "object" {
			return true, nil
		}
		return typeName(v) == t.name || t.name == "int" && typeName(v) == "bool", nil
	case *builtin:
		return typeName(v) == t.name || t.name == "int" && typeName(v) == "bool", nil
	case *typing:
		switch v.(type) {
		case *list, *tuple, *set, *dict:
			return t.name == "Iterable" || t.name == "Sequence" || t.name == typeName(v), nil
		}
	}
	return false, nil
}

func builtinIssubclass(_ *interp, a *args) (value, error) {
	c, ok1 := a.or(0, "", none{}).(*class)
	d, ok2 := a.or(1, "", none{}).(*class)
	return ok1 && ok2 && c.is(d), nil
}

func builtinHasattr(in *interp, a *args) (value, error) {
	v := a.or(0, "", none{})
	if u, ok := v.(*unknown); ok {
		return u, nil
	}
	x, err := in.attrOr(nil, nil, v, str(a.or(1, "", "")))
	return x != nil, err
}

func builtinGetattr(in *interp, a *args) (value, error) {
	v := a.or(0, "", none{})
	name := str(a.or(1, "", ""))
	x, err := in.attrOr(nil, nil, v, name)
	if x != nil || err != nil {
		return x, err
	}
	if d := a.get(2, ""); d != nil {
		return d, nil
	}
	return nil, in.raise(a.at, "AttributeError", "'%s' object has no attribute '%s'", typeName(v), name)
}

func builtinSetattr(in *interp, a *args) (value, error) {
	return none{}, in.setAttr(&frame{module: in.main}, positionNode(0), a.or(0, "", none{}), str(a.or(1, "", "")), a.or(2, "", none{}))
}

// positionNode is a node without a text.
type positionNode int

// Offset returns the offset.
func (p positionNode) Offset() int { return int(p) }

// sequence returns the items of the first argument.
func (in *interp) sequence(a *args, i int) ([]value, *unknown, error) {
	return in.iterateAt(nil, a.at, a.or(i, "", &list{}))
}
