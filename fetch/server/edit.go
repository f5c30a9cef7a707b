package server

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/textfmt"
)

// Edit is a change of a text: some lines instead of others.
type Edit struct {
	// Position is that of the first line that changes. Its column is zero.
	Position Position
	// Before holds the lines that go and After those that come, without line ends.
	// Without lines in Before, the new lines come before the line at Position.
	Before, After []string
}

// Edits returns the changes that make one text of another, in the order of their
// lines. The file is the name that their positions have.
func Edits(file, before, after string) []Edit {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []Edit
	for _, c := range changes(a, b) {
		out = append(out, Edit{Position{File: file, Line: c.a + 1}, slices.Clone(a[c.a:c.aEnd]), slices.Clone(b[c.b:c.bEnd])})
	}
	return out
}

// String returns the position, and the lines with a sign in front of each.
func (e Edit) String() string {
	var w strings.Builder
	w.WriteString(e.Position.String())
	for _, line := range e.Before {
		w.WriteString("\n- " + strings.TrimRight(line, "\r"))
	}
	for _, line := range e.After {
		w.WriteString("\n+ " + strings.TrimRight(line, "\r"))
	}
	return w.String()
}

// contextLines is the number of unchanged lines around a change in a unified diff.
const contextLines = 3

// UnifiedDiff returns the change of a file in the form that patch(1) reads; "" when
// the texts are equal.
func UnifiedDiff(file, before, after string) string {
	a, b := slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	var w strings.Builder
	for _, hunk := range hunks(changes(a, b)) {
		if w.Len() == 0 {
			textfmt.Fprintf(&w, "--- a/%s\n+++ b/%s\n", file, file)
		}
		writeHunk(&w, a, b, hunk)
	}
	return w.String()
}

// hunks puts changes together that have the same lines around them.
func hunks(all []change) [][]change {
	var out [][]change
	for _, c := range all {
		if n := len(out); n > 0 {
			if last := out[n-1][len(out[n-1])-1]; c.a-last.aEnd <= 2*contextLines {
				out[n-1] = append(out[n-1], c)
				continue
			}
		}
		out = append(out, []change{c})
	}
	return out
}

// writeHunk writes some changes with the lines around them.
func writeHunk(w *strings.Builder, a, b []string, hunk []change) {
	first, last := hunk[0], hunk[len(hunk)-1]
	lead := min(contextLines, first.a)
	tail := 0
	for tail < contextLines && last.aEnd+tail < len(a) {
		tail++
	}
	from, to := first.a-lead, last.aEnd+tail
	textfmt.Fprintf(w, "@@ -%s +%s @@\n", extent(from, to-from), extent(first.b-lead, last.bEnd+tail-first.b+lead))
	line := func(sign, text string) {
		w.WriteString(sign + text)
		if !strings.HasSuffix(text, "\n") {
			w.WriteString("\n\\ No newline at end of file\n")
		}
	}
	at := from
	for _, c := range hunk {
		for ; at < c.a; at++ {
			line(" ", a[at])
		}
		for ; at < c.aEnd; at++ {
			line("-", a[at])
		}
		for _, text := range b[c.b:c.bEnd] {
			line("+", text)
		}
	}
	for ; at < to; at++ {
		line(" ", a[at])
	}
}

// extent writes where lines of a hunk begin and how many there are.
func extent(from, count int) string {
	if count == 0 {
		return textfmt.Sprintf("%d,0", from)
	}
	return textfmt.Sprintf("%d,%d", from+1, count)
}

// change says that the lines a to aEnd became the lines b to bEnd.
type change struct{ a, aEnd, b, bEnd int }

// changes returns what differs between two lists of lines. It keeps a longest common
// subsequence.
func changes(a, b []string) []change {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	a, b = a[start:len(a)-end], b[start:len(b)-end]
	if len(a)*len(b) > maxCompared {
		return []change{{start, start + len(a), start, start + len(b)}}
	}
	return kept(a, b, common(a, b), start)
}

// maxCompared bounds the work of comparing lines.
const maxCompared = 1 << 22

// common returns, for each pair of places, the length of the longest common
// subsequence of what follows them.
func common(a, b []string) [][]int {
	out := make([][]int, len(a)+1)
	for i := range out {
		out[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				out[i][j] = out[i+1][j+1] + 1
			} else {
				out[i][j] = max(out[i+1][j], out[i][j+1])
			}
		}
	}
	return out
}

// kept walks along a longest common subsequence and returns what is between its
// lines.
func kept(a, b []string, length [][]int, start int) []change {
	var out []change
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i, j = i+1, j+1
			continue
		}
		c := change{start + i, start + i, start + j, start + j}
		for i < len(a) || j < len(b) {
			if i < len(a) && j < len(b) && a[i] == b[j] {
				break
			}
			if j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1] {
				i++
			} else {
				j++
			}
		}
		c.aEnd, c.bEnd = start+i, start+j
		out = append(out, c)
	}
	return out
}
