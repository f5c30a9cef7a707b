package run_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server/syntax"
	"github.com/corsim/corsim/fetch/server/syntax/run"
)

func TestVars(t *testing.T) {
	outer := run.NewVars[string]()
	outer.Set("a", "outer")
	inner := outer.Inside()
	inner.Own["b"] = "inner"
	inner.Set("a", "changed")
	inner.Set("c", "new")

	a, _ := outer.Lookup("a")
	assert.Equal(t, a, "changed")
	b, _ := inner.Lookup("b")
	assert.Equal(t, b, "inner")
	_, isOutside := outer.Lookup("c")
	assert.Assert(t, !isOutside)
}

func TestEndsLoop(t *testing.T) {
	assert.Assert(t, run.EndsLoop(func() { panic(run.Jump{Word: "break"}) }))
	assert.Assert(t, !run.EndsLoop(func() { panic(run.Jump{Word: "continue"}) }))
	assert.Assert(t, !run.EndsLoop(func() {}))
}

func TestReturned(t *testing.T) {
	assert.Equal(t, run.Returned[int](func() { panic(run.Return[int]{Value: 7}) }), 7)
	assert.Equal(t, run.Returned[int](func() {}), 0)
}

func TestOtherPanicsPass(t *testing.T) {
	defer func() { assert.Equal(t, recover(), "stop") }()
	run.EndsLoop(func() { run.Returned[int](func() { panic("stop") }) })
}

func TestLoop(t *testing.T) {
	cond, body, post := &syntax.Bool{}, []syntax.Stmt{&syntax.Block{}}, []syntax.Stmt{&syntax.Block{}, &syntax.Block{}}
	rounds := func(st *syntax.Loop, most int) (checks, bodies, posts int) {
		run.Loop(st, func(c syntax.Expr) bool {
			if c != nil {
				checks++
			}
			return bodies < most
		}, func(list []syntax.Stmt) {
			switch len(list) {
			case 1:
				bodies++
			case 2:
				posts++
			}
		})
		return checks, bodies, posts
	}
	for _, row := range []struct {
		name                  string
		loop                  *syntax.Loop
		checks, bodies, posts int
	}{
		{"while", &syntax.Loop{Cond: cond, Body: body}, 3, 2, 0},
		{"do", &syntax.Loop{Cond: cond, Body: body, First: true}, 2, 2, 0},
		{"for", &syntax.Loop{Cond: cond, Body: body, Post: post}, 3, 2, 2},
		{"without-condition", &syntax.Loop{Body: body}, 0, 2, 0},
	} {
		checks, bodies, posts := rounds(row.loop, 2)
		assert.DeepEqual(t, []int{checks, bodies, posts}, []int{row.checks, row.bodies, row.posts})
	}
}
