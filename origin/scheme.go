package origin

import "strings"

// scheme is one of the special schemes, or schemeOther for all others.
// https://url.spec.whatwg.org/#special-scheme
type scheme uint8

const (
	schemeOther scheme = iota
	schemeHTTP
	schemeHTTPS
	schemeWS
	schemeWSS
	schemeFTP
	schemeFile
)

func schemeOf(name string) scheme {
	switch name {
	case "http":
		return schemeHTTP
	case "https":
		return schemeHTTPS
	case "ws":
		return schemeWS
	case "wss":
		return schemeWSS
	case "ftp":
		return schemeFTP
	case "file":
		return schemeFile
	}
	return schemeOther
}

func (s scheme) isSpecial() bool { return s != schemeOther }

// schemeLengths holds the lengths of the special schemes.
var schemeLengths = [...]uint8{schemeHTTP: 4, schemeHTTPS: 5, schemeWS: 2, schemeWSS: 3, schemeFTP: 3, schemeFile: 4}

// endIn returns the length of the scheme at the start of a serialised URL or
// origin, which is the index of its colon; 0 without a colon.
func (s scheme) endIn(serialized string) uint32 {
	if s != schemeOther {
		return uint32(schemeLengths[s])
	}
	return colonIn(serialized)
}

// colonIn is endIn for other schemes. It is a function of its own so that the
// compiler can inline endIn.
//
//go:noinline
func colonIn(serialized string) uint32 { return uint32(max(strings.IndexByte(serialized, ':'), 0)) }

// defaultPort returns the scheme's default port, which no serialised URL
// contains.
// https://url.spec.whatwg.org/#default-port
func (s scheme) defaultPort() (uint16, bool) {
	switch s {
	case schemeHTTP, schemeWS:
		return 80, true
	case schemeHTTPS, schemeWSS:
		return 443, true
	case schemeFTP:
		return 21, true
	}
	return 0, false
}
