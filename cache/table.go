package cache

import (
	"iter"
	"time"

	"github.com/corsim/corsim/fetch"
)

// itemKind says whether an entry is about a method or a header name.
type itemKind uint8

const (
	itemMethod itemKind = iota
	itemHeaderName
)

// item is what one entry grants: a method, or a header name in lower case, with
// or without credentials.
type item struct {
	kind        itemKind
	credentials bool
	name        string
}

// instant is a time in nanoseconds. Only differences between instants have a
// meaning.
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

// pattern describes the entries that match a method or a header name. named and
// asterisks say whether entries with that name and entries with the asterisk
// match: index 0 for those granted without credentials, index 1 for those
// granted with them.
type pattern struct {
	kind             itemKind
	name             string // a header name in any case
	named, asterisks [2]bool
}

// matches reports whether an entry matches the pattern.
// https://fetch.spec.whatwg.org/#concept-cache-match-method
// https://fetch.spec.whatwg.org/#concept-cache-match-header
func (p *pattern) matches(e *entry) bool {
	if e.kind != p.kind {
		return false
	}
	granted := credentialsIndex(e.credentials)
	return p.named[granted] && p.isName(e.name) || p.asterisks[granted] && e.name == "*"
}

func (p *pattern) isName(name string) bool {
	return name == p.name || p.kind == itemHeaderName && fetch.EqualFold(name, p.name)
}

// items returns all items that match the pattern, some of them twice.
func (p *pattern) items() []item {
	out, name := make([]item, 0, 4), p.name
	if p.kind == itemHeaderName {
		name = fetch.ByteLowercase(name)
	}
	for _, credentials := range [...]bool{false, true} {
		granted := credentialsIndex(credentials)
		if p.named[granted] {
			out = append(out, item{kind: p.kind, credentials: credentials, name: name})
		}
		if p.asterisks[granted] {
			out = append(out, item{kind: p.kind, credentials: credentials, name: "*"})
		}
	}
	return out
}

// credentialsIndex returns the index in a pattern's arrays.
func credentialsIndex(credentials bool) int {
	if credentials {
		return 1
	}
	return 0
}

// minIndexed is the number of entries from which a table has an index. A
// shorter list is searched, which costs less than a map.
const minIndexed = 24

// table is a list of entries in which no item is repeated.
type table struct {
	list  []entry
	index map[item]int // nil with fewer than minIndexed entries
}

// matching yields the entries that match a pattern, some of them twice.
func (t *table) matching(p *pattern) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		if t.index != nil {
			t.matchingByIndex(p, yield)
			return
		}
		for i := range t.list {
			if e := &t.list[i]; p.matches(e) && !yield(e) {
				return
			}
		}
	}
}

// matchingByIndex is matching for a table with an index.
func (t *table) matchingByIndex(p *pattern, yield func(*entry) bool) {
	for _, candidate := range p.items() {
		if i, ok := t.index[candidate]; ok && !yield(&t.list[i]) {
			return
		}
	}
}

// add appends an entry whose item is not in the table.
func (t *table) add(e entry) {
	t.list = append(t.list, e)
	switch {
	case t.index != nil:
		t.index[e.item] = len(t.list) - 1
	case len(t.list) >= minIndexed:
		t.reindex()
	}
}

func (t *table) reindex() {
	t.index = nil
	if len(t.list) < minIndexed {
		return
	}
	t.index = make(map[item]int, len(t.list))
	for i := range t.list {
		t.index[t.list[i].item] = i
	}
}

// allEnded reports whether all entries have ended.
func (t *table) allEnded(now instant) bool {
	for i := range t.list {
		if !t.list[i].ended(now) {
			return false
		}
	}
	return true
}

// expire removes the entries that have ended.
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
