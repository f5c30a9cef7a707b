package console_test

import (
	"testing"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain/console"
)

// BenchmarkPrint prints what each engine says about a response without CORS
// headers.
func BenchmarkPrint(b *testing.B) {
	for _, profile := range []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()} {
		b.Run(profile.Engine().String(), func(b *testing.B) {
			r := call(b, profile, "https://myapp.com/", server{"GET " + users: answer(403)}, simple)
			b.ReportAllocs()
			for b.Loop() {
				console.Print(r)
			}
		})
	}
}
