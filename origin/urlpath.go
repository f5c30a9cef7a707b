package origin

import (
	"bytes"
	"strings"
)

// https://url.spec.whatwg.org/#path-start-state
func (p *parser) pathStart() {
	special := p.url.scheme.isSpecial()
	switch c := p.c(); {
	// Steps 1 and 4: a slash begins the first segment.
	case p.atSlash():
		p.pos++
		p.state = statePath
	case special:
		p.state = statePath
	// Steps 2 and 3: only a special URL needs a path.
	case c == '?':
		p.pos++
		p.state = stateQuery
	case c == '#':
		p.pos++
		p.state = stateFragment
	case c == eof:
		p.state = stateDone
	default:
		p.state = statePath
	}
}

// https://url.spec.whatwg.org/#path-state
func (p *parser) path() {
	delimiters := "/?#"
	if p.url.scheme.isSpecial() {
		delimiters = `/?#\`
	}
	for {
		// Step 2: read a segment.
		segment := p.in[p.pos:]
		if n := strings.IndexAny(segment, delimiters); n >= 0 {
			segment = segment[:n]
		}
		p.pos += len(segment)
		slash := p.atSlash()
		p.segment(segment, slash)
		if !slash {
			break
		}
		p.pos++
	}
	// Steps 1.6 and 1.7: the delimiter after the path.
	switch p.c() {
	case '?':
		p.state = stateQuery
	case '#':
		p.state = stateFragment
	default:
		p.state = stateDone
	}
	p.pos++
}

// segment adds a segment to the path; slash says whether another segment
// follows. It looks for dots before it encodes, because dots are never encoded.
func (p *parser) segment(s string, slash bool) {
	switch dots := countDots(s); {
	// Step 1.2: remove a segment; the path ends in a slash.
	case dots == 2:
		p.shorten()
		if !slash {
			p.out = append(p.out, '/')
		}
	// Step 1.3: add nothing; the path ends in a slash.
	case dots == 1:
		if !slash {
			p.out = append(p.out, '/')
		}
	// Step 1.4: add the segment; a drive letter at the start gets its colon.
	case p.url.scheme == schemeFile && len(p.out) == int(p.url.pathStart) && isDriveLetter(s):
		p.out = append(p.out, '/', s[0], ':')
	default:
		p.out = appendEncoded(append(p.out, '/'), s, encodePath)
	}
}

// countDots returns 1 for a single-dot and 2 for a double-dot segment, in any
// spelling, and 0 for every other.
// https://url.spec.whatwg.org/#single-dot-path-segment
func countDots(s string) int {
	dots := 0
	for s != "" {
		switch {
		case s[0] == '.':
			s = s[1:]
		case len(s) >= 3 && s[:2] == "%2" && s[2]|0x20 == 'e':
			s = s[3:]
		default:
			return 0
		}
		if dots++; dots > 2 {
			return 0
		}
	}
	return dots
}

// shorten removes the last segment of the path, except a drive letter.
// https://url.spec.whatwg.org/#shorten-a-urls-path
func (p *parser) shorten() {
	path := p.out[p.url.pathStart:]
	// Step 3: the drive letter remains.
	if p.url.scheme == schemeFile && len(path) == 3 && hasNormalisedDrive(string(path)) {
		return
	}
	// Step 4: remove the last segment, if any.
	if last := bytes.LastIndexByte(path, '/'); last >= 0 {
		p.out = p.out[:int(p.url.pathStart)+last]
	}
}

// https://url.spec.whatwg.org/#cannot-be-a-base-url-path-state
func (p *parser) opaquePath() {
	path := p.in[p.pos:]
	p.state = stateDone
	if n := strings.IndexAny(path, "?#"); n >= 0 {
		path = path[:n]
		p.state = stateQuery
		if p.in[p.pos+n] == '#' {
			p.state = stateFragment
		}
	}
	p.pos += len(path) + 1
	// Step 3: a space before "?" or "#" would be lost when query and fragment
	// are removed.
	if p.state != stateDone && strings.HasSuffix(path, " ") {
		p.out = appendEncoded(p.out, path[:len(path)-1], encodeC0)
		p.out = append(p.out, "%20"...)
		return
	}
	// Step 4.
	p.out = appendEncoded(p.out, path, encodeC0)
}

// https://url.spec.whatwg.org/#query-state
func (p *parser) query() {
	query := p.in[p.pos:]
	p.state = stateDone
	if n := strings.IndexByte(query, '#'); n >= 0 {
		query = query[:n]
		p.state = stateFragment
	}
	p.pos += len(query) + 1
	set := encodeQuery
	if p.url.scheme.isSpecial() {
		set = encodeSpecialQuery
	}
	p.endPath()
	p.url.queryStart = uint32(len(p.out))
	p.out = appendEncoded(append(p.out, '?'), query, set)
}

// https://url.spec.whatwg.org/#fragment-state
func (p *parser) fragment() {
	p.endPath()
	p.url.fragmentStart = uint32(len(p.out))
	p.out = appendEncoded(append(p.out, '#'), p.in[p.pos:], encodeFragment)
	p.state = stateDone
}
