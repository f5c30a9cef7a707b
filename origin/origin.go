package origin

// Origin is an origin: a scheme, a host and a port, or an opaque origin.
// https://html.spec.whatwg.org/multipage/browsers.html#concept-origin
//
// It is comparable, and == is the standard's same origin check:
// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
//
// The zero value is not an origin. An Origin does not contain the domain that a
// script may have set through document.domain; see [DomainOrigin].
type Origin struct {
	serialized string    // the fields below derive from it in a tuple origin
	identity   *identity // only an opaque origin has one
	hostEnd    uint32    // less than the length when the origin has a port
	port       uint16
	scheme     scheme
}

// identity distinguishes opaque origins by their addresses. Its size must not
// be zero, because values of size zero may share an address.
type identity struct{ _ byte }

// NewOpaque returns a new opaque origin, which is not equal to any other
// origin.
func NewOpaque() Origin {
	const serialized = "null"
	return Origin{serialized: serialized, identity: new(identity), hostEnd: uint32(len(serialized))}
}

// Origin returns the URL's origin. Each call returns a new opaque origin when
// the origin is opaque, as the standard says, so such a URL is not same origin
// even with itself.
// https://url.spec.whatwg.org/#concept-url-origin
//
// In a browser the caller decides two cases. Here a blob: URL has no entry in a
// blob URL store, so its path gives the origin, and a file: URL has an opaque
// origin. The zero URL has the zero origin.
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

// HasOrigin reports whether o is the URL's origin. It is faster than a
// comparison of o with [URL.Origin].
func (u URL) HasOrigin(o Origin) bool {
	if s := u.originPrefix(); s != "" {
		return s == o.serialized
	}
	return u.Origin() == o
}

// SameOrigin reports whether two URLs have the same origin. It is faster than a
// comparison of the results of [URL.Origin].
// https://html.spec.whatwg.org/multipage/browsers.html#same-origin
func (u URL) SameOrigin(v URL) bool {
	if s, t := u.originPrefix(), v.originPrefix(); s != "" && t != "" {
		return s == t
	}
	return u.Origin() == v.Origin()
}

// originPrefix returns the part of the URL that is its serialised tuple origin;
// "" when the URL has no such part.
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

// IsZero reports whether o is the zero value, which is not an origin.
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

// Port returns a tuple origin's port, and whether it has one. An origin with
// the scheme's default port has no port.
func (o Origin) Port() (port uint16, ok bool) { return o.port, int(o.hostEnd) < len(o.serialized) }

// EffectivePort returns the port or the scheme's default port, and whether the
// origin has either.
func (o Origin) EffectivePort() (port uint16, ok bool) {
	if port, ok := o.Port(); ok {
		return port, true
	}
	return o.scheme.defaultPort()
}

// String returns the serialisation of the origin, "null" for an opaque one. It
// is "" for the zero value.
// https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
func (o Origin) String() string { return o.serialized }
