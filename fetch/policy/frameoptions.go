package policy

import (
	"iter"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/origin"
)

// HeaderFrameOptions is the name of the header that says which pages may contain a
// document in a frame.
const HeaderFrameOptions = "X-Frame-Options"

// FrameOptions is what the header X-Frame-Options of a document says.
// https://html.spec.whatwg.org/#the-x-frame-options-header
type FrameOptions struct {
	// Value holds all lines of the header, joined.
	Value string
	// State is what they mean together.
	State FrameOptionsState
}

var frameOptionsStates = enum.New[FrameOptionsState]("state of X-Frame-Options", "none", "deny", "sameorigin", "conflict", "invalid")

// String returns the state's word, such as "sameorigin".
func (s FrameOptionsState) String() string { return frameOptionsStates.Word(s) }

// ParseFrameOptionsState returns the state of a word. The error for an unknown word
// lists the known ones.
func ParseFrameOptionsState(word string) (FrameOptionsState, error) {
	return frameOptionsStates.Parse(word)
}

// FrameOptionsState is the meaning of a header X-Frame-Options.
type FrameOptionsState uint8

// The meanings of X-Frame-Options.
const (
	// FrameOptionsNone: the header is missing, or nothing in it is known.
	FrameOptionsNone FrameOptionsState = iota
	FrameOptionsDeny
	FrameOptionsSameOrigin
	// FrameOptionsConflict: the header has several values, one of which is known, so no
	// page may contain the document.
	FrameOptionsConflict
	// FrameOptionsInvalid: the header has one value, which is not known. It does nothing.
	FrameOptionsInvalid
)

// ParseFrameOptions parses the header X-Frame-Options of a document.
// https://html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-x-frame-options
func ParseFrameOptions(header fetch.HeaderList) FrameOptions {
	// Step 3: the values of all lines.
	raw, ok := header.GetDecodeSplit(HeaderFrameOptions)
	if !ok {
		return FrameOptions{}
	}
	value, _ := header.Get(HeaderFrameOptions)
	out := FrameOptions{Value: value}
	// Step 4: a set of values in lower case.
	var set []string
	for _, word := range raw {
		if word = fetch.ByteLowercase(word); !slices.Contains(set, word) {
			set = append(set, word)
		}
	}
	known := slices.ContainsFunc(set, func(word string) bool { return word == "deny" || word == "allowall" || word == "sameorigin" })
	switch {
	// Steps 5 and 6: several values are a conflict if one of them is known.
	case len(set) > 1 && known:
		out.State = FrameOptionsConflict
	case len(set) > 1 || !known:
		out.State = FrameOptionsInvalid
	case set[0] == "deny":
		out.State = FrameOptionsDeny
	case set[0] == "sameorigin":
		out.State = FrameOptionsSameOrigin
	}
	return out
}

// Allows reports whether documents with the given origins, from the innermost to the
// top-level one, may contain a document with a URL.
// https://html.spec.whatwg.org/#check-a-navigation-response's-adherence-to-x-frame-options
func (o *FrameOptions) Allows(u origin.URL, ancestors iter.Seq[origin.Origin]) bool {
	switch o.State {
	// Step 5 and step 7: conflicting values, and "deny".
	case FrameOptionsConflict, FrameOptionsDeny:
		return false
	// Step 8: "sameorigin" is about all ancestors.
	case FrameOptionsSameOrigin:
		for ancestor := range ancestors {
			if !u.HasOrigin(ancestor) {
				return false
			}
		}
	}
	return true
}

// Step returns the number of the step that blocks a document.
func (o *FrameOptions) Step() string {
	switch o.State {
	case FrameOptionsConflict:
		return "5"
	case FrameOptionsDeny:
		return "7"
	}
	return "8"
}
