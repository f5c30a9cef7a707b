package nginx

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// expression is a regular expression with the parts that package regexp lacks:
// look-around, atomic groups, possessive quantifiers and back references. It works
// on bytes, as nginx does.
type expression struct {
	root   *node
	groups int      // with the whole match
	names  []string // by group
}

// nodeKind says what a node of an expression matches.
type nodeKind int

const (
	matchEmpty nodeKind = iota
	matchSet
	matchStart    // of the text
	matchEnd      // of the text, or before its last line feed
	matchVeryEnd  // of the text
	matchBoundary // of a word; negated with not
	matchSequence
	matchEither
	matchRepeat
	matchGroup // capturing when n >= 0
	matchAhead
	matchBehind
	matchAtomic
	matchBack // what group n matched
)

// node is a part of an expression.
type node struct {
	kind     nodeKind
	set      *[256]bool
	children []*node
	n        int
	min, max int // of matchRepeat; max -1 for no end
	lazy     bool
	not      bool
	fold     bool // of matchBack
}

// maxSteps limits the work of one match.
const maxSteps = 200_000

// matcher is one attempt to match an expression.
type matcher struct {
	text  string
	caps  []int
	steps int
}

// find returns the offsets of the leftmost match and its groups, like
// FindStringSubmatchIndex of package regexp; ok is false when that takes too long.
func (e *expression) find(text string) (found []int, ok bool) {
	m := &matcher{text: text, caps: make([]int, 2*e.groups)}
	for start := 0; start <= len(text); start++ {
		for i := range m.caps {
			m.caps[i] = -1
		}
		end := -1
		if m.match(e.root, start, func(p int) bool { end = p; return true }) {
			m.caps[0], m.caps[1] = start, end
			return m.caps, true
		}
		if m.steps > maxSteps {
			return nil, false
		}
	}
	return nil, true
}

// match matches a node at a position and then what follows.
func (m *matcher) match(n *node, p int, then func(int) bool) bool {
	if m.steps++; m.steps > maxSteps {
		return false
	}
	switch n.kind {
	case matchEmpty:
		return then(p)
	case matchSet:
		return p < len(m.text) && n.set[m.text[p]] && then(p+1)
	case matchStart, matchEnd, matchVeryEnd, matchBoundary:
		return m.holds(n, p) != n.not && then(p)
	case matchSequence:
		return m.sequence(n.children, p, then)
	case matchEither:
		for _, c := range n.children {
			if m.match(c, p, then) {
				return true
			}
		}
		return false
	case matchRepeat:
		return m.repeat(n, p, 0, then)
	case matchGroup:
		return m.group(n, p, then)
	case matchAhead:
		return m.match(n.children[0], p, accept) != n.not && then(p)
	case matchBehind:
		return m.behind(n, p) != n.not && then(p)
	case matchAtomic:
		end := -1
		return m.match(n.children[0], p, func(q int) bool { end = q; return true }) && then(end)
	}
	return m.back(n, p, then)
}

func accept(int) bool { return true }

// holds reports whether a position has a property.
func (m *matcher) holds(n *node, p int) bool {
	switch n.kind {
	case matchStart:
		return p == 0
	case matchEnd:
		return p == len(m.text) || p == len(m.text)-1 && m.text[p] == '\n'
	case matchVeryEnd:
		return p == len(m.text)
	}
	before := p > 0 && isWordByte(m.text[p-1])
	after := p < len(m.text) && isWordByte(m.text[p])
	return before != after
}

func (m *matcher) sequence(list []*node, p int, then func(int) bool) bool {
	if len(list) == 0 {
		return then(p)
	}
	return m.match(list[0], p, func(q int) bool { return m.sequence(list[1:], q, then) })
}

func (m *matcher) repeat(n *node, p, count int, then func(int) bool) bool {
	more := func() bool {
		if n.max >= 0 && count >= n.max {
			return false
		}
		return m.match(n.children[0], p, func(q int) bool {
			return (q > p || count < n.min) && m.repeat(n, q, count+1, then)
		})
	}
	switch {
	case count < n.min:
		return more()
	case n.lazy:
		return then(p) || more()
	}
	return more() || then(p)
}

func (m *matcher) group(n *node, p int, then func(int) bool) bool {
	if n.n < 0 {
		return m.match(n.children[0], p, then)
	}
	from, to := m.caps[2*n.n], m.caps[2*n.n+1]
	if m.match(n.children[0], p, func(q int) bool {
		oldFrom, oldTo := m.caps[2*n.n], m.caps[2*n.n+1]
		m.caps[2*n.n], m.caps[2*n.n+1] = p, q
		if then(q) {
			return true
		}
		m.caps[2*n.n], m.caps[2*n.n+1] = oldFrom, oldTo
		return false
	}) {
		return true
	}
	m.caps[2*n.n], m.caps[2*n.n+1] = from, to
	return false
}

// behind reports whether the node matches a text that ends at a position.
func (m *matcher) behind(n *node, p int) bool {
	for start := p; start >= 0; start-- {
		if m.match(n.children[0], start, func(q int) bool { return q == p }) {
			return true
		}
	}
	return false
}

// back matches what a group matched before.
func (m *matcher) back(n *node, p int, then func(int) bool) bool {
	from, to := m.caps[2*n.n], m.caps[2*n.n+1]
	if from < 0 {
		return false
	}
	want := m.text[from:to]
	if n.fold {
		return len(m.text)-p >= len(want) && fetch.EqualFold(m.text[p:p+len(want)], want) && then(p+len(want))
	}
	return strings.HasPrefix(m.text[p:], want) && then(p+len(want))
}
