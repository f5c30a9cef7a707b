package ruby

import (
	"slices"
	"strings"
)

// callback is a before_action, an after_action, an around_action or a rescue_from.
type callback struct {
	kind         string  // "before", "after", "around" or "rescue"
	names        []value // methods as symbols, or blocks
	only, except []string
	conditions   []condition
	classes      []string // of rescue_from
	skip         bool
	first        bool // prepend_…
}

// condition is if: or unless: of a callback.
type condition struct {
	test   value // a method as a symbol, or a proc
	unless bool
}

// callbackKinds are the kinds of callbacks by the methods that add or skip them.
var callbackKinds = map[string]string{
	"before_action": "before", "prepend_before_action": "before", "append_before_action": "before", "before_filter": "before", "skip_before_action": "before",
	"after_action": "after", "prepend_after_action": "after", "append_after_action": "after", "after_filter": "after", "skip_after_action": "after",
	"around_action": "around", "around_filter": "around", "skip_around_action": "around",
	"rescue_from": "rescue",
}

// addCallback adds what a method such as before_action says.
func (k *class) addCallback(c *call) {
	f := callback{kind: callbackKinds[c.name], skip: strings.HasPrefix(c.name, "skip_"), first: strings.HasPrefix(c.name, "prepend_")}
	f.only, f.except, f.conditions = optional(c, "only"), optional(c, "except"), conditionsOf(c)
	if f.kind == "rescue" {
		f.names = []value{c.option("with")}
		if c.block != nil {
			f.names = []value{c.block}
		}
		for _, a := range c.args {
			if _, isHash := a.(*hash); !isHash {
				f.classes = append(f.classes, exceptionName(a))
			}
		}
	} else {
		f.names = slices.DeleteFunc(slices.Clone(c.args), func(v value) bool { _, isHash := v.(*hash); return isHash })
		if c.block != nil {
			f.names = append(f.names, c.block)
		}
	}
	k.kept.touch()
	have, _ := k.data["callbacks"].([]callback)
	if f.first {
		have = append([]callback{f}, have...)
	} else {
		have = append(have, f)
	}
	k.data["callbacks"] = have
}

// conditionsOf returns the options if: and unless: of a call.
func conditionsOf(c *call) []condition {
	var out []condition
	for _, name := range []string{"if", "unless"} {
		v := c.option(name)
		items := []value{v}
		if l, ok := v.(*list); ok {
			items = l.items
		}
		for _, x := range items {
			if x != nil {
				out = append(out, condition{x, name == "unless"})
			}
		}
	}
	return out
}

// callbacks returns the callbacks of a class and of those above, these first.
func (m *machine) callbacks(k *class) []callback {
	if k == nil {
		return nil
	}
	own, _ := k.data["callbacks"].([]callback)
	above := m.callbacks(k.above)
	for i, f := range own {
		if !f.first {
			return append(append(slices.Clone(own[:i]), above...), own[i:]...)
		}
	}
	return append(slices.Clone(own), above...)
}

// applies reports whether a callback is meant for an action.
func (f callback) applies(action string) bool {
	if f.only != nil && !contains(textList(f.only), action) {
		return false
	}
	return !contains(textList(f.except), action)
}

// holds reports whether the conditions of a callback hold.
func (m *machine) holds(o *object, f callback) bool {
	for _, c := range f.conditions {
		var v value
		switch test := c.test.(type) {
		case *proc:
			v = m.callProcOn(pos{}, test, o, []value{o}[:min(1, len(test.params))])
		case *unknown:
			v = test
		default:
			v = m.send(o, &call{name: text(test), bare: true})
		}
		if m.isTrue(v) == c.unless {
			return false
		}
	}
	return true
}

// turn is one method or block that runs around an action.
type turn struct {
	callback
	what value
}

// turns returns the methods and blocks that run around an action, in order.
func (m *machine) turns(k *class, action string) []turn {
	all := m.callbacks(k)
	var out []turn
	for i, f := range all {
		if f.kind == "rescue" || f.skip || !f.applies(action) {
			continue
		}
		for _, n := range f.names {
			if !skipped(all[i:], f.kind, n, action) {
				out = append(out, turn{f, n})
			}
		}
	}
	return out
}

func skipped(rest []callback, kind string, name value, action string) bool {
	for _, f := range rest {
		if f.skip && f.kind == kind && f.applies(action) && contains(&list{items: f.names}, name) {
			return true
		}
	}
	return false
}

// runTurns runs an action within its callbacks. A callback that answers ends the
// others.
func (m *machine) runTurns(o *object, turns []turn, action func()) {
	if len(turns) == 0 {
		action()
		return
	}
	t, rest := turns[0], turns[1:]
	if !m.holds(o, t.callback) {
		m.runTurns(o, rest, action)
		return
	}
	a := m.rails.reply
	switch t.kind {
	case "before":
		m.runTurn(o, t.what, nil)
		if !a.done {
			m.runTurns(o, rest, action)
		}
	case "after":
		done := false
		m.runTurns(o, rest, func() { done = true; action() })
		if done {
			m.runTurn(o, t.what, nil)
		}
	case "around":
		m.runTurn(o, t.what, &proc{call: func(*machine, []value) value {
			m.runTurns(o, rest, action)
			return nil
		}})
	}
}

// runTurn calls a method or a block; inner is what an around_action yields to.
func (m *machine) runTurn(o *object, what value, inner *proc) {
	switch what := what.(type) {
	case *proc:
		args := []value{o}
		if inner != nil {
			args = append(args, inner)
		}
		m.callProcOn(pos{}, what, o, args[:min(len(args), max(1, len(what.params)))])
	case *unknown:
		panic(stops{what.err})
	default:
		m.send(o, &call{name: text(what), bare: true, block: inner})
	}
}
