package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch/browser"
)

// lineSource generates lines of recorded exchanges, all different, and does not
// keep them.
type lineSource struct {
	next, end int
	text      []byte // the generated lines
	rest      []byte // the part of text that is not read yet
	read      int64  // the bytes read so far
}

// Read generates lines on demand.
func (s *lineSource) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		if s.next == s.end {
			return 0, io.EOF
		}
		s.text = s.text[:0]
		for range min(64, s.end-s.next) {
			s.text = appendRecording(s.text, s.next)
			s.next++
		}
		s.rest = s.text
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	s.read += int64(n)
	return n, nil
}

// peak is the largest heap of a bulk run.
type peak struct {
	bytes int64 // of the input
	took  time.Duration
	heap  uint64
}

// peakOf judges a number of lines on two goroutines.
func peakOf(lines int) peak {
	runtime.GC()
	var out peak
	var stats runtime.MemStats
	look := func(bulk.Tally) {
		runtime.ReadMemStats(&stats)
		out.heap = max(out.heap, stats.HeapInuse)
	}
	source := &lineSource{end: lines}
	b := bulk.Runner{Profile: browser.Spec(), Workers: 2, Progress: look}
	start := time.Now()
	tally, err := b.Run(context.Background(), source, "lines", io.Discard)
	must(err == nil && tally.Judged == lines, "bulk")
	out.took, out.bytes = time.Since(start), source.read
	return out
}

// memoryTable returns the memory of bulk runs, from 10,000 lines up to the given
// number.
func memoryTable(lines int) string {
	english := message.NewPrinter(language.English) // groups digits
	var out strings.Builder
	out.WriteString("| lines | input | largest heap | ratio to 10,000 lines |\n| --- | --- | --- | --- |\n")
	few := peakOf(10_000)
	for n := 10_000; ; n = min(10*n, lines) {
		p := peakOf(n)
		fmt.Fprintf(os.Stderr, "bench: %d lines in %v\n", n, p.took.Round(time.Millisecond))
		english.Fprintf(&out, "| %d | %.0f MB | %.1f MB | %.2f |\n", n, float64(p.bytes)/1e6, float64(p.heap)/1e6, float64(p.heap)/float64(few.heap))
		if n >= lines {
			return out.String()
		}
	}
}
