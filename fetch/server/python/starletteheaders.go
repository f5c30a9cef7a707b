package python

import "github.com/corsim/corsim/fetch"

// listHeaders is Headers or MutableHeaders of Starlette: a view of a list of pairs of
// bytes, such as the headers in a scope or in a message.
// https://github.com/encode/starlette/blob/0.26.1/starlette/datastructures.py
type listHeaders struct{ l *list }

func (h *listHeaders) typeName() string { return "MutableHeaders" }

// newListHeaders makes headers of a mapping, of a list, or of a scope or message.
func newListHeaders(in *interp, a *args) (value, error) {
	if v := a.get(0, "headers"); v != nil && v != (none{}) {
		r := &response{}
		if _, err := (&headersOf{r}).update(in, "extend", &args{pos: []value{v}, at: a.at}); err != nil {
			return nil, err
		}
		h := &listHeaders{&list{}}
		h.store(r)
		return h, nil
	}
	if l, ok := a.get(1, "raw").(*list); ok {
		return &listHeaders{l}, nil
	}
	d, ok := a.get(2, "scope").(*dict)
	if !ok {
		return &listHeaders{&list{}}, nil
	}
	switch old := d.str("headers").(type) {
	case *list:
		return &listHeaders{old}, nil
	case *headersOf:
		return old, nil
	case nil:
		return nil, in.keyError(a.at, "headers")
	default:
		items, u, err := in.iterateAt(nil, a.at, old)
		if err != nil {
			return nil, err
		}
		if u != nil {
			return u, nil
		}
		l := &list{items}
		d.put("headers", l)
		return &listHeaders{l}, nil
	}
}

// load returns the list as the headers of a response.
func (h *listHeaders) load(in *interp) (*response, error) {
	r := &response{}
	return r, in.addPairs(r, h.l)
}

// store writes the headers of a response to the list.
func (h *listHeaders) store(r *response) {
	h.l.items = nil
	for _, x := range r.headers {
		v := x.v
		if s, ok := v.(string); ok {
			v = bytes(s)
		}
		h.l.items = append(h.l.items, &tuple{[]value{bytes(fetch.ByteLowercase(x.name)), v}})
	}
	if r.unknownHeaders != nil {
		h.l.items = append(h.l.items, r.unknownHeaders)
	}
}

// with runs something on the headers and writes them back.
func (h *listHeaders) with(in *interp, run func(o *headersOf) error) error {
	r, err := h.load(in)
	if err != nil {
		return err
	}
	if err := run(&headersOf{r}); err != nil {
		return err
	}
	h.store(r)
	return nil
}

func (h *listHeaders) attr(in *interp, name string) (value, error) {
	if name == "raw" {
		return h.l, nil
	}
	if f, err := (&headersOf{&response{}}).attr(in, name); f == nil || err != nil {
		return nil, err
	}
	return fn(name, func(in *interp, a *args) (v value, err error) {
		err = h.with(in, func(o *headersOf) error {
			f, err := o.attr(in, name)
			if err != nil {
				return err
			}
			v, err = in.call(nil, f, a)
			return err
		})
		return v, err
	}), nil
}

func (h *listHeaders) getItem(in *interp, k value) (v value, err error) {
	err = h.with(in, func(o *headersOf) error { v, err = o.getItem(in, k); return err })
	return v, err
}

func (h *listHeaders) setItem(in *interp, k, v value) error {
	return h.with(in, func(o *headersOf) error { return o.setItem(in, k, v) })
}

func (h *listHeaders) delItem(in *interp, k value) error {
	return h.with(in, func(o *headersOf) error { return o.delItem(in, k) })
}

func (h *listHeaders) contains(in *interp, k value) (has bool, err error) {
	err = h.with(in, func(o *headersOf) error { has, err = o.contains(in, k); return err })
	return has, err
}

func (h *listHeaders) iterate(in *interp) ([]value, error) {
	r, err := h.load(in)
	if err != nil {
		return nil, err
	}
	return (&headersOf{r}).iterate(in)
}
