package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/corsim/corsim/origin"
)

// listedURL is a URL that a user names, and where.
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

// checkForm refuses what a page would take for a path on its own server, while
// who writes it on a command line means a host.
func checkForm(text string) error {
	first, _, _ := strings.Cut(text, "/")
	if _, err := origin.ParseURL(text); err == nil || !strings.ContainsAny(first, ".:") || strings.Contains(text, "://") {
		return nil
	}
	return fmt.Errorf("%q has no scheme: write https://%s, or /%s for a path on the page's own server", text, text, text)
}

// readURLs returns the URLs of arguments and of a file, in which empty lines
// and those that begin with # do not count.
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
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text != "" && !strings.HasPrefix(text, "#") {
			urls = append(urls, listedURL{text, name, n})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return urls, nil
}
