package sample

import "testing"

func TestSum(t *testing.T) {
	for _, c := range [][4]int{{1, 0, 0, 0}, {6, 1, -6, 3}, {7, 4, -2, 2}, {20, 1, -72, 9}, {20, 0, 0, 0}, {17, 1, -72, 9}, {18, -1, -72, 9}} {
		if sum, seen := Sum(c[0], c[1]); sum != c[2] || len(seen) != c[3] {
			t.Errorf("%v: %d %d", c, sum, len(seen))
		}
	}
}

func TestOthers(t *testing.T) {
	if Count(9) != 8 || Count(0) != 0 || Larger(1, 2) != 2 || Larger(2, 1) != 2 {
		t.Error("wrong")
	}
}
