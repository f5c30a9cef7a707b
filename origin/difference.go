package origin

import "strings"

// Difference says which components of two origins differ. The zero value means
// that they are the same origin.
type Difference uint8

// The components of a tuple origin, and a value for opaque origins, which have
// no components.
const (
	DifferentScheme Difference = 1 << iota
	DifferentHost
	DifferentPort
	DifferentOpaque // at least one origin is opaque, and they are not the same origin
)

// Compare returns the components in which two origins differ. It compares ports
// as the standard does: http://a.example and https://a.example differ only in
// the scheme, because neither has a port.
// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
func Compare(a, b Origin) (d Difference) {
	if a.IsOpaque() || b.IsOpaque() || a.IsZero() || b.IsZero() {
		if a != b {
			d = DifferentOpaque
		}
		return d
	}
	if a.Scheme() != b.Scheme() {
		d |= DifferentScheme
	}
	if a.Host() != b.Host() {
		d |= DifferentHost
	}
	portA, hasPortA := a.Port()
	portB, hasPortB := b.Port()
	if portA != portB || hasPortA != hasPortB {
		d |= DifferentPort
	}
	return d
}

// SameOrigin reports whether the origins do not differ.
func (d Difference) SameOrigin() bool { return d == 0 }

// String names the differences, as in "scheme and port"; it returns "same
// origin" when there is none.
func (d Difference) String() string {
	if d == 0 {
		return "same origin"
	}
	if d&DifferentOpaque != 0 {
		return "opaque origin"
	}
	var names []string
	for i, name := range [...]string{"scheme", "host", "port"} {
		if d&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
