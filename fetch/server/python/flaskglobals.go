package python

// currentApp is flask.current_app.
type currentApp struct{ h *flaskHost }

// app returns the application of the request.
func (h *flaskHost) app() *flaskApp {
	if h.current != nil {
		return h.current.app
	}
	if len(h.apps) > 0 {
		return h.apps[len(h.apps)-1]
	}
	return nil
}

func (c *currentApp) typeName() string { return "Flask" }

func (c *currentApp) attr(in *interp, name string) (value, error) {
	if a := c.h.app(); a != nil {
		return a.attr(in, name)
	}
	return harmlessf("current_app.%s", name), nil
}

// flaskGlobals is flask.g.
type flaskGlobals struct{ h *flaskHost }

func (g *flaskGlobals) typeName() string { return "_AppCtxGlobals" }

func (g *flaskGlobals) attr(_ *interp, name string) (value, error) {
	if g.h.current == nil {
		return harmlessf("g.%s", name), nil
	}
	if name == "get" || name == "pop" || name == "setdefault" {
		return fn(name, func(_ *interp, a *args) (value, error) {
			if v, ok := g.h.current.g.attrs[str(a.or(0, "", ""))]; ok {
				return v, nil
			}
			return a.or(1, "", none{}), nil
		}), nil
	}
	return g.h.current.g.attrs[name], nil
}

func (g *flaskGlobals) setAttr(_ *interp, name string, v value) error {
	if g.h.current != nil {
		g.h.current.g.attrs[name] = v
	}
	return nil
}

func (g *flaskGlobals) contains(_ *interp, k value) (bool, error) {
	if g.h.current == nil {
		return false, nil
	}
	_, ok := g.h.current.g.attrs[str(k)]
	return ok, nil
}

func (g *flaskGlobals) getItem(in *interp, k value) (value, error) {
	return nil, in.keyError(in.here(), k)
}
func (g *flaskGlobals) setItem(*interp, value, value) error { return nil }
func (g *flaskGlobals) delItem(*interp, value) error        { return nil }
