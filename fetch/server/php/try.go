package php

import "github.com/corsim/corsim/fetch"

func (s *tryStmt) exec(r *run) (c control) {
	if s.finally == nil {
		return s.guarded(r)
	}
	defer func() {
		e := recover()
		if _, isStop := e.(stops); isStop {
			panic(e)
		}
		if _, isExit := e.(exits); isExit {
			panic(e)
		}
		result := r.result
		if f := r.execAll(s.finally); f != goesOn {
			c = f
			return
		}
		r.result = result
		if e != nil {
			panic(e)
		}
	}()
	return s.guarded(r)
}

// guarded runs the body and what catches its exceptions.
func (s *tryStmt) guarded(r *run) (c control) {
	frame, depth := r.frame, r.depth
	caught, body := s.attempt(r, &c)
	if body == nil {
		return c
	}
	r.frame, r.depth = frame, depth
	if body.name != "" {
		r.lookup(body.name).v = caught.obj
	}
	return r.execAll(body.body)
}

// attempt runs the body; it returns an exception and what catches it.
func (s *tryStmt) attempt(r *run, c *control) (caught thrown, by *catch) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case thrown:
			for i := range s.catches {
				if r.catches(&s.catches[i], e.obj) {
					caught, by = e, &s.catches[i]
					return
				}
			}
			panic(e)
		default:
			panic(e)
		}
	}()
	*c = r.execAll(s.body)
	return
}

// catches reports whether a catch takes an exception. One that is not known is taken
// by each.
func (r *run) catches(c *catch, obj value) bool {
	o, ok := obj.(*object)
	if !ok {
		return true
	}
	for _, name := range c.types {
		if fetch.ByteLowercase(name) == "throwable" || r.isA(o.class, name) {
			return true
		}
	}
	return false
}
