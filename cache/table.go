package cache

import "time"

// itemKind says what an entry is about; the zero value is no item.
type itemKind uint8

const (
	itemNone itemKind = iota
	itemMethod
	itemHeaderName
)

// item is what one entry grants: a method, or a header name in lower case,
// with or without credentials.
type item struct {
	kind        itemKind
	credentials bool
	name        string
}

// entry is one cache entry.
// https://fetch.spec.whatwg.org/#cache-entry
type entry struct {
	item
	stored time.Time
	maxAge time.Duration
}

// ended reports whether the entry's max-age has passed since it was stored.
func (e *entry) ended(now time.Time) bool { return now.Sub(e.stored) >= e.maxAge }

// isOneOf reports whether the entry is one of the items that would match, of
// which none has another kind.
func (e *entry) isOneOf(candidates *[4]item) bool {
	for i := range candidates {
		c := &candidates[i]
		if c.kind == e.kind && c.credentials == e.credentials && c.name == e.name {
			return true
		}
	}
	return false
}

// indexFrom is the number of entries from which a table is searched by index:
// most grants are shorter than what a map costs.
const indexFrom = 24

// table is a list of entries, each item once.
type table struct {
	list  []entry
	index map[item]int // nil below indexFrom entries
}

// find returns the entry for an item, or nil.
func (t *table) find(wanted item) *entry {
	if wanted.kind == itemNone {
		return nil
	}
	if t.index != nil {
		if i, ok := t.index[wanted]; ok {
			return &t.list[i]
		}
		return nil
	}
	for i := range t.list {
		if t.list[i].item == wanted {
			return &t.list[i]
		}
	}
	return nil
}

// add appends an entry whose item the table does not hold.
func (t *table) add(e entry) {
	t.list = append(t.list, e)
	switch {
	case t.index != nil:
		t.index[e.item] = len(t.list) - 1
	case len(t.list) >= indexFrom:
		t.reindex()
	}
}

func (t *table) reindex() {
	t.index = nil
	if len(t.list) < indexFrom {
		return
	}
	t.index = make(map[item]int, 2*len(t.list))
	for i := range t.list {
		t.index[t.list[i].item] = i
	}
}

// ended reports whether no entry lives any more.
func (t *table) ended(now time.Time) bool {
	for i := range t.list {
		if !t.list[i].ended(now) {
			return false
		}
	}
	return true
}

// expire drops the entries whose time is over.
func (t *table) expire(now time.Time) {
	first := 0
	for first < len(t.list) && !t.list[first].ended(now) {
		first++
	}
	if first == len(t.list) {
		return
	}
	live := t.list[:first]
	for _, e := range t.list[first:] {
		if !e.ended(now) {
			live = append(live, e)
		}
	}
	t.list = live
	t.reindex()
}
