package origin

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
