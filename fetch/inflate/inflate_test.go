package inflate_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/inflate"
)

// most is the largest number of bytes that the tests decode.
const most = 1 << 20

// encoded returns a text as a writer encodes it.
func encoded(t testing.TB, text string, open func(io.Writer) (io.WriteCloser, error)) string {
	t.Helper()
	var b bytes.Buffer
	w, err := open(&b)
	assert.NilError(t, err)
	_, err = io.WriteString(w, text)
	assert.NilError(t, err)
	assert.NilError(t, w.Close())
	return b.String()
}

func deflateAt(level int) func(io.Writer) (io.WriteCloser, error) {
	return func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, level) }
}

// texts returns texts of several kinds: without repetitions, with short and with long
// ones, and with repetitions that are far apart.
func texts() map[string]string {
	random := rand.New(rand.NewPCG(1, 2))
	noise, words := make([]byte, 100_000), strings.Builder{}
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for words.Len() < 200_000 {
		words.WriteString([]string{"origin ", "header ", "preflight ", "cache", "\n"}[random.IntN(5)])
	}
	return map[string]string{
		"empty": "", "one-byte": "a", "words": words.String(), "noise": string(noise), "zeros": strings.Repeat("\x00", 300_000),
		"far-apart": string(noise[:32_000]) + string(noise[:32_000]),
	}
}

// TestWhatWasCompressedComesBack decodes what compress/flate encodes at each level, in
// each of the three formats.
func TestWhatWasCompressedComesBack(t *testing.T) {
	for name, text := range texts() {
		t.Run(name, func(t *testing.T) {
			for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
				got, ok := inflate.Deflate(encoded(t, text, deflateAt(level)), most)
				assert.Check(t, ok && got == text, "level %d", level)
				zlibbed := encoded(t, text, func(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriterLevel(w, level) })
				got, ok = inflate.Deflate(zlibbed, most)
				assert.Check(t, ok && got == text, "level %d with the header of zlib", level)
			}
			zipped := encoded(t, text, func(w io.Writer) (io.WriteCloser, error) {
				z := gzip.NewWriter(w)
				z.Name, z.Comment, z.Extra = "name", "comment", []byte("extra")
				return z, nil
			})
			got, ok := inflate.Gzip(zipped+"what follows", most)
			assert.Check(t, ok && got == text, "gzip")
		})
	}
}

// plainHeader is the shortest header of gzip.
const plainHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// TestHeadersOfGzip reads headers that are special or not whole.
func TestHeadersOfGzip(t *testing.T) {
	data := encoded(t, "hello", deflateAt(flate.BestSpeed))
	header := func(flags byte, rest string) string {
		return "\x1f\x8b\x08" + string(flags) + "\x00\x00\x00\x00\x00\xff" + rest
	}
	for name, row := range map[string]struct {
		body string
		ok   bool
	}{
		"plain":               {header(0, data), true},
		"checksum-of-header":  {header(2, "\x00\x00"+data), true},
		"broken-off-checksum": {header(2, "\x00"), false},
		"extra":               {header(4, "\x03\x00abc"+data), true},
		"extra-broken-off":    {header(4, "\x03\x00ab"), false},
		"extra-without-size":  {header(4, "\x03"), false},
		"name-and-comment":    {header(8|16, "name\x00comment\x00"+data), true},
		"name-without-end":    {header(8, "name"), false},
		"other-method":        {strings.Replace(header(0, data), "\x08", "\x07", 1), false},
		"broken-off":          {"\x1f\x8b\x08", false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := inflate.Gzip(row.body, most)
			assert.Equal(t, ok, row.ok)
			assert.Equal(t, got == "hello", row.ok)
		})
	}
	got, ok := inflate.Gzip("", most)
	assert.Check(t, ok && got == "", "an empty body")
}

// TestTextEndsAtMost decodes bodies that stand for more than may be decoded.
func TestTextEndsAtMost(t *testing.T) {
	for name, text := range texts() {
		t.Run(name, func(t *testing.T) {
			got, ok := inflate.Deflate(encoded(t, text, deflateAt(flate.BestCompression)), 100)
			assert.Check(t, ok)
			assert.Equal(t, got, text[:min(len(text), 100)])
		})
	}
}

// agree checks that a piece of data has the same text here and in compress/flate, and
// that both say the same about its form. Where data breaks off, compress/flate leaves
// out symbols that are shorter than the end of the block.
func agree(t *testing.T, data string) {
	t.Helper()
	var want bytes.Buffer
	_, err := want.ReadFrom(io.LimitReader(flate.NewReader(strings.NewReader(data)), most))
	got, ok := inflate.Gzip(plainHeader+data, most)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		assert.Check(t, ok)
		assert.Check(t, strings.HasPrefix(got, want.String()), "%q, want %q", got, want.String())
		return
	}
	if ok && err != nil {
		const belonging = "\x00\x00"
		_, ok = inflate.Gzip(plainHeader+data+belonging, most)
	}
	assert.Equal(t, ok, err == nil, "%v", err)
	assert.Check(t, !ok || got == want.String(), "%q, want %q", got, want.String())
}

// TestBrokenDataIsReadAsElsewhere cuts compressed data at each place, and changes each
// of its bits.
func TestBrokenDataIsReadAsElsewhere(t *testing.T) {
	for _, text := range []string{"hello", strings.Repeat("to be or not to be, ", 20), texts()["words"][:400], texts()["noise"][:100]} {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
			data := encoded(t, text, deflateAt(level))
			for i := range data {
				agree(t, data[:i])
				for bit := range 8 {
					agree(t, data[:i]+string([]byte{data[i] ^ 1<<bit})+data[i+1:])
				}
			}
		}
	}
}

// TestBitsThatAreNoCode ends data right after a table without codes, and within the bits
// that a table of one code does not have. Both are malformed, not broken off.
func TestBitsThatAreNoCode(t *testing.T) {
	const noCodes, oneCode = "\x05\x00\x00\x00", "\x05\x00\x02\x20"
	for _, data := range []string{noCodes, oneCode} {
		_, ok := inflate.Gzip(plainHeader+data, most)
		assert.Check(t, !ok, "%q", data)
		agree(t, data)
	}
}

// TestRepeatWithoutEarlierLength ends data after the symbol that repeats the last
// length, where there is none: between the symbol and how often it repeats, and after
// both.
func TestRepeatWithoutEarlierLength(t *testing.T) {
	const brokenOff, whole = "$\x13$$", "$\x13$$\x00"
	_, ok := inflate.Gzip(plainHeader+brokenOff, most)
	assert.Check(t, ok)
	_, ok = inflate.Gzip(plainHeader+whole, most)
	assert.Check(t, !ok)
	agree(t, brokenOff)
	agree(t, whole)
}

func FuzzInflate(f *testing.F) {
	for _, text := range texts() {
		f.Add([]byte(encoded(f, text[:min(len(text), 1000)], deflateAt(flate.BestCompression))))
	}
	f.Fuzz(func(t *testing.T, data []byte) { agree(t, string(data)) })
}
