package origin

// Origin is an origin: a scheme, a host and a port, or an opaque one.
// https://html.spec.whatwg.org/multipage/browsers.html#concept-origin
//
// It is comparable, and == is the standard's same origin check:
// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
//
// The zero value is no origin. The domain that a script may have set through
// document.domain is not part of it; see [DomainOrigin].
type Origin struct {
	serialized string    // what follows derives from it in a tuple origin
	identity   *identity // of an opaque origin
	hostEnd    uint32    // short of the end when there is a port
	port       uint16
	scheme     scheme
}

// identity makes an opaque origin differ from all others by its address, for
// which it must not be of size zero.
type identity struct{ _ byte }

// NewOpaque returns a new opaque origin, which equals no other one.
func NewOpaque() Origin {
	const serialized = "null"
	return Origin{serialized: serialized, identity: new(identity), hostEnd: uint32(len(serialized))}
}

// Origin returns the URL's origin. An opaque one is new with each call, as the
// standard has it, so such a URL is not even same origin with itself.
// https://url.spec.whatwg.org/#concept-url-origin
//
// Two decisions are the caller's in a browser: a blob: URL is taken to have no
// entry in a blob URL store, so its origin is read from its path, and a file:
// URL has an opaque origin. The zero URL has the zero origin.
func (u URL) Origin() Origin {
	if u.IsZero() {
		return Origin{}
	}
	switch u.scheme {
	case schemeHTTP, schemeHTTPS, schemeWS, schemeWSS, schemeFTP:
		return u.tupleOrigin()
	case schemeOther:
		if u.Scheme() == "blob" {
			return u.blobOrigin()
		}
	}
	return NewOpaque()
}

// HasOrigin reports whether o is the URL's origin, in less time than it takes to
// compare o with [URL.Origin].
func (u URL) HasOrigin(o Origin) bool {
	if s := u.originPrefix(); s != "" {
		return s == o.serialized
	}
	return u.Origin() == o
}

// SameOrigin reports whether two URLs have the same origin, in less time than it
// takes to compare what [URL.Origin] returns.
// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
func (u URL) SameOrigin(v URL) bool {
	if s, t := u.originPrefix(), v.originPrefix(); s != "" && t != "" {
		return s == t
	}
	return u.Origin() == v.Origin()
}

// originPrefix returns the part of the URL that is the serialisation of its
// tuple origin; "" where there is no such part.
func (u *URL) originPrefix() string {
	if u.scheme == schemeOther || u.scheme == schemeFile || u.HasCredentials() {
		return ""
	}
	return u.href[:u.pathStart]
}

func (u URL) tupleOrigin() Origin {
	o := Origin{
		serialized: u.href[:u.pathStart],
		hostEnd:    u.hostEnd,
		port:       u.port,
		scheme:     u.scheme,
	}
	if u.HasCredentials() {
		start := u.schemeEnd() + 3
		o.serialized = u.href[:start] + u.href[u.hostStart:u.pathStart]
		o.hostEnd -= u.hostStart - start
	}
	return o
}

func (u URL) blobOrigin() Origin {
	inner, err := ParseURL(u.Path())
	if err != nil || !inner.IsHTTP() {
		return NewOpaque()
	}
	return inner.tupleOrigin()
}

// IsZero reports whether o is the zero value, which is no origin.
func (o Origin) IsZero() bool { return o == Origin{} }

// IsOpaque reports whether o is an opaque origin.
func (o Origin) IsOpaque() bool { return o.identity != nil }

// Scheme returns a tuple origin's scheme, and "" for an opaque origin.
func (o Origin) Scheme() string { return o.serialized[:o.scheme.endIn(o.serialized)] }

// Host returns a tuple origin's serialised host, and "" for an opaque origin.
func (o Origin) Host() string {
	end := o.scheme.endIn(o.serialized)
	if end == 0 {
		return ""
	}
	return o.serialized[end+3 : o.hostEnd]
}

// Port returns a tuple origin's port, and whether it has one. A port that is
// the scheme's default is none.
func (o Origin) Port() (uint16, bool) { return o.port, int(o.hostEnd) < len(o.serialized) }

// EffectivePort returns the port or else the scheme's default port, and
// whether there is either.
func (o Origin) EffectivePort() (uint16, bool) {
	if port, ok := o.Port(); ok {
		return port, true
	}
	return o.scheme.defaultPort()
}

// String returns the serialisation of the origin, "null" for an opaque one. It
// is "" for the zero value.
// https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
func (o Origin) String() string { return o.serialized }
