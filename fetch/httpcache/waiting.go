package httpcache

// waiting are changes of a cache that are not made yet.
//
// Most responses are silent: only the modes "force-cache" and "only-if-cached" get them
// from the cache, which few pages ask for. So they wait, which costs next to nothing,
// until a request could be answered by one of them or by what they take the place of.
type waiting struct {
	changes []change
	size    int // in bytes
}

// change is a response that is to be stored, or without a response the removal of one.
type change struct {
	key    Key
	stored Stored
	size   int // in bytes
}

// maxWaiting is the most changes that wait.
const maxWaiting = 1024

// wait adds a change to those that wait. If they are too many, they are made; in a cache
// that has nothing else, the oldest go.
func (c *Cache) wait(next change) {
	w := &c.waiting
	next.size = fixedSize
	if next.stored.WireResponse != nil {
		next.size = sizeOf(next.key, &next.stored)
	}
	w.changes, w.size = append(w.changes, next), w.size+next.size
	for w.size > Capacity || len(w.changes) > maxWaiting {
		if len(c.entries) > 0 {
			c.settle()
			return
		}
		w.dropHalf()
	}
}

// dropHalf drops the older half of the changes.
func (w *waiting) dropHalf() {
	old := (len(w.changes) + 1) / 2
	for i := range old {
		w.size -= w.changes[i].size
	}
	rest := copy(w.changes, w.changes[old:])
	clear(w.changes[rest:])
	w.changes = w.changes[:rest]
}

// settle makes the changes that wait.
func (c *Cache) settle() {
	w := &c.waiting
	for i := range w.changes {
		if next := &w.changes[i]; next.stored.WireResponse != nil {
			c.put(next.key, next.stored)
		} else if e := c.entries[next.key]; e != nil {
			c.remove(e)
		}
	}
	clear(w.changes)
	w.changes, w.size = w.changes[:0], 0
}

// forget removes what is stored for a key. In a cache that has nothing else than changes
// that wait, the removal waits, too.
func (c *Cache) forget(k Key) {
	if len(c.entries) == 0 {
		if len(c.waiting.changes) > 0 {
			c.wait(change{key: k})
		}
		return
	}
	c.settle()
	if e := c.entries[k]; e != nil {
		c.remove(e)
	}
}
