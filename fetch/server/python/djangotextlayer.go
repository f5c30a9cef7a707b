package python

// textLayer is a middleware that the text defines: a function of get_response, or a
// class.
func (h *djangoHost) textLayer(in *interp, name string, v value) (djangoLayer, error) {
	depth := len(h.layers)
	next := fn("get_response", func(in *interp, a *args) (value, error) {
		q, ok := a.or(0, "request", none{}).(*djangoRequest)
		if !ok {
			return none{}, nil
		}
		r, err := q.c.layer(in, depth+1)
		if r == nil {
			return nil, err
		}
		return r, err
	})
	m, err := in.call(nil, v, &args{pos: []value{next}, at: h.where["MIDDLEWARE"]})
	if err != nil {
		return djangoLayer{}, err
	}
	l := djangoLayer{name: name, run: func(in *interp, c *djangoCall, i int) (*response, error) {
		v, err := in.call(nil, m, &args{pos: []value{&djangoRequest{c}}})
		if err != nil {
			return nil, err
		}
		return c.respond(in, v)
	}}
	if i, ok := m.(*instance); ok {
		l.hooks(i)
	}
	return l, nil
}

// hooks adds the methods process_… of a middleware.
func (l *djangoLayer) hooks(i *instance) {
	hook := func(in *interp, c *djangoCall, f value, more ...value) (*response, error) {
		v, err := in.call(nil, f, &args{pos: append([]value{i, &djangoRequest{c}}, more...)})
		if err != nil || v == (none{}) {
			return nil, err
		}
		return c.respond(in, v)
	}
	if i.class.lookup("__call__") == nil {
		l.run = func(in *interp, c *djangoCall, n int) (*response, error) { return mixin(in, i, c, n) }
	}
	if f := i.class.lookup("process_view"); f != nil {
		l.view = func(in *interp, c *djangoCall) (*response, error) {
			d := newDict()
			for _, k := range c.match.kw {
				d.put(k.name, k.v)
			}
			return hook(in, c, f, c.match.view, &list{c.match.pos}, d)
		}
	}
	if f := i.class.lookup("process_exception"); f != nil {
		l.failed = func(in *interp, c *djangoCall, exc *raised) (*response, error) { return hook(in, c, f, exc.exc) }
	}
}

// mixin runs process_request and process_response of a MiddlewareMixin.
func mixin(in *interp, i *instance, c *djangoCall, n int) (*response, error) {
	if f := i.class.lookup("process_request"); f != nil {
		v, err := in.call(nil, f, &args{pos: []value{i, &djangoRequest{c}}})
		if err != nil {
			return nil, err
		}
		if v != (none{}) {
			r, err := c.respond(in, v)
			if err != nil {
				return nil, err
			}
			return mixinResponse(in, i, c, r)
		}
	}
	r, err := c.layer(in, n+1)
	if err != nil {
		return nil, err
	}
	return mixinResponse(in, i, c, r)
}

func mixinResponse(in *interp, i *instance, c *djangoCall, r *response) (*response, error) {
	f := i.class.lookup("process_response")
	if f == nil {
		return r, nil
	}
	v, err := in.call(nil, f, &args{pos: []value{i, &djangoRequest{c}, r}})
	if err != nil {
		return nil, err
	}
	return c.respond(in, v)
}
