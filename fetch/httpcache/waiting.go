package httpcache

import (
	"slices"

	"github.com/corsim/corsim/fetch"
)

// waiting are changes of a cache that are not made yet.
//
// Most responses are silent: only the modes "force-cache" and "only-if-cached" get them
// from the cache, which few pages ask for. So they wait, which costs next to nothing,
// until a request could be answered by one of them or by what they take the place of.
//
// They wait in two lists. When the newer one is full, the older one goes.
type waiting struct {
	older, newer         []change
	olderSize, newerSize int // in bytes
}

// change is a silent response that is to be stored, or without a response the removal of one.
type change struct {
	response    *fetch.WireResponse
	varying     varying
	credentials bool
	found       found
	key         Key
}

// maxWaiting is the most changes that wait.
const maxWaiting = 1024

// isEmpty reports whether nothing waits.
func (w *waiting) isEmpty() bool { return len(w.newer) == 0 && len(w.older) == 0 }

// wait adds a change of a size in bytes to those that wait, and returns it to be filled. If
// they are too many, they are made; in a cache that has nothing else, the oldest go.
func (c *Cache) wait(size int) *change {
	w := &c.waiting
	if len(w.newer) == maxWaiting/2 || w.newerSize+size > Capacity/2 {
		c.makeRoom(size)
	}
	if c.content.Load() == hasNothing {
		c.content.Store(hasSilent)
	}
	n := len(w.newer)
	w.newer, w.newerSize = slices.Grow(w.newer, 1)[:n+1], w.newerSize+size
	return &w.newer[n]
}

// makeRoom makes room for a change of a size in bytes.
func (c *Cache) makeRoom(size int) {
	if len(c.entries) > 0 {
		c.settle()
		return
	}
	w := &c.waiting
	w.dropOlder()
	if w.olderSize+size > Capacity {
		w.dropOlder()
	}
}

// dropOlder drops the older list. The newer one takes its place.
func (w *waiting) dropOlder() {
	clear(w.older)
	w.older, w.newer = w.newer, w.older[:0]
	w.olderSize, w.newerSize = w.newerSize, 0
}

// settle makes the changes that wait.
func (c *Cache) settle() {
	w := &c.waiting
	if w.isEmpty() {
		return
	}
	for _, list := range [...][]change{w.older, w.newer} {
		for i := range list {
			c.apply(&list[i])
		}
		clear(list)
	}
	*w = waiting{older: w.older[:0], newer: w.newer[:0]}
	c.noteContent()
}

// apply makes a change.
func (c *Cache) apply(w *change) {
	if w.response != nil {
		c.put(w.key, &Stored{
			Received: Received{WireResponse: w.response, RequestHeader: w.varying.list(), Credentials: w.credentials}, found: w.found,
		})
	} else if e := c.entries[w.key]; e != nil {
		c.remove(e)
	}
}

// forget removes what is stored for a key. In a cache that has nothing else than changes
// that wait, the removal waits, too.
func (c *Cache) forget(k Key) {
	if len(c.entries) == 0 {
		if !c.waiting.isEmpty() {
			c.wait(fixedSize).key = k
		}
		return
	}
	c.settle()
	if e := c.entries[k]; e != nil {
		c.remove(e)
	}
	c.noteContent()
}
