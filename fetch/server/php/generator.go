package php

import "iter"

// yieldExpr is yield, or yield from.
type yieldExpr struct {
	pos
	key, value expr // nil when they are not written
	from       bool
}

// generator is a call of a function that yields. It runs beside the run that asks it
// for values, never at the same time.
type generator struct {
	start func()
	next  func() (struct{}, bool)
	stop  func()
	pause func(struct{}) bool
	frame *frame

	key, value, sent, result value
	thrown                   *thrown // is thrown where the generator waits
	number                   int64   // the next key
	begun, done              bool
}

// newGenerator returns the object of a call of a function that yields.
func (r *run) newGenerator(fn *function, f *frame) value {
	g := &generator{frame: f}
	f.generator = g
	body := func(pause func(struct{}) bool) {
		g.pause = pause
		defer func() {
			if e := recover(); e != nil {
				if _, abandoned := e.(abandons); !abandoned {
					panic(e)
				}
			}
		}()
		g.result = r.body(fn)
	}
	g.start = func() { g.next, g.stop = iter.Pull(body) }
	r.generators = append(r.generators, g)
	return &object{class: r.declared("generator"), props: new(array), generator: g}
}

// abandons is the panic that ends a generator that nothing asks any more.
type abandons struct{}

// endGenerators ends the generators that wait.
func (r *run) endGenerators() {
	for _, g := range r.generators {
		if g.stop != nil {
			g.stop()
		}
	}
}

// resume runs a generator up to its next value.
func (r *run) resume(g *generator) {
	if g.done {
		return
	}
	if !g.begun {
		g.begun = true
		g.start()
	}
	frame, depth := r.frame, r.depth
	if r.depth++; r.depth > maxCalls {
		panic(stops{r.unknownError(pos{}, "how generators end that ask each other", "")})
	}
	r.frame = g.frame
	g.done = true // also when it panics
	_, more := g.next()
	g.done = !more
	if g.done {
		g.key, g.value = nil, nil
	}
	r.frame, r.depth = frame, depth
}

// begin runs a generator up to its first value.
func (r *run) begin(g *generator) {
	if !g.begun {
		r.resume(g)
	}
}

// eval gives a value away and returns what is sent back.
func (x *yieldExpr) eval(r *run) value {
	g := r.frame.generator
	if g == nil {
		r.throw(x.pos, "Error", "Cannot yield from here")
	}
	if x.from {
		return x.delegate(r, g)
	}
	var k, v value
	if x.value != nil {
		v = x.value.eval(r)
		share(v)
	}
	if x.key != nil {
		k = x.key.eval(r)
		return r.wait(g, k, v)
	}
	k = g.number
	g.number++
	return r.wait(g, k, v)
}

// delegate is yield from: it gives away the values of an array or an iterator.
func (x *yieldExpr) delegate(r *run, g *generator) value {
	in := x.value.eval(r)
	if u := unknownIn(in); u != nil {
		panic(stops{u.err})
	}
	r.iterate(x.pos, in, func(k, v value) bool {
		r.wait(g, k, v)
		return true
	})
	if o, ok := in.(*object); ok && o.generator != nil {
		return o.generator.result
	}
	return nil
}

// wait stops a generator until it is asked again.
func (r *run) wait(g *generator, k, v value) value {
	g.key, g.value, g.sent = k, v, nil
	frame := r.frame
	if !g.pause(struct{}{}) {
		panic(abandons{})
	}
	r.frame = frame
	if t := g.thrown; t != nil {
		g.thrown = nil
		panic(*t)
	}
	return g.sent
}

// generatorMethod calls a method of a generator.
func (r *run) generatorMethod(at pos, g *generator, name string, args []value) value {
	if name != "getreturn" {
		r.begin(g)
	}
	switch name {
	case "current":
		return g.value
	case "key":
		return g.key
	case "next":
		r.resume(g)
		return nil
	case "valid":
		return !g.done
	case "rewind":
		return nil
	case "getreturn":
		return g.result
	case "send", "throw":
		if len(args) != 1 {
			r.throw(at, "ArgumentCountError", "Generator::"+name+"() expects exactly 1 argument")
		}
		if name == "send" {
			g.sent = args[0]
		} else {
			g.thrown = &thrown{obj: args[0], at: at}
		}
		r.resume(g)
		return g.value
	}
	r.throw(at, "Error", "Call to undefined method Generator::"+name+"()")
	return nil
}
