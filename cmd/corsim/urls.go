package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// listedURL is a URL in the input, and its place.
type listedURL struct {
	text, file string
	line       int
}

// wrap adds the place to an error.
func (u *listedURL) wrap(err error) error {
	if u.file == "" {
		return err
	}
	return fmt.Errorf("%s:%d: %w", u.file, u.line, err)
}

// anywhere is a base for relative URLs.
var anywhere = origin.MustParseURL("https://page.example/")

// checkForm returns an error for text that is a relative path for a page, when the
// user probably means a host or a URL.
func checkForm(text, page string) error {
	if _, err := origin.ParseURL(text); err == nil {
		return nil
	}
	if _, err := anywhere.Parse(text); err != nil {
		return nil // the caller reports this with its reason
	}
	first, _, _ := strings.Cut(text, "/")
	switch {
	case page == browser.NullPage:
		return fmt.Errorf("%q is relative, and the page null has no server: write the whole URL", text)
	case strings.HasPrefix(text, "/"):
		return nil
	case strings.Contains(text, "://"):
		return fmt.Errorf("%q is not a URL: there is something before its scheme", text)
	case strings.ContainsAny(first, ".:"):
		return fmt.Errorf("%q has no scheme: write https://%s, or /%s for a path on the page's own server", text, text, text)
	}
	return nil
}

// checkLine returns an error for a line that cannot be one URL.
func checkLine(text string) error {
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return fmt.Errorf("%q is not text", text)
	case strings.ContainsFunc(text, unicode.IsSpace):
		return fmt.Errorf("%q: a line holds one URL and nothing else; a space in a URL is written %%20", text)
	}
	return nil
}

// maxLine is the maximal number of bytes of a line in a file of URLs.
const maxLine = 1 << 20

// readURLs returns the URLs of the arguments and of a file. It ignores empty lines
// of the file, and lines that begin with #.
func (t *terminal) readURLs(args []string, file string) ([]listedURL, error) {
	var urls []listedURL
	for _, arg := range args {
		urls = append(urls, listedURL{text: arg})
	}
	if file == "" {
		return urls, nil
	}
	in, err := t.open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	name := file
	if file == "-" {
		name = "stdin"
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	n := 1
	for ; lines.Scan(); n++ {
		text := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		u := listedURL{text, name, n}
		if err := checkLine(text); err != nil {
			return nil, u.wrap(err)
		}
		urls = append(urls, u)
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("%s:%d: the line is longer than %d MiB", name, n, maxLine>>20)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return urls, nil
}
