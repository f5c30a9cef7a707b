package httpcache

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// varying holds the headers of a request that the header Vary of its response names. Most
// responses name one, which needs no memory of its own.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.1
type varying struct {
	first fetch.Header
	more  fetch.HeaderList
}

// varyingOf looks for the headers.
func varyingOf(r *Received, f found) (v varying) {
	if !f.vary {
		return v
	}
	names, _ := r.Header.Get("Vary")
	for names != "" {
		var name string
		name, names = cutName(names)
		value, ok := r.RequestHeader.Get(name)
		switch {
		case !ok:
		case v.first.Name == "":
			v.first = fetch.Header{Name: name, Value: value}
		case !fetch.EqualFold(v.first.Name, name) && !v.more.Contains(name):
			v.more = append(v.more, fetch.Header{Name: name, Value: value})
		}
	}
	return v
}

// list returns the headers in order.
func (v *varying) list() fetch.HeaderList {
	if v.first.Name == "" {
		return nil
	}
	return append(fetch.HeaderList{v.first}, v.more...)
}

// cutName cuts the first name from a list of names.
func cutName(names string) (name, rest string) {
	name, rest, _ = strings.Cut(names, ",")
	// As strings.Trim does, which takes longer where there is nothing to trim.
	for name != "" && isSpace(name[0]) {
		name = name[1:]
	}
	for name != "" && isSpace(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	return name, rest
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// varies reports whether the header Vary says that the response to a request with other
// headers may be different.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.1
func (r *Rules) varies(s *Stored, header fetch.HeaderList) bool {
	if !s.found.vary {
		return false
	}
	names, _ := s.Header.Get("Vary")
	for names != "" {
		var name string
		if name, names = cutName(names); name == "*" {
			return true
		}
		if r.VaryCookieSpelled && name != "Cookie" && fetch.EqualFold(name, "Cookie") {
			continue
		}
		was, had := s.RequestHeader.Get(name)
		is, has := header.Get(name)
		if had != has || was != is {
			return true
		}
	}
	return false
}
