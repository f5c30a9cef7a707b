package preflight

import (
	"slices"
	"strconv"

	"github.com/corsim/corsim/fetch"
)

// Check is a step by which the answer to a preflight is judged.
type Check struct {
	Name string
	// Run returns why the answer does not allow the actual request, or nil.
	Run func(*Answer) *fetch.Failure
}

// CheckName returns the check's name.
func (c Check) CheckName() string { return c.Name }

// standard is the list that the zero value of [Rules] stands for.
var standard = Checks()

// Checks returns the standard's steps in order.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Checks() fetch.Order[Check] {
	return fetch.Order[Check]{
		// Step 7: the CORS check and the status.
		{Name: "cors", Run: (*Answer).checkCORS},
		{Name: "status", Run: (*Answer).checkStatus},
		// Steps 7.1 to 7.3: the two lists, neither of which may be malformed.
		{Name: "allow-methods", Run: (*Answer).readMethods},
		{Name: "allow-headers", Run: (*Answer).readHeaderNames},
		// Step 7.4: no list of methods, and an upload listener.
		{Name: "upload-listener", Run: (*Answer).grantListenersMethod},
		// Step 7.5: the method.
		{Name: "method", Run: (*Answer).checkMethod},
		// Step 7.6: Authorization.
		{Name: "authorization", Run: (*Answer).checkAuthorization},
		// Step 7.7: all other header names.
		{Name: "header-names", Run: (*Answer).checkHeaderNames},
		// Steps 7.8 to 7.15: what is granted is kept from here on.
		{Name: "keep-grant", Run: (*Answer).keepGrant},
	}
}

// Answer is the answer to a preflight while it is judged.
type Answer struct {
	request  *fetch.Request
	causes   []fetch.Cause
	response *fetch.Response
	rules    *Rules
	// methods and headerNames are what the answer lists, once it is read.
	methods, headerNames []string
	methodsState         fetch.ExtractionState
	listed               fetch.NameSet // of headerNames
	// kept reports whether what the answer grants is kept.
	kept bool
	// values has room for short lists: methods, header names and the max-age.
	values [12]string
}

// Request returns the actual request, for which the preflight asks.
func (a *Answer) Request() *fetch.Request { return a.request }

// Response returns the response to the preflight.
func (a *Answer) Response() *fetch.Response { return a.response }

// check makes the checks up to the first one that fails.
func (a *Answer) check(req *fetch.Request, causes []fetch.Cause, resp *fetch.Response, rules *Rules) *fetch.Failure {
	a.request, a.causes, a.response, a.rules = req, causes, resp, rules
	a.methods, a.headerNames, a.methodsState, a.listed, a.kept = nil, nil, fetch.Absent, fetch.NameSet{}, false
	checks := a.rules.Checks
	if checks == nil {
		checks = standard
	}
	for i := range checks {
		if f := checks[i].Run(a); f != nil {
			f.Preflight = true
			return f
		}
	}
	return nil
}

// checkCORS is the CORS check, which is done for the actual request: its
// credentials mode counts.
func (a *Answer) checkCORS() *fetch.Failure {
	// Firefox: back at the page's own origin no answer has to allow it (preflight-forgets-redirects).
	if a.rules.ForgetRedirects && a.request.CurrentURL().HasOrigin(a.request.Origin) {
		return nil
	}
	return fetch.CORSCheck(a.rules.origins(a.request), a.response.Header)
}

// checkStatus wants an ok status. A redirect is only another status that is not
// ok.
func (a *Answer) checkStatus() *fetch.Failure {
	resp := a.response
	if fetch.IsOKStatus(resp.Status) {
		return nil
	}
	reason := fetch.ReasonPreflightStatus
	location, _ := resp.Header.Get(fetch.HeaderLocation)
	if fetch.IsRedirectStatus(resp.Status) && (location != "" || !a.rules.RedirectNeedsLocation) {
		reason = fetch.ReasonPreflightRedirect
	}
	f := failure("7", reason, "", strconv.Itoa(resp.Status))
	f.Want = "200"
	return f
}

// readMethods reads Access-Control-Allow-Methods; a list that does not parse is
// fatal.
func (a *Answer) readMethods() *fetch.Failure {
	e := fetch.AppendHeaderListValues(a.values[:0:5], fetch.HeaderAllowMethods, a.response.Header)
	if e.State == fetch.Malformed {
		return failure("7.3", fetch.ReasonAllowMethodsMalformed, fetch.HeaderAllowMethods, e.Offender)
	}
	a.methods, a.methodsState = e.Values, e.State
	return nil
}

// readHeaderNames reads Access-Control-Allow-Headers; a list that does not parse
// is fatal.
func (a *Answer) readHeaderNames() *fetch.Failure {
	e := fetch.AppendHeaderListValues(a.values[5:5:11], fetch.HeaderAllowHeaders, a.response.Header)
	if e.State == fetch.Malformed {
		return failure("7.3", fetch.ReasonAllowHeadersMalformed, fetch.HeaderAllowHeaders, e.Offender)
	}
	a.headerNames, a.listed = e.Values, fetch.NewNameSet(e.Values)
	return nil
}

// grantListenersMethod takes an answer that lists no methods for one that lists
// the request's where an upload listener forced the preflight, so that the
// method is kept.
func (a *Answer) grantListenersMethod() *fetch.Failure {
	if a.methodsState == fetch.Absent && a.request.UseCORSPreflight {
		a.methods = []string{a.request.Method}
	}
	return nil
}

// checkMethod wants the method listed byte for byte, safelisted, or covered by
// "*".
func (a *Answer) checkMethod() *fetch.Failure {
	method := a.request.Method
	if slices.Contains(a.methods, method) || fetch.IsCORSSafelistedMethod(method) || a.hasWildcard(a.methods) {
		return nil
	}
	return failure("7.5", fetch.ReasonMethodNotAllowed, fetch.HeaderAllowMethods, method)
}

// checkAuthorization wants Authorization listed: "*" never covers it.
func (a *Answer) checkAuthorization() *fetch.Failure {
	if a.rules.WildcardCoversAuthorization {
		return nil
	}
	for _, h := range a.request.HeadersToClear() {
		if fetch.IsCORSNonWildcardRequestHeaderName(h.Name) && !a.listed.Has(h.Name) {
			return failure("7.6", fetch.ReasonHeaderNotAllowed, fetch.HeaderAllowHeaders, fetch.ByteLowercase(h.Name))
		}
	}
	return nil
}

// checkHeaderNames wants each unsafe name listed or covered by "*".
func (a *Answer) checkHeaderNames() *fetch.Failure {
	all := a.hasWildcard(a.headerNames)
	for _, cause := range a.rules.inOrder(a.causes, a.request.HeadersToClear()) {
		name := cause.Name
		if cause.Kind != fetch.CauseHeader {
			continue
		}
		covered := all && (a.rules.WildcardCoversAuthorization || !fetch.IsCORSNonWildcardRequestHeaderName(name))
		if !covered && !a.listed.Has(name) {
			return failure("7.7", fetch.ReasonHeaderNotAllowed, fetch.HeaderAllowHeaders, name)
		}
	}
	return nil
}

// hasWildcard reports whether a list has an asterisk that counts: with
// credentials it is only a name.
func (a *Answer) hasWildcard(list []string) bool {
	return a.request.Credentials != fetch.CredentialsInclude && slices.Contains(list, "*")
}

// keepGrant notes that what the answer grants is kept.
func (a *Answer) keepGrant() *fetch.Failure {
	a.kept = true
	return nil
}
