package browser

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/order"
	"github.com/corsim/corsim/origin"
)

// chromiumHeaderOrder sorts a request's headers as Chromium's hash table does,
// which also holds headers that Chromium itself adds. The order decides which
// header the message about a failed preflight names.
func chromiumHeaderOrder(req *fetch.Request, api API) {
	names := make([]string, 0, len(req.Header)+4)
	for _, h := range req.Header {
		names = append(names, fetch.ByteLowercase(h.Name))
	}
	if api == APIXHR {
		// An XMLHttpRequest has a hash table of its own, from which the request's
		// table is filled.
		names = newHeaderTable(names).names()
	} else {
		// The header list of fetch() is sorted.
		order.Stable(names, strings.Compare)
	}
	place := make(map[string]int)
	for i, name := range newHeaderTable(append(names, addedByChromium(req.CurrentURL())...)) {
		place[name] = i
	}
	order.Stable(req.Header, func(a, b fetch.Header) int {
		return place[fetch.ByteLowercase(a.Name)] - place[fetch.ByteLowercase(b.Name)]
	})
}

// addedByChromium returns the names that Chromium adds to the table, in order.
// Only potentially trustworthy URLs get client hints.
func addedByChromium(u origin.URL) []string {
	if !u.IsPotentiallyTrustworthy() {
		return []string{"user-agent"}
	}
	return []string{"sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "user-agent"}
}

// headerTable is an open hash table of lower-case names with quadratic
// probing; "" is an empty slot.
type headerTable []string

// newHeaderTable fills a table in order. It starts with eight slots and
// doubles them as soon as half of them are used.
func newHeaderTable(names []string) headerTable {
	t, taken := make(headerTable, 8), make(map[string]bool)
	for _, name := range names {
		if taken[name] {
			continue
		}
		taken[name] = true
		if t.insert(name); 2*len(taken) < len(t) {
			continue
		}
		wider := make(headerTable, 2*len(t))
		for _, old := range t {
			if old != "" {
				wider.insert(old)
			}
		}
		t = wider
	}
	return t
}

// names returns the names in the order of their slots.
func (t headerTable) names() []string {
	return slices.DeleteFunc(slices.Clone(t), func(name string) bool { return name == "" })
}

func (t headerTable) insert(name string) {
	i := int(caseFoldingHash(name))
	for probe := 1; t[i%len(t)] != ""; probe++ {
		i += probe
	}
	t[i%len(t)] = name
}

// caseFoldingHash is rapidhash (Nicolas De Carli, 2024) over the UTF-16 code
// units of a name in lower case, reduced to 24 bits.
func caseFoldingHash(name string) uint32 {
	const seed = 0xbdd89aa982704029
	return uint32(rapidhash(utf16Bytes(fetch.ByteLowercase(name)), seed)) & 0xffffff
}

// utf16Bytes returns ASCII as little-endian UTF-16.
func utf16Bytes(s string) []byte {
	b := make([]byte, 2*len(s))
	for i := range len(s) {
		b[2*i] = s[i]
	}
	return b
}

// rapidhash hashes an even number of bytes.
// https://github.com/Nicoshev/rapidhash
func rapidhash(p []byte, seed uint64) uint64 {
	const s0, s1, s2 = 0x2d358dccaa6c78a5, 0x8bb84b93962eacc9, 0x4b33a62ed433d4a3
	n := uint64(len(p))
	seed ^= mix(seed^s0, s1) ^ n
	var a, b uint64
	switch {
	case n > 16:
		rest := p
		if len(rest) > 48 {
			see1, see2 := seed, seed
			for ok := true; ok; ok = len(rest) >= 48 {
				seed = mix(read(rest, 0, 8)^s0, read(rest, 8, 8)^seed)
				see1 = mix(read(rest, 16, 8)^s1, read(rest, 24, 8)^see1)
				see2 = mix(read(rest, 32, 8)^s2, read(rest, 40, 8)^see2)
				rest = rest[48:]
			}
			seed ^= see1 ^ see2
		}
		if len(rest) > 16 {
			seed = mix(read(rest, 0, 8)^s2, read(rest, 8, 8)^seed^s1)
		}
		if len(rest) > 32 {
			seed = mix(read(rest, 16, 8)^s2, read(rest, 24, 8)^seed)
		}
		a, b = read(p, len(p)-16, 8), read(p, len(p)-8, 8)
	case n >= 4:
		delta := 0
		if n >= 8 {
			delta = 4
		}
		a = read(p, 0, 4)<<32 | read(p, len(p)-4, 4)
		b = read(p, delta, 4)<<32 | read(p, len(p)-4-delta, 4)
	case n > 0:
		a = read(p, 0, 2)
	}
	b, a = bits.Mul64(a^s1, b^seed)
	return mix(a^s0^n, b^s1)
}

// mix multiplies to 128 bits and folds the halves.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// read returns size bytes at an offset as a little-endian number.
func read(p []byte, offset, size int) (v uint64) {
	for i := size - 1; i >= 0; i-- {
		v = v<<8 | uint64(p[offset+i])
	}
	return v
}
