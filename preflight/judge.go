package preflight

import (
	"slices"
	"strconv"
	"time"

	"github.com/corsim/corsim/cache"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// DefaultMaxAge is the max-age of a grant whose response does not set one.
// https://fetch.spec.whatwg.org/#http-access-control-max-age
const DefaultMaxAge = 5 * time.Second

// Rules holds the differences between browsers in the checks of a preflight's
// response. The zero value is the standard.
type Rules struct {
	// Safelist is the browser's list of CORS-safelisted request-headers.
	Safelist fetch.Safelist
	// Checks are the browser's checks in its order; nil is [Checks].
	Checks fetch.Order[Check]
	// MaxAgeLimit is the upper limit of max-age; 0 means no limit.
	MaxAgeLimit time.Duration
	// ParseMaxAge parses the value of Access-Control-Max-Age, with all lines
	// joined. If it is nil, the standard's algorithm applies.
	ParseMaxAge func(value string) time.Duration
	// RedirectNeedsLocation: a redirect status without a value of Location
	// fails like any other status that is not ok.
	RedirectNeedsLocation bool
	// HeadersInOrder: header names are checked in the order of the request's
	// header list, not in alphabetical order.
	HeadersInOrder bool
	// WildcardCoversAuthorization: "*" allows the Authorization header.
	WildcardCoversAuthorization bool
	// ForgetRedirects: a preflight is a request without the earlier redirects.
	// It carries the page's origin, and its response must allow that origin,
	// even if the request's own origin is "null".
	ForgetRedirects bool
	// KnownNames lists the header names that the browser knows, in its own
	// spelling. They are checked before all other names, each group in the
	// order in which script set them. If it is nil, names are checked in
	// alphabetical order.
	KnownNames []string
}

// Judge decides whether the response to a preflight allows the actual request.
// It returns the grant, without its key, and the failure, if any. After a
// failure the grant is the zero value, unless the rules store it before the
// check that failed.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Judge(actual Actual, resp *fetch.Response, rules *Rules) (cache.Grant, *fetch.Failure) {
	return new(Answer).Judge(actual, resp, rules)
}

// Judge is like the function [Judge], but uses the memory of a. A further call
// with the same memory overwrites the grant of the previous one.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func (a *Answer) Judge(actual Actual, resp *fetch.Response, rules *Rules) (cache.Grant, *fetch.Failure) {
	// Step 7: the checks, in order.
	failure := a.check(actual, resp, rules)
	if !a.kept {
		return cache.Grant{}, failure
	}
	return cache.Grant{
		Credentials: actual.Request.Credentials, Methods: a.methods, HeaderNames: a.headerNames,
		MaxAge: rules.maxAge(a.values[11:11], resp.Header),
	}, failure
}

// inOrder returns the causes in the order in which the browser checks their
// names.
func (r *Rules) inOrder(actual *Actual) []fetch.Cause {
	switch {
	case len(r.KnownNames) > 0:
		// WebKit: in the order of its header map (preflight-names-in-order).
		known := fetch.NewNameSet(r.KnownNames)
		causes := r.Safelist.UnsafeCausesInOrder(actual.header())
		isKnown := func(c fetch.Cause) bool { return known.Has(c.Name) }
		isOther := func(c fetch.Cause) bool { return !known.Has(c.Name) }
		return append(slices.DeleteFunc(slices.Clone(causes), isOther), slices.DeleteFunc(causes, isKnown)...)
	case r.HeadersInOrder:
		return r.Safelist.UnsafeCausesInOrder(actual.header())
	}
	return actual.Causes
}

// origins returns the request whose origin a preflight carries.
func (r *Rules) origins(req *fetch.Request) *fetch.Request {
	if !r.ForgetRedirects || len(req.URLList) == 1 {
		return req
	}
	// Firefox: the preflight has no earlier URLs (preflight-forgets-redirects).
	fresh := *req
	fresh.URLList = []origin.URL{req.CurrentURL()}
	return &fresh
}

// maxAge returns the max-age of a response.
func (r *Rules) maxAge(room []string, header fetch.HeaderList) time.Duration {
	// Steps 7.8 and 7.9: five seconds, unless there is a number.
	age := DefaultMaxAge
	if r.ParseMaxAge != nil {
		if value, ok := header.Get(fetch.HeaderMaxAge); ok {
			age = r.ParseMaxAge(value)
		}
	} else if e := fetch.AppendHeaderListValues(room, fetch.HeaderMaxAge, header); e.State == fetch.Present {
		age = deltaSeconds(e.Values[0])
	}
	// Step 7.10: the imposed limit.
	if r.MaxAgeLimit > 0 {
		return min(age, r.MaxAgeLimit)
	}
	return age
}

// maxDeltaSeconds replaces numbers that are too large.
// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
const maxDeltaSeconds = 1 << 31

// deltaSeconds converts a string of digits of any length.
func deltaSeconds(digits string) time.Duration {
	// An error means that the number is too large; n is the largest number then.
	n, _ := strconv.ParseUint(digits, 10, 32)
	return time.Duration(min(n, maxDeltaSeconds)) * time.Second
}

func failure(step string, reason fetch.Reason, header, got string) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchor, Number: step},
		Preflight: true, Header: header, Got: got,
	}
}
