package origin

import "strings"

//go:generate go run gen_suffixes.go

// publicSuffix returns the public suffix of a domain in its serialised form
// without a full stop at the end, and whether the public suffix list has a rule
// for it. Without a rule the suffix is the last label.
// https://publicsuffix.org/list/
func publicSuffix(domain string) (suffix string, listed bool) {
	rest, parent := domain, suffixNode(rootNode)
	start := len(domain) // the index of the suffix
	for {
		dot := strings.LastIndexByte(rest, '.')
		if parent.isWildcard() {
			start = dot + 1
		}
		node, ok := parent.child(rest[dot+1:])
		if !ok {
			break
		}
		// An exception is a name that is not a suffix although a wildcard
		// matches it.
		if node.isException() {
			start = len(rest) + 1
			break
		}
		if node.isRule() {
			start = dot + 1
		}
		if dot < 0 {
			break
		}
		rest, parent = rest[:dot], node
	}
	if start == len(domain) {
		return domain[strings.LastIndexByte(domain, '.')+1:], false
	}
	return domain[start:], true
}

// suffixNode is a label of the list, below the label that follows it in a name.
// From the lowest bit on it holds: whether it has a wildcard below it (1 bit),
// whether it ends an exception (1), whether it ends a rule (1), the number of
// the span of its children (10), the length of its label (6) and the index of
// its label in the text.
//
// A node takes 5 bytes of the table. A span takes 4 bytes: the number of the
// first child and the number after the last child.
type suffixNode uint64

const (
	nodeSize, spanSize = 5, 4
	// rootNode is not in the table. Its span is the second; the first is empty.
	rootNode = 1 << 3
)

func nodeAt(i int) suffixNode {
	b := suffixNodes[i*nodeSize:]
	return suffixNode(b[4]) | suffixNode(b[3])<<8 | suffixNode(b[2])<<16 | suffixNode(b[1])<<24 | suffixNode(b[0])<<32
}

func (n suffixNode) isWildcard() bool  { return n&1 != 0 }
func (n suffixNode) isException() bool { return n&2 != 0 }
func (n suffixNode) isRule() bool      { return n&4 != 0 }

func (n suffixNode) label() string {
	start := n >> 19
	return suffixLabels[start : start+n>>13&(1<<6-1)]
}

// children returns the number of the first child and the number after the last
// child.
func (n suffixNode) children() (first, end int) {
	b := suffixSpans[(n>>3&(1<<10-1))*spanSize:]
	return int(b[1]) | int(b[0])<<8, int(b[3]) | int(b[2])<<8
}

// child returns the child with a label.
func (n suffixNode) child(label string) (suffixNode, bool) {
	low, high := n.children()
	for low < high {
		middle := low + (high-low)/2
		child := nodeAt(middle)
		at := child.label()
		if at == label {
			return child, true
		}
		if at < label {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return 0, false
}
