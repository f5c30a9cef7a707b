package preflight

import (
	"slices"
	"strconv"

	"github.com/corsim/corsim/fetch"
)

// Check is one check of the response to a preflight.
type Check struct {
	Name string
	// Run returns the failure if the response does not allow the actual
	// request, or nil.
	Run func(*Answer) *fetch.Failure
}

// CheckName returns the check's name.
func (c Check) CheckName() string { return c.Name }

// standard is the list of checks of the zero value of [Rules].
var standard = Checks()

// Checks returns the standard's checks in order.
// https://fetch.spec.whatwg.org/#cors-preflight-fetch-0
func Checks() fetch.Order[Check] {
	return fetch.Order[Check]{
		// Step 7: the CORS check and the status.
		{Name: "cors", Run: (*Answer).checkCORS},
		{Name: "status", Run: (*Answer).checkStatus},
		// Steps 7.1 to 7.3: the two lists; a malformed one is a failure.
		{Name: "allow-methods", Run: (*Answer).readMethods},
		{Name: "allow-headers", Run: (*Answer).readHeaderNames},
		// Step 7.4: no list of methods, and the use-CORS-preflight flag.
		{Name: "upload-listener", Run: (*Answer).grantListenersMethod},
		// Step 7.5: the method.
		{Name: "method", Run: (*Answer).checkMethod},
		// Step 7.6: Authorization.
		{Name: "authorization", Run: (*Answer).checkAuthorization},
		// Step 7.7: all other header names.
		{Name: "header-names", Run: (*Answer).checkHeaderNames},
		// Steps 7.8 to 7.15: the grant is stored if all checks before this one passed.
		{Name: "keep-grant", Run: (*Answer).keepGrant},
	}
}

// Answer is the response to a preflight during the checks.
type Answer struct {
	actual   Actual
	response *fetch.Response
	rules    *Rules
	// methods and headerNames are the lists of the response, after they are
	// read.
	methods, headerNames []string
	methodsState         fetch.ExtractionState
	listed               fetch.NameSet // the set of headerNames
	// kept reports whether the grant is stored.
	kept bool
	// values has room for short lists: methods, header names and the max-age.
	values [12]string
}

// Request returns the actual request.
func (a *Answer) Request() *fetch.Request { return a.actual.Request }

// Response returns the response to the preflight.
func (a *Answer) Response() *fetch.Response { return a.response }

// check runs the checks up to the first one that fails.
func (a *Answer) check(actual Actual, resp *fetch.Response, rules *Rules) *fetch.Failure {
	a.actual, a.response, a.rules = actual, resp, rules
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

// checkCORS is the CORS check. It uses the credentials mode of the actual
// request.
func (a *Answer) checkCORS() *fetch.Failure {
	// Firefox: a URL of the page's own origin needs no CORS check (preflight-forgets-redirects).
	if a.rules.ForgetRedirects && a.actual.Request.CurrentURL().HasOrigin(a.actual.Request.Origin) {
		return nil
	}
	return fetch.CORSCheck(a.rules.origins(a.actual.Request), a.response.Header)
}

// checkStatus requires an ok status. A redirect status is not an ok status.
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

// readMethods parses Access-Control-Allow-Methods. A malformed list is a
// failure.
func (a *Answer) readMethods() *fetch.Failure {
	e := fetch.AppendHeaderListValues(a.values[:0:5], fetch.HeaderAllowMethods, a.response.Header)
	if e.State == fetch.Malformed {
		return failure("7.3", fetch.ReasonAllowMethodsMalformed, fetch.HeaderAllowMethods, e.Offender)
	}
	a.methods, a.methodsState = e.Values, e.State
	return nil
}

// readHeaderNames parses Access-Control-Allow-Headers. A malformed list is a
// failure.
func (a *Answer) readHeaderNames() *fetch.Failure {
	e := fetch.AppendHeaderListValues(a.values[5:5:11], fetch.HeaderAllowHeaders, a.response.Header)
	if e.State == fetch.Malformed {
		return failure("7.3", fetch.ReasonAllowHeadersMalformed, fetch.HeaderAllowHeaders, e.Offender)
	}
	a.headerNames, a.listed = e.Values, fetch.NewNameSet(e.Values)
	return nil
}

// grantListenersMethod adds the request's method to a response that lists no
// methods, if an upload listener or a stream body forced the preflight. The
// cache then stores the method.
func (a *Answer) grantListenersMethod() *fetch.Failure {
	if a.methodsState == fetch.Absent && a.actual.Request.UseCORSPreflight {
		a.methods = []string{a.actual.Request.Method}
	}
	return nil
}

// checkMethod requires that the method is listed byte for byte, safelisted, or
// covered by "*".
func (a *Answer) checkMethod() *fetch.Failure {
	method := a.actual.Request.Method
	if slices.Contains(a.methods, method) || fetch.IsCORSSafelistedMethod(method) || a.hasWildcard(a.methods) {
		return nil
	}
	return failure("7.5", fetch.ReasonMethodNotAllowed, fetch.HeaderAllowMethods, method)
}

// checkAuthorization requires that Authorization is listed; "*" does not cover
// it.
func (a *Answer) checkAuthorization() *fetch.Failure {
	if a.rules.WildcardCoversAuthorization {
		return nil
	}
	for _, h := range a.actual.header() {
		if fetch.IsCORSNonWildcardRequestHeaderName(h.Name) && !a.listed.Has(h.Name) {
			return failure("7.6", fetch.ReasonHeaderNotAllowed, fetch.HeaderAllowHeaders, fetch.ByteLowercase(h.Name))
		}
	}
	return nil
}

// checkHeaderNames requires that each unsafe name is listed or covered by "*".
func (a *Answer) checkHeaderNames() *fetch.Failure {
	all := a.hasWildcard(a.headerNames)
	for _, cause := range a.rules.inOrder(&a.actual) {
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

// hasWildcard reports whether a list has an asterisk that covers everything.
// With credentials the asterisk is only a name.
func (a *Answer) hasWildcard(list []string) bool {
	return a.actual.Request.Credentials != fetch.CredentialsInclude && slices.Contains(list, "*")
}

// keepGrant records that the grant is stored.
func (a *Answer) keepGrant() *fetch.Failure {
	a.kept = true
	return nil
}
