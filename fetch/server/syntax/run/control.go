package run

import "github.com/corsim/corsim/fetch/server/syntax"

// Jump is the panic of break and continue: it leaves the body of a loop.
type Jump struct {
	// Word is "break" or "continue".
	Word string
}

// Return is the panic of return: it leaves a function with a value.
type Return[V any] struct{ Value V }

// EndsLoop runs the body of a loop or of a switch. It reports whether a break left it, so
// that the loop ends.
func EndsLoop(body func()) (ends bool) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case Jump:
			ends = e.Word == "break"
		default:
			panic(e)
		}
	}()
	body()
	return false
}

// Returned runs the body of a function and returns the value that it returns; the zero value
// if it returns none.
func Returned[V any](body func()) (value V) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case Return[V]:
			value = e.Value
		default:
			panic(e)
		}
	}()
	body()
	return value
}

// Loop runs while, do and for with three parts, without the part that sets up the loop.
// Before each round it calls goesOn with the loop's condition, or with nil where the round
// has none to check. It calls body for the statements of the loop, and for those between two
// rounds.
func Loop(st *syntax.Loop, goesOn func(cond syntax.Expr) bool, body func([]syntax.Stmt)) {
	cond := st.Cond
	if st.First {
		cond = nil
	}
	for goesOn(cond) {
		if EndsLoop(func() { body(st.Body) }) {
			return
		}
		body(st.Post)
		cond = st.Cond
	}
}

// Arithmetic returns the value of a comparison (a bool) or of "*" and "-" (a float64) with
// two numbers. ok is false for other operators.
func Arithmetic(op string, x, y float64) (value any, ok bool) {
	switch op {
	case "<":
		return x < y, true
	case ">":
		return x > y, true
	case "<=":
		return x <= y, true
	case ">=":
		return x >= y, true
	case "*":
		return x * y, true
	case "-":
		return x - y, true
	}
	return nil, false
}
