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

// found says which of the headers that matter to a cache a response has.
type found struct {
	cacheControl, expires, validator, vary bool
	size                                   int // of all headers, in bytes
}

// look looks for the headers that matter to a cache.
func look(l fetch.HeaderList) (f found) {
	for i := range l {
		h := &l[i]
		f.size += sizeOfHeader(h)
		switch len(h.Name) {
		case len("Vary"): // and ETag
			if fetch.EqualFold(h.Name, "Vary") {
				f.vary = true
			} else if fetch.EqualFold(h.Name, "ETag") {
				f.validator = true
			}
		case len("Expires"):
			f.expires = f.expires || fetch.EqualFold(h.Name, "Expires")
		case len("Cache-Control"): // and Last-Modified
			if fetch.EqualFold(h.Name, "Cache-Control") {
				f.cacheControl = true
			} else if fetch.EqualFold(h.Name, "Last-Modified") {
				f.validator = true
			}
		}
	}
	return f
}

// stores reports whether a response without the directive no-store is stored.
// https://www.rfc-editor.org/rfc/rfc9111#section-3
func (r *Rules) stores(s *Stored) bool {
	if !r.storesStatus(s.Status, s.directives.HasMaxAge || s.found.expires) {
		return false
	}
	return !r.OnlyUseful || s.found.validator || !s.directives.NoCache && r.lifetime(s) > 0
}

// storesStatus reports whether responses with a status are stored that say how long they
// last, or do not. Parts of a resource are not stored.
func (r *Rules) storesStatus(status int, explicit bool) bool {
	if status == 206 || status == 304 {
		return false
	}
	return r.Stored == nil || slices.Contains(r.Stored, status) || explicit && slices.Contains(r.StoredIfExplicit, status)
}

// isSilent reports whether a response has nothing by which it could be used again, but in
// the cache modes that take any response.
func (r *Rules) isSilent(status int, f found) bool {
	return !f.cacheControl && !f.expires && !f.validator && !slices.Contains(r.Permanent, status)
}

// storesSilent reports whether a silent response is stored.
func (r *Rules) storesSilent(status int) bool { return !r.OnlyUseful && r.storesStatus(status, false) }

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
