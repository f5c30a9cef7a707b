package bulk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch/server"
)

// isHAR reports whether a stream is a HAR file and not JSON Lines. A HAR file
// begins with an object whose first key is "log", or that continues on the next
// line. isHAR peeks at as few bytes as possible, so that it does not wait for a
// pipe.
func isHAR(in *bufio.Reader) bool {
	l := peeker{in: in}
	l.skip("\ufeff \t\r\n")
	if !l.take('{') {
		return false
	}
	l.skip(" \t\r")
	if l.take('\n') {
		return true
	}
	for _, want := range []byte(`"log"`) {
		if !l.take(want) {
			return false
		}
	}
	return true
}

// peeker looks at the beginning of a stream without reading it.
type peeker struct {
	in *bufio.Reader
	at int
}

// take passes the next byte if it is the wanted one.
func (l *peeker) take(want byte) bool {
	seen, _ := l.in.Peek(l.at + 1)
	if len(seen) <= l.at || seen[l.at] != want {
		return false
	}
	l.at++
	return true
}

// skip passes all next bytes that are in a set.
func (l *peeker) skip(set string) {
	for more := true; more; {
		more = false
		for i := range len(set) {
			more = more || l.take(set[i])
		}
	}
}

// entrySource reads the entries of a HAR file.
type entrySource struct {
	in     *capture.HARExchanges
	name   string
	number int   // of the next entry
	failed error // the error that ended the reading
}

func newEntrySource(in io.Reader, name string) *entrySource {
	return &entrySource{in: capture.NewHARExchanges(in), name: name}
}

// batchSize is the number of entries in a batch.
const batchSize = 64

func (s *entrySource) next() (batch, error) {
	b := &entryBatch{first: s.number}
	for s.failed == nil && len(b.entries) < batchSize {
		x, err := s.in.Read()
		if err != nil && !server.IsSkippable(err) {
			s.failed = err
			break
		}
		b.entries = append(b.entries, harRecord{x, err})
		s.number++
	}
	if len(b.entries) > 0 {
		return b, nil
	}
	if s.failed == io.EOF {
		return nil, io.EOF
	}
	if _, ok := errors.AsType[*server.InputError](s.failed); ok {
		return nil, server.At(server.Position{File: s.name}, s.failed)
	}
	return nil, fmt.Errorf("%s: %w", s.name, s.failed)
}

// harRecord is an exchange, or the error of an entry that cannot be judged.
type harRecord struct {
	exchange *capture.HARExchange
	err      error
}

// entryBatch is some entries of a HAR file.
type entryBatch struct {
	first   int // the number of the first
	entries []harRecord
}

func (b *entryBatch) judge(w *worker, p *portion) {
	for i, e := range b.entries {
		number := b.first + i
		p.tally.Next = number + 1
		if number < w.FromEntry {
			continue
		}
		err := e.err
		if err == nil {
			err = w.harEntry(p, e.exchange, number)
		}
		if err == nil {
			continue
		}
		if !w.skip(p, server.Position{File: w.name}, err) {
			return
		}
		w.bad(p, `"entry"`, number, err)
	}
}

// harEntry judges an entry of a HAR file by its number.
func (w *worker) harEntry(p *portion, x *capture.HARExchange, number int) error {
	err := w.harExchange(p, sourceHAR, strconv.AppendInt(append(w.start(p.out), `"entry":`...), int64(number), 10), x)
	if err != nil {
		return &server.InputError{Path: fmt.Sprintf("entry %d", number), Problem: err.Error(), Err: err}
	}
	return nil
}
