package origin

import "strings"

// scheme tells the special schemes apart and lumps all others together.
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

// schemeLengths holds how long the special schemes are.
var schemeLengths = [...]uint8{schemeHTTP: 4, schemeHTTPS: 5, schemeWS: 2, schemeWSS: 3, schemeFTP: 3, schemeFile: 4}

// endIn returns where the scheme ends in what begins with it, the index of its
// colon; 0 where there is none.
func (s scheme) endIn(serialized string) uint32 {
	if s != schemeOther {
		return uint32(schemeLengths[s])
	}
	return colonIn(serialized)
}

// colonIn is endIn for other schemes; apart from it, so that most calls need not
// be made.
//
//go:noinline
func colonIn(serialized string) uint32 { return uint32(max(strings.IndexByte(serialized, ':'), 0)) }

// defaultPort returns the port that a URL of this scheme never shows.
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
