package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// mediaType returns the part of a Content-Type value that WebKit takes for the type, in
// its own case: all up to a comma, white space or a semicolon.
func mediaType(value string) string {
	value = strings.TrimLeft(value, " \t")
	if end := strings.IndexAny(value, ", \t;"); end >= 0 {
		value = value[:end]
	}
	return value
}

// webkitType is the type that WebKit reads out of the header itself: the first one.
func webkitType(header fetch.HeaderList) string {
	value, _ := header.Get("Content-Type")
	return fetch.ByteLowercase(mediaType(value))
}

// lastTypeLine returns the last line of Content-Type; "" if there is none.
func lastTypeLine(header fetch.HeaderList) string {
	values := header.Values("Content-Type")
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

// soupType is the type that libsoup tells of a response, in its own case: that of the last
// line. If a loader lets it guess, a value that is no type is replaced by what the body is.
func soupType(header fetch.HeaderList, body string, guesses bool) string {
	last := lastTypeLine(header)
	if guesses && !isSoupType(last) {
		last = guessedType(body, fetch.DetermineNosniff(header))
	}
	if named := mediaType(last); named != "" {
		return named
	}
	return "application/octet-stream"
}

// isSoupType reports whether libsoup takes a value for a type that says something: one slash
// and no space before the first semicolon.
func isSoupType(value string) bool {
	value, _, _ = strings.Cut(value, ";")
	value = strings.TrimRight(value, " \t")
	switch fetch.ByteLowercase(value) {
	case "unknown/unknown", "application/unknown", anyType:
		return false
	}
	return strings.Count(value, "/") == 1 && strings.IndexByte(value, ' ') < 0
}

// guessedType is the type of a body whose server names none. With nosniff it is nothing that
// can have script in it.
// https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type
func guessedType(body string, nosniff bool) string {
	if !nosniff {
		// Step 1: what can have script in it.
		text := strings.TrimLeft(body, " \t\n\f\r")
		switch {
		case isMarkup(text):
			return "text/html"
		case strings.HasPrefix(text, "<?xml"):
			return "text/xml"
		case strings.HasPrefix(body, "%PDF-"):
			return "application/pdf"
		}
	}
	// Steps 2 and 3: byte order marks and images.
	for _, g := range guessedSignatures {
		if g.matches(body) {
			return g.essence
		}
	}
	// Steps 6 and 7: text has no binary bytes.
	if fetch.HasBinaryDataByte(body[:min(len(body), 512)]) {
		return "application/octet-stream"
	}
	return "text/plain"
}

// isMarkup reports whether a text begins with a tag that only HTML has, and something
// follows it.
func isMarkup(text string) bool {
	for _, tag := range markupTags {
		if n := len(tag); len(text) > n && fetch.EqualFold(text[:n], tag) && (text[n] == ' ' || text[n] == '>') {
			return true
		}
	}
	return false
}

var markupTags = [...]string{
	"<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a", "<style", "<title", "<b", "<body", "<br", "<p", "<!--",
}

// guessedSignatures are the beginnings of bodies that tell their types.
var guessedSignatures = [...]struct {
	signature
	essence string
}{
	{signature{magic: "%!PS-Adobe-"}, "application/postscript"},
	{signature{magic: "\xfe\xff"}, "text/plain"}, {signature{magic: "\xff\xfe"}, "text/plain"}, {signature{magic: "\xef\xbb\xbf"}, "text/plain"},
	{signature{magic: "GIF87a"}, "image/gif"}, {signature{magic: "GIF89a"}, "image/gif"}, {signature{magic: "\x89PNG\r\n\x1a\n"}, "image/png"},
	{signature{magic: "\xff\xd8\xff"}, "image/jpeg"}, {signature{magic: "RIFF", offset: 8, after: "WEBPVP"}, "image/webp"}, {signature{magic: "BM"}, "image/bmp"},
}
