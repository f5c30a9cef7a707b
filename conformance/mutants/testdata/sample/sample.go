// Package sample has a site of each kind for the tests of the command mutants.
package sample

// mask is a constant: it has no mutants.
const mask = 1 << 4

// Sum adds the even numbers below a limit, and stops at a number.
func Sum(limit, stop int) (sum int, seen string) {
	for i := 0; i < limit; i++ {
		if i%2 == 1 {
			continue
		}
		if i == stop || i > mask && stop != 0 {
			break
		}
		sum = sum + -i
		seen = seen + "." // an addition of texts has no mutants
	}
	return sum, seen
}

// Count counts down.
func Count(n int) (steps int) {
	for {
		if n--; n < 0 {
			return steps
		}
		if n == 7 {
			continue // the loop has no condition: no mutant
		}
		steps++
	}
}

// Larger returns the larger number.
func Larger(a, b int) int {
	if a > b {
		return a
	}
	return b
}
