package scenario

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/textfmt"
)

// BodyKind is the kind of object that script makes of a body's text and passes to a
// call. The zero value is the text itself, or a Blob if the step has a type.
type BodyKind string

// The kinds of bodies.
const (
	// BodyString is the text.
	BodyString BodyKind = "string"
	// BodyBlob is a Blob of the text, in UTF-8.
	BodyBlob BodyKind = "blob"
	// BodyParams is new URLSearchParams(text).
	BodyParams BodyKind = "urlsearchparams"
	// BodyForm is a FormData with the pairs that new URLSearchParams(text) has.
	BodyForm BodyKind = "formdata"
	// BodyBytes is an ArrayBuffer with the text, in UTF-8.
	BodyBytes BodyKind = "arraybuffer"
	// BodyStream is a ReadableStream that yields the text, in UTF-8, and ends.
	BodyStream BodyKind = "stream"
)

var bodyKinds = [...]BodyKind{BodyString, BodyBlob, BodyParams, BodyForm, BodyBytes, BodyStream}

// String returns the word of the kind.
func (k BodyKind) String() string { return string(k) }

// ParseBodyKind returns the kind whose word is s. The error for an unknown word lists
// the known ones.
func ParseBodyKind(s string) (BodyKind, error) {
	if k := BodyKind(s); slices.Contains(bodyKinds[:], k) {
		return k, nil
	}
	known := make([]string, len(bodyKinds))
	for i, k := range bodyKinds {
		known[i] = string(k)
	}
	return "", textfmt.Errorf("unknown kind of body %s; known: %s", Quote(s), strings.Join(known, ", "))
}

// bodyKind takes the value of the key bodyType.
func (s *scanner) bodyKind(out *BodyKind) error {
	word, err := s.string()
	if err == nil {
		*out, err = ParseBodyKind(word)
	}
	return err
}

// checkBody returns the error of a step whose kind of body contradicts its other keys.
func checkBody(kind BodyKind, body, typ Optional[string]) error {
	switch {
	case kind != "" && !body.OK:
		return problemf("the key bodyType needs the key body")
	case kind != "" && kind != BodyBlob && typ.OK:
		return problemf("only a Blob has a type, but bodyType is %s", kind)
	}
	return nil
}

// bodyOf returns the body that script passes; nil if it passes none.
func bodyOf(kind BodyKind, body, typ Optional[string]) browser.Body {
	if !body.OK {
		return nil
	}
	switch kind {
	case BodyParams:
		return browser.ParseParams(body.Value)
	case BodyForm:
		return formOf(browser.ParseParams(body.Value))
	case BodyBytes:
		return browser.Bytes(body.Value)
	case BodyStream:
		return browser.Stream(body.Value)
	}
	if typ.OK || kind == BodyBlob {
		return browser.Blob{Data: body.Value, Type: typ.Value}
	}
	return browser.Text(body.Value)
}

// formOf returns a form with the pairs of a list.
func formOf(params browser.Params) browser.Form {
	form := make(browser.Form, len(params))
	for i, p := range params {
		form[i] = browser.Field{Name: p.Name, Value: p.Value}
	}
	return form
}

// hideBoundary replaces the part of a form's boundary that browsers choose at random,
// as recorders do.
func hideBoundary(text, boundary string) string {
	if !strings.Contains(text, boundary) {
		return text
	}
	return strings.ReplaceAll(text, boundary, strings.TrimRight(boundary, "0")+"{…}")
}
