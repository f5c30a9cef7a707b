package origin

import "strings"

// IsPotentiallyTrustworthy reports whether the origin is potentially
// trustworthy: nobody on the network path can change what it delivers.
// https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
//
// A browser decides whether its own schemes count, such as that of extensions;
// here they do not.
func (o Origin) IsPotentiallyTrustworthy() bool {
	// Steps 1 and 2: an opaque origin is not trustworthy.
	if o.IsOpaque() {
		return false
	}
	// Steps 3 and 6: the scheme is trustworthy.
	switch o.scheme {
	case schemeHTTPS, schemeWSS, schemeFile:
		return true
	}
	// Steps 4 and 5: a loopback host.
	return isLoopback(o.Host(), o.scheme.isSpecial())
}

// IsPotentiallyTrustworthy reports whether the URL is potentially trustworthy:
// about:blank, about:srcdoc, a data: URL, or a URL with such an origin.
// https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy
//
// A file: URL is trustworthy although its origin is opaque here: the Secure
// Contexts standard names the scheme.
func (u URL) IsPotentiallyTrustworthy() bool {
	return u.scheme == schemeHTTPS || u.isTrustworthy()
}

// isTrustworthy is [URL.IsPotentiallyTrustworthy] for all schemes. It is a function of its
// own so that the compiler can inline the other one.
func (u URL) isTrustworthy() bool {
	switch u.scheme {
	case schemeHTTPS, schemeWSS, schemeFile:
		return true
	case schemeHTTP, schemeWS, schemeFTP:
		return u.tupleOrigin().IsPotentiallyTrustworthy()
	}
	switch u.Scheme() {
	// Step 1.
	case "about":
		return u.Path() == "blank" || u.Path() == "srcdoc"
	// Step 2.
	case "data":
		return true
	// Step 3: the origin is trustworthy; a blob: URL has the origin of the URL
	// in its path.
	case "blob":
		inner, err := ParseURL(u.Path())
		return err == nil && (inner.IsHTTP() || inner.scheme == schemeFile) && inner.IsPotentiallyTrustworthy()
	}
	return false
}

// isLoopback reports whether a host names this machine: 127.0.0.0/8, ::1,
// localhost, or a name below localhost.
func isLoopback(host string, special bool) bool {
	if host == "[::1]" {
		return true
	}
	if special && strings.HasPrefix(host, "127.") && isSerializedIPv4(host) {
		return true
	}
	name := strings.TrimSuffix(host, ".")
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
