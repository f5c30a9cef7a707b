package browser

import (
	"slices"

	"github.com/corsim/corsim/origin"
)

// cookieWriter puts cookies into a store, all those of one response. It changes
// no cookie in place that results may hold on to.
type cookieWriter struct {
	cookieStore
	owned bool // nobody else has the list
	// index tells where a cookie is, and secure where the Secure cookies of a name
	// are; nil looks through the list, which is quicker for a few.
	index  map[cookieKey]int
	secure map[string][]int
}

// cookieKey is what tells the cookies of a store apart.
type cookieKey struct {
	name, domain, path, partition string
	hostOnly                      bool
}

func (k *cookie) key() cookieKey {
	return cookieKey{name: k.name, domain: k.domain, path: k.path, partition: k.partition, hostOnly: k.hostOnly}
}

// manyCookies is from how many cookies on an index is made.
const manyCookies = 16

// write returns a writer for so many cookies. What it makes of the store is in
// [cookieWriter.done].
func (s cookieStore) write(n int) *cookieWriter {
	w := &cookieWriter{cookieStore: s}
	if n < manyCookies {
		return w
	}
	w.index, w.secure = make(map[cookieKey]int, len(s.cookies)+n), make(map[string][]int)
	for i := range s.cookies {
		w.note(i)
	}
	return w
}

// note notes in the index a cookie that is new in its place.
func (w *cookieWriter) note(i int) {
	if w.index == nil {
		return
	}
	k := &w.cookies[i]
	w.index[k.key()] = i
	if k.secure {
		w.secure[k.name] = append(w.secure[k.name], i)
	}
}

// find returns where the cookie is that a new one takes the place of, or -1.
func (w *cookieWriter) find(key cookieKey) int {
	if w.index == nil {
		return slices.IndexFunc(w.cookies, func(k cookie) bool { return !k.gone && k.key() == key })
	}
	if i, ok := w.index[key]; ok && !w.cookies[i].gone {
		return i
	}
	return -1
}

// hasSecure reports whether there is a Secure cookie that a new one from an
// insecure URL would overlay.
func (w *cookieWriter) hasSecure(k cookie, u origin.URL) bool {
	overlays := func(old *cookie) bool {
		return !old.gone && old.secure && old.name == k.name && domainMatch(u, old.domain) && pathMatch(k.path, old.path)
	}
	if w.index != nil {
		return slices.ContainsFunc(w.secure[k.name], func(i int) bool { return overlays(&w.cookies[i]) })
	}
	for i := range w.cookies {
		if overlays(&w.cookies[i]) {
			return true
		}
	}
	return false
}

// put adds a cookie in the place of one with the same name, domain and path. One
// that has ended takes it away.
func (w *cookieWriter) put(k cookie, c cookieContext) {
	i, ended := w.find(k.key()), k.persistent && !c.now.Before(k.expires)
	switch {
	case i >= 0:
		if !w.owned {
			w.cookies, w.owned = slices.Clone(w.cookies), true
		}
		k.creationRank, k.gone = w.cookies[i].creationRank, ended
		w.cookies[i] = k
	case !ended:
		w.rank++
		k.creationRank = w.rank
		w.cookies = append(w.cookies, k)
		i = len(w.cookies) - 1
	default:
		return
	}
	w.note(i)
}

// done returns the store with all that was put into it.
func (w *cookieWriter) done() cookieStore {
	if w.owned {
		w.cookies = slices.DeleteFunc(w.cookies, func(k cookie) bool { return k.gone })
	}
	return w.cookieStore
}
