// Package sample has steps.
package sample

// F adds.
func F(a, b int) int {
	// Step 1: add.
	a += b
	// Step 2: a negative sum is none.
	if a < 0 {
		return 0
	}
	// Skipped 3: there is no limit.
	return a
}
