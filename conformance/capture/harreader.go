package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// The limits for what a reader keeps of a HAR file. With them the reader's memory
// does not depend on the length of the file.
const (
	// MaxHARHeaders is the largest number of bytes in the headers of a request or
	// of a response.
	MaxHARHeaders = 1 << 20
	// MaxHARPages is the largest number of pages that a file may describe.
	MaxHARPages = 1 << 14
	// maxHARPageBytes is the largest number of bytes in the IDs and the URLs of all
	// pages together.
	maxHARPageBytes = 16 << 20
)

// HARReader reads the entries of a HAR file one after another. It holds one at a
// time, and the URLs of the pages that the file has described so far.
type HARReader struct {
	in               *stringCutter
	dec              *jsontext.Decoder
	creator, browser string
	pages            map[string]string // their URLs, by ID
	pageBytes        int               // the length of the IDs and the URLs
	next             int               // the number of the next entry
	state            harState
}

// harState says which part of the file a reader reads.
type harState uint8

const (
	harStart harState = iota
	harEntries
	harEnd
)

// badEntry returns an error about an entry of a HAR file: its number, from 0, and
// its offset in bytes. The reader can continue with the next entry.
func badEntry(number int, offset int64, err error) error {
	return &server.InputError{
		Path: fmt.Sprintf("entry %d, at byte %d", number, offset), Problem: err.Error(), Skippable: true, Err: err,
	}
}

// notHAR returns an error about the whole file.
func notHAR(format string, args ...any) error {
	err := fmt.Errorf("not a HAR file: "+format, args...)
	return &server.InputError{Problem: err.Error(), Err: errors.Unwrap(err)}
}

// lenient are the options for HAR files, because many programs write them.
var lenient = json.JoinOptions(
	jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true), json.MatchCaseInsensitiveNames(true),
)

// NewHARReader returns a reader of r.
func NewHARReader(r io.Reader) *HARReader {
	in := bufio.NewReaderSize(r, 64<<10)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = in.Discard(3) // cannot fail: the bytes are in the buffer
	}
	cutter := &stringCutter{in: in, limit: maxHARString}
	return &HARReader{in: cutter, dec: jsontext.NewDecoder(cutter, lenient), pages: make(map[string]string)}
}

// Read returns the next entry, and [io.EOF] after the last. After an error for
// which [server.IsSkippable] is true, the next call reads the next entry. Any other
// error ends the reading. The entry has its page only if the file describes the
// pages before the entries, as recorders do.
func (r *HARReader) Read() (*HAREntry, error) {
	if r.state == harStart {
		if err := r.open(); err != nil {
			return nil, r.wrap(err)
		}
	}
	if r.state == harEntries && r.dec.PeekKind() == ']' {
		if err := r.close(); err != nil {
			return nil, r.wrap(err)
		}
	}
	if r.state == harEnd {
		return nil, io.EOF
	}
	return r.entry()
}

// open reads up to the first entry.
func (r *HARReader) open() error {
	skip := func(string) error { return r.dec.SkipValue() }
	if err := r.find("log", skip); err != nil {
		return err
	}
	if err := r.find("entries", r.logMember); err != nil {
		return err
	}
	if err := r.begin('[', "an array"); err != nil {
		return err
	}
	r.state = harEntries
	return nil
}

// find begins an object and reads up to the value of the wanted member. It calls
// other for the value of each member before it.
func (r *HARReader) find(wanted string, other func(name string) error) error {
	if err := r.begin('{', "an object"); err != nil {
		return err
	}
	for r.dec.PeekKind() == '"' {
		name, err := r.dec.ReadToken()
		if err != nil {
			return err
		}
		if text := name.String(); text == wanted {
			return nil
		} else if err := other(text); err != nil {
			return err
		}
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	return notHAR("there is no log with entries")
}

// begin reads the token that begins an object or an array.
func (r *HARReader) begin(kind jsontext.Kind, want string) error {
	if got := r.dec.PeekKind(); got != kind && got != 0 {
		return notHAR("expected %s at byte %d (%s)", want, r.offset(), placeOf(r.dec.StackPointer()))
	}
	_, err := r.dec.ReadToken()
	return err
}

// placeOf names a place in the file.
func placeOf(at jsontext.Pointer) string {
	if at == "" {
		return "the top"
	}
	return string(at)
}

// close reads from the end of the entries to the end of the file.
func (r *HARReader) close() error {
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	skip := func(string) error { return r.dec.SkipValue() }
	for _, member := range []func(string) error{r.logMember, skip} {
		for r.dec.PeekKind() == '"' {
			name, err := r.dec.ReadToken()
			if err != nil {
				return err
			}
			if err := member(name.String()); err != nil {
				return err
			}
		}
		if _, err := r.dec.ReadToken(); err != nil {
			return err
		}
	}
	r.state = harEnd
	if r.dec.PeekKind() != 0 {
		return notHAR("there is more text after its end, at byte %d", r.offset())
	}
	if _, err := r.dec.ReadToken(); err != io.EOF {
		return err
	}
	return nil
}

// logMember reads a member of the log other than the entries.
func (r *HARReader) logMember(name string) error {
	switch name {
	case "creator", "browser":
		var program struct{ Name string }
		if err := json.UnmarshalDecode(r.dec, &program); err != nil {
			return err
		}
		if name == "creator" {
			r.creator = program.Name
		} else {
			r.browser = program.Name
		}
		return nil
	case "pages":
		return r.readPages()
	case "entries":
		return notHAR("its log has entries twice, the second time at byte %d", r.offset())
	}
	return r.dec.SkipValue()
}

// readPages reads the pages of the file. Developer tools write a page's URL as its
// title. Other programs write the real title, which does not say the URL.
func (r *HARReader) readPages() error {
	if err := r.begin('[', "an array"); err != nil {
		return err
	}
	for r.dec.PeekKind() == '{' {
		var page struct{ ID, Title string }
		if err := json.UnmarshalDecode(r.dec, &page); err != nil {
			return err
		}
		u, err := origin.ParseURL(page.Title)
		if err != nil || !u.IsHTTP() {
			continue
		}
		url := u.String()
		if r.pageBytes += len(page.ID) + len(url); r.pageBytes > maxHARPageBytes {
			return &server.InputError{Problem: fmt.Sprintf("the URLs of the pages have more than %d bytes, at byte %d", maxHARPageBytes, r.offset())}
		}
		if r.pages[page.ID] = url; len(r.pages) > MaxHARPages {
			return &server.InputError{Problem: fmt.Sprintf("the file describes more than %d pages, at byte %d", MaxHARPages, r.offset())}
		}
	}
	_, err := r.dec.ReadToken()
	return err
}

// entry reads one entry.
func (r *HARReader) entry() (*HAREntry, error) {
	number := r.next
	r.next++
	var decoded harEntry
	r.dec.PeekKind() // so that the offset is known
	depth, begun, at := r.dec.StackDepth(), r.dec.InputOffset(), r.offset()
	if err := json.UnmarshalDecode(r.dec, &decoded); err != nil {
		if !isSemantic(err) {
			return nil, r.wrap(err)
		}
		if left := r.leave(depth, begun); left != nil {
			return nil, r.wrap(left)
		}
		return nil, badEntry(number, at, entryProblem(err))
	}
	e, err := newHAREntry(&decoded)
	if err != nil {
		return nil, badEntry(number, at, err)
	}
	e.Page = r.pages[e.pageRef]
	return e, nil
}

// isSemantic reports whether the input is valid JSON that does not fit the Go type.
func isSemantic(err error) bool {
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	return errors.As(err, &semantic) && !errors.As(err, &syntactic) && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
}

// leave reads the rest of an entry that cannot be decoded, up to the depth at which
// the entry began. If nothing of the entry has been read, it skips the entry.
func (r *HARReader) leave(depth int, begun int64) error {
	for r.dec.StackDepth() > depth {
		if _, err := r.dec.ReadToken(); err != nil {
			return err
		}
	}
	if r.dec.InputOffset() == begun {
		return r.dec.SkipValue()
	}
	return nil
}

// offset returns the offset in the file at which the next token begins.
func (r *HARReader) offset() int64 {
	rest := r.dec.UnreadBuffer()
	between := len(rest) - len(bytes.TrimLeft(rest, " \t\r\n,:"))
	return r.in.sourceOffset(r.dec.InputOffset() + int64(between))
}

// wrap returns an error of the decoder as an error of the file, with its place.
func (r *HARReader) wrap(err error) error {
	r.state = harEnd
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return notHAR("it ends at byte %d, too early", r.offset())
	case errors.As(err, &syntactic):
		return notHAR("%w at byte %d (%s)", syntactic.Err, r.in.sourceOffset(syntactic.ByteOffset), placeOf(syntactic.JSONPointer))
	case errors.As(err, &semantic):
		return notHAR("%s: %w", placeOf(semantic.JSONPointer), entryProblem(err))
	}
	return err
}
