package cache

import (
	"iter"
	"time"

	"github.com/corsim/corsim/fetch"
)

// itemKind says what an entry is about.
type itemKind uint8

const (
	itemMethod itemKind = iota
	itemHeaderName
)

// item is what one entry grants: a method, or a header name in lower case,
// with or without credentials.
type item struct {
	kind        itemKind
	credentials bool
	name        string
}

// instant is a time in nanoseconds. Only differences between instants mean
// anything.
type instant int64

func instantOf(t time.Time) instant { return instant(t.UnixNano()) }

// entry is one cache entry.
// https://fetch.spec.whatwg.org/#cache-entry
type entry struct {
	item
	stored instant
	maxAge time.Duration
}

// ended reports whether the entry's max-age has passed since it was stored.
func (e *entry) ended(now instant) bool { return time.Duration(now-e.stored) >= e.maxAge }

// pattern says which entries match a method or a header name: those of that
// name and those of the asterisk, each as far as it counts among the entries
// granted without credentials (0) and with them (1).
type pattern struct {
	kind             itemKind
	name             string // a header name in any case
	named, asterisks [2]bool
}

// matches reports whether an entry is one of those.
// https://fetch.spec.whatwg.org/#concept-cache-match-method
// https://fetch.spec.whatwg.org/#concept-cache-match-header
func (p *pattern) matches(e *entry) bool {
	if e.kind != p.kind {
		return false
	}
	granted := byCredentials(e.credentials)
	return p.named[granted] && p.isName(e.name) || p.asterisks[granted] && e.name == "*"
}

func (p *pattern) isName(name string) bool {
	return name == p.name || p.kind == itemHeaderName && fetch.EqualFold(name, p.name)
}

// items returns what the entries that match can be about.
func (p *pattern) items() []item {
	out, name := make([]item, 0, 4), p.name
	if p.kind == itemHeaderName {
		name = fetch.ByteLowercase(name)
	}
	for _, credentials := range [...]bool{false, true} {
		granted := byCredentials(credentials)
		if p.named[granted] {
			out = append(out, item{kind: p.kind, credentials: credentials, name: name})
		}
		if p.asterisks[granted] && (p.name != "*" || !p.named[granted]) {
			out = append(out, item{kind: p.kind, credentials: credentials, name: "*"})
		}
	}
	return out
}

// byCredentials is the place in a pattern of what was granted with credentials or
// without.
func byCredentials(credentials bool) int {
	if credentials {
		return 1
	}
	return 0
}

// indexFrom is the number of entries from which a table is searched by index:
// most grants are shorter than what a map costs.
const indexFrom = 24

// table is a list of entries, each item once.
type table struct {
	list  []entry
	index map[item]int // nil below indexFrom entries
}

// matching goes through the entries that match a pattern.
func (t *table) matching(p *pattern) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		if t.index != nil {
			t.lookUp(p, yield)
			return
		}
		for i := range t.list {
			if e := &t.list[i]; p.matches(e) && !yield(e) {
				return
			}
		}
	}
}

// lookUp is matching by way of the index.
func (t *table) lookUp(p *pattern, yield func(*entry) bool) {
	for _, candidate := range p.items() {
		if i, ok := t.index[candidate]; ok && !yield(&t.list[i]) {
			return
		}
	}
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
func (t *table) ended(now instant) bool {
	for i := range t.list {
		if !t.list[i].ended(now) {
			return false
		}
	}
	return true
}

// expire drops the entries whose time is over.
func (t *table) expire(now instant) {
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
