package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

type named string

func (n named) CheckName() string { return string(n) }

func TestOrder(t *testing.T) {
	standard := fetch.Order[named]{"a", "b", "c"}
	for name, c := range map[string]struct {
		got  fetch.Order[named]
		want []string
	}{
		"insert-first":       {standard.Insert("x", fetch.First()), []string{"x", "a", "b", "c"}},
		"insert-before":      {standard.Insert("x", fetch.Before("b")), []string{"a", "x", "b", "c"}},
		"insert-after":       {standard.Insert("x", fetch.After("c")), []string{"a", "b", "c", "x"}},
		"insert-last":        {standard.Insert("x", fetch.Last()), []string{"a", "b", "c", "x"}},
		"move-up":            {standard.Move("c", fetch.Before("a")), []string{"c", "a", "b"}},
		"move-down":          {standard.Move("a", fetch.After("b")), []string{"b", "a", "c"}},
		"move-to-the-first":  {standard.Move("b", fetch.First()), []string{"b", "a", "c"}},
		"move-to-the-last":   {standard.Move("b", fetch.Last()), []string{"a", "c", "b"}},
		"remove":             {standard.Remove("b"), []string{"a", "c"}},
		"change":             {standard.Change("b", func(n named) named { return n + n }), []string{"a", "bb", "c"}},
		"one-after-another":  {standard.Remove("a").Insert("a", fetch.After("c")).Move("c", fetch.First()), []string{"c", "b", "a"}},
		"the-old-list-stays": {standard, []string{"a", "b", "c"}},
	} {
		t.Run(name, func(t *testing.T) { assert.DeepEqual(t, c.got.Names(), c.want) })
	}
}

// TestOrderPanics checks that an unknown name and a repeated name panic.
func TestOrderPanics(t *testing.T) {
	standard := fetch.Order[named]{"a", "b"}
	for name, mistake := range map[string]func(){
		"insert-before-none": func() { standard.Insert("x", fetch.Before("y")) },
		"insert-twice":       func() { standard.Insert("a", fetch.First()) },
		"remove-none":        func() { standard.Remove("y") },
		"move-none":          func() { standard.Move("y", fetch.First()) },
		"move-before-itself": func() { standard.Move("a", fetch.Before("a")) },
		"change-none":        func() { standard.Change("y", func(n named) named { return n }) },
	} {
		t.Run(name, func(t *testing.T) { assert.Check(t, is.Panics(mistake)) })
	}
}
