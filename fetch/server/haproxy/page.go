package haproxy

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// page makes one of HAProxy's own responses.
type page func(r *run)

// pageDirective reads errorfile, errorfiles, errorloc, errorloc302, errorloc303 and
// http-error.
func (c *compiler) pageDirective(s *section, word string, args []string, at server.Position) error {
	switch word {
	case "errorfiles":
		return c.pagesOf(s, args, at)
	case "http-error":
		if len(args) < 2 || args[0] != "status" {
			return missing(at, word)
		}
		answer, err := c.reply(args, at)
		if err != nil {
			return err
		}
		return setPage(s.pages, args[1], func(r *run) { answer(r) }, at)
	}
	if len(args) < 2 {
		return missing(at, word)
	}
	if word == "errorfile" {
		return setPage(s.pages, args[0], c.filePage(args[1], at), at)
	}
	status := 302
	if word == "errorloc303" {
		status = 303
	}
	to := args[1]
	return setPage(s.pages, args[0], func(r *run) {
		r.start(status)
		r.out.Append("cache-control", "no-cache")
		r.out.Append("location", to)
	}, at)
}

// errorSections reads the sections http-errors, which may follow those that use them.
func (c *compiler) errorSections(all []line) error {
	var current *section
	for _, l := range all {
		switch word := l.words[0]; {
		case word == "http-errors" && len(l.words) == 2:
			current = &section{pages: make(map[int]page)}
			c.errors[l.words[1]] = current.pages
		case slices.Contains(otherSections, word) || slices.Contains([]string{"frontend", "backend", "listen", "defaults"}, word):
			current = nil
		case current != nil && word == "errorfile":
			if err := c.pageDirective(current, word, l.words[1:], l.at); err != nil {
				return err
			}
		}
	}
	return nil
}

// setPage notes the page of a status.
func setPage(pages map[int]page, status string, p page, at server.Position) error {
	n, err := strconv.Atoi(status)
	if err != nil || !slices.Contains(errorStatuses, n) {
		return &server.StartError{Position: at, Message: fmt.Sprintf("status code '%s' not handled", status)}
	}
	pages[n] = p
	return nil
}

// pagesOf takes pages over from a section http-errors: all, or those of some statuses.
func (c *compiler) pagesOf(s *section, args []string, at server.Position) error {
	from := c.errors[args[0]]
	if from == nil {
		return &server.StartError{Position: at, Message: fmt.Sprintf("unable to find http-errors section with name '%s'", args[0])}
	}
	for status, p := range from {
		if len(args) == 1 || slices.Contains(args[1:], strconv.Itoa(status)) {
			s.pages[status] = p
		}
	}
	return nil
}

// filePage makes the page of a file, which is a whole response. The files of Debian's
// package are like the built-in pages.
func (c *compiler) filePage(name string, at server.Position) page {
	if strings.HasPrefix(name, "/etc/haproxy/errors/") || name == "/dev/null" {
		return nil
	}
	for _, given := range c.given(name) {
		text, err := fs.ReadFile(c.src.Files, given)
		if err != nil {
			continue
		}
		if status, header, ok := parsePage(string(text)); ok {
			return func(r *run) {
				r.start(status)
				r.out = slices.Clone(header)
			}
		}
	}
	unknown := &server.UnknownError{Position: at, What: "the headers in " + name, Help: "give the file with --file, or leave the error file out"}
	return func(r *run) { r.doubt(unknown) }
}

// parsePage reads the status line and the header lines of a response in a file.
func parsePage(text string) (status int, header fetch.HeaderList, ok bool) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	head, _, _ := strings.Cut(text, "\n\n")
	first, rest, _ := strings.Cut(head, "\n")
	fields := strings.Fields(first)
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return 0, nil, false
	}
	status, err := strconv.Atoi(fields[1])
	for line := range strings.Lines(rest) {
		if name, value, found := strings.Cut(line, ":"); found {
			header.Append(fetch.ByteLowercase(strings.TrimSpace(name)), strings.TrimSpace(value))
		}
	}
	return status, header, err == nil
}
