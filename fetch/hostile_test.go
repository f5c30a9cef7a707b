package fetch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// many returns n headers whose names have the same length; they are not sorted.
func many(n int) fetch.HeaderList {
	l := make(fetch.HeaderList, n)
	for i := range l {
		l[i] = fetch.Header{Name: fmt.Sprintf("X-%07d", i*7919%n), Value: "1"}
	}
	return l
}

type hostileShape struct {
	name string
	make func(n int) func() // the function to time, with an input of about n bytes
}

func hostileShapes() []hostileShape {
	value := func(name string, make func(n int) string, run func(fetch.HeaderList)) func(int) func() {
		return func(n int) func() {
			l := fetch.HeaderList{{Name: name, Value: make(n)}}
			return func() { run(l) }
		}
	}
	repeat := func(s string) func(int) string { return func(n int) string { return strings.Repeat(s, n/len(s)) } }
	split := func(l fetch.HeaderList) { l.GetDecodeSplit("A") }
	extract := func(l fetch.HeaderList) { fetch.ExtractHeaderListValues(fetch.HeaderAllowHeaders, l) }
	mimeType := func(l fetch.HeaderList) { fetch.ExtractMIMEType(l) }
	return []hostileShape{
		{name: "unsafe-names", make: func(n int) func() {
			l := many(n / 10)
			return func() { fetch.Safelist{}.UnsafeNames(l) }
		}},
		{name: "sum-too-long", make: func(n int) func() {
			l := make(fetch.HeaderList, n/10)
			for i := range l {
				l[i] = fetch.Header{Name: "Accept", Value: "0123"}
			}
			return func() { fetch.Safelist{}.UnsafeNames(l) }
		}},
		{name: "sort-and-combine", make: func(n int) func() {
			l := many(n / 10)
			return func() { l.SortAndCombine() }
		}},
		{name: "one-name", make: func(n int) func() {
			l := make(fetch.HeaderList, n/10)
			for i := range l {
				l[i] = fetch.Header{Name: fetch.HeaderAllowHeaders, Value: "x-abcdefgh"}
			}
			return func() { l.Get(fetch.HeaderAllowHeaders); l.SortAndCombine(); extract(l) }
		}},
		{name: "split-commas", make: value("A", repeat(","), split)},
		{name: "split-quotes", make: value("A", repeat(`"`), split)},
		{name: "split-escapes", make: value("A", func(n int) string { return `"` + strings.Repeat(`\"`, n/2) }, split)},
		{name: "extract-commas", make: value(fetch.HeaderAllowHeaders, repeat(", "), extract)},
		{name: "extract-names", make: value(fetch.HeaderAllowHeaders, repeat("x-abc,"), extract)},
		{name: "mime-parameters", make: func(n int) func() {
			var b strings.Builder
			b.WriteString("a/b")
			for i := range n / 10 {
				fmt.Fprintf(&b, ";p%06d=1", i)
			}
			s := b.String()
			return func() {
				m, _ := fetch.ParseMIMEType(s)
				_ = m.String()
			}
		}},
		{name: "mime-quotes", make: value("Content-Type", func(n int) string { return `a/b;x="` + strings.Repeat(`\`, n) }, mimeType)},
		{name: "mime-semicolons", make: value("Content-Type", func(n int) string { return "a/b" + strings.Repeat(";", n) }, mimeType)},
		{name: "mime-many-types", make: value("Content-Type", repeat("a/b;charset=x,a/b,"), mimeType)},
		{name: "range-digits", make: func(n int) func() {
			s := "bytes=" + strings.Repeat("0", n/2) + "-" + strings.Repeat("9", n/2)
			return func() { fetch.ParseSingleRange(s); fetch.ParseSingleRangeLenient(s) }
		}},
		{name: "data-url", make: func(n int) func() {
			u := origin.MustParseURL("data:x/x" + strings.Repeat(";a", n/2) + " ;  base64," + strings.Repeat("%41", n/3))
			return func() { fetch.ProcessDataURL(u) }
		}},
	}
}

// TestHostileInputIsFast uses sizes at which quadratic time would exceed the
// limit of any test run. BenchmarkHostile reports the time per byte.
func TestHostileInputIsFast(t *testing.T) {
	if testing.Short() {
		t.Skip("only large inputs show quadratic time")
	}
	for _, shape := range hostileShapes() {
		t.Run(shape.name, func(*testing.T) { shape.make(1 << 20)() })
	}
}

// BenchmarkHostile reports the time per byte of inputs that try to be slow, at
// growing sizes; it should not grow much.
func BenchmarkHostile(b *testing.B) {
	for _, shape := range hostileShapes() {
		for _, size := range []int{1 << 12, 1 << 16, 1 << 20} {
			f := shape.make(size)
			b.Run(fmt.Sprintf("%s/%d", shape.name, size), func(b *testing.B) {
				for b.Loop() {
					f()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/byte")
			})
		}
	}
}
