package httpcache

import (
	"slices"
	"strings"
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
	// VaryCookieSpelled: a Vary that writes the name Cookie in another case says nothing about
	// cookies.
	VaryCookieSpelled bool
	// NotStored lists statuses of responses that are never stored.
	NotStored []int
	// Parts: a response with 206 is stored like any other.
	Parts bool
	// RedirectsNeedLocation: a redirect without Location is not stored.
	RedirectsNeedLocation bool
	// Usable lists the statuses of responses that are used without asking the server; nil is
	// every status.
	Usable []int
	// Validates reports whether the server is asked if a response with a status is still
	// good; nil is every status.
	Validates func(status int) bool
	// KeptBy304 lists headers that a 304 does not change, in lower case. One that ends in "-"
	// stands for all that begin so.
	KeptBy304 []string
	// StoredAfter304: a response that a 304 has freshened is stored whatever its headers now
	// say, no-store included.
	StoredAfter304 bool
	// Syntax says how Cache-Control is read.
	Syntax Syntax
	// Pragma: Pragma: no-cache in a response is the same as no-cache.
	Pragma bool
	// Dates says which dates are read beside those in the three forms of HTTP.
	Dates Dates
	// BadExpiresIgnored: a response whose Expires is no date lasts as if it had none. The
	// value "0" is a date in the past unless ZeroExpiresIgnored is true.
	BadExpiresIgnored, ZeroExpiresIgnored bool
	// LinesJoined: the lines of a header that has one value count as one, which is malformed;
	// otherwise the first one counts.
	LinesJoined bool
	// AgePrefix: the digits at the beginning of Age count, and a negative number is no fresh
	// response's age.
	AgePrefix bool
	// MustRevalidateIsExplicit: heuristics do not apply to a response with must-revalidate.
	MustRevalidateIsExplicit bool
	// StaleDespiteMustRevalidate: must-revalidate does not keep stale-while-revalidate from
	// being used.
	StaleDespiteMustRevalidate bool
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
	cacheControl, expires, validator, vary, pragma bool

	size int // of all headers, in bytes
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
		case len("Pragma"):
			f.pragma = f.pragma || fetch.EqualFold(h.Name, "Pragma")
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
	if r.leadsNowhere(&s.Received) {
		return false
	}
	return !r.OnlyUseful || s.found.validator || !s.directives.NoCache && r.lifetime(s) > 0 || s.directives.StaleWhileRevalidate > 0
}

// storesStatus reports whether responses with a status are stored that say how long they
// last, or do not. Parts of a resource are not stored.
func (r *Rules) storesStatus(status int, explicit bool) bool {
	if status == 206 && !r.Parts || status == 304 || slices.Contains(r.NotStored, status) {
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
func (r *Rules) storesSilent(resp *Received) bool {
	return !r.OnlyUseful && r.storesStatus(resp.Status, false) && !r.leadsNowhere(resp)
}

// leadsNowhere reports whether a response is a redirect that is not stored because it has no
// Location.
func (r *Rules) leadsNowhere(resp *Received) bool {
	return r.RedirectsNeedLocation && resp.Status >= 300 && resp.Status < 400 && !resp.Header.Contains("Location")
}

// forever is the lifetime of responses without an end.
const forever = 100 * 365 * 24 * time.Hour

// lifetime returns how long a response can be used without asking the server.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
func (r *Rules) lifetime(s *Stored) time.Duration {
	if s.directives.HasMaxAge {
		return s.directives.MaxAge
	}
	received := r.date(s)
	if value, ok := r.first(s.Header, "Expires"); ok {
		if expires, ok := r.parseDate(value); ok {
			return max(0, expires.Sub(received))
		}
		if !r.BadExpiresIgnored || value == "0" && !r.ZeroExpiresIgnored {
			return 0
		}
	}
	if slices.Contains(r.Permanent, s.Status) {
		return forever
	}
	if s.directives.MustRevalidate && r.MustRevalidateIsExplicit || !slices.Contains(r.Heuristic, s.Status) {
		return 0
	}
	value, _ := r.first(s.Header, "Last-Modified")
	if modified, ok := r.parseDate(value); ok {
		return max(0, received.Sub(modified)/10)
	}
	return 0
}

// first returns the value of the first header with a name. These headers have one value: of
// several the first one counts.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
func (r *Rules) first(h fetch.HeaderList, name string) (string, bool) {
	if r.LinesJoined {
		return h.Get(name)
	}
	for i := range h {
		if fetch.EqualFold(h[i].Name, name) {
			return h[i].Value, true
		}
	}
	return "", false
}

// parseDate parses a date as the browser does.
func (r *Rules) parseDate(text string) (time.Time, bool) {
	t, ok := parseDate(text)
	if !ok && r.Dates.Lenient {
		return r.Dates.parse(text)
	}
	return t, ok
}

// age returns how old a response is.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3
func (r *Rules) age(s *Stored, now time.Time) time.Duration {
	apparent := max(0, s.time.Sub(r.date(s)))
	if value, ok := r.first(s.Header, "Age"); ok {
		apparent = max(apparent, r.givenAge(value))
	}
	return apparent + now.Sub(s.time)
}

// givenAge parses the value of the header Age. Of a list, the first member counts; what is no
// number is ignored.
// https://www.rfc-editor.org/rfc/rfc9111#section-5.1
func (r *Rules) givenAge(value string) time.Duration {
	if !r.LinesJoined {
		value, _, _ = strings.Cut(value, ",")
	}
	value = strings.Trim(value, " \t")
	if !r.AgePrefix {
		seconds, _ := r.Syntax.seconds(value)
		return seconds
	}
	digits, negative := strings.CutPrefix(value, "-")
	seconds, ok := parseSeconds(digits[:countDigits(digits)])
	if negative && ok {
		return forever
	}
	return seconds
}

// date returns the time at which the server says that it sent the response.
func (r *Rules) date(s *Stored) time.Time {
	if value, ok := r.first(s.Header, "Date"); ok {
		if date, ok := r.parseDate(value); ok {
			return date
		}
	}
	return s.time
}

// isFresh reports whether a response can be used without asking the server.
// https://www.rfc-editor.org/rfc/rfc9111#section-4.2
func (r *Rules) isFresh(s *Stored, now time.Time) bool {
	return r.isUsable(s) && r.lifetime(s) > r.age(s, now)
}

// isUsable reports whether a response can be used at all without asking the server.
func (r *Rules) isUsable(s *Stored) bool {
	return !s.directives.NoCache && (r.Usable == nil || slices.Contains(r.Usable, s.Status))
}

// isStaleWhileRevalidate reports whether a response that is not fresh can be used while the
// server is asked in the background.
// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
func (r *Rules) isStaleWhileRevalidate(s *Stored, now time.Time) bool {
	d := &s.directives
	return d.StaleWhileRevalidate > 0 && (!d.MustRevalidate || r.StaleDespiteMustRevalidate) && r.isUsable(s) && r.lifetime(s)+d.StaleWhileRevalidate > r.age(s, now)
}

// asks reports whether the server is asked if a response is still good.
func (r *Rules) asks(s *Stored) bool {
	return s.found.validator && (r.Validates == nil || r.Validates(s.Status))
}
