package jsonask

import (
	"errors"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/jsonstring"
	"github.com/corsim/corsim/fetch/textfmt"
)

// A question is split by hand: a complete reader of JSON would add a fiftieth to the
// WebAssembly module. The inner texts go to readers that are strict.

// object returns the members of a JSON object: the JSON texts of the values by name.
func object(text string) (map[string]string, error) {
	parts, err := split(text, '{', '}', "a question is one JSON object")
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(parts))
	for _, part := range parts {
		end := stringEnd(part)
		name, err := unquote(part[:end])
		if err != nil {
			return nil, err
		}
		value, ok := strings.CutPrefix(strings.TrimSpace(part[end:]), ":")
		if _, again := out[name]; !ok || again {
			return nil, textfmt.Errorf("a question has each name once, with a value behind it, unlike %q", name)
		}
		out[name] = strings.TrimSpace(value)
	}
	return out, nil
}

// texts returns the strings of a JSON array.
func texts(text string) ([]string, error) {
	parts, err := split(text, '[', ']', "want an array of strings")
	if err != nil {
		return nil, err
	}
	for i := range parts {
		if parts[i], err = unquote(parts[i]); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// split returns the parts of an object or array, which commas separate. It counts
// brackets and checks no more than that.
func split(text string, first, last byte, want string) (parts []string, err error) {
	text = strings.TrimSpace(text)
	if len(text) < 2 || text[0] != first || text[len(text)-1] != last {
		return nil, errors.New(want)
	}
	text = text[1 : len(text)-1]
	depth, begin := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i += stringEnd(text[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, strings.TrimSpace(text[begin:i]))
				begin = i + 1
			}
		}
		if depth < 0 {
			return nil, errors.New(want)
		}
	}
	if rest := strings.TrimSpace(text[begin:]); rest != "" || begin > 0 {
		parts = append(parts, rest)
	}
	return parts, nil
}

// stringEnd returns the length of the JSON string that a text begins with; the whole
// text if the string does not end.
func stringEnd(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func unquote(text string) (string, error) {
	if len(text) < 2 || text[0] != '"' {
		return "", errors.New("want a string")
	}
	return jsonstring.Unquote(text)
}

func integer(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, errors.New("want an integer")
	}
	return n, nil
}
