package preflight

import (
	"cmp"
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
	// AuthorizationInTurn looks for Authorization when its turn comes among the
	// sorted names, and not before all others.
	AuthorizationInTurn bool
	// KnownNames lists header names that the browser knows, in its own spelling.
	// They are looked for first and then all others, each in script's order; nil
	// looks for the sorted names.
	KnownNames []string
	// MethodsFirst judges the method before the header names are read.
	MethodsFirst bool
	// StatusFirst looks at the status before the CORS check.
	StatusFirst bool
	// UploadListenersNameNoMethod reads nothing into an answer without
	// Access-Control-Allow-Methods where an upload listener asked for it.
	UploadListenersNameNoMethod bool
	// KeepRefusals keeps what an answer grants also where it does not allow the
	// method or the headers of the actual request.
	KeepRefusals bool
}

// Judge decides whether the answer to a preflight allows the actual request.
// On success it returns what the answer grants, without its key; otherwise the
// failure, with a grant only if rules keep those of refusals.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Judge(req *fetch.Request, resp *fetch.Response, rules Rules) (cache.Grant, *fetch.Failure) {
	return new(Judger).Judge(req, rules.Safelist.UnsafeCauses(req.HeadersToClear()), resp, rules)
}

// Judger judges one answer after another and keeps the memory that it takes:
// a grant is good until the next one. The zero value is ready for use.
type Judger struct {
	methods, headerNames, age []string
}

// Judge is the function [Judge] for a request whose causes for a preflight are
// known.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func (j *Judger) Judge(req *fetch.Request, causes []fetch.Cause, resp *fetch.Response, rules Rules) (cache.Grant, *fetch.Failure) {
	// Step 7: the CORS check is done for the actual request, whose credentials
	// mode counts, and the status must be ok.
	if rules.StatusFirst {
		// WebKit: the status is looked at first (preflight-status-first).
		if f := checkStatus(resp, rules); f != nil {
			return cache.Grant{}, f
		}
	}
	if f := rules.corsCheck(req, resp); f != nil {
		f.Preflight = true
		return cache.Grant{}, f
	}
	if f := checkStatus(resp, rules); f != nil {
		return cache.Grant{}, f
	}
	a, f := j.extract(req, resp, rules)
	if f == nil || rules.MethodsFirst && f.Reason == fetch.ReasonAllowHeadersMalformed {
		// Firefox: the method is judged before names are read (preflight-lists-in-turn).
		f = cmp.Or(a.checkMethod(req), f)
	}
	if f == nil {
		f = a.checkHeaders(req, causes, rules)
	}
	if f != nil && !rules.keeps(f) {
		return cache.Grant{}, f
	}
	return cache.Grant{
		Credentials: req.Credentials, Methods: a.methods, HeaderNames: a.headerNames,
		MaxAge: j.maxAge(resp.Header, rules),
	}, f
}

// inOrder returns the causes in the order in which their names are looked for.
func (r Rules) inOrder(causes []fetch.Cause, header fetch.HeaderList) []fetch.Cause {
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

// keeps reports whether an answer that failed leaves something to keep.
func (r Rules) keeps(f *fetch.Failure) bool {
	// WebKit: grants are kept before they are looked at (preflight-cache-before-the-check).
	return r.KeepRefusals && (f.Reason == fetch.ReasonMethodNotAllowed || f.Reason == fetch.ReasonHeaderNotAllowed)
}

// origins returns the request whose origin a preflight is about.
func (r Rules) origins(req *fetch.Request) *fetch.Request {
	if !r.ForgetRedirects || len(req.URLList) == 1 {
		return req
	}
	// Firefox: the preflight starts from its own URL (preflight-forgets-redirects).
	fresh := *req
	fresh.URLList = []origin.URL{req.CurrentURL()}
	return &fresh
}

// corsCheck is the part of step 7 about the page's origin.
func (r Rules) corsCheck(req *fetch.Request, resp *fetch.Response) *fetch.Failure {
	// Firefox: back at the page's own origin no answer has to allow it.
	if r.ForgetRedirects && req.CurrentURL().HasOrigin(req.Origin) {
		return nil
	}
	return fetch.CORSCheck(r.origins(req), resp.Header)
}

// checkStatus is the part of step 7 about the response's status. A redirect is
// only another status that is not ok.
func checkStatus(resp *fetch.Response, rules Rules) *fetch.Failure {
	if fetch.IsOKStatus(resp.Status) {
		return nil
	}
	reason := fetch.ReasonPreflightStatus
	location, _ := resp.Header.Get(fetch.HeaderLocation)
	if fetch.IsRedirectStatus(resp.Status) && (location != "" || !rules.RedirectNeedsLocation) {
		reason = fetch.ReasonPreflightRedirect
	}
	f := failure("7", reason, "", strconv.Itoa(resp.Status))
	f.Want = "200"
	return f
}

// answer is what a preflight's answer lists.
type answer struct {
	methods, headerNames []string
}

// extract reads both lists; one that does not parse is fatal.
func (j *Judger) extract(req *fetch.Request, resp *fetch.Response, rules Rules) (answer, *fetch.Failure) {
	// Steps 7.1 and 7.2: the two lists.
	methods := fetch.ExtractHeaderListValuesInto(j.methods, fetch.HeaderAllowMethods, resp.Header)
	headerNames := fetch.ExtractHeaderListValuesInto(j.headerNames, fetch.HeaderAllowHeaders, resp.Header)
	j.methods, j.headerNames = roomier(methods.Values, j.methods), roomier(headerNames.Values, j.headerNames)
	// Step 7.3: neither may be malformed.
	if methods.State == fetch.Malformed {
		return answer{}, failure("7.3", fetch.ReasonAllowMethodsMalformed, fetch.HeaderAllowMethods, methods.Offender)
	}
	a := answer{methods: methods.Values, headerNames: headerNames.Values}
	if headerNames.State == fetch.Malformed {
		return a, failure("7.3", fetch.ReasonAllowHeadersMalformed, fetch.HeaderAllowHeaders, headerNames.Offender)
	}
	// Step 7.4: a preflight made for an upload listener caches its method.
	// Chromium, Firefox, WebKit: it grants none (upload-listeners-name-no-method).
	if methods.State == fetch.Absent && req.UseCORSPreflight && !rules.UploadListenersNameNoMethod {
		a.methods = []string{req.Method}
	}
	return a, nil
}

// roomier returns the list that has more room for the next one.
func roomier(a, b []string) []string {
	if cap(a) > cap(b) {
		return a
	}
	return b
}

// checkMethod wants the method listed, safelisted, or covered by "*".
func (a answer) checkMethod(req *fetch.Request) *fetch.Failure {
	// Step 7.5: byte for byte, and "*" only without credentials.
	if slices.Contains(a.methods, req.Method) || fetch.IsCORSSafelistedMethod(req.Method) ||
		wildcard(a.methods, req) {
		return nil
	}
	return failure("7.5", fetch.ReasonMethodNotAllowed, fetch.HeaderAllowMethods, req.Method)
}

// checkHeaders wants each unsafe name listed or covered by "*".
func (a answer) checkHeaders(req *fetch.Request, causes []fetch.Cause, rules Rules) *fetch.Failure {
	listed := fetch.NewNameSet(a.headerNames)
	// Step 7.6: the asterisk never covers Authorization.
	for _, h := range req.HeadersToClear() {
		if rules.AuthorizationInTurn {
			break
		}
		if fetch.IsCORSNonWildcardRequestHeaderName(h.Name) && !listed.Has(h.Name) && !rules.WildcardCoversAuthorization {
			return failure("7.6", fetch.ReasonHeaderNotAllowed, fetch.HeaderAllowHeaders, fetch.ByteLowercase(h.Name))
		}
	}
	// Step 7.7: every other name may be covered by it, without credentials.
	all := wildcard(a.headerNames, req)
	for _, cause := range rules.inOrder(causes, req.HeadersToClear()) {
		name := cause.Name
		if cause.Kind != fetch.CauseHeader {
			continue
		}
		covered := all && (rules.WildcardCoversAuthorization || !fetch.IsCORSNonWildcardRequestHeaderName(name))
		if !covered && !listed.Has(name) {
			return failure("7.7", fetch.ReasonHeaderNotAllowed, fetch.HeaderAllowHeaders, name)
		}
	}
	return nil
}

// wildcard reports whether a list has an asterisk that counts: with
// credentials it is only a name.
func wildcard(list []string, req *fetch.Request) bool {
	return req.Credentials != fetch.CredentialsInclude && slices.Contains(list, "*")
}

// maxAge reads Access-Control-Max-Age.
func (j *Judger) maxAge(header fetch.HeaderList, rules Rules) time.Duration {
	// Steps 7.8 and 7.9: five seconds unless a number is given.
	age := DefaultMaxAge
	if rules.ParseMaxAge != nil {
		if value, ok := header.Get(fetch.HeaderMaxAge); ok {
			age = rules.ParseMaxAge(value)
		}
	} else if e := fetch.ExtractHeaderListValuesInto(j.age, fetch.HeaderMaxAge, header); e.State == fetch.Present {
		j.age = e.Values
		age = deltaSeconds(e.Values[0])
	}
	// Step 7.10: up to the imposed limit.
	if rules.MaxAgeLimit > 0 && age > rules.MaxAgeLimit {
		return rules.MaxAgeLimit
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
