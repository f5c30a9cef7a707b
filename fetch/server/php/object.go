package php

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// The members of objects and classes.
type (
	prop struct {
		pos
		x, name expr
		safe    bool
	}
	staticProp struct {
		pos
		class expr
		name  string
	}
	classConst struct {
		pos
		class expr
		name  string
	}
	enumCase struct {
		pos
		name  string
		value expr
	}
)

// method returns a method of a class and the class in which it stands.
func (c *class) method(name string) (*function, *class) {
	for n := 0; c != nil && n < maxCalls; n++ {
		if f := c.methods[name]; f != nil {
			return f, c
		}
		c = c.above
	}
	return nil, nil
}

// isUnseen reports whether a class or one above it is not in the files.
func (c *class) isUnseen() bool {
	for n := 0; c != nil && n < maxCalls; n++ {
		if c.unseen {
			return true
		}
		c = c.above
	}
	return false
}

// declare declares a class.
func (r *run) declare(c *class) {
	name := fetch.ByteLowercase(c.name)
	if r.declared(name) == c {
		return
	}
	if c.parent != "" && c.kind == "class" {
		above := r.class(c.pos, c.parent)
		copied := *c
		copied.above = above
		copied.unseen = above == nil
		c = &copied
	}
	if len(c.traits) > 0 {
		c = r.useTraits(c)
	}
	r.classes[name] = c
}

// class returns a class by its name; nil when it is not in the files.
func (r *run) class(at pos, name string) *class {
	name = strings.TrimPrefix(name, `\`)
	full := fetch.ByteLowercase(name)
	switch full {
	case "self":
		return r.frame.class
	case "static":
		return r.frame.late
	case "parent":
		if r.frame.class != nil {
			return r.frame.class.above
		}
		return nil
	}
	if c := r.declared(full); c != nil {
		return c
	}
	for _, f := range r.autoload {
		r.callValue(at, f, name)
		if c := r.declared(full); c != nil {
			return c
		}
	}
	return r.loaded(at, name)
}

// classNameOf returns the name of the class that an expression names.
func (r *run) classNameOf(x expr) string {
	if n, ok := x.(*name); ok {
		if n.full != "" {
			return n.full
		}
		return n.text
	}
	switch v := x.eval(r).(type) {
	case *object:
		return v.class.name
	case *unknown:
		panic(stops{v.err})
	default:
		return toString(v)
	}
}

// isA reports whether a class is one of a name, or below it.
func (r *run) isA(c *class, name string) bool {
	want := fetch.ByteLowercase(strings.TrimPrefix(name, `\`))
	if want == "self" && r.frame.class != nil {
		want = fetch.ByteLowercase(r.frame.class.name)
	}
	return r.isOf(c, want, maxCalls)
}

// isOf reports whether a class has a name in lower case, or one above it has.
func (r *run) isOf(c *class, want string, depth int) bool {
	for ; c != nil && depth > 0; depth-- {
		if fetch.ByteLowercase(c.name) == want {
			return true
		}
		for _, b := range append(c.bases, interfaceParent(c)...) {
			name := fetch.ByteLowercase(b)
			if name == want || r.declared(name) != nil && r.isOf(r.declared(name), want, depth-1) {
				return true
			}
		}
		c = c.above
	}
	return false
}

// interfaceParent returns the first interface that an interface extends.
func interfaceParent(c *class) []string {
	if c.kind != "interface" || c.parent == "" {
		return nil
	}
	return []string{c.parent}
}

// create makes an object of a class.
func (r *run) create(at pos, c *class, args []argument) value {
	if c.isUnseen() {
		values, _, _ := r.arguments(args, nil)
		return r.outside(at, "new "+c.name, values)
	}
	o := &object{class: c, props: new(array)}
	var chain []*class
	for k := c; k != nil && len(chain) < maxCalls; k = k.above {
		chain = append(chain, k)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		for _, p := range chain[i].props {
			var v value
			if p.value != nil {
				v = p.value.eval(r)
			}
			o.props.setText(p.name, v)
		}
	}
	if f, in := c.method("__construct"); f != nil {
		r.invoke(at, &call1{fn: f, this: o, class: in}, args)
	}
	return o
}

func (x *newExpr) eval(r *run) value {
	if x.body != nil {
		r.declare(x.body)
		return r.create(x.pos, r.declared(fetch.ByteLowercase(x.body.name)), x.args)
	}
	name := r.classNameOf(x.class)
	c := r.class(x.pos, name)
	if c != nil {
		return r.create(x.pos, c, x.args)
	}
	values, _, _ := r.arguments(x.args, nil)
	r.needClass(x.pos, name)
	return r.outside(x.pos, "new "+lastPart(name), values)
}

// needClass throws when a class is not on the server: all files are given, and the
// name has a namespace, so that it is none of PHP or of an extension.
func (r *run) needClass(at pos, name string) {
	name = strings.TrimPrefix(name, `\`)
	first, _, nested := strings.Cut(fetch.ByteLowercase(name), `\`)
	if !nested || !r.program.complete || r.notGiven != nil || r.composer || extensionSpaces[first] {
		return
	}
	r.throw(at, "Error", "Class \""+name+"\" not found")
}

// extensionSpaces are the namespaces of PHP and of its extensions.
var extensionSpaces = map[string]bool{
	"ds": true, "ffi": true, "grpc": true, "mongodb": true, "random": true, "parallel": true, "swoole": true, "openswoole": true, "relay": true,
	"couchbase": true, "cassandra": true, "parle": true, "ui": true, "elasticapm": true, "opentelemetry": true, "ddtrace": true, "pcov": true, "uv": true, "dom": true, "bcmath": true,
}

// throw throws an exception of PHP itself.
func (r *run) throw(at pos, class, message string) {
	c := r.declared(fetch.ByteLowercase(class))
	o := &object{class: c, props: new(array)}
	o.props.setText("message", message)
	o.props.setText("code", int64(0))
	panic(thrown{obj: o, at: at})
}

// memberName returns the name of a member.
func (r *run) memberName(x expr) string {
	v := x.eval(r)
	if u := unknownIn(v); u != nil {
		panic(stops{u.err})
	}
	return toString(v)
}

func (x *prop) eval(r *run) value { return x.get(r, x.x.eval(r)) }

func (x *prop) quiet(r *run) value {
	in := quiet(r, x.x)
	if in == nil {
		return nil
	}
	return x.get(r, in)
}

func (x *prop) get(r *run, in value) value {
	switch in := in.(type) {
	case *unknown:
		name := ""
		if l, ok := x.name.(*literal); ok {
			name = toString(l.v)
		}
		return &unknown{err: in.err, fails: meansError(name)}
	case *object:
		name := r.memberName(x.name)
		if v, ok := in.props.get(keyOf(name)); ok {
			share(v)
			return v
		}
		if f, c := in.class.method("__get"); f != nil {
			return r.callFunction(x.pos, &call1{fn: f, this: in, class: c}, []value{name})
		}
		r.warn(x.pos, "Undefined property")
	}
	return nil
}

func (x *prop) assign(r *run, v value) {
	if o, ok := x.x.eval(r).(*object); ok {
		o.props.setText(r.memberName(x.name), v)
	}
}

func (x *prop) unset(r *run) {
	if o, ok := x.x.eval(r).(*object); ok {
		o.props.remove(keyOf(r.memberName(x.name)))
	}
}

func (x *prop) ref(r *run) *ref {
	o, ok := x.x.eval(r).(*object)
	if !ok {
		return &ref{x.quiet(r)}
	}
	return o.props.refAt(keyOf(r.memberName(x.name)))
}

// slot returns the variable of a static property; nil when there is none.
func (x *staticProp) slot(r *run) (*ref, *unknown) {
	name := r.classNameOf(x.class)
	c := r.class(x.pos, name)
	if c == nil {
		return nil, r.unknown(x.pos, lastPart(name)+"::$"+x.name, "")
	}
	for n := 0; c != nil && n < maxCalls; n++ {
		if standard, ok := c.statics[x.name]; ok {
			vars := r.statics[c]
			if vars == nil {
				vars = make(map[string]*ref)
				r.statics[c] = vars
			}
			if vars[x.name] == nil {
				vars[x.name] = &ref{standard.eval(r)}
			}
			return vars[x.name], nil
		}
		c = c.above
	}
	r.throw(x.pos, "Error", "Access to undeclared static property")
	return nil, nil
}

func (x *staticProp) eval(r *run) value {
	s, u := x.slot(r)
	if u != nil {
		return u
	}
	share(s.v)
	return s.v
}

func (x *staticProp) quiet(r *run) value { return x.eval(r) }

func (x *staticProp) assign(r *run, v value) {
	if s, _ := x.slot(r); s != nil {
		s.v = v
	}
}

func (x *staticProp) unset(*run) {}

func (x *staticProp) ref(r *run) *ref {
	if s, _ := x.slot(r); s != nil {
		return s
	}
	return new(ref)
}

func (x *classConst) eval(r *run) value {
	name := r.classNameOf(x.class)
	c := r.class(x.pos, name)
	if fetch.ByteLowercase(x.name) == "class" {
		if c != nil && c.name != "" {
			return c.name
		}
		return strings.TrimPrefix(name, `\`)
	}
	for k, n := c, 0; k != nil && n < maxCalls; n++ {
		if v, ok := k.constants[x.name]; ok {
			outer := r.frame
			r.frame = &frame{vars: outer.vars, class: k, late: c, src: k.src}
			out := v.eval(r)
			r.frame = outer
			return out
		}
		for _, b := range k.bases {
			if i := r.declared(fetch.ByteLowercase(b)); i != nil && i.constants[x.name] != nil {
				return i.constants[x.name].eval(r)
			}
		}
		k = k.above
	}
	if c == nil || c.isUnseen() {
		return r.unknown(x.pos, lastPart(name)+"::"+x.name, "give it with --set "+lastPart(name)+"::"+x.name+"=…")
	}
	r.throw(x.pos, "Error", "Undefined constant")
	return nil
}

// eval returns the one object of a case of an enumeration.
func (x *enumCase) eval(r *run) value {
	c := r.frame.class
	vars := r.statics[c]
	if vars == nil {
		vars = make(map[string]*ref)
		r.statics[c] = vars
	}
	if vars[x.name] == nil {
		o := &object{class: c, props: new(array)}
		o.props.setText("name", x.name)
		o.props.setText("value", x.value.eval(r))
		vars[x.name] = &ref{o}
	}
	return vars[x.name].v
}

// loaded loads a class as the autoloader of Composer does: by the namespaces of
// composer.json.
func (r *run) loaded(at pos, name string) *class {
	if !r.composer {
		return nil
	}
	for prefix, folder := range r.program.spaces() {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		file := path.Join(folder, strings.ReplaceAll(rest, `\\`, "/")+".php")
		if r.program.has(file) && !r.included[file] {
			r.includeFile(at, file)
			return r.declared(fetch.ByteLowercase(name))
		}
	}
	return nil
}
