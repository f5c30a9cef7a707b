package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// evidence is the material for the tests of causes: a blocked result and its
// last exchange. The evidence of a browser's message is incomplete.
type evidence struct {
	result   *browser.Result
	failure  *fetch.Failure
	exchange *browser.Exchange // nil when nothing was sent
	target   server.Target
	response *fetch.WireResponse // never nil
	// fault is why the connection failed, as far as that is known.
	fault fetch.ConnectionFault
	// complete reports whether the whole exchange is known. Otherwise only the
	// values of a message are known; some messages also tell whether the
	// request was a preflight (knownKind) and whether it was redirected
	// (knownRedirects). Headers may be beside it: all of the answer's
	// (knownHeaders), or some.
	complete, knownKind, knownRedirects, knownHeaders bool
	// general reports whether there is neither a result nor a message: every cause of
	// the reason is possible.
	general bool
}

func nothing(*evidence) bool             { return false }
func (v *evidence) isSpecific() bool     { return !v.general }
func (v *evidence) knowsURL() bool       { return v.exchange != nil }
func (v *evidence) knowsStatus() bool    { return v.response.Status != 0 }
func (v *evidence) knowsKind() bool      { return v.knownKind }
func (v *evidence) knowsRedirects() bool { return v.knownRedirects }
func (v *evidence) knowsValue() bool     { return v.failure.Got != "" }
func (v *evidence) knowsOrigin() bool    { return v.failure.Want != "" }
func (v *evidence) knowsBoth() bool      { return v.knowsValue() && v.knowsOrigin() }

func newEvidence(r *browser.Result) *evidence {
	v := &evidence{result: r, failure: r.Failure, response: &fetch.WireResponse{}, complete: true}
	if n := len(r.Trace.Exchanges); n > 0 {
		v.exchange = &r.Trace.Exchanges[n-1]
		v.target, v.fault = server.TargetOf(&v.exchange.Request), v.exchange.Fault
		if v.exchange.Response != nil {
			v.response = v.exchange.Response
		}
	} else if r.Request != nil {
		v.target = server.Target{Method: r.Request.Method, URL: r.Request.CurrentURL().WithoutCredentials().WithoutFragment().String()}
	}
	return v
}

// causes returns the causes that are not refuted: first the proven ones in
// order, then the unknown ones. A certain one is returned alone. The last candidate is the commonest cause of a
// reason: it is returned when all others are refuted. It comes first when not
// even a status is known, except if it only says that the server sends a wrong
// response.
func (v *evidence) causes(candidates []candidate) []Cause {
	var by [proven + 1][]Cause
	for _, c := range candidates {
		t := c.holds(v)
		if t == certain {
			return []Cause{causeOf(c.code)}
		}
		by[t] = append(by[t], causeOf(c.code))
	}
	last := causeOf(candidates[len(candidates)-1].code)
	if n := len(by[unknown]); n > 0 && by[unknown][n-1] == last && !v.knowsStatus() && last.Code != CauseServerCode {
		by[unknown] = slices.Insert(by[unknown][:n-1], 0, last)
	}
	if out := append(by[proven], by[unknown]...); len(out) > 0 {
		return withoutTwins(out)
	}
	return []Cause{last}
}

// withoutTwins returns causes without those that have come before: two tests may
// find one cause.
func withoutTwins(causes []Cause) []Cause {
	out := causes[:0]
	for _, c := range causes {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// statusIn tests whether a response has one of the statuses.
func statusIn(codes ...int) test {
	return whenKnown((*evidence).knowsStatus, func(v *evidence) bool { return slices.Contains(codes, v.response.Status) })
}

var (
	isOK = whenKnown((*evidence).knowsStatus, func(v *evidence) bool { return fetch.IsOKStatus(v.response.Status) })
	// A proxy makes the statuses 502 to 504, and Cloudflare 520 to 530.
	isGateway     = statusIn(502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530)
	isServerError = and(not(or(statusIn(501), isGateway)), whenKnown((*evidence).knowsStatus, func(v *evidence) bool { return v.response.Status >= 500 }))
	isRedirect    = whenKnown((*evidence).knowsStatus, func(v *evidence) bool { return fetch.IsRedirectStatus(v.response.Status) })
	isPreflight   = whenKnown((*evidence).knowsKind, func(v *evidence) bool { return v.target.Preflight })
)

// faultIs tests whether a connection failed for one of some causes.
func faultIs(faults ...fetch.ConnectionFault) test {
	return whenKnown((*evidence).isSpecific, func(v *evidence) bool { return slices.Contains(faults, v.fault) })
}

// hasHeader tests whether a response has a header.
func hasHeader(name string) test {
	return whenSeen(func(v *evidence) bool { return v.response.Header.Contains(name) })
}

// showsCORS tests whether a response shows that its server supports CORS: it
// has other CORS headers, or Vary: Origin.
var showsCORS = whenSeen(func(v *evidence) bool {
	vary, _ := v.response.Header.GetDecodeSplit("Vary")
	for _, name := range vary {
		if fetch.EqualFold(name, fetch.HeaderOrigin) {
			return true
		}
	}
	return slices.ContainsFunc(v.response.Header, func(h fetch.Header) bool {
		return strings.HasPrefix(fetch.ByteLowercase(h.Name), "access-control-allow-")
	})
})

var isHTML = whenSeen(func(v *evidence) bool {
	t, ok := fetch.ExtractMIMEType(v.response.Header)
	return ok && t.Essence() == "text/html"
})

// isData tests whether a response has a type for data.
var isData = whenKnown(nothing, func(v *evidence) bool {
	t, ok := fetch.ExtractMIMEType(v.response.Header)
	return ok && fetch.IsOpaqueBlocklisted(t.Essence()) && t.Essence() != "text/html"
})

// preflightPassed tests whether a successful preflight came before the request.
var preflightPassed = and(not(isPreflight), whenKnown(nothing, func(v *evidence) bool {
	n := len(v.result.Trace.Exchanges)
	return n > 1 && v.result.Trace.Exchanges[n-2].Kind == browser.ExchangePreflight
}))

var wasRedirected = whenKnown((*evidence).knowsRedirects, func(v *evidence) bool {
	return v.result.Request != nil && len(v.result.Request.URLList) > 1
})

// redirectedBy tests whether the last redirect that was followed has two URLs with a
// relation.
func redirectedBy(relation func(from, to origin.URL) bool) test {
	return and(wasRedirected, whenKnown((*evidence).knowsRedirects, func(v *evidence) bool {
		if v.result.Request == nil {
			return false
		}
		urls := v.result.Request.URLList
		return len(urls) > 1 && relation(urls[len(urls)-2], urls[len(urls)-1])
	}))
}

// hasNullOrigin tests whether the request's origin serialises as "null".
var hasNullOrigin = whenKnown((*evidence).knowsOrigin, func(v *evidence) bool { return v.failure.Want == "null" })

// location returns the URL that the response redirects to.
func (v *evidence) location() (u origin.URL, ok bool) {
	value, ok := v.response.Header.Get(fetch.HeaderLocation)
	if !ok || v.exchange == nil || !fetch.IsRedirectStatus(v.response.Status) {
		return u, false
	}
	u, err := v.exchange.Request.URL.Parse(value)
	return u, err == nil
}

// isHTTPRequest tests whether the request's URL is http.
var isHTTPRequest = whenKnown((*evidence).knowsURL, func(v *evidence) bool {
	return v.exchange != nil && v.exchange.Request.URL.Scheme() == "http"
})

// redirectsTo tests whether a redirect's two URLs have a relation.
func redirectsTo(relation func(from, to origin.URL) bool) test {
	return and(isRedirect, whenSeen(func(v *evidence) bool {
		to, ok := v.location()
		return ok && relation(v.exchange.Request.URL, to)
	}))
}

func toLogin(_, to origin.URL) bool {
	s := fetch.ByteLowercase(to.Host() + to.Path())
	for _, word := range [...]string{"login", "signin", "sign-in", "sign_in", "auth", "sso", "saml"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

func toHTTPS(from, to origin.URL) bool { return from.Scheme() == "http" && to.Scheme() == "https" }

func toSlash(from, to origin.URL) bool {
	return from.Host() == to.Host() && from.Path() != to.Path() &&
		strings.TrimSuffix(from.Path(), "/") == strings.TrimSuffix(to.Path(), "/")
}

func toOtherName(from, to origin.URL) bool {
	return from.Host() != to.Host() && origin.SameSite(from.Origin(), to.Origin())
}

// toOtherURL holds for redirects without one of the other relations.
func toOtherURL(from, to origin.URL) bool {
	return !toLogin(from, to) && !toHTTPS(from, to) && !toSlash(from, to) && !toOtherName(from, to)
}

// allowedOrigin returns the origin in the failure's value, if there is one.
func (v *evidence) allowedOrigin() (o origin.Origin, ok bool) {
	u, err := origin.ParseURL(v.failure.Got)
	if err != nil {
		return o, false
	}
	return u.Origin(), !u.Origin().IsOpaque()
}

// requestOrigin returns the request's origin, if it is a tuple origin.
func (v *evidence) requestOrigin() (o origin.Origin, ok bool) {
	o, err := origin.ParseOrigin(v.failure.Want)
	return o, err == nil && !o.IsOpaque()
}

// differsIn tests whether the allowed origin differs from the request's origin
// only in d, and whether a relation holds.
func differsIn(d origin.Difference, relation func(allowed, wanted origin.Origin) bool) test {
	return whenKnown((*evidence).knowsBoth, func(v *evidence) bool {
		a, okA := v.allowedOrigin()
		w, okW := v.requestOrigin()
		return okA && okW && origin.Compare(a, w) == d && relation(a, w)
	})
}

func anyOrigins(origin.Origin, origin.Origin) bool { return true }

func byWWW(a, w origin.Origin) bool {
	return a.Host() == "www."+w.Host() || w.Host() == "www."+a.Host()
}

func isLoopbackName(o origin.Origin) bool {
	return o.Host() == "localhost" || o.Host() == "127.0.0.1" || o.Host() == "[::1]"
}

var bothLoopback = whenKnown((*evidence).knowsBoth, func(v *evidence) bool {
	a, okA := v.allowedOrigin()
	w, okW := v.requestOrigin()
	return okA && okW && a.Host() != w.Host() && isLoopbackName(a) && isLoopbackName(w)
})

func bySubdomain(a, w origin.Origin) bool {
	return !byWWW(a, w) && origin.SameSite(a, w) && !isLoopbackName(a)
}

var (
	hasTrailingSlash = whenKnown((*evidence).knowsBoth, func(v *evidence) bool { return v.failure.Got == v.failure.Want+"/" })
	hasPath          = and(not(hasTrailingSlash), whenKnown((*evidence).knowsBoth, func(v *evidence) bool {
		return strings.HasPrefix(v.failure.Got, v.failure.Want+"/")
	}))
)

// isOwnOrigin tests whether a server allows its own origin.
var isOwnOrigin = whenKnown((*evidence).knowsValue, func(v *evidence) bool {
	a, ok := v.allowedOrigin()
	return ok && v.exchange != nil && a == v.exchange.Request.URL.Origin()
})

// isOtherOrigin tests whether a server allows a valid origin that is not the
// request's.
var isOtherOrigin = whenKnown((*evidence).knowsBoth, func(v *evidence) bool {
	a, okA := v.allowedOrigin()
	w, okW := v.requestOrigin()
	return okA && (!okW || a != w)
})

func gotContains(chars string) test {
	return whenKnown((*evidence).knowsValue, func(v *evidence) bool { return strings.ContainsAny(v.failure.Got, chars) })
}

func gotIs(words ...string) test {
	return whenKnown((*evidence).knowsValue, func(v *evidence) bool { return slices.Contains(words, v.failure.Got) })
}

func gotEqualFold(word string) test {
	return whenKnown((*evidence).knowsValue, func(v *evidence) bool { return fetch.EqualFold(v.failure.Got, word) })
}

// gotIsAmong tests whether the failure's value, in any case, is in a list.
func gotIsAmong(names func(string) bool) test {
	return whenKnown((*evidence).knowsValue, func(v *evidence) bool { return names(fetch.ByteLowercase(v.failure.Got)) })
}

// namesTwoWriters tests whether a list of values shows that two places added a
// header: a value is in it twice, or the asterisk beside others.
var namesTwoWriters = whenKnown((*evidence).knowsValue, func(v *evidence) bool {
	seen := make(map[string]bool)
	for value := range strings.SplitSeq(v.failure.Got, ",") {
		if value = strings.TrimSpace(value); seen[value] {
			return true
		}
		seen[value] = true
	}
	return len(seen) > 1 && seen["*"]
})

// isMessage tests whether a message is all that is known.
var isMessage = is(func(v *evidence) bool { return !v.complete && !v.general })

// lacksHTTP tests whether a URL was meant to be an http one without its scheme: what
// is before the colon is a host, and a port follows.
var lacksHTTP = whenKnown((*evidence).knowsValue, func(v *evidence) bool {
	host, rest, ok := strings.Cut(v.failure.Got, ":")
	port, _, _ := strings.Cut(rest, "/")
	return ok && port != "" && strings.Trim(port, "0123456789") == "" && (host == "localhost" || strings.Contains(host, ".") || !strings.Contains(rest, "//"))
})

// isHTTPPage tests whether the page was loaded over http.
var isHTTPPage = whenKnown((*evidence).knowsOrigin, func(v *evidence) bool {
	return v.result.Client != nil && v.result.Client.URL.Scheme() == "http"
})

// isFile tests whether the failure's value is the URL of a file.
var isFile = whenKnown((*evidence).knowsValue, func(v *evidence) bool { return strings.HasPrefix(v.failure.Got, "file:") })

// severalLines tests whether a response has the failure's header several times.
var severalLines = whenKnown(nothing, func(v *evidence) bool { return len(v.response.Header.Values(v.failure.Header)) > 1 })

// lacksScheme tests whether a value would be an origin with a scheme.
var lacksScheme = whenKnown((*evidence).knowsValue, func(v *evidence) bool {
	_, err := origin.ParseOrigin("https://" + v.failure.Got)
	return err == nil && !strings.Contains(v.failure.Got, "*")
})

// listsToken tests whether a response's list header has a token.
func listsToken(token string) test {
	return whenKnown(nothing, func(v *evidence) bool { return v.hasListed(token) })
}

func (v *evidence) hasListed(token string) bool {
	items, _ := v.response.Header.GetDecodeSplit(v.failure.Header)
	return slices.Contains(items, token)
}

var withCredentials = whenKnown(nothing, func(v *evidence) bool {
	return v.result.Request != nil && v.result.Request.Credentials == fetch.CredentialsInclude
})

// isKnownInUpperCase tests whether the method would be allowed in upper case.
var isKnownInUpperCase = whenKnown((*evidence).knowsValue, func(v *evidence) bool {
	upper := strings.ToUpper(v.failure.Got)
	return upper != v.failure.Got && (upper == "PATCH" || v.hasListed(upper))
})

// variesByOrigin tests whether a response has Vary: Origin.
var variesByOrigin = whenKnown(nothing, func(v *evidence) bool {
	vary, _ := v.response.Header.Get("Vary")
	return strings.Contains(fetch.ByteLowercase(vary), "origin")
})

var hasEmbedderPolicy = whenKnown(nothing, func(v *evidence) bool {
	return v.result.Client.PolicyContainer.EmbedderPolicy != fetch.EmbedderPolicyUnsafeNone && v.failure.Got == ""
})

// isOfExtension reports whether the page belongs to a browser extension.
func isOfExtension(v *evidence) bool {
	scheme, _, _ := strings.Cut(v.failure.Want, "://")
	return strings.HasSuffix(scheme, "-extension")
}

// isOfApplication reports whether the page's origin has an application's own scheme, or
// is that of a file that an application shows.
func isOfApplication(v *evidence) bool {
	scheme, _, ok := strings.Cut(v.failure.Want, "://")
	return ok && scheme != "http" && scheme != "https" && !isOfExtension(v)
}
