package capture

import "github.com/corsim/corsim/fetch"

// pairWindow is how many entries a preflight and its request, or a redirect and
// where it leads, may be apart.
const pairWindow = 256

// pairer finds out which preflight belongs to which request while entries come
// one by one. Each preflight, in the order of the entries, belongs to the nearest
// request within the window that it asks for and that has none.
type pairer struct {
	// window holds the entries that are not settled; first is the number of the
	// first of them, and decided that of the first whose preflight, if it is one,
	// has not been given to a request.
	window         []paired
	first, decided int
}

// paired is an entry and what belongs to it.
type paired struct {
	entry *HAREntry // nil for one that cannot be used
	err   error     // why not
	// method and url are those of the request, or of the one that a preflight
	// asks for.
	method, url string
	// preflight is what belongs to a request; nil is none.
	preflight *HAREntry
	// counterpart is the number of the preflight of a request, or of the request
	// that a preflight asks for; -1 is none.
	counterpart int
}

// add adds the next entry.
func (p *pairer) add(entry *HAREntry, err error) {
	e := paired{entry: entry, err: err, counterpart: -1}
	if entry != nil {
		e.method, e.url = entry.Request.Method, entry.Request.URL.WithoutFragment().String()
		if entry.Request.IsPreflight() {
			e.method, _ = entry.Request.Header.Get(fetch.HeaderRequestMethod)
		}
	}
	p.window = append(p.window, e)
	p.decide(p.first + len(p.window) - pairWindow)
}

// decide gives each preflight before an entry to its request.
func (p *pairer) decide(end int) {
	for ; p.decided < end; p.decided++ {
		at := p.decided - p.first
		e := &p.window[at]
		if e.entry == nil || !e.entry.Request.IsPreflight() {
			continue
		}
		if i := p.nearest(at); i >= 0 {
			p.window[i].counterpart, p.window[i].preflight = p.decided, e.entry
			e.counterpart = p.first + i
		}
	}
}

// nearest returns the place in the window of the request to which the preflight
// at a place belongs; -1 is none.
func (p *pairer) nearest(at int) int {
	want := &p.window[at]
	for distance := 1; distance <= pairWindow; distance++ {
		for _, i := range [2]int{at - distance, at + distance} {
			if 0 <= i && i < len(p.window) && p.window[i].isFor(want) {
				return i
			}
		}
	}
	return -1
}

// isFor reports whether an entry is a request without a preflight that one asks
// for.
func (e *paired) isFor(preflight *paired) bool {
	return e.method == preflight.method && e.url == preflight.url && e.counterpart < 0 && e.entry != nil && !e.entry.Request.IsPreflight()
}

// settled takes the first entry if no more of them can change what belongs to
// it.
func (p *pairer) settled() (e paired, ok bool) {
	if p.decided-p.first <= pairWindow {
		return paired{}, false
	}
	return p.take(), true
}

// rest takes the first entry when no more are to be added; ok is false after
// the last.
func (p *pairer) rest() (e paired, ok bool) {
	if len(p.window) == 0 {
		return paired{}, false
	}
	p.decide(p.first + len(p.window))
	return p.take(), true
}

func (p *pairer) take() paired {
	e := p.window[0]
	p.window[0] = paired{} // for the garbage collector
	p.window = p.window[1:]
	p.first++
	return e
}

// pairs returns the counterpart of each entry.
func (h *HAR) pairs() []int {
	var p pairer
	out := make([]int, 0, len(h.Entries))
	for i := range h.Entries {
		p.add(&h.Entries[i], nil)
		if e, ok := p.settled(); ok {
			out = append(out, e.counterpart)
		}
	}
	for e, ok := p.rest(); ok; e, ok = p.rest() {
		out = append(out, e.counterpart)
	}
	return out
}
