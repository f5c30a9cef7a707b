package httpcache

import (
	"slices"
	"time"

	"github.com/corsim/corsim/fetch"
)

// Rules say what a cache stores and how long it uses it without asking the server. The
// zero value stores nothing.
type Rules struct {
	// Stored lists the statuses of responses that are stored; nil is every status.
	Stored []int
	// StoredIfExplicit lists further statuses, of responses that say how long they last.
	StoredIfExplicit []int
	// Heuristic lists the statuses of responses whose age at Last-Modified says how long they
	// last if they say nothing: a tenth of it.
	// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2
	Heuristic []int
	// Permanent lists the statuses of responses that last without an end if they say nothing.
	Permanent []int
	// OnlyUseful: a response that has to be asked for again, and without a validator, is not
	// stored.
	OnlyUseful bool
	// AskWhenVaryDiffers: a stored response whose Vary does not fit the request is offered to
	// the server for validation. Otherwise it is not used.
	AskWhenVaryDiffers bool
	// ImmutableNotAsked: a fresh response with the directive immutable is used in the cache
	// mode "no-cache", too.
	ImmutableNotAsked bool
}

// Standard returns the rules of RFC 9111 for a private cache.
// https://www.rfc-editor.org/rfc/rfc9111#section-3
func Standard() Rules {
	return Rules{
		// https://www.rfc-editor.org/rfc/rfc9110#section-15.1
		Heuristic: []int{200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501},
	}
}

// stores reports whether a response is stored.
// https://www.rfc-editor.org/rfc/rfc9111#section-3
func (r *Rules) stores(s *Stored) bool {
	if s.directives.NoStore || s.Status == 206 || s.Status == 304 {
		return false
	}
	if r.Stored != nil && !slices.Contains(r.Stored, s.Status) && !(slices.Contains(r.StoredIfExplicit, s.Status) && s.isExplicit()) {
		return false
	}
	return !r.OnlyUseful || s.HasValidator() || !s.directives.NoCache && r.lifetime(s) > 0
}

// isExplicit reports whether a response says how long it lasts.
func (s *Stored) isExplicit() bool {
	return s.directives.HasMaxAge || s.Header.Contains("Expires")
}

// isSilent reports whether a response has nothing by which it could be used again, but in
// the cache modes that take any response.
func (r *Rules) isSilent(s *Stored) bool {
	for i := range s.Header {
		switch name := s.Header[i].Name; len(name) {
		case len("ETag"):
			if fetch.EqualFold(name, "ETag") {
				return false
			}
		case len("Expires"):
			if fetch.EqualFold(name, "Expires") {
				return false
			}
		case len("Cache-Control"):
			if fetch.EqualFold(name, "Cache-Control") || fetch.EqualFold(name, "Last-Modified") {
				return false
			}
		}
	}
	return !slices.Contains(r.Permanent, s.Status)
}

// forever is the lifetime of responses without an end.
const forever = 100 * 365 * 24 * time.Hour

// lifetime returns how long a response can be used without asking the server.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
func (r *Rules) lifetime(s *Stored) time.Duration {
	if s.directives.HasMaxAge {
		return s.directives.MaxAge
	}
	received := s.date()
	if value, ok := s.Header.Get("Expires"); ok {
		expires, ok := parseDate(value)
		if !ok {
			return 0
		}
		return max(0, expires.Sub(received))
	}
	if slices.Contains(r.Permanent, s.Status) {
		return forever
	}
	if s.directives.MustRevalidate || !slices.Contains(r.Heuristic, s.Status) {
		return 0
	}
	value, _ := s.Header.Get("Last-Modified")
	if modified, ok := parseDate(value); ok {
		return max(0, received.Sub(modified)/10)
	}
	return 0
}

// age returns how old a response is.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3
func (s *Stored) age(now time.Time) time.Duration {
	apparent := max(0, s.time.Sub(s.date()))
	if value, ok := s.Header.Get("Age"); ok {
		if given, ok := parseSeconds(value); ok {
			apparent = max(apparent, given)
		}
	}
	return apparent + now.Sub(s.time)
}

// date returns the time at which the server says that it sent the response.
func (s *Stored) date() time.Time {
	if value, ok := s.Header.Get("Date"); ok {
		if date, ok := parseDate(value); ok {
			return date
		}
	}
	return s.time
}

// isFresh reports whether a response can be used without asking the server.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2
func (r *Rules) isFresh(s *Stored, now time.Time) bool {
	return !s.directives.NoCache && r.lifetime(s) > s.age(now)
}

// varies reports whether the header Vary says that the response to a request with other
// headers may be different.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.1
func (s *Stored) varies(header fetch.HeaderList) bool {
	names, _ := s.Header.GetDecodeSplit("Vary")
	for _, name := range names {
		if name == "*" {
			return true
		}
		was, had := s.RequestHeader.Get(name)
		is, has := header.Get(name)
		if had != has || was != is {
			return true
		}
	}
	return false
}

// varying returns the headers of the request that Vary names.
func (s *Stored) varying() fetch.HeaderList {
	names, _ := s.Header.GetDecodeSplit("Vary")
	var out fetch.HeaderList
	for _, name := range names {
		if value, ok := s.RequestHeader.Get(name); ok && !out.Contains(name) {
			out = append(out, fetch.Header{Name: name, Value: value})
		}
	}
	return out
}
