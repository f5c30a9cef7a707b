package order

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
)

// The result is that of package slices, for lists of all lengths around the limit.
func TestStable(t *testing.T) {
	type pair struct{ key, place int }
	random := rand.New(rand.NewPCG(1, 2))
	for length := range 3 * short {
		for _, keys := range []int{1, 3, 1000} {
			list := make([]pair, length)
			for i := range list {
				list[i] = pair{random.IntN(keys), i}
			}
			byKey := func(a, b pair) int { return a.key - b.key }
			want := slices.Clone(list)
			slices.SortStableFunc(want, byKey)
			Stable(list, byKey)
			assert.Assert(t, slices.Equal(list, want), "%v", list)
		}
	}
}

func TestStableAllocatesNothingForShortLists(t *testing.T) {
	list := make([]int, short)
	allocations := testing.AllocsPerRun(10, func() {
		for i := range list {
			list[i] = -i
		}
		Stable(list, func(a, b int) int { return a - b })
	})
	assert.Equal(t, allocations, 0.0)
}

func TestKeys(t *testing.T) {
	assert.DeepEqual(t, Keys(map[string]int{"b": 1, "a": 2, "B": 3}), []string{"B", "a", "b"})
	assert.DeepEqual(t, Keys(map[string]int{}), []string{})
}
