package origin

import (
	"strconv"
	"strings"
)

// URL is an absolute URL in its serialised form, with the offsets of its
// components.
// https://url.spec.whatwg.org/#concept-url
//
// It is immutable, and == is equality of URLs, including fragments. The zero
// value is not a URL; parsing returns all other values.
type URL struct {
	href string

	hostStart     uint32 // start of the host, after any "@"
	hostEnd       uint32 // end of the host
	pathStart     uint32 // start of the path, after any port or "/." guard
	queryStart    uint32 // index of "?", or 0 for a null query
	fragmentStart uint32 // index of "#", or 0 for a null fragment

	port   uint16
	scheme scheme
	flags  urlFlags
}

type urlFlags uint8

const (
	flagHost       urlFlags = 1 << iota // the host is not null
	flagPort                            // the port is not null
	flagOpaquePath                      // the path is one opaque string
)

// IsZero reports whether u is the zero value, which is not a URL.
func (u URL) IsZero() bool { return u.href == "" }

// String returns the serialised URL with its fragment.
// https://url.spec.whatwg.org/#concept-url-serializer
func (u URL) String() string { return u.href }

// Scheme returns the scheme in lower case, without the colon.
func (u URL) Scheme() string { return u.href[:u.scheme.endIn(u.href)] }

// schemeEnd is the index of the colon after the scheme.
func (u *URL) schemeEnd() uint32 { return u.scheme.endIn(u.href) }

// Username returns the percent-encoded user name, "" when there is none.
func (u URL) Username() string {
	username, _, _ := strings.Cut(u.userinfo(), ":")
	return username
}

// Password returns the percent-encoded password, "" when there is none.
func (u URL) Password() string {
	_, password, _ := strings.Cut(u.userinfo(), ":")
	return password
}

// userinfo returns the text before the "@". Its only colon separates user name
// and password.
func (u *URL) userinfo() string {
	if !u.HasCredentials() {
		return ""
	}
	return u.href[u.schemeEnd()+3 : u.hostStart-1]
}

// HasCredentials reports whether the URL includes credentials: a user name or
// a password that is not empty.
// https://url.spec.whatwg.org/#include-credentials
func (u URL) HasCredentials() bool { return u.hostStart > 0 && u.href[u.hostStart-1] == '@' }

// Host returns the serialised host; an IPv6 address has its brackets. It is ""
// for a null host and for an empty host; [URL.HasHost] distinguishes them.
func (u URL) Host() string { return u.href[u.hostStart:u.hostEnd] }

// HasHost reports whether the host is not null; it may be empty.
func (u URL) HasHost() bool { return u.flags&flagHost != 0 }

// HasIPAddress reports whether the host is an IPv4 or IPv6 address.
func (u URL) HasIPAddress() bool {
	host := u.Host()
	return strings.HasPrefix(host, "[") || isSerializedIPv4(host)
}

// Port returns the port, and whether the URL has one. It is never the scheme's
// default port: parsing removes that.
func (u URL) Port() (port uint16, ok bool) { return u.port, u.flags&flagPort != 0 }

// EffectivePort returns the port or the scheme's default port, and whether the
// URL has either.
func (u URL) EffectivePort() (port uint16, ok bool) {
	if u.flags&flagPort != 0 {
		return u.port, true
	}
	return u.scheme.defaultPort()
}

// Path returns the serialised path.
// https://url.spec.whatwg.org/#url-path-serializer
func (u URL) Path() string { return u.href[u.pathStart:u.pathEnd()] }

// HasOpaquePath reports whether the path is an opaque path, one string without
// segments, as in mailto:someone@example.com. Such a URL cannot be the base of
// a relative reference.
// https://url.spec.whatwg.org/#url-opaque-path
func (u URL) HasOpaquePath() bool { return u.flags&flagOpaquePath != 0 }

// Query returns the percent-encoded query without "?", and whether the URL has
// one; an empty query is not a null query.
func (u URL) Query() (query string, ok bool) {
	if u.queryStart == 0 {
		return "", false
	}
	return u.href[u.queryStart+1 : u.queryEnd()], true
}

// Fragment returns the percent-encoded fragment without "#", and whether the
// URL has one; an empty fragment is not a null fragment.
func (u URL) Fragment() (fragment string, ok bool) {
	if u.fragmentStart == 0 {
		return "", false
	}
	return u.href[u.fragmentStart+1:], true
}

// IsHTTP reports whether the scheme is an HTTP(S) scheme.
// https://fetch.spec.whatwg.org/#http-scheme
func (u URL) IsHTTP() bool { return u.scheme == schemeHTTP || u.scheme == schemeHTTPS }

// IsLocal reports whether the URL is local: its scheme is about, blob or data,
// so a fetch does not use the network.
// https://fetch.spec.whatwg.org/#is-local
func (u URL) IsLocal() bool {
	if u.scheme != schemeOther {
		return false
	}
	switch u.Scheme() {
	case "about", "blob", "data":
		return true
	}
	return false
}

// WithFragment returns u with another fragment, which comes from [URL.Fragment]
// or is encoded in the same way.
func (u URL) WithFragment(fragment string) URL {
	if u.IsZero() {
		return u
	}
	u = u.WithoutFragment()
	out := make([]byte, 0, len(u.href)+1+len(fragment))
	out = append(append(out, u.href...), '#')
	u.fragmentStart = uint32(len(u.href))
	u.href = string(appendEncoded(out, fragment, encodeFragment))
	return u
}

// WithoutFragment returns u without its fragment.
func (u URL) WithoutFragment() URL {
	if u.fragmentStart != 0 {
		u.href, u.fragmentStart = u.href[:u.fragmentStart], 0
	}
	return u
}

// Root returns u without path, query and fragment: the root of u's server. A
// URL without a host is returned unchanged.
func (u URL) Root() URL {
	if !u.HasHost() || u.href[u.pathStart:] == "/" {
		return u
	}
	if int(u.pathStart) < len(u.href) && u.href[u.pathStart] == '/' {
		u.href = u.href[:u.pathStart+1]
	} else {
		u.href = u.href[:u.pathStart] + "/"
	}
	u.queryStart, u.fragmentStart = 0, 0
	return u
}

// WithoutCredentials returns u without user name and password.
func (u URL) WithoutCredentials() URL {
	if u.HasCredentials() {
		u.cutCredentials()
	}
	return u
}

func (u *URL) cutCredentials() {
	start := u.schemeEnd() + 3
	cut := u.hostStart - start
	u.href = u.href[:start] + u.href[u.hostStart:]
	u.hostStart, u.hostEnd = start, u.hostEnd-cut
	u.pathStart -= cut
	u.moveTail(-int64(cut))
}

// WithScheme returns u with another scheme, as the protocol setter does. It
// changes only from one special scheme to another, and only if the other
// components are possible with both; otherwise it returns u unchanged. A port
// that is the new scheme's default becomes null.
// https://url.spec.whatwg.org/#dom-url-protocol
func (u URL) WithScheme(name string) URL {
	to := schemeOf(name)
	if to == schemeOther || u.scheme == schemeOther || to == u.scheme {
		return u
	}
	if to == schemeFile && (u.HasCredentials() || u.flags&flagPort != 0) {
		return u
	}
	if u.scheme == schemeFile && u.Host() == "" {
		return u
	}
	rest, end := u.href[u.hostEnd:], u.schemeEnd()
	shift := int64(len(name)) - int64(end)
	pathShift := shift
	if port, ok := to.defaultPort(); ok && port == u.port {
		rest = u.href[u.pathStart:]
		pathShift -= int64(u.pathStart - u.hostEnd)
		u.port, u.flags = 0, u.flags&^flagPort
	}
	u.href, u.scheme = name+u.href[end:u.hostEnd]+rest, to
	u.hostStart = moved(u.hostStart, shift)
	u.hostEnd = moved(u.hostEnd, shift)
	u.pathStart = moved(u.pathStart, pathShift)
	u.moveTail(pathShift)
	return u
}

// moveTail shifts the offsets of query and fragment, where they exist.
func (u *URL) moveTail(by int64) {
	if u.queryStart != 0 {
		u.queryStart = moved(u.queryStart, by)
	}
	if u.fragmentStart != 0 {
		u.fragmentStart = moved(u.fragmentStart, by)
	}
}

func moved(offset uint32, by int64) uint32 { return uint32(int64(offset) + by) }

// authorityEnd returns the index at which the authority ends. The "/." before a
// path that begins with two slashes does not belong to it.
func (u *URL) authorityEnd() uint32 {
	if u.flags&flagHost != 0 {
		return u.pathStart
	}
	return u.schemeEnd() + 1
}

func (u *URL) pathEnd() uint32 {
	if u.queryStart != 0 {
		return u.queryStart
	}
	return u.queryEnd()
}

func (u *URL) queryEnd() uint32 {
	if u.fragmentStart != 0 {
		return u.fragmentStart
	}
	return uint32(len(u.href))
}

func appendPort(out []byte, port uint16) []byte {
	return strconv.AppendUint(append(out, ':'), uint64(port), 10)
}
