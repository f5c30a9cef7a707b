package cookie

import (
	"slices"

	"github.com/corsim/corsim/origin"
)

// writer stores the cookies of one response in a jar. It changes no cookie of
// the jar in place, because snapshots share them.
type writer struct {
	Jar
	copied bool // this writer has copied the list
	// index maps a cookie's key to its index in the list, and secure maps a
	// name to the indexes of its Secure cookies. Without them the list is
	// searched, which is faster for a few cookies.
	index  map[key]int
	secure map[string][]int
}

// key identifies a cookie in a jar.
type key struct {
	name, domain, path, partition string
	hostOnly                      bool
}

func (k *stored) key() key {
	return key{name: k.Name, domain: k.Domain, path: k.Path, partition: k.partition, hostOnly: k.HostOnly}
}

// manyCookies is the number of cookies from which a writer has an index.
const manyCookies = 16

// write returns a writer for n cookies; [writer.done] returns the new jar.
func (j *Jar) write(n int) *writer {
	w := &writer{Jar: *j}
	if n < manyCookies {
		return w
	}
	w.index, w.secure = make(map[key]int, len(j.cookies)+n), make(map[string][]int)
	for i := range j.cookies {
		w.addToIndex(i)
	}
	return w
}

// addToIndex adds a cookie of the list to the index.
func (w *writer) addToIndex(i int) {
	if w.index == nil {
		return
	}
	k := &w.cookies[i]
	w.index[k.key()] = i
	if k.Secure {
		w.secure[k.Name] = append(w.secure[k.Name], i)
	}
}

// find returns the index of the cookie that a new one replaces, or -1.
func (w *writer) find(wanted key) int {
	if w.index == nil {
		return slices.IndexFunc(w.cookies, func(k stored) bool { return !k.removed && k.key() == wanted })
	}
	if i, ok := w.index[wanted]; ok && !w.cookies[i].removed {
		return i
	}
	return -1
}

// overlaysSecure reports whether a cookie from an insecure URL would overlay a
// Secure cookie.
func (w *writer) overlaysSecure(k *stored, u origin.URL) bool {
	overlaid := func(old *stored) bool {
		return !old.removed && old.Secure && old.Name == k.Name && domainMatch(u, old.Domain) && pathMatch(k.Path, old.Path)
	}
	if w.index != nil {
		return slices.ContainsFunc(w.secure[k.Name], func(i int) bool { return overlaid(&w.cookies[i]) })
	}
	for i := range w.cookies {
		if overlaid(&w.cookies[i]) {
			return true
		}
	}
	return false
}

// put stores a cookie, and replaces the one with the same name, domain and
// path. A cookie that has ended only removes the old one.
func (w *writer) put(k stored, c Context) {
	i, ended := w.find(k.key()), k.expired(c.now)
	switch {
	case i >= 0:
		if !w.copied {
			w.cookies, w.copied = slices.Clone(w.cookies), true
		}
		k.creationRank, k.removed = w.cookies[i].creationRank, ended
		w.cookies[i] = k
	case !ended:
		w.rank++
		k.creationRank = w.rank
		w.cookies = append(w.cookies, k)
		i = len(w.cookies) - 1
	default:
		return
	}
	w.addToIndex(i)
}

// done returns the jar with all stored cookies.
func (w *writer) done() Jar {
	if w.copied {
		w.cookies = slices.DeleteFunc(w.cookies, func(k stored) bool { return k.removed })
	}
	return w.Jar
}
