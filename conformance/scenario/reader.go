package scenario

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/textfmt"
)

// MaxLine is the length in bytes that a line of JSON Lines may have.
const MaxLine = 16 << 20

// rememberedNames is the smallest number of earlier names with which a reader
// compares a new one, to find names that appear twice. It bounds the memory of a
// reader, however long the stream is.
const rememberedNames = 1 << 14

// Reader reads scenarios from JSON Lines, plain or compressed with gzip. It
// holds one line at a time.
type Reader struct {
	lines lines
	text  string
}

// NewReader returns a reader of r; name stands for it in errors.
func NewReader(r io.Reader, name string) *Reader {
	return &Reader{lines: lines{source: r, name: name}}
}

// Read returns the next scenario, and [io.EOF] after the last. Any other error
// that is due to the content is a [*server.InputError].
func (r *Reader) Read() (*Scenario, error) {
	text, err := r.lines.next()
	if err != nil {
		return nil, err
	}
	r.text = text
	scenario, err := Decode(text)
	if err == nil {
		err = r.lines.unique(scenario.Name)
	}
	if err != nil {
		return nil, r.lines.skip(err)
	}
	return scenario, nil
}

// Line returns the number of the line that was read last.
func (r *Reader) Line() int { return r.lines.number }

// Text returns the JSON text of the scenario that was read last.
func (r *Reader) Text() string { return r.text }

// Wrap returns an error with the place of the scenario that was read last.
func (r *Reader) Wrap(err error) error { return r.lines.at(err) }

// ObservationReader reads observations as [Reader] reads scenarios.
type ObservationReader struct {
	lines lines
}

// NewObservationReader returns a reader of r; name stands for it in errors.
func NewObservationReader(r io.Reader, name string) *ObservationReader {
	return &ObservationReader{lines: lines{source: r, name: name}}
}

// Read returns the next observation, and [io.EOF] after the last.
func (r *ObservationReader) Read() (*Observation, error) {
	text, err := r.lines.next()
	if err != nil {
		return nil, err
	}
	observation, err := DecodeObservation(text)
	if err == nil {
		err = r.lines.unique(observation.Name)
	}
	if err != nil {
		return nil, r.lines.skip(err)
	}
	return observation, nil
}

// ReadAll returns all observations that are left, by name.
func (r *ObservationReader) ReadAll() (map[string]*Observation, error) {
	out := make(map[string]*Observation)
	for {
		o, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out[o.Name] = o
	}
}

// lines yields the lines of a source that are not blank.
type lines struct {
	source io.Reader
	name   string
	in     *bufio.Reader
	buf    []byte
	number int
	// recent and older map names to their lines. When recent is full, it becomes
	// older, and what was older is forgotten.
	recent, older map[string]int
}

// next returns the next line that is not blank.
func (l *lines) next() (string, error) {
	if l.in == nil {
		if err := l.open(); err != nil {
			return "", textfmt.Errorf("%s: %w", l.name, err)
		}
	}
	for {
		l.number++
		line, err := l.read()
		if len(bytes.TrimSpace(line)) > 0 && (err == nil || err == io.EOF) {
			return string(line), nil
		}
		if err == io.EOF {
			return "", io.EOF
		}
		if err != nil {
			return "", l.at(err)
		}
	}
}

// open sees from the first two bytes whether the source is compressed.
func (l *lines) open() error {
	in, err := Uncompressed(l.source)
	l.in = in
	return err
}

// read returns the next line without copying it where it fits the buffer.
func (l *lines) read() ([]byte, error) {
	l.buf = l.buf[:0]
	for {
		part, err := l.in.ReadSlice('\n')
		if err == nil && len(l.buf) == 0 {
			return part, nil
		}
		if len(l.buf)+len(part) > MaxLine {
			return nil, textfmt.Errorf("the line has more than %d bytes", MaxLine)
		}
		l.buf = append(l.buf, part...)
		if err != bufio.ErrBufferFull {
			return l.buf, err
		}
	}
}

// at says where in the source an error arose.
func (l *lines) at(err error) error {
	return server.At(server.Position{File: l.name, Line: l.number}, err)
}

// skip is [lines.at] for the error of a line after which the next can be read.
func (l *lines) skip(err error) error {
	out := server.At(server.Position{File: l.name, Line: l.number}, err)
	out.Skippable = true
	return out
}

// unique fails when a name was on an earlier line.
func (l *lines) unique(name string) error {
	line, again := l.recent[name]
	if !again {
		line, again = l.older[name]
	}
	if again {
		return under("name", problemf("%s is already used on line %d", name, line))
	}
	if l.recent == nil || len(l.recent) >= rememberedNames {
		l.older, l.recent = l.recent, make(map[string]int)
	}
	l.recent[strings.Clone(name)] = l.number
	return nil
}
