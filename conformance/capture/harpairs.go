package capture

import "github.com/corsim/corsim/fetch"

// pairWindow is the largest distance, in entries, between a preflight and its
// request, and between a redirect and the next request.
const pairWindow = 256

// pairer finds out which preflight belongs to which request, while it gets entries
// one after another. It takes the preflights in the order of the entries. Each
// belongs to the nearest request within the window that it asks for and that has
// no preflight yet.
type pairer struct {
	// window holds the entries whose pairs are not final. first is the number of
	// the first of them. decided is the number of the first entry that, if it is a
	// preflight, has not been paired yet.
	window         []paired
	first, decided int
}

// paired is an entry and its pair.
type paired struct {
	entry *HAREntry // nil if the entry cannot be used
	err   error     // why it cannot be used
	// method and url are those of the request, or of the request that a preflight
	// asks for.
	method, url string
	// preflight is the preflight of a request; nil if there is none.
	preflight *HAREntry
	// counterpart is the number of the preflight of a request, or of the request
	// that a preflight asks for; -1 if there is none.
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

// decide pairs each preflight before the entry with the number end.
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

// nearest returns the index in the window of the request that belongs to the
// preflight at an index; -1 if there is none.
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

// isFor reports whether an entry is a request that a preflight asks for and that
// has no preflight yet.
func (e *paired) isFor(preflight *paired) bool {
	return e.method == preflight.method && e.url == preflight.url && e.counterpart < 0 && e.entry != nil && !e.entry.Request.IsPreflight()
}

// settled removes and returns the first entry if later entries cannot change its
// pair.
func (p *pairer) settled() (e paired, ok bool) {
	if p.decided-p.first <= pairWindow {
		return paired{}, false
	}
	return p.take(), true
}

// rest removes and returns the first entry after all entries have been added; ok
// is false after the last.
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
