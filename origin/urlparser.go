package origin

import (
	"slices"
	"strings"
)

// parser is the basic URL parser without a state override. It writes the
// serialised URL while it parses. A state reads up to its delimiter at once
// instead of code point by code point; the result is the same, because all
// delimiters are ASCII.
// https://url.spec.whatwg.org/#concept-basic-url-parser
type parser struct {
	in    string // the input, trimmed
	pos   int    // the pointer
	base  URL    // the zero value is the null base
	state state
	url   URL    // the record; its offsets refer to out
	out   []byte // the serialised URL so far
	// spaces: the spaces in a host are percent-encoded, and are not errors.
	spaces bool
}

type state uint8

const (
	stateSchemeStart state = iota
	stateNoScheme
	stateSpecialRelativeOrAuthority
	statePathOrAuthority
	stateRelative
	stateRelativeSlash
	stateSpecialAuthoritySlashes
	stateSpecialAuthorityIgnoreSlashes
	stateAuthority
	stateFile
	stateFileSlash
	stateFileHost
	statePathStart
	statePath
	stateOpaquePath
	stateQuery
	stateFragment
	stateDone
)

// eof stands for the EOF code point.
const eof = -1

// run runs the states one after another. The host, hostname and port states are
// part of the authority state here.
func (p *parser) run() Problem {
	for p.state != stateDone {
		if problem := p.step(); problem != "" {
			return problem
		}
	}
	p.endPath()
	return ""
}

func (p *parser) step() (problem Problem) {
	switch p.state {
	case stateSchemeStart:
		p.schemeStart()
	case stateNoScheme:
		problem = p.noScheme()
	case stateSpecialRelativeOrAuthority:
		p.specialRelativeOrAuthority()
	case statePathOrAuthority:
		p.pathOrAuthority()
	case stateRelative:
		p.relative()
	case stateRelativeSlash:
		p.relativeSlash()
	case stateSpecialAuthoritySlashes:
		p.specialAuthoritySlashes()
	case stateSpecialAuthorityIgnoreSlashes:
		p.specialAuthorityIgnoreSlashes()
	case stateAuthority:
		problem = p.authority()
	case stateFile:
		p.file()
	case stateFileSlash:
		p.fileSlash()
	case stateFileHost:
		problem = p.fileHost()
	case statePathStart:
		p.pathStart()
	case statePath:
		p.path()
	case stateOpaquePath:
		p.opaquePath()
	case stateQuery:
		p.query()
	case stateFragment:
		p.fragment()
	}
	return problem
}

// c returns the code point at the pointer, or eof. For a code point beyond
// ASCII it returns its first byte, which is enough for every state.
func (p *parser) c() int {
	if p.pos < len(p.in) {
		return int(p.in[p.pos])
	}
	return eof
}

// atSlash reports whether the pointer is at a slash, or at a back slash that
// counts as a slash.
func (p *parser) atSlash() bool {
	return p.c() == '/' || (p.c() == '\\' && p.url.scheme.isSpecial())
}

// https://url.spec.whatwg.org/#scheme-start-state and
// https://url.spec.whatwg.org/#scheme-state
func (p *parser) schemeStart() {
	end := 0
	for end < len(p.in) && isSchemeByte(p.in[end]) {
		end++
	}
	// Scheme start state, steps 1 and 2; scheme state, step 3: no scheme.
	if end == 0 || !isAlpha(p.in[0]) || end == len(p.in) || p.in[end] != ':' {
		p.state = stateNoScheme
		return
	}
	// Scheme state, steps 1, 2.2 and 2.4: the scheme in lower case.
	for i := range end {
		p.out = append(p.out, lower(p.in[i]))
	}
	p.pos = end + 1
	p.setScheme(schemeOf(string(p.out)))
	switch {
	// Step 2.5: file.
	case p.url.scheme == schemeFile:
		p.state = stateFile
	// Step 2.6: special, and the scheme of the base.
	case p.url.scheme.isSpecial() && p.base.scheme == p.url.scheme:
		p.state = stateSpecialRelativeOrAuthority
	// Step 2.7: special.
	case p.url.scheme.isSpecial():
		p.state = stateSpecialAuthoritySlashes
	// Step 2.8: another scheme, with a slash after it.
	case p.c() == '/':
		p.pos++
		p.state = statePathOrAuthority
	// Step 2.9: an opaque path.
	default:
		p.url.flags |= flagOpaquePath
		p.state = stateOpaquePath
	}
}

func isSchemeByte(c byte) bool {
	return isAlpha(c) || isDigit(c) || c == '+' || c == '-' || c == '.'
}

// setScheme records that out contains the scheme, and appends the colon. All
// other offsets are after the colon at first.
func (p *parser) setScheme(s scheme) {
	p.url.scheme = s
	p.out = append(p.out, ':')
	after := uint32(len(p.out))
	p.url.hostStart, p.url.hostEnd, p.url.pathStart = after, after, after
}

// https://url.spec.whatwg.org/#no-scheme-state
func (p *parser) noScheme() Problem {
	p.pos = 0
	// Step 1: without a usable base.
	if p.base.IsZero() || (p.base.HasOpaquePath() && p.c() != '#') {
		return ProblemMissingScheme
	}
	switch {
	// Step 2: a base with an opaque path allows only a fragment.
	case p.base.HasOpaquePath():
		p.copyAuthority()
		p.url.flags = p.base.flags
		p.copyPath()
		p.copyQuery()
		p.pos++
		p.state = stateFragment
	// Steps 3 and 4.
	case p.base.scheme != schemeFile:
		p.state = stateRelative
	default:
		p.out = append(p.out, "file"...)
		p.setScheme(schemeFile)
		p.state = stateFile
	}
	return ""
}

// https://url.spec.whatwg.org/#special-relative-or-authority-state
func (p *parser) specialRelativeOrAuthority() {
	p.state = stateRelative
	if strings.HasPrefix(p.in[p.pos:], "//") {
		p.pos += 2
		p.state = stateSpecialAuthorityIgnoreSlashes
	}
}

// https://url.spec.whatwg.org/#path-or-authority-state
func (p *parser) pathOrAuthority() {
	p.state = statePath
	if p.c() == '/' {
		p.pos++
		p.state = stateAuthority
	}
}

// https://url.spec.whatwg.org/#relative-state
func (p *parser) relative() {
	// Step 2: the scheme is the base's.
	p.url.scheme = p.base.scheme
	// Steps 3 and 4: a slash.
	if p.atSlash() {
		p.pos++
		p.state = stateRelativeSlash
		return
	}
	// Step 5.1: everything except the fragment comes from the base.
	p.copyAuthority()
	p.copyPath()
	p.afterBasePath(true)
}

// afterBasePath is the rest of the relative state (steps 5.2 to 5.4) and of the
// file state (steps 4.2 to 4.4) after the path was copied from the base. It
// replaces the query, the fragment, or the path from the last segment on.
func (p *parser) afterBasePath(shorten bool) {
	switch p.c() {
	case '?':
		p.pos++
		p.state = stateQuery
	case '#':
		p.copyQuery()
		p.pos++
		p.state = stateFragment
	case eof:
		p.copyQuery()
		p.state = stateDone
	default:
		if shorten {
			p.shorten()
		} else {
			p.out = p.out[:p.url.pathStart]
		}
		p.state = statePath
	}
}

// https://url.spec.whatwg.org/#relative-slash-state
func (p *parser) relativeSlash() {
	// Steps 1 and 2: a second slash begins an authority.
	if p.atSlash() {
		p.pos++
		p.state = stateAuthority
		if p.url.scheme.isSpecial() {
			p.state = stateSpecialAuthorityIgnoreSlashes
		}
		p.out = append(p.out[:0], p.base.Scheme()...)
		p.setScheme(p.base.scheme)
		return
	}
	// Step 3: the authority is the base's.
	p.copyAuthority()
	p.state = statePath
}

// copyAuthority copies scheme, credentials, host and port from the base.
func (p *parser) copyAuthority() {
	end := p.base.authorityEnd()
	p.out = append(p.out[:0], p.base.href[:end]...)
	p.url = p.base
	p.url.flags &^= flagOpaquePath
	p.url.pathStart, p.url.queryStart, p.url.fragmentStart = end, 0, 0
}

func (p *parser) copyPath() { p.out = append(p.out, p.base.Path()...) }

func (p *parser) copyQuery() {
	if p.base.queryStart == 0 {
		return
	}
	p.endPath()
	p.url.queryStart = uint32(len(p.out))
	p.out = append(p.out, p.base.href[p.base.queryStart:p.base.queryEnd()]...)
}

// https://url.spec.whatwg.org/#special-authority-slashes-state
func (p *parser) specialAuthoritySlashes() {
	if strings.HasPrefix(p.in[p.pos:], "//") {
		p.pos += 2
	}
	p.state = stateSpecialAuthorityIgnoreSlashes
}

// https://url.spec.whatwg.org/#special-authority-ignore-slashes-state
func (p *parser) specialAuthorityIgnoreSlashes() {
	for p.c() == '/' || p.c() == '\\' {
		p.pos++
	}
	p.state = stateAuthority
}

// endPath inserts "/." before a path that a parser would read as a host: a path
// that begins with an empty segment in a URL whose host is null. It is called
// when the path is complete, before anything is written after it.
// https://url.spec.whatwg.org/#concept-url-serializer, step 3
func (p *parser) endPath() {
	u := &p.url
	if u.flags&(flagHost|flagOpaquePath) != 0 || u.queryStart != 0 || u.fragmentStart != 0 {
		return
	}
	start := int(u.pathStart)
	if len(p.out) > start+1 && p.out[start] == '/' && p.out[start+1] == '/' {
		p.out = slices.Insert(p.out, start, '/', '.')
		u.pathStart += 2
	}
}
