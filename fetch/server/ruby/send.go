package ruby

import "strings"

// send calls a method of a value; its result is bounded.
func (m *machine) send(in value, c *call) value {
	m.step(c.at)
	v := m.sendAny(in, c)
	n := 0
	switch v := v.(type) {
	case string:
		n = len(v) / 64
	case *list:
		n = len(v.items)
	}
	if m.steps += n / 16; n > maxValue/64 {
		panic(stops{m.unknownError(c.at, "a value of this size", "")})
	}
	return v
}

func (m *machine) sendAny(in value, c *call) value {
	switch self := in.(type) {
	case *unknown:
		return m.sendUnknown(self, c)
	case *native:
		if v, ok := self.call(m, c); ok {
			return v
		}
	case *object:
		if f := self.class.find(c.name); f != nil {
			return m.invoke(c.at, f, self, m.ownerOf(self.class, c.name), c.args, c.named, c.block)
		}
		if v, ok := m.objectMethod(self, c); ok {
			return v
		}
	case *class:
		if f := self.findOwn(c.name); f != nil {
			return m.invoke(c.at, f, self, self, c.args, c.named, c.block)
		}
		if v, ok := m.classMethod(self, c); ok {
			return v
		}
	case *proc:
		switch c.name {
		case "call", "()", "[]", "yield", "===":
			return m.callProc(c.at, self, c.all())
		case "to_proc", "lambda?", "curry":
			return self
		}
	}
	if v, ok := m.plainMethod(in, c); ok {
		return v
	}
	if v, ok := m.anyMethod(in, c); ok {
		return v
	}
	if c.bare {
		return m.bare(in, c)
	}
	return m.noMethod(in, c)
}

// ownerOf returns the class in which a method stands.
func (m *machine) ownerOf(c *class, name string) *class {
	for ; c != nil; c = c.above {
		if c.methods[name] != nil {
			return c
		}
	}
	return nil
}

// plainMethod is a method of a value that is not an object.
func (m *machine) plainMethod(in value, c *call) (v value, ok bool) {
	for _, a := range c.args {
		if u, isUnknown := a.(*unknown); isUnknown && typeName(in) != "Array" && typeName(in) != "Hash" {
			return u, true
		}
	}
	switch self := in.(type) {
	case nil:
		return nilMethod(c)
	case string:
		return m.stringMethod(self, c)
	case symbol:
		if c.name == "to_proc" {
			return &proc{symbol: string(self)}, true
		}
		if v, ok := m.stringMethod(string(self), c); ok {
			if s, isText := v.(string); isText && (c.name == "upcase" || c.name == "downcase") {
				return symbol(s), true
			}
			return v, true
		}
	case int64:
		return m.numberMethod(self, c)
	case float64:
		return m.floatMethod(self, c)
	case *list:
		return m.listMethod(self, c)
	case *hash:
		return m.hashMethod(self, c)
	case *pattern:
		return m.patternMethod(self, c)
	case *span:
		return m.spanMethod(self, c)
	}
	return nil, false
}

func nilMethod(c *call) (value, bool) {
	switch c.name {
	case "to_s":
		return "", true
	case "to_a":
		return new(list), true
	case "to_i":
		return int64(0), true
	case "to_h":
		return new(hash), true
	case "&":
		return false, true
	case "|":
		return truth(c.arg(0)), true
	case "=~":
		return nil, true
	}
	return nil, false
}

// anyMethod is a method that each value has.
func (m *machine) anyMethod(in value, c *call) (value, bool) {
	switch c.name {
	case "freeze", "dup", "clone", "itself", "deep_dup", "html_safe", "extend", "with_indifferent_access", "deep_freeze":
		return copied(in, c.name), true
	case "nil?":
		return in == nil, true
	case "!":
		return !truth(in), true
	case "blank?":
		return isBlank(in), true
	case "present?":
		return !isBlank(in), true
	case "presence":
		if isBlank(in) {
			return nil, true
		}
		return in, true
	case "to_s", "inspect", "to_json":
		if c.name == "to_s" {
			return m.toText(c.at, in), true
		}
		return inspect(in), true
	case "==", "eql?", "equal?":
		return equal(in, c.arg(0)), true
	case "!=":
		return !equal(in, c.arg(0)), true
	case "===":
		return m.matches(c.at, in, c.arg(0)), true
	case "is_a?", "kind_of?", "instance_of?":
		if k, ok := c.arg(0).(*class); ok {
			return m.isA(in, k.name), true
		}
		if k, ok := c.arg(0).(*native); ok {
			return m.isA(in, k.name), true
		}
	case "class":
		return m.class(typeName(in)), true
	case "frozen?":
		return true, true
	case "object_id", "hash":
		return m.unknown(c.at, c.name, ""), true
	case "tap":
		m.callProc(c.at, c.block, []value{in})
		return in, true
	case "then", "yield_self":
		return m.callProc(c.at, c.block, []value{in}), true
	case "in?":
		return m.send(c.arg(0), &call{at: c.at, name: "include?", args: []value{in}}), true
	case "send", "public_send", "__send__":
		return m.send(in, &call{at: c.at, scope: c.scope, name: text(c.arg(0)), args: c.args[min(1, len(c.args)):], named: c.named, block: c.block}), true
	case "instance_variable_set":
		if o, ok := in.(*object); ok {
			o.kept.touch()
			o.vars[text(c.arg(0))] = c.arg(1)
			return c.arg(1), true
		}
	case "instance_variable_get":
		if o, ok := in.(*object); ok {
			return o.vars[text(c.arg(0))], true
		}
	case "instance_eval", "instance_exec":
		if c.block != nil {
			return m.callProcOn(c.at, c.block, in, c.args), true
		}
	case "respond_to?":
		return m.respondsTo(in, text(c.arg(0))), true
	}
	return nil, false
}

// copied returns a copy for dup and clone.
func copied(in value, name string) value {
	if name != "dup" && name != "clone" && name != "deep_dup" {
		return in
	}
	switch v := in.(type) {
	case *list:
		return &list{items: append([]value(nil), v.items...)}
	case *hash:
		return v.copy()
	}
	return in
}

func isBlank(v value) bool {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v) == ""
	case *list:
		return len(v.items) == 0
	case *hash:
		return len(v.pairs) == 0
	}
	return !truth(v)
}

func (m *machine) respondsTo(in value, name string) value {
	switch v := in.(type) {
	case *object:
		return v.class.find(name) != nil
	case *class:
		if _, ok := m.setting(v, name); ok && v.isSinatra() {
			return true
		}
		return v.findOwn(name) != nil
	case *proc:
		return name == "call"
	case string:
		return name != "call" && name != "each"
	case *list:
		return name == "each" || name == "map"
	}
	return m.unknown(pos{}, "respond_to?", "")
}

// noMethod is a call of a method that a value does not have.
func (m *machine) noMethod(in value, c *call) value {
	v := m.noMethod2(in, c)
	if m.statusUnknown == nil && !m.loading {
		m.statusUnknown = v.err
	}
	return v
}

func (m *machine) noMethod2(in value, c *call) *unknown {
	switch v := in.(type) {
	case *object:
		if v.class.isOpen() {
			return m.unknown(c.at, "the value of "+c.name+", which is not run", "")
		}
	case *class, *native:
		return m.unknown(c.at, "the value of "+typeTitle(in)+"."+c.name+", which is not run", "")
	case nil:
	default:
		// A method of Ruby that is not modelled.
		return m.unknown(c.at, "the value of "+typeName(in)+"#"+c.name+" (it is not modelled)", "")
	}
	m.raise(c.at, "NoMethodError", "undefined method `"+c.name+"' for "+inspectFor(in))
	return nil
}

func inspectFor(v value) string {
	if v == nil {
		return "nil:NilClass"
	}
	return "an instance of " + typeName(v)
}

func typeTitle(v value) string {
	switch v := v.(type) {
	case *class:
		return v.name
	case *native:
		return v.name
	}
	return typeName(v)
}

// isOpen reports whether a class may have methods that are not in the files.
func (c *class) isOpen() bool {
	for ; c != nil; c = c.above {
		if c.base != "" || c.data["open"] != nil {
			return true
		}
	}
	return false
}

// sendUnknown is a call of a method of what is not known.
func (m *machine) sendUnknown(u *unknown, c *call) value {
	switch c.name {
	case "nil?", "blank?", "present?", "empty?", "==", "!=", "include?", "start_with?", "end_with?", "match?":
		return u
	}
	if m.statusUnknown == nil && !m.loading {
		m.statusUnknown = u.err
	}
	if c.block != nil && m.loading && mentionsCORS(c.block) {
		panic(stops{u.err})
	}
	return u
}

// mentionsCORS reports whether a block configures rack-cors.
func mentionsCORS(p *proc) bool {
	if p.file == nil || len(p.body) == 0 {
		return false
	}
	from := p.body[0].Offset()
	to := p.body[len(p.body)-1].Offset()
	return strings.Contains(p.file.Text[from:to], "Cors") || strings.Contains(p.file.Text[from:], "Rack::Cors")
}

// objectMethod is a method that classes make: readers and writers of attributes.
func (m *machine) objectMethod(o *object, c *call) (value, bool) {
	name := strings.TrimSuffix(c.name, "=")
	for k := o.class; k != nil; k = k.above {
		if k.data["attr:"+name] == nil {
			continue
		}
		if name != c.name {
			o.kept.touch()
			o.vars["@"+name] = c.arg(0)
		}
		return o.vars["@"+name], true
	}
	switch c.name {
	case "message", "full_message":
		if v, ok := o.vars["message"]; ok {
			return v, true
		}
	case "backtrace":
		return new(list), true
	}
	return m.frameworkMethod(o, c)
}
