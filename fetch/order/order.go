// Package order sorts lists. The sorts of package slices are made for each type of
// element anew, ten kilobytes each time, which a WebAssembly module has to carry.
package order

import "strings"

// short is the length of lists that are sorted by insertion.
const short = 20

// Stable sorts a list in place; equal elements stay in order. compare returns a negative
// number if a comes before b, and zero if they are equal. It allocates nothing for lists
// of up to 20 elements.
func Stable[T any](list []T, compare func(a, b T) int) {
	if len(list) <= short {
		insert(list, compare)
		return
	}
	merge(list, make([]T, (len(list)+1)/2), compare)
}

// insert sorts by insertion.
func insert[T any](list []T, compare func(a, b T) int) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && compare(list[j], list[j-1]) < 0; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// merge sorts the halves of a list and merges them, with a buffer for the first half.
func merge[T any](list, buffer []T, compare func(a, b T) int) {
	if len(list) <= short {
		insert(list, compare)
		return
	}
	middle := len(list) / 2
	merge(list[:middle], buffer, compare)
	merge(list[middle:], buffer, compare)
	first := buffer[:copy(buffer, list[:middle])]
	for i, second := 0, list[middle:]; len(first) > 0; i++ {
		if len(second) > 0 && compare(second[0], first[0]) < 0 {
			list[i], second = second[0], second[1:]
		} else {
			list[i], first = first[0], first[1:]
		}
	}
}

// Keys returns the keys of a map in the order of their bytes.
func Keys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	Stable(keys, strings.Compare)
	return keys
}
