package origin

import "strings"

// authority is the authority state with the host and port states that follow
// it.
// https://url.spec.whatwg.org/#authority-state
func (p *parser) authority() Problem {
	end := p.authorityDelimiter()
	rest := p.in[p.pos:end]
	p.pos = end
	p.state = statePathStart
	p.out = append(p.out, "//"...)
	p.url.flags |= flagHost

	// Step 1: everything before the last "@" is user name and password.
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		p.userinfo(rest[:at])
		rest = rest[at+1:]
		// Step 2.1: credentials need a host.
		if rest == "" {
			return ProblemHostMissing
		}
	}
	p.url.hostStart = uint32(len(p.out))

	host, port, hasPort := cutPort(rest)
	if problem := p.host(host, hasPort); problem != "" {
		return problem
	}
	if hasPort {
		if problem := p.port(port); problem != "" {
			return problem
		}
	}
	p.url.pathStart = uint32(len(p.out))
	return ""
}

// authorityDelimiter returns the index at which the authority ends.
func (p *parser) authorityDelimiter() int {
	delimiters := "/?#"
	if p.url.scheme.isSpecial() {
		delimiters = `/?#\`
	}
	if n := strings.IndexAny(p.in[p.pos:], delimiters); n >= 0 {
		return p.pos + n
	}
	return len(p.in)
}

// userinfo writes user name and password, unless both are empty. The first ":"
// separates them; each later ":" and each "@" is percent-encoded.
func (p *parser) userinfo(s string) {
	username, password, _ := strings.Cut(s, ":")
	p.out = appendEncoded(p.out, username, encodeUserinfo)
	if password != "" {
		p.out = append(p.out, ':')
		p.out = appendEncoded(p.out, password, encodeUserinfo)
	}
	if username != "" || password != "" {
		p.out = append(p.out, '@')
	}
}

// cutPort splits at the first ":" that is not in brackets.
func cutPort(s string) (host, port string, hasPort bool) {
	inBrackets := false
	for i := range len(s) {
		switch s[i] {
		case '[':
			inBrackets = true
		case ']':
			inBrackets = false
		case ':':
			if !inBrackets {
				return s[:i], s[i+1:], true
			}
		}
	}
	return s, "", false
}

// https://url.spec.whatwg.org/#host-state
func (p *parser) host(s string, hasPort bool) (problem Problem) {
	special := p.url.scheme.isSpecial()
	// Steps 2.1 and 3.1: only a URL that is not special may have an empty host,
	// and then it has no port.
	if s == "" && (special || hasPort) {
		return ProblemHostMissing
	}
	// Steps 2.3 and 3.3: parse the host.
	if p.spaces && special && strings.Contains(PercentDecode(s), " ") {
		p.out, problem = appendSpacedHost(p.out, s)
	} else {
		p.out, problem = appendHost(p.out, s, special)
	}
	p.url.hostEnd = uint32(len(p.out))
	return problem
}

// https://url.spec.whatwg.org/#port-state
func (p *parser) port(s string) Problem {
	value := uint32(0)
	tooGreat := false
	for i := range len(s) {
		// Step 3: only digits are allowed.
		if !isDigit(s[i]) {
			return ProblemPortInvalid
		}
		value = value*10 + uint32(s[i]-'0')
		if value > 0xFFFF {
			// The loop continues, because a later character that is not a digit
			// is the worse error.
			tooGreat, value = true, 0
		}
	}
	// Step 2.1.2: 16 bits.
	if tooGreat {
		return ProblemPortOutOfRange
	}
	// Step 2.1.3: an empty port and the default port become null.
	standard, ok := p.url.scheme.defaultPort()
	if s == "" || (ok && uint16(value) == standard) {
		return ""
	}
	p.url.port = uint16(value)
	p.url.flags |= flagPort
	p.out = appendPort(p.out, p.url.port)
	return ""
}

// https://url.spec.whatwg.org/#file-state
func (p *parser) file() {
	// Step 3: a slash.
	if p.atSlash() {
		p.pos++
		p.state = stateFileSlash
		return
	}
	// Step 4: relative to another file.
	if p.base.scheme == schemeFile {
		p.copyAuthority()
		p.copyPath()
		// Step 4.4.2 and 4.4.3: a drive letter replaces the whole path.
		p.afterBasePath(!startsWithDriveLetter(p.in[p.pos:]))
		return
	}
	// Steps 2 and 5: an empty host.
	p.emptyHost()
	p.state = statePath
}

// https://url.spec.whatwg.org/#file-slash-state
func (p *parser) fileSlash() {
	p.state = statePath
	switch {
	// Step 1: a second slash begins a host.
	case p.atSlash():
		p.pos++
		p.state = stateFileHost
	// Step 2.1: the base's host, and its drive unless the path has its own.
	case p.base.scheme == schemeFile:
		p.copyAuthority()
		path := p.base.Path()
		if !startsWithDriveLetter(p.in[p.pos:]) && hasNormalisedDrive(path) {
			p.out = append(p.out, path[:3]...)
		}
	default:
		p.emptyHost()
	}
}

// https://url.spec.whatwg.org/#file-host-state
func (p *parser) fileHost() (problem Problem) {
	end := p.authorityDelimiter()
	host := p.in[p.pos:end]
	// Step 1.1: a drive letter is not a host but the start of the path.
	if isDriveLetter(host) {
		p.emptyHost()
		p.state = statePath
		return ""
	}
	// Steps 1.2 and 1.3: a host; localhost becomes the empty host.
	p.pos = end
	p.state = statePathStart
	p.emptyHost()
	if host == "" {
		return ""
	}
	p.out, problem = appendHost(p.out, host, true)
	if string(p.out[p.url.hostStart:]) == "localhost" {
		p.out = p.out[:p.url.hostStart]
	}
	p.url.hostEnd = uint32(len(p.out))
	p.url.pathStart = p.url.hostEnd
	return problem
}

// emptyHost sets the host to the empty string.
func (p *parser) emptyHost() {
	p.out = append(p.out, "//"...)
	p.url.flags |= flagHost
	at := uint32(len(p.out))
	p.url.hostStart, p.url.hostEnd, p.url.pathStart = at, at, at
}

// isDriveLetter reports whether s is a letter and ":" or "|".
// https://url.spec.whatwg.org/#windows-drive-letter
func isDriveLetter(s string) bool {
	return len(s) == 2 && isAlpha(s[0]) && (s[1] == ':' || s[1] == '|')
}

// https://url.spec.whatwg.org/#start-with-a-windows-drive-letter
func startsWithDriveLetter(s string) bool {
	return len(s) >= 2 && isDriveLetter(s[:2]) &&
		(len(s) == 2 || strings.IndexByte(`/\?#`, s[2]) >= 0)
}

// hasNormalisedDrive reports whether a path's first segment is a letter and
// ":".
func hasNormalisedDrive(path string) bool {
	return len(path) >= 3 && path[0] == '/' && isAlpha(path[1]) && path[2] == ':' &&
		(len(path) == 3 || path[3] == '/')
}
