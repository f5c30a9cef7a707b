package capture

import (
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// requestEntry and preflightEntry return entries for a method and a URL.
func requestEntry(method string, url int) HAREntry {
	return HAREntry{Request: fetch.WireRequest{Method: method, URL: origin.MustParseURL(fmt.Sprintf("https://b.test/%d", url))}}
}

func preflightEntry(method string, url int) HAREntry {
	e := requestEntry("OPTIONS", url)
	e.Request.Header = fetch.HeaderList{{Name: "Origin", Value: "https://a.test"}, {Name: fetch.HeaderRequestMethod, Value: method}}
	return e
}

func TestPairs(t *testing.T) {
	far := make([]HAREntry, pairWindow)
	for i := range far {
		far[i] = requestEntry("GET", 9)
	}
	for _, test := range []struct {
		name    string
		entries []HAREntry
		want    map[int]int // all other entries have no pair
	}{
		{name: "before", entries: []HAREntry{preflightEntry("PUT", 1), requestEntry("PUT", 1)}, want: map[int]int{0: 1, 1: 0}},
		{name: "behind", entries: []HAREntry{requestEntry("PUT", 1), preflightEntry("PUT", 1)}, want: map[int]int{0: 1, 1: 0}},
		{name: "other-method", entries: []HAREntry{requestEntry("PUT", 1), preflightEntry("POST", 1)}},
		{name: "other-url", entries: []HAREntry{requestEntry("PUT", 1), preflightEntry("PUT", 2)}},
		{
			name:    "each-has-one",
			entries: []HAREntry{preflightEntry("PUT", 1), preflightEntry("PUT", 1), requestEntry("PUT", 1), requestEntry("PUT", 1)},
			want:    map[int]int{0: 2, 2: 0, 1: 3, 3: 1},
		},
		{
			name:    "the-nearest",
			entries: []HAREntry{requestEntry("PUT", 1), requestEntry("PUT", 2), preflightEntry("PUT", 1), requestEntry("PUT", 1)},
			want:    map[int]int{2: 3, 3: 2},
		},
		{
			name:    "as-far-as-can-be",
			entries: append(append([]HAREntry{preflightEntry("PUT", 1)}, far[1:]...), requestEntry("PUT", 1)),
			want:    map[int]int{0: pairWindow, pairWindow: 0},
		},
		{name: "too-far", entries: append(append([]HAREntry{preflightEntry("PUT", 1)}, far...), requestEntry("PUT", 1))},
		{
			name:    "as-far-back",
			entries: append(append([]HAREntry{requestEntry("PUT", 1)}, far[1:]...), preflightEntry("PUT", 1)),
			want:    map[int]int{0: pairWindow, pairWindow: 0},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := HAR{Entries: test.entries}
			for i, got := range h.pairs() {
				want, ok := test.want[i]
				if !ok {
					want = -1
				}
				assert.Check(t, got == want, "entry %d: %d, not %d", i, got, want)
			}
		})
	}
}

// A stream has the same pairs as the list of all entries.
func TestPairsInAStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		methods := rapid.SampledFrom([]string{"PUT", "POST"})
		var h HAR
		for range rapid.IntRange(0, 4*pairWindow).Draw(t, "entries") {
			e := requestEntry
			if rapid.Bool().Draw(t, "preflight") {
				e = preflightEntry
			}
			h.Entries = append(h.Entries, e(methods.Draw(t, "method"), rapid.IntRange(0, 40).Draw(t, "url")))
		}
		got, want := h.pairs(), plainPairs(h.Entries)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("entry %d: %d, not %d", i, got[i], want[i])
			}
		}
	})
}

// plainPairs finds pairs with the simplest possible code.
func plainPairs(entries []HAREntry) []int {
	pairs := make([]int, len(entries))
	for i := range pairs {
		pairs[i] = -1
	}
	for p := range entries {
		if !entries[p].Request.IsPreflight() {
			continue
		}
		best, distance := -1, pairWindow+1
		for i := range entries {
			apart := max(i-p, p-i)
			if !entries[i].Request.IsPreflight() && pairs[i] < 0 && asksFor(&entries[p].Request, &entries[i].Request) && apart < distance {
				best, distance = i, apart
			}
		}
		if best >= 0 {
			pairs[best], pairs[p] = p, best
		}
	}
	return pairs
}
