package nodejs

import (
	"sync"

	"github.com/dop251/goja"
)

// operators holds functions of the language that Go cannot reach otherwise.
type operators struct {
	compare map[string]goja.Callable
	compute map[string]goja.Callable
	unary   map[string]goja.Callable
	// discriminant is the value of the innermost switch if it is unknown.
	discriminant *unknown
}

// operatorsProgram is compiled when the first program runs.
var operatorsProgram = sync.OnceValue(func() *goja.Program { return goja.MustCompile("<operators>", operatorsText, true) })

const operatorsText = `({
compare: {
	"<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
	"instanceof": (a, b) => a instanceof b,
},
compute: {"-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b, "**": (a, b) => a ** b},
unary: {"+": a => +a, "-": a => -a, "~": a => ~a},
})`

// callables returns the functions of an object by their names.
func (m *machine) callables(o *goja.Object) map[string]goja.Callable {
	out := make(map[string]goja.Callable)
	for _, name := range o.Keys() {
		out[name], _ = goja.AssertFunction(o.Get(name))
	}
	return out
}

// hidden sets a global that the program cannot list.
func (m *machine) hidden(name string, v any) {
	_ = m.vm.GlobalObject().DefineDataProperty(name, m.vm.ToValue(v), goja.FLAG_TRUE, goja.FLAG_FALSE, goja.FLAG_TRUE)
}

// installOperators sets the functions that instrumented programs call.
func (m *machine) installOperators() {
	v, err := m.vm.RunProgram(operatorsProgram())
	if err != nil {
		panic(err)
	}
	o := v.(*goja.Object)
	m.ops.compare = m.callables(o.Get("compare").(*goja.Object))
	m.ops.compute = m.callables(o.Get("compute").(*goja.Object))
	m.ops.unary = m.callables(o.Get("unary").(*goja.Object))
	for name, f := range map[string]func(goja.FunctionCall) goja.Value{
		opTruth: m.opTruth, opFalsy: m.opFalsy, opNullish: m.opNullish, opOr: m.opOr, opAnd: m.opAnd, opElse: m.opElse,
		opCompare: m.opCompare, opCompute: m.opCompute, opUnary: m.opUnary, opType: m.opType, opGet: m.opGet,
		opSwitch: m.opSwitch, opCase: m.opCase, opMerge: m.opMerge, opItems: m.opItems, opModule: m.opModule, opSet: m.opSet,
	} {
		m.hidden(name, f)
	}
}

// truth reports whether a value counts as true; an unknown value is decided.
func (m *machine) truth(v goja.Value) bool {
	if u := m.unknownObject(v); u != nil {
		return m.unknownTruth(u)
	}
	return v.ToBoolean()
}

func (m *machine) unknownTruth(u *unknown) bool {
	for _, literal := range m.equalTo(u) {
		return literal
	}
	return u.isModule() || m.decide(u, "true", true)
}

// equalTo returns whether the literal that an unknown value was decided to equal
// counts as true; nothing if there is no such literal.
func (m *machine) equalTo(u *unknown) []bool {
	for key, way := range m.choices.memo {
		if key.id == u.id && way && len(key.text) > 3 && key.text[:3] == "== " {
			return []bool{key.text != "== null" && key.text != "== false" && key.text != "== 0" && key.text != `== ""`}
		}
	}
	for key, way := range m.choices.loaded {
		if key.id == u.id && way && len(key.text) > 3 && key.text[:3] == "== " {
			return []bool{key.text != "== null" && key.text != "== false" && key.text != "== 0" && key.text != `== ""`}
		}
	}
	return nil
}

func (m *machine) opTruth(c goja.FunctionCall) goja.Value {
	return m.vm.ToValue(m.truth(c.Argument(0)))
}

// opFalsy returns its argument, or undefined if that is unknown and decided to
// count as false.
func (m *machine) opFalsy(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if u := m.unknownObject(v); u != nil && !m.unknownTruth(u) {
		return goja.Undefined()
	}
	return v
}

// opNullish returns its argument, or undefined if that is unknown and decided not
// to exist.
func (m *machine) opNullish(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if u := m.unknownObject(v); u != nil && m.isNull(u) {
		return goja.Undefined()
	}
	return v
}

// isModule reports whether an unknown value is a module itself, which is an object or
// a function.
func (u *unknown) isModule() bool {
	return u.from.module != "" && u.path == "require('"+u.from.module+"')"
}

// isNull decides whether an unknown value is null or undefined.
func (m *machine) isNull(u *unknown) bool {
	if u.isModule() {
		return false
	}
	if way, ok := m.choices.memo[question{u.id, "true"}]; ok && way {
		return false
	}
	if way, ok := m.choices.loaded[question{u.id, "true"}]; ok && way {
		return false
	}
	return m.decide(u, "== null", false)
}

func (m *machine) opOr(c goja.FunctionCall) goja.Value {
	a := c.Argument(0)
	if u := m.unknownObject(a); u != nil {
		return m.withDefault(u, "||", c.Argument(1))
	}
	if a.ToBoolean() {
		return a
	}
	return c.Argument(1)
}

func (m *machine) opAnd(c goja.FunctionCall) goja.Value {
	a := c.Argument(0)
	if u := m.unknownObject(a); u != nil {
		if m.unknownTruth(u) {
			return c.Argument(1)
		}
		return goja.Undefined()
	}
	if a.ToBoolean() {
		return c.Argument(1)
	}
	return a
}

func (m *machine) opElse(c goja.FunctionCall) goja.Value {
	a := c.Argument(0)
	if u := m.unknownObject(a); u != nil {
		return m.withDefault(u, "??", c.Argument(1))
	}
	if !goja.IsNull(a) && !goja.IsUndefined(a) {
		return a
	}
	return c.Argument(1)
}

// withDefault returns the unknown value that is u or a default.
func (m *machine) withDefault(u *unknown, op string, fallback goja.Value) goja.Value {
	if way, ok := m.choices.loaded[question{u.id, "true"}]; ok && op == "||" {
		if way {
			return u.object
		}
		return fallback
	}
	d := m.derived(u, u.path)
	d.at = m.position()
	if d.at.Line == 0 {
		d.at = u.at
	}
	d.base, d.fallback = u, fallback
	return d.object
}

func (m *machine) opCompare(c goja.FunctionCall) goja.Value {
	return m.vm.ToValue(m.compare(c.Argument(0).String(), c.Argument(1), c.Argument(2)))
}

// compare compares two values; if one is unknown, the result is decided.
func (m *machine) compare(op string, a, b goja.Value) bool {
	if len(m.unknown.all) > 0 {
		if u := m.unknownOf(a); u != nil {
			return m.compareUnknown(op, u, a, b)
		}
		if u := m.unknownOf(b); u != nil {
			return m.compareUnknown(op, u, b, a)
		}
	}
	switch op {
	case "===":
		return a.StrictEquals(b)
	case "!==":
		return !a.StrictEquals(b)
	case "==":
		return a.Equals(b)
	case "!=":
		return !a.Equals(b)
	case "instanceof":
		if o, ok := b.(*goja.Object); ok && isProxy(o) {
			return inherits(a, o.Get("prototype"))
		}
		if u := m.unknownParent(a); u != nil && !m.native(m.ops.compare[op], a, b).ToBoolean() {
			return m.decide(u, op+b.String(), false)
		}
	default:
		if less, ok := numbersLess(op, a, b); ok {
			return less
		}
	}
	return m.native(m.ops.compare[op], a, b).ToBoolean()
}

// isProxy reports whether an object is a Proxy, for which the engine has no
// instanceof.
func isProxy(o *goja.Object) bool {
	_, ok := o.Export().(goja.Proxy)
	return ok
}

// inherits reports whether an object has another one in its chain of prototypes.
func inherits(v, proto goja.Value) bool {
	o, ok := v.(*goja.Object)
	for n := 0; ok && o != nil && n < 100; n++ {
		if o = o.Prototype(); o != nil && o == proto {
			return true
		}
	}
	return false
}

// numbersLess compares two numbers; ok is false for other values.
func numbersLess(op string, a, b goja.Value) (less, ok bool) {
	x, ok1 := a.Export().(int64)
	y, ok2 := b.Export().(int64)
	if !ok1 || !ok2 {
		return false, false
	}
	switch op {
	case "<":
		return x < y, true
	case "<=":
		return x <= y, true
	case ">":
		return x > y, true
	}
	return x >= y, true
}

// unknownParent returns the unknown class that an object's class extends, or nil.
func (m *machine) unknownParent(v goja.Value) *unknown {
	o, ok := v.(*goja.Object)
	if !ok || len(m.unknown.all) == 0 {
		return nil
	}
	for n := 0; o != nil && n < 20; n++ {
		if u := m.unknown.byValue[o]; u != nil {
			return u
		}
		o = o.Prototype()
	}
	return nil
}

// compareUnknown decides a comparison with an unknown value.
func (m *machine) compareUnknown(op string, u *unknown, a, b goja.Value) bool {
	if a == b {
		return op == "===" || op == "==" || op == "<=" || op == ">="
	}
	switch op {
	case "===", "==":
		return m.equalUnknown(u, a, b)
	case "!==", "!=":
		return !m.equalUnknown(u, a, b)
	}
	return m.decide(u, op+" "+shown(b), false)
}

// shown returns a value as it is in a question.
func shown(v goja.Value) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case *goja.Object:
		return "an object"
	case goja.String:
		return `"` + v.String() + `"`
	default:
		if goja.IsUndefined(v) || goja.IsNull(v) {
			return "null"
		}
		return v.String()
	}
}

// equalUnknown decides whether an unknown value equals another value: at most one.
func (m *machine) equalUnknown(u *unknown, a, b goja.Value) bool {
	if text, ok := a.(goja.String); ok {
		return m.decide(u, "is "+text.String()+" "+shown(b), false)
	}
	if u.base != nil && u.fallback != nil && !u.fallback.StrictEquals(b) {
		if m.unknownObject(u.fallback) == nil {
			return m.equalUnknown(u.base, u.base.object, b)
		}
	}
	what := "== " + shown(b)
	if u.isModule() && what == "== null" {
		return false
	}
	if _, object := b.(*goja.Object); object {
		return m.decide(u, what, false)
	}
	if way, known := m.already(u, what); known {
		return way
	}
	if len(m.equalTo(u)) > 0 {
		return false
	}
	if way, known := m.already(u, "true"); known && way != b.ToBoolean() {
		return false
	}
	return m.decide(u, what, false)
}

// already returns a decision that was made before.
func (m *machine) already(u *unknown, text string) (way, known bool) {
	if way, known = m.choices.memo[question{u.id, text}]; known {
		return way, true
	}
	way, known = m.choices.loaded[question{u.id, text}]
	return way, known
}

// native calls a function of the language.
func (m *machine) native(f goja.Callable, args ...goja.Value) goja.Value {
	v, err := f(goja.Undefined(), args...)
	m.rethrow(err)
	return v
}

// rethrow gives an error of a call back to the engine.
func (m *machine) rethrow(err error) {
	if err == nil {
		return
	}
	if e, ok := err.(*goja.Exception); ok {
		panic(e.Value())
	}
	panic(err)
}
