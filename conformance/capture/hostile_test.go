package capture_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch/browser"
)

// numbered repeats a text that contains a number, up to about n bytes.
func numbered(n int, text, separator string) string {
	var out strings.Builder
	for i := 0; out.Len() < n; i++ {
		if i > 0 {
			out.WriteString(separator)
		}
		fmt.Fprintf(&out, text, i)
	}
	return out.String()
}

// hostileInputs returns inputs of about n bytes that could be slow to read.
func hostileInputs() map[string]func(n int) string {
	return map[string]func(n int) string{
		"fetch-keys":    func(n int) string { return "fetch('a', {body: JSON.stringify({" + numbered(n, "k%d: 1", ",") + "})})" },
		"fetch-headers": func(n int) string { return "fetch('a', {headers: {" + numbered(n, "'x-%d': '1'", ",") + "}})" },
		"fetch-nested":  func(n int) string { return strings.Repeat("const a = () => { b = {c() { ", n/29) + "fetch('a')" },
		"fetch-in-itself": func(n int) string {
			return strings.Repeat("$.ajax({url: 'a', success() {", n/29) + strings.Repeat("}})", n/29)
		},
		"fetch-quotes":       func(n int) string { return "fetch('a'); " + strings.Repeat(`'"`+"`", n/3) },
		"fetch-declarations": func(n int) string { return strings.Repeat("const a = [1, ", n/14) + "\nfetch('a')" },
		"fetch-string":       func(n int) string { return "fetch('" + strings.Repeat(`\u00e9`, n/6) + "')" },
		"fetch-comments":     func(n int) string { return "fetch(" + strings.Repeat("/**/ //\n", n/8) + "'a')" },
		"curl-headers":       func(n int) string { return "curl https://b.test/ " + numbered(n, "-H 'x-%d: 1'", " ") },
		"curl-data":          func(n int) string { return "curl https://b.test/ " + strings.Repeat("-d x ", n/5) },
		"curl-cookies":       func(n int) string { return "curl https://b.test/ -b '" + numbered(n, "a%d=1", "; ") + "'" },
		"messages":           func(n int) string { return numbered(n, "GET /%d HTTP/1.1\nHost: b.test\n\nHTTP/1.1 200 OK\n\n", "\n") },
		"message-command":    func(n int) string { return "$ curl https://b.test/ " + strings.Repeat("\\\n -d x ", n/8) },
		"message-folded":     func(n int) string { return "GET / HTTP/1.1\nHost: b.test\nX: 1\n" + strings.Repeat(" x\n", n/3) + "\n" },
		"curl-quoted":        func(n int) string { return "curl https://b.test/ --data '" + strings.Repeat("([{$(`", n/6) + "'" },
		"curl-escaped":       func(n int) string { return "curl https://b.test/ --data $'" + strings.Repeat("it\\'s [{(", n/9) + "'" },
		"har-blanks":         func(n int) string { return harOf(goodEntry + strings.Repeat(" ", n)) },
		"har-number": func(n int) string {
			return harOf(strings.Replace(goodEntry, "{", `{"time":`+strings.Repeat("1", n)+",", 1))
		},
		"message-header": func(n int) string { return "GET / HTTP/1.1\nHost: b.test\n" + numbered(n, "X-%d: 1", "\n") + "\n\n" },
		"har-headers": func(n int) string {
			return harOf(strings.Replace(goodEntry, "[]", "["+numbered(n, `{"name":"x-%d","value":"1"}`, ",")+"]", 1))
		},
		"har-redirects": func(n int) string {
			const entry = `{"request":{"method":"GET","url":"https://b.test/%[1]d","headers":[{"name":"Origin","value":"https://a.test"}]},` +
				`"response":{"status":302,"headers":[{"name":"Access-Control-Allow-Origin","value":"*"},{"name":"Location","value":"/x"}]}}`
			return harOf(numbered(n, entry, ","))
		},
		"har-preflights": func(n int) string {
			const entry = `{"request":{"method":"OPTIONS","url":"https://b.test/","headers":[{"name":"Origin","value":"https://a.test"},{"name":"Access-Control-Request-Method","value":"PUT"}]},` +
				`"response":{"status":%d}}`
			return harOf(numbered(n, entry, ","))
		},
	}
}

// readCapture reads an input. The beginning of its name selects the reader.
func readCapture(t testing.TB, name, input string) {
	var err error
	switch kind, _, _ := strings.Cut(name, "-"); kind {
	case "fetch":
		_, err = capture.ParseFetch(input)
	case "curl":
		_, err = capture.ParseCurl(input)
	case "har":
		var har *capture.HAR
		if har, err = capture.ReadHAR(strings.NewReader(input)); err == nil {
			_, err = har.Judge(t.Context(), browser.Spec(), "")
		}
	default:
		var messages []capture.Message
		if messages, err = capture.ParseMessages(input); err == nil {
			_, err = capture.Exchanges(messages, "https")
		}
	}
	assert.NilError(t, err)
}

// A parser that calls itself for each bracket would overflow the stack, which no
// program survives.
func TestDeepNestingIsAnError(t *testing.T) {
	const n = 1 << 17
	for _, open := range []string{"( ", "(", "$(", "`", "\"$(", "${x:-", "{ ", "[", "$((", "\"`"} {
		_, err := capture.ParseCurl("curl " + strings.Repeat(open, n))
		assert.ErrorContains(t, err, "opening brackets", open)
	}
	for _, open := range []string{"[", "{a:", "(", "/*", "`${"} {
		_, err := capture.ParseFetch("fetch(" + strings.Repeat(open, n))
		assert.Assert(t, err != nil, open)
	}
	_, err := capture.ReadHAR(strings.NewReader(harOf(strings.Repeat("[", n))))
	assert.ErrorContains(t, err, "depth")
}

// TestHostileInputIsDoneWith uses sizes at which quadratic time would be longer than
// any test run. BenchmarkHostile measures the time per byte.
func TestHostileInputIsDoneWith(t *testing.T) {
	if testing.Short() {
		t.Skip("only large inputs show quadratic time")
	}
	for name, text := range hostileInputs() {
		t.Run(name, func(t *testing.T) { readCapture(t, name, text(1<<20)) })
	}
}

// BenchmarkHostile reports the time per byte of hostile inputs at several sizes.
// The time per byte should grow only a little.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostileInputs() {
		for _, size := range []int{1 << 14, 1 << 18, 1 << 22} {
			input := text(size)
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				for b.Loop() {
					readCapture(b, name, input)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(input)), "ns/byte")
			})
		}
	}
}
