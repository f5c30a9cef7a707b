package ruby

// isBlockArgument reports whether the argument at an offset is written with "&".
func isBlockArgument(text string, at int) bool {
	return at > 0 && at <= len(text) && (text[at-1] == '&' || at < len(text) && text[at] == '&')
}

func (m *machine) blockOf(v value) *proc {
	switch v := v.(type) {
	case *proc:
		return v
	case symbol:
		return &proc{symbol: string(v)}
	case *unknown:
		return &proc{call: func(*machine, []value) value { return v }}
	}
	return nil
}

// callProc calls a block or a proc.
func (m *machine) callProc(at pos, p *proc, args []value) value {
	return m.callProcOn(at, p, nil, args)
}

// callProcOn calls a block with another self, when it is not nil.
func (m *machine) callProcOn(at pos, p *proc, self value, args []value) value {
	m.step(at)
	if p == nil {
		m.raise(at, "LocalJumpError", "no block given (yield)")
	}
	if p.call != nil {
		return p.call(m, args)
	}
	if p.symbol != "" {
		if len(args) == 0 {
			return nil
		}
		return m.send(args[0], &call{at: at, name: p.symbol, args: args[1:]})
	}
	if m.depth++; m.depth > maxDepth {
		panic(stops{m.unknownError(at, "how blocks end that call each other more than 150 deep", "")})
	}
	s := &scope{vars: make(map[string]value), above: p.env, self: p.env.self, class: p.env.class, file: p.file}
	if self != nil {
		s.self = self
		if c, ok := self.(*class); ok {
			s.class = c
		}
	}
	how := bindBlock
	if p.lambda {
		how = bindMethod
	}
	if len(p.params) == 0 && len(args) > 0 {
		s.vars["it"], s.vars["_1"] = args[0], args[0]
	}
	m.bind(s, p.params, args, nil, how)
	v := m.guarded(s, "next", func() value {
		run := func() value {
			if p.result != nil {
				return m.eval(s, p.result)
			}
			return m.body(s, p.body)
		}
		if !p.lambda {
			return run()
		}
		return m.guarded(s.outer(), "return", run)
	})
	m.depth--
	return v
}
