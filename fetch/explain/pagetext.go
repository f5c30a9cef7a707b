package explain

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
)

// The limits of the texts of bodies, in bytes: what is read of a body, what
// [PageText] returns, and what a message of an explanation holds.
const (
	maxBodyRead = 64 << 10
	maxPageText = 2 << 10
	maxMessage  = 240
)

// PageText returns what a person reads in the body of a response, at most 2 kB in
// lines: the text of an HTML page without its tags, styles and scripts, or another
// text as it is. It is empty for a body that is not text.
func PageText(r *fetch.WireResponse) string {
	body := r.Body
	if len(body) > maxBodyRead {
		body = body[:maxBodyRead]
	}
	if !isText(r.Header, body) {
		return ""
	}
	if isMarkup(r.Header, body) {
		body = withoutTags(body)
	}
	return shorten(strings.Join(filledLines(body), "\n"), maxPageText)
}

// isText reports whether a body is text: its type says so, or it has no type and no
// NUL.
func isText(header fetch.HeaderList, body string) bool {
	t, ok := fetch.ExtractMIMEType(header)
	if !ok {
		return !strings.Contains(body, "\x00")
	}
	switch essence := t.Essence(); {
	case strings.HasPrefix(essence, "text/"), strings.HasSuffix(essence, "+json"), strings.HasSuffix(essence, "+xml"):
		return true
	default:
		return essence == "application/json" || essence == "application/xml" || essence == "application/javascript"
	}
}

// isMarkup reports whether a body is HTML or XML.
func isMarkup(header fetch.HeaderList, body string) bool {
	t, ok := fetch.ExtractMIMEType(header)
	if !ok {
		return strings.HasPrefix(strings.TrimLeft(body, " \t\r\n"), "<")
	}
	return t.Essence() == "text/html" || strings.HasSuffix(t.Essence(), "xml")
}

// silentElements are the elements whose content nobody reads.
var silentElements = []string{"script", "style", "svg", "template", "noscript"}

// inlineElements are the elements that do not begin a new line.
var inlineElements = []string{"a", "abbr", "b", "code", "em", "i", "q", "small", "span", "strong", "tt", "u"}

// withoutTags returns the text of an HTML page. It is not a parser: what it makes of
// malformed pages is readable, and need not be what a browser shows.
func withoutTags(page string) string {
	var out strings.Builder
	for {
		text, rest, found := strings.Cut(page, "<")
		out.WriteString(text)
		if !found {
			return entities.Replace(out.String())
		}
		if comment, ok := strings.CutPrefix(rest, "!--"); ok {
			_, page, _ = strings.Cut(comment, "-->")
			continue
		}
		tag, after, _ := strings.Cut(rest, ">")
		page = after
		name := tagName(tag)
		if !slices.Contains(inlineElements, name) {
			out.WriteByte('\n')
		}
		if slices.Contains(silentElements, name) && !strings.HasPrefix(tag, "/") {
			page = afterElement(page, name)
		}
	}
}

// tagName returns the name of the element of a tag, in lower case.
func tagName(tag string) string {
	tag = strings.TrimPrefix(tag, "/")
	if end := strings.IndexAny(tag, " \t\r\n/"); end >= 0 {
		tag = tag[:end]
	}
	return fetch.ByteLowercase(tag)
}

// afterElement returns what follows the end tag of an element; nothing if there is
// none.
func afterElement(page, name string) string {
	end := strings.Index(fetch.ByteLowercase(page), "</"+name)
	if end < 0 {
		return ""
	}
	_, rest, _ := strings.Cut(page[end:], ">")
	return rest
}

// entities replaces the usual character references.
var entities = strings.NewReplacer(
	"&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&#x27;", "'", "&apos;", "'", "&nbsp;", " ", "&#160;", " ", "&amp;", "&",
)

// filledLines returns the lines that are not empty, with single spaces. A line that
// the next one begins with, or that the one before ends with, is left out: many pages
// repeat their title.
func filledLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		n := len(out)
		switch {
		case n > 0 && strings.HasPrefix(line, out[n-1]):
			out[n-1] = line
		case n > 0 && strings.HasSuffix(out[n-1], line):
		default:
			out = append(out, line)
		}
	}
	return out
}

// shorten cuts a text that is longer than a number of bytes, between characters.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + "…"
}

// pageMessage returns the beginning of [PageText] in one line: most pages say first
// what is wrong.
func pageMessage(r *fetch.WireResponse) string {
	lines := strings.Split(PageText(r), "\n")
	return shorten(strings.Join(lines[:min(3, len(lines))], "; "), maxMessage)
}
