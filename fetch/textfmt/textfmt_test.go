package textfmt

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

type named string

type number uint8

type worded uint8

type pointed struct{ text string }

func (p *pointed) Error() string { return p.text }

func (w worded) String() string { return "word" }

// The texts are those of package fmt.
func TestAsPackageFmt(t *testing.T) {
	tests := []struct {
		format string
		values []any
	}{
		{"", nil},
		{"100%% of %s", []any{"x"}},
		{"%s %q %v|%s %q %v", []any{"a", "b\"\n", "c", named("d"), named("é\x00\xff"), named("f")}},
		{"%d %v %s %d", []any{1, -2, worded(3), worded(4)}},
		{"%d %d %d %d %v", []any{int8(-1), int64(1) << 40, number(9), uint64(1) << 40, number(1)}},
		{"%v %s %v", []any{errors.New("broken"), errors.New("again"), nil}},
		{"%s %q", []any{[]byte("bytes"), []byte("bytes")}},
		{"%v %q %s", []any{[]string{"a", "b c"}, []string{"a", "b"}, []string{}}},
		{"%v %v", []any{true, false}},
		{"%g %v %g %.0f %.1f %.2f %f", []any{1.5, 1e6, 1e-9, 2.5, -9.25, 1.005, 0.1}},
		{"%04x %04X \\u%04x %x", []any{0x1f600, 0xab, 'é', 255}},
		{"%5s|%-5s|%5d|%-5d|%05d|%2s|%5s", []any{"ab", "ab", 42, 42, 42, "long", "é"}},
		{"%-*s|%*d|%.*f", []any{6, "ab", 4, 7, 2, 1.5}},
		{"%v %s", []any{(*pointed)(nil), &pointed{"x"}}},
		{"%T(%d) %T", []any{number(7), number(7), "x"}},
		{"%q %c", []any{'x', 'é'}},
		{"%s: %w", []any{"context", io.EOF}},
	}
	for _, test := range tests {
		assert.Equal(t, Errorf(test.format, test.values...).Error(), fmt.Errorf(test.format, test.values...).Error())
		if !strings.Contains(test.format, "%w") {
			var out strings.Builder
			Fprintf(&out, test.format, test.values...)
			assert.Equal(t, out.String(), fmt.Sprintf(test.format, test.values...))
			assert.Equal(t, Sprintf(test.format, test.values...), out.String())
		}
	}
}

func TestErrorf(t *testing.T) {
	err := Errorf("reading %d: %w", 1, io.EOF)
	assert.ErrorIs(t, err, io.EOF)
	assert.Assert(t, errors.Unwrap(Errorf("reading: %v", io.EOF)) == nil)
}

// What is wrong in a format shows in the text.
func TestWrongFormats(t *testing.T) {
	format := "%s and %s"
	assert.Equal(t, Sprintf(format, "one"), "one and (missing)")
	assert.Equal(t, Sprintf("%v", struct{ a int }{1}), "(struct { a int })")
}
