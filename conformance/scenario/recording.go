package scenario

import (
	"slices"
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Recording is one call of fetch() as it was recorded: what a page asked for,
// and the responses. It is the compact alternative to a [Scenario]; docs/bulk.md
// describes its JSON.
type Recording struct {
	// ID names the recording in the verdict; empty for its line's number.
	ID string
	// Page is the URL of the page, or "null" for one with an opaque origin.
	Page        string
	URL, Method string // "" is GET
	Header      fetch.HeaderList
	Credentials fetch.CredentialsMode
	Mode        browser.InitMode
	Redirect    fetch.RedirectMode
	// Preflight is the answer to the preflight, and Response that to the request;
	// the status is 0 where none was recorded.
	Preflight, Response fetch.WireResponse
}

var (
	recordingKeys = newKeys(2, []string{
		"page", "url", "response", "preflight", "id", "method", "headers", "credentials", "mode", "redirect",
	})
	answerKeys = newKeys(1, []string{"status", "headers"})
)

// Decode decodes a recording from its JSON text over what was there before,
// whose memory it uses again. The recording shares memory with the text.
func (r *Recording) Decode(text string) error {
	header, preflight, response := r.Header[:0], r.Preflight.Header[:0], r.Response.Header[:0]
	*r = Recording{
		Header: header, Preflight: fetch.WireResponse{Header: preflight}, Response: fetch.WireResponse{Header: response},
	}
	s := scanner{text: text}
	err := s.object(&recordingKeys, func(key string) error { return s.recordingMember(r, key) })
	if err != nil {
		return err
	}
	if r.Response.Status == 0 && r.Preflight.Status == 0 {
		return problemf("the key response is missing")
	}
	return s.end()
}

func (s *scanner) recordingMember(r *Recording, key string) (err error) {
	switch key {
	case "page":
		r.Page, err = s.string()
	case "url":
		r.URL, err = s.string()
	case "response":
		err = s.recordedAnswer(&r.Response)
	case "id":
		r.ID, err = s.string()
	case "method":
		r.Method, err = s.string()
	case "headers":
		err = s.recordedHeaders(&r.Header)
	case "credentials":
		r.Credentials, err = word(s, fetch.ParseCredentialsMode)
	case "mode":
		var mode string
		mode, err = s.string()
		r.Mode = browser.InitMode(mode)
	case "redirect":
		r.Redirect, err = word(s, fetch.ParseRedirectMode)
	case "preflight":
		err = s.recordedAnswer(&r.Preflight)
	}
	return err
}

// word takes a string that is a word of an enumeration.
func word[T any](s *scanner, parse func(string) (T, error)) (value T, err error) {
	text, err := s.string()
	if err != nil {
		return value, err
	}
	return parse(text)
}

func (s *scanner) recordedAnswer(out *fetch.WireResponse) error {
	return s.object(&answerKeys, func(key string) (err error) {
		if key == "status" {
			out.Status, err = s.int(100, 999)
			return err
		}
		return s.recordedHeaders(&out.Header)
	})
}

// recordedHeaders takes an array of pairs of a name and a value into the room
// that the list has.
func (s *scanner) recordedHeaders(out *fetch.HeaderList) error {
	list := *out
	if !s.take('[') {
		return s.wrongType("an array")
	}
	for more := !s.take(']'); more; {
		name, value, err := s.recordedPair()
		if err != nil {
			return under("["+strconv.Itoa(len(list))+"]", err)
		}
		list = append(list, fetch.Header{Name: name, Value: value})
		if s.take(',') {
			continue
		}
		if more = false; !s.take(']') {
			return s.syntax()
		}
	}
	*out = list
	return nil
}

// recordedPair takes an array of two strings, by the short way where there is
// nothing special about it.
func (s *scanner) recordedPair() (name, value string, err error) {
	start := s.pos
	if s.take('[') && s.peek() == '"' {
		if name, err = s.string(); err != nil {
			return "", "", under("[0]", err)
		}
		plain := s.plain
		if s.take(',') && s.peek() == '"' {
			if value, err = s.string(); err != nil {
				return "", "", under("[1]", err)
			}
			plain = plain && s.plain
			switch {
			case !s.take(']'):
			case plain:
				return name, value, nil
			default:
				return BytesOfText(name), BytesOfText(value), nil
			}
		}
	}
	s.pos = start
	name, value, err = s.pair()
	return BytesOfText(name), BytesOfText(value), err
}

// clone returns a recording that shares no memory with r that [Recording.Decode]
// uses again.
func (r *Recording) clone() *Recording {
	out := *r
	out.Header = slices.Clone(r.Header)
	out.Preflight.Header, out.Response.Header = slices.Clone(r.Preflight.Header), slices.Clone(r.Response.Header)
	return &out
}
