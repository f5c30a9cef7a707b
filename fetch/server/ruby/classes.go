package ruby

// classMethod is a method of a class.
func (m *machine) classMethod(k *class, c *call) (value, bool) {
	switch c.name {
	case "new":
		return m.create(k, c), true
	case "name", "to_s":
		return k.name, true
	case "attr_reader", "attr_accessor", "attr_writer":
		k.kept.touch()
		for _, a := range c.args {
			k.data["attr:"+text(a)] = true
		}
		return nil, true
	case "private", "public", "protected", "module_function", "private_constant", "private_class_method", "alias_method", "define_method", "helper_method", "autoload", "extend", "prepend":
		return nil, true
	case "include":
		for _, a := range c.args {
			m.include(c.at, k, a)
		}
		return nil, true
	case "included", "class_methods", "prepended":
		if c.block != nil {
			k.addBlock(c.name, c.block)
		}
		return nil, true
	case "instance", "constantize":
		return m.create(k, c), true
	case "class_eval", "instance_eval":
		if c.block != nil {
			return m.callProcOn(c.at, c.block, k, nil), true
		}
	case "const_get":
		v, ok := m.constant(k, text(c.arg(0)))
		return v, ok
	}
	return m.frameworkClassMethod(k, c)
}

// addBlock keeps a block of a module, which runs when the module is included.
func (k *class) addBlock(kind string, b *proc) {
	k.kept.touch()
	have, _ := k.data[kind].([]*proc)
	k.data[kind] = append(have, b)
}

// include gives a class the methods of a module, and runs what the module says about
// that.
func (m *machine) include(at pos, k *class, v value) {
	k.kept.touch()
	i, ok := v.(*class)
	if !ok {
		if n, isNative := v.(*native); !isNative || !inertModules[n.name] {
			k.data["open"] = true
		}
		return
	}
	for name, f := range i.methods {
		if k.methods[name] == nil {
			k.methods[name] = f
		}
	}
	if of := m.findClass(i, "ClassMethods"); of != nil {
		for name, f := range of.methods {
			k.own[name] = f
		}
	}
	if f := i.own["included"]; f != nil {
		m.invoke(at, f, i, i, []value{k}, nil, nil)
	}
	for _, kind := range []string{"class_methods", "included"} {
		blocks, _ := i.data[kind].([]*proc)
		for _, b := range blocks {
			m.callProcOn(at, b, k, nil)
		}
	}
	if i.data["open"] != nil {
		k.data["open"] = true
	}
}

// inertModules are modules of the libraries that change no header of CORS.
var inertModules = map[string]bool{"ActionController::MimeResponds": true, "ActionController::Cookies": true}

// create makes an object.
func (m *machine) create(k *class, c *call) value {
	o := &object{class: k, vars: make(map[string]value)}
	if f := k.find("initialize"); f != nil {
		m.invoke(c.at, f, o, m.ownerOf(k, "initialize"), c.args, c.named, c.block)
	} else if len(c.args) > 0 {
		o.vars["message"] = c.args[0]
	}
	return o
}
