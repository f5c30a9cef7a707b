package bulk_test

import (
	"context"
	"errors"
	"flag"
	"io"
	"runtime"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

var swollen = flag.Int64("swollen", 64<<20, "the length in bytes of the inputs of TestSwollenInputsTakeNoMemory")

// repeated is a reader of before, then of unit as often as it fits into size bytes,
// then of after.
func repeated(before, unit, after string, size int64) io.Reader {
	block := strings.Repeat(unit, 1+(64<<10)/len(unit))
	return io.MultiReader(strings.NewReader(before), &loop{block: block, left: size / int64(len(block))}, strings.NewReader(after))
}

// loop reads a block several times.
type loop struct {
	block string
	left  int64
	rest  string
}

func (l *loop) Read(p []byte) (int, error) {
	if l.rest == "" {
		if l.left == 0 {
			return 0, io.EOF
		}
		l.left--
		l.rest = l.block
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// TestSwollenInputsTakeNoMemory reads inputs in which one thing is as long as the
// input. The memory must not depend on it. With -swollen 4294967296 each has 4 GiB.
func TestSwollenInputsTakeNoMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads large inputs")
	}
	entry := `{"request":{"method":"GET","url":"https://b.test/","headers":[`
	log := `{"log":{"entries":[`
	for name, c := range map[string]struct{ before, unit, after string }{
		"blanks":             {log, " ", "]}}"},
		"lines":              {log, "\r\n", "]}}"},
		"string":             {log + entry + `{"name":"a","value":"`, "x", `"}]}}]}}`},
		"name":               {log + `{"`, "x", `":1}]}}`},
		"escapes":            {log + entry + `{"name":"a","value":"`, `\u00e9`, `"}]}}]}}`},
		"headers":            {log + entry + `{"name":"b","value":"c"}`, `,{"name":"a","value":"xxxxxxxxx"}`, `]}}]}}`},
		"deep":               {log, "[", ""},
		"keys":               {log + `{"a":1`, `,"a":1`, `}]}}`},
		"number":             {log + `{"time":1`, "1", `}]}}`},
		"pages":              {`{"log":{"pages":[{}`, `,{"id":"x","title":"https://a.test/` + strings.Repeat("y", 500) + `"}`, `],"entries":[]}}`},
		"other-members":      {`{"log":{"x":[1`, `,{"y":[2]}`, `],"entries":[]}}`},
		"no-har":             {`{"x":[1`, ",1", `]}`},
		"line":               {`{"page":"`, "x", `"}`},
		"line-of-blanks":     {"", " ", ""},
		"lines-of-scenarios": {`{"name":"x","server":{},"steps":[`, " ", "]}"},
	} {
		t.Run(name, func(t *testing.T) {
			var peak uint64
			watch := func() {
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				peak = max(peak, stats.HeapInuse)
			}
			runtime.GC()
			watch()
			before := peak
			in := &watched{repeated(c.before, c.unit, c.after, *swollen), watch, 0}
			r := bulk.Runner{Profile: browser.Spec(), Workers: 1}
			_, err := r.Run(context.Background(), in, "in", io.Discard)
			if _, ok := errors.AsType[*server.InputError](err); err != nil && !ok {
				t.Errorf("%v does not say what is wrong with the input", err)
			}
			// A line of up to 16 MiB is held whole, and copied once.
			assert.Check(t, peak < before+72<<20, "%d MiB", (peak-before)>>20)
		})
	}
}

// watched calls a function for each MiB that is read.
type watched struct {
	io.Reader
	watch func()
	read  int
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if before := w.read; (before+n)>>20 != before>>20 {
		w.watch()
	}
	w.read += n
	return n, err
}
