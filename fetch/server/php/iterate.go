package php

// iterate calls f with the keys and the values of an array or an object until it
// returns false. It stops when the value is not known.
func (r *run) iterate(at pos, in value, f func(k, v value) bool) {
	switch in := in.(type) {
	case *unknown:
		panic(stops{in.err})
	case *array:
		if in.unsure != nil {
			panic(stops{in.unsure.err})
		}
		for _, e := range in.list() {
			if !f(e.key.value(), e.v) {
				return
			}
		}
	case *object:
		r.iterateObject(at, in, f)
	}
}

// iterateObject goes through a generator, an Iterator, an IteratorAggregate or the
// properties of another object.
func (r *run) iterateObject(at pos, o *object, f func(k, v value) bool) {
	if g := o.generator; g != nil {
		for r.begin(g); !g.done; r.resume(g) {
			r.step(at)
			if !f(g.key, g.value) {
				return
			}
		}
		return
	}
	if _, c := o.class.method("getiterator"); c != nil && r.isA(o.class, "IteratorAggregate") {
		r.iterate(at, r.callMethod(at, o, "getIterator", nil), f)
		return
	}
	if !r.isA(o.class, "Iterator") {
		r.iterate(at, o.props, f)
		return
	}
	r.callMethod(at, o, "rewind", nil)
	for r.truth(r.callMethod(at, o, "valid", nil)) {
		r.step(at)
		v := r.callMethod(at, o, "current", nil)
		if !f(r.callMethod(at, o, "key", nil), v) {
			return
		}
		r.callMethod(at, o, "next", nil)
	}
}

// isIterated reports whether foreach asks the methods of an object.
func (r *run) isIterated(o *object) bool {
	return o.generator != nil || r.isA(o.class, "Iterator") || r.isA(o.class, "IteratorAggregate")
}

// eachOf runs the body of a loop for what an object gives.
func (s *foreachStmt) eachOf(r *run, o *object) (c control) {
	r.iterateObject(s.pos, o, func(k, v value) bool {
		if s.key != nil {
			assignTo(r, s.key, k)
		}
		share(v)
		assignTo(r, s.value, v)
		out, end := r.ended(r.execAll(s.body))
		c = out
		return !end
	})
	return c
}
