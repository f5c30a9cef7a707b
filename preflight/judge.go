package preflight

import (
	"slices"
	"strconv"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// DefaultMaxAge is how long a grant lasts whose answer does not say so.
// https://fetch.spec.whatwg.org/#http-access-control-max-age
const DefaultMaxAge = 5 * time.Second

// Rules is what browsers do differently when they judge a preflight's answer.
// The zero value is the standard.
type Rules struct {
	// Safelist is the browser's own CORS-safelisted request-headers.
	Safelist fetch.Safelist
	// Checks are the browser's steps in its own order; nil is [Checks].
	Checks fetch.Order[Check]
	// MaxAgeLimit is the imposed limit on max-age; 0 is none.
	MaxAgeLimit time.Duration
	// ParseMaxAge reads the value of Access-Control-Max-Age, all lines joined,
	// in the browser's own way; nil is the standard's.
	ParseMaxAge func(value string) time.Duration
	// RedirectNeedsLocation takes a redirect status without a value of Location
	// for a status like any other that is not ok.
	RedirectNeedsLocation bool
	// HeadersInOrder looks for a header that is not allowed in the order of the
	// request's list instead of the alphabet's.
	HeadersInOrder bool
	// WildcardCoversAuthorization lets "*" allow the Authorization header.
	WildcardCoversAuthorization bool
	// ForgetRedirects makes a preflight a request of its own that knows nothing
	// of the redirects before it: it carries the page's origin, which its answer
	// must allow, even where the request itself has the origin "null".
	ForgetRedirects bool
	// KnownNames lists header names that the browser knows, in its own spelling.
	// They are looked for first and then all others, each in script's order; nil
	// looks for the sorted names.
	KnownNames []string
}

// Judge decides whether the answer to a preflight allows the actual request,
// which needs the preflight for some causes. It returns what the answer grants,
// without its key, and the failure, if any. After a failure there is a grant only
// if rules keep it before the check that failed; otherwise it is the zero value.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Judge(req *fetch.Request, causes []fetch.Cause, resp *fetch.Response, rules *Rules) (cache.Grant, *fetch.Failure) {
	return new(Answer).Judge(req, causes, resp, rules)
}

// Judge is the function [Judge] in the memory of a, which may be used again: then
// the grant before is no good any more.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func (a *Answer) Judge(req *fetch.Request, causes []fetch.Cause, resp *fetch.Response, rules *Rules) (cache.Grant, *fetch.Failure) {
	// Step 7: the checks, in order.
	failure := a.check(req, causes, resp, rules)
	if !a.kept {
		return cache.Grant{}, failure
	}
	return cache.Grant{
		Credentials: req.Credentials, Methods: a.methods, HeaderNames: a.headerNames,
		MaxAge: rules.maxAge(a.values[11:11], resp.Header),
	}, failure
}

// inOrder returns the causes in the order in which their names are looked for.
func (r *Rules) inOrder(causes []fetch.Cause, header fetch.HeaderList) []fetch.Cause {
	switch {
	case len(r.KnownNames) > 0:
		// WebKit: in the order of its header map (preflight-names-in-order).
		known := fetch.NewNameSet(r.KnownNames)
		causes := r.Safelist.UnsafeCausesInOrder(header)
		isKnown := func(c fetch.Cause) bool { return known.Has(c.Name) }
		isOther := func(c fetch.Cause) bool { return !known.Has(c.Name) }
		return append(slices.DeleteFunc(slices.Clone(causes), isOther), slices.DeleteFunc(causes, isKnown)...)
	case r.HeadersInOrder:
		return r.Safelist.UnsafeCausesInOrder(header)
	}
	return causes
}

// origins returns the request whose origin a preflight is about.
func (r *Rules) origins(req *fetch.Request) *fetch.Request {
	if !r.ForgetRedirects || len(req.URLList) == 1 {
		return req
	}
	// Firefox: the preflight starts from its own URL (preflight-forgets-redirects).
	fresh := *req
	fresh.URLList = []origin.URL{req.CurrentURL()}
	return &fresh
}

// maxAge reads Access-Control-Max-Age.
func (r *Rules) maxAge(room []string, header fetch.HeaderList) time.Duration {
	// Steps 7.8 and 7.9: five seconds unless a number is given.
	age := DefaultMaxAge
	if r.ParseMaxAge != nil {
		if value, ok := header.Get(fetch.HeaderMaxAge); ok {
			age = r.ParseMaxAge(value)
		}
	} else if e := fetch.AppendHeaderListValues(room, fetch.HeaderMaxAge, header); e.State == fetch.Present {
		age = deltaSeconds(e.Values[0])
	}
	// Step 7.10: up to the imposed limit.
	if r.MaxAgeLimit > 0 && age > r.MaxAgeLimit {
		return r.MaxAgeLimit
	}
	return age
}

// maxDeltaSeconds stands for numbers that are too large to count with.
// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
const maxDeltaSeconds = 1 << 31

// deltaSeconds converts a string of digits, which may be of any length.
func deltaSeconds(digits string) time.Duration {
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil || n > maxDeltaSeconds {
		n = maxDeltaSeconds
	}
	return time.Duration(n) * time.Second
}

func failure(step string, reason fetch.Reason, header, got string) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchor, Number: step},
		Preflight: true, Header: header, Got: got,
	}
}
