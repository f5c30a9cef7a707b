package python

import (
	"slices"
)

// isA reports whether a class or one of its bases has a name.
func (c *class) isA(name string) bool {
	if c == nil {
		return false
	}
	if c.name == name {
		return true
	}
	return slices.ContainsFunc(c.bases, func(b *class) bool { return b.isA(name) })
}

// is reports whether a class is another or derived from it.
func (c *class) is(other *class) bool {
	return c == other || c != nil && slices.ContainsFunc(c.bases, func(b *class) bool { return b.is(other) })
}

// lookup returns an attribute of a class or its bases; nil when there is none.
func (c *class) lookup(name string) value {
	if c == nil {
		return nil
	}
	if v, ok := c.dict[name]; ok {
		return v
	}
	for _, b := range c.bases {
		if v := b.lookup(name); v != nil {
			return v
		}
	}
	return nil
}

// set sets an attribute of a class.
func (c *class) set(name string, v value) {
	if _, ok := c.dict[name]; !ok {
		c.order = append(c.order, name)
	}
	c.dict[name] = v
}

// exceptionText returns the text of an exception.
func exceptionText(e *instance) string {
	a, _ := e.attrs["args"].(*tuple)
	switch {
	case a == nil || len(a.items) == 0:
		return ""
	case len(a.items) == 1:
		if e.class.isA("KeyError") {
			return repr(a.items[0])
		}
		return str(a.items[0])
	}
	return repr(a)
}
