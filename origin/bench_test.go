package origin_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/corsim/corsim/origin"
)

// commonURLs returns ten URLs as pages contain them.
func commonURLs() []string {
	return []string{
		"https://example.com/",
		"https://www.example.com/index.html",
		"https://api.example.com/v1/users/42?fields=name,email&limit=10",
		"http://localhost:3000/api/items",
		"https://cdn.example.net/assets/app.3f2a1c.js",
		"https://en.wikipedia.org/wiki/Same-origin_policy#Rules_for_origin",
		"https://fonts.example.com/css2?family=Roboto:wght@400;700&display=swap",
		"http://127.0.0.1:8080/health",
		"https://user:secret@git.example.com/team/project.git",
		"https://shop.example.co.uk/search?q=blue%20shoes&page=2",
	}
}

func originHeaders() []string {
	return []string{"https://example.com", "https://www.example.com:8443", "http://localhost:3000"}
}

// each times f on every input in turn. It reports the time, and its ratio to
// the time that net/url.Parse takes for the same inputs in the same run.
func each(b *testing.B, inputs []string, f func(string) error) {
	b.Helper()
	run := func(f func(string) error) time.Duration {
		start := time.Now()
		for range b.N {
			for _, input := range inputs {
				if err := f(input); err != nil {
					b.Fatal(err)
				}
			}
		}
		return time.Since(start)
	}
	b.ReportAllocs()
	b.ResetTimer()
	ours := run(f)
	b.StopTimer()
	theirs := run(func(s string) error {
		_, err := url.Parse(s)
		return err
	})
	b.ReportMetric(float64(ours)/float64(theirs), "ratio-to-net/url")
}

func BenchmarkParseOrigin(b *testing.B) {
	each(b, originHeaders(), func(s string) error {
		_, err := origin.ParseOrigin(s)
		return err
	})
}

func BenchmarkParseURL(b *testing.B) {
	parse := func(s string) error {
		_, err := origin.ParseURL(s)
		return err
	}
	b.Run("all", func(b *testing.B) { each(b, commonURLs(), parse) })
	for _, input := range commonURLs() {
		b.Run(strings.ReplaceAll(input, "/", "_"), func(b *testing.B) { each(b, []string{input}, parse) })
	}
}

func BenchmarkURLOrigin(b *testing.B) {
	u := origin.MustParseURL("https://api.example.com:8443/v1/users/42?fields=name")
	b.ReportAllocs()
	for b.Loop() {
		_ = u.Origin().String()
	}
}

// BenchmarkHostile reports the time per byte of inputs that try to make a
// parser slow, at growing sizes; it should not grow.
func BenchmarkHostile(b *testing.B) {
	for _, shape := range hostileShapes() {
		for _, size := range []int{1 << 10, 1 << 14, 1 << 18} {
			input := shape.make(size)
			b.Run(fmt.Sprintf("%s/%d", shape.name, size), func(b *testing.B) {
				for b.Loop() {
					_, _ = origin.ParseURL(input)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(input)), "ns/byte")
			})
		}
	}
}
