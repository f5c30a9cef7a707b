package capture

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// harEntry is an entry as the file has it, without the body of the response.
type harEntry struct {
	StartedDateTime string `json:"startedDateTime"`
	PageRef         string `json:"pageref"`
	ResourceType    string `json:"_resourceType"`
	ServerIPAddress string `json:"serverIPAddress"`
	Request         struct {
		Method, URL string
		Headers     harHeaders
		PostData    *struct{ Text string } `json:"postData"`
	} `json:"request"`
	Response struct {
		Status      int
		Headers     harHeaders
		Error       string `json:"_error"`
		FailureText string `json:"_failureText"` // Playwright's
	} `json:"response"`
}

// DecodeHAREntry decodes one entry without its file.
func DecodeHAREntry(text string) (*HAREntry, error) {
	var decoded harEntry
	err := json.UnmarshalRead(strings.NewReader(text), &decoded, lenient)
	var syntactic *jsontext.SyntacticError
	switch {
	case err == nil:
		return newHAREntry(&decoded)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, errors.New("not JSON: it ends too early")
	case errors.As(err, &syntactic):
		return nil, fmt.Errorf("not JSON: %w, at column %d", syntactic.Err, syntactic.ByteOffset+1)
	}
	return nil, entryProblem(err)
}

// entryProblem returns an error that says what is wrong in an entry.
func entryProblem(err error) error {
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) || semantic.GoType == nil {
		return err
	}
	tokens := slices.Collect(semantic.JSONPointer.Tokens())
	if len(tokens) >= 3 && tokens[0] == "log" {
		tokens = tokens[3:]
	}
	path := strings.Join(tokens, "/")
	if path != "" {
		path += ": "
	}
	if errors.Is(err, errTooManyHeaders) {
		return fmt.Errorf("%s%w", path, errTooManyHeaders)
	}
	want, got := "an object", jsonKinds[semantic.JSONKind]
	switch semantic.GoType.Kind() {
	case reflect.String:
		want = "a string"
	case reflect.Int:
		want = "a whole number"
	case reflect.Slice:
		want = "an array"
	}
	if semantic.JSONKind == '0' && semantic.JSONValue != nil {
		got = string(semantic.JSONValue)
	}
	return fmt.Errorf("%swant %s, not %s", path, want, got)
}

var jsonKinds = map[jsontext.Kind]string{
	'n': "null", 't': "true", 'f': "false", '0': "a number", '"': "a string", '{': "an object", '[': "an array",
}

// harHeaders are the headers of an entry, without the pseudo-headers of HTTP/2.
type harHeaders fetch.HeaderList

// errTooManyHeaders is the error for an entry that would need too much memory.
var errTooManyHeaders = fmt.Errorf("the headers have more than %d bytes", MaxHARHeaders)

// UnmarshalJSONFrom reads an array of objects. Some browsers join several headers
// of the same name with line breaks.
func (l *harHeaders) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() != '[' {
		return json.UnmarshalDecode(dec, (*fetch.HeaderList)(l)) // returns an error
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	size := 0
	for dec.PeekKind() != ']' {
		var h struct{ Name, Value string }
		if err := json.UnmarshalDecode(dec, &h); err != nil {
			return err
		}
		if size += len(h.Name) + len(h.Value); size > MaxHARHeaders {
			return errTooManyHeaders
		}
		if strings.HasPrefix(h.Name, ":") {
			continue
		}
		for line := range strings.SplitSeq(h.Value, "\n") {
			*l = append(*l, fetch.Header{Name: h.Name, Value: scenario.BytesOfText(strings.TrimSpace(line))})
		}
	}
	_, err := dec.ReadToken()
	return err
}
