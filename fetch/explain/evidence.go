package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// evidence is what causes are looked for in: a blocked result and the last
// exchange of it. What is known of a message alone is not whole.
type evidence struct {
	result   *browser.Result
	failure  *fetch.Failure
	exchange *browser.Exchange // nil when nothing was sent
	target   server.Target
	answer   *fetch.WireResponse // never nil
	// whole: all of it was seen. Otherwise only what a message tells is known,
	// and from some messages whether it was a preflight and after redirects.
	whole, knownKind, knownRedirects bool
}

// truth is what evidence says to a cause.
type truth uint8

const (
	refuted truth = iota
	// open: what would decide is not known.
	open
	shown
)

// test is what a cause hangs on.
type test func(*evidence) truth

// candidate is a cause with what speaks for it.
type candidate struct {
	code  CauseCode
	holds test
}

// always returns causes for which nothing more has to speak.
func always(codes ...CauseCode) []candidate {
	out := make([]candidate, len(codes))
	for i, code := range codes {
		out[i] = candidate{code, yes}
	}
	return out
}

func yes(*evidence) truth { return shown }

func never(*evidence) truth { return refuted }

func and(a, b test) test {
	return func(v *evidence) truth { return min(a(v), b(v)) }
}

func or(a, b test) test {
	return func(v *evidence) truth { return max(a(v), b(v)) }
}

func not(a test) test {
	return func(v *evidence) truth { return shown - a(v) }
}

// is is a test that a failure or a request alone can decide.
func is(holds func(*evidence) bool) test {
	return func(v *evidence) truth {
		if holds(v) {
			return shown
		}
		return refuted
	}
}

// inExchange is a test that takes the whole exchange to decide, unless known
// says that there is enough to go by.
func inExchange(known, holds func(*evidence) bool) test {
	return func(v *evidence) truth {
		if !v.whole && !known(v) {
			return open
		}
		return is(holds)(v)
	}
}

func nothing(*evidence) bool             { return false }
func (v *evidence) knowsURL() bool       { return v.exchange != nil }
func (v *evidence) knowsStatus() bool    { return v.answer.Status != 0 }
func (v *evidence) knowsKind() bool      { return v.knownKind }
func (v *evidence) knowsRedirects() bool { return v.knownRedirects }
func (v *evidence) knowsValue() bool     { return v.failure.Got != "" }
func (v *evidence) knowsOrigin() bool    { return v.failure.Want != "" }
func (v *evidence) knowsBoth() bool      { return v.knowsValue() && v.knowsOrigin() }

func newEvidence(r *browser.Result) *evidence {
	v := &evidence{result: r, failure: r.Failure, answer: &fetch.WireResponse{}, whole: true}
	if n := len(r.Trace.Exchanges); n > 0 {
		v.exchange = &r.Trace.Exchanges[n-1]
		v.target = server.TargetOf(&v.exchange.Request)
		if v.exchange.Response != nil {
			v.answer = v.exchange.Response
		}
	} else if r.Request != nil {
		v.target = server.Target{Method: r.Request.Method, URL: r.Request.CurrentURL().WithoutCredentials().WithoutFragment()}
	}
	return v
}

// causes returns the causes that nothing speaks against: those that are shown in
// order, then the others. A reason's last one stands in where there is none.
// It is the commonest, so it comes first where not even a status is known, unless
// it only says that the server is wrong.
func (v *evidence) causes(candidates []candidate) []Cause {
	var by [shown + 1][]Cause
	for _, c := range candidates {
		t := c.holds(v)
		by[t] = append(by[t], Cause{c.code, causeTexts[c.code]})
	}
	last := Cause{candidates[len(candidates)-1].code, causeTexts[candidates[len(candidates)-1].code]}
	if n := len(by[open]); n > 0 && by[open][n-1] == last && !v.knowsStatus() && last.Code != CauseServerCode {
		by[open] = slices.Insert(by[open][:n-1], 0, last)
	}
	if out := append(by[shown], by[open]...); len(out) > 0 {
		return out
	}
	return []Cause{last}
}

// statusIn holds for answers with one of the statuses.
func statusIn(codes ...int) test {
	return inExchange((*evidence).knowsStatus, func(v *evidence) bool { return slices.Contains(codes, v.answer.Status) })
}

var (
	isOK          = inExchange((*evidence).knowsStatus, func(v *evidence) bool { return fetch.IsOKStatus(v.answer.Status) })
	isServerError = inExchange((*evidence).knowsStatus, func(v *evidence) bool {
		return v.answer.Status >= 500 && !slices.Contains([]int{501, 502, 503, 504}, v.answer.Status)
	})
	isRedirect  = inExchange((*evidence).knowsStatus, func(v *evidence) bool { return fetch.IsRedirectStatus(v.answer.Status) })
	isPreflight = inExchange((*evidence).knowsKind, func(v *evidence) bool { return v.target.Preflight })
)

// hasHeader holds for answers with a header.
func hasHeader(name string) test {
	return inExchange(nothing, func(v *evidence) bool { return v.answer.Header.Contains(name) })
}

// knowsCORS holds for answers that show that their server has CORS: other
// headers of it, or Vary: Origin.
var knowsCORS = inExchange(nothing, func(v *evidence) bool {
	vary, _ := v.answer.Header.GetDecodeSplit("Vary")
	for _, name := range vary {
		if fetch.EqualFold(name, fetch.HeaderOrigin) {
			return true
		}
	}
	return slices.ContainsFunc(v.answer.Header, func(h fetch.Header) bool {
		return strings.HasPrefix(fetch.ByteLowercase(h.Name), "access-control-allow-")
	})
})

var isHTML = inExchange(nothing, func(v *evidence) bool {
	t, ok := fetch.ExtractMIMEType(v.answer.Header)
	return ok && t.Essence() == "text/html"
})

// isData holds for answers of types that are data's.
var isData = inExchange(nothing, func(v *evidence) bool {
	t, ok := fetch.ExtractMIMEType(v.answer.Header)
	return ok && fetch.IsOpaqueBlocklisted(t.Essence()) && t.Essence() != "text/html"
})

// preflightPassed holds for requests after a preflight that was answered well.
var preflightPassed = and(not(isPreflight), inExchange(nothing, func(v *evidence) bool {
	n := len(v.result.Trace.Exchanges)
	return n > 1 && v.result.Trace.Exchanges[n-2].Kind == browser.ExchangePreflight
}))

var wasRedirected = inExchange((*evidence).knowsRedirects, func(v *evidence) bool {
	return v.result.Request != nil && len(v.result.Request.URLList) > 1
})

// asksAsNull holds for requests whose origin serialises as "null".
var asksAsNull = inExchange((*evidence).knowsOrigin, func(v *evidence) bool { return v.failure.Want == "null" })

// location is where the answer redirects to.
func (v *evidence) location() (u origin.URL, ok bool) {
	value, ok := v.answer.Header.Get(fetch.HeaderLocation)
	if !ok || v.exchange == nil || !fetch.IsRedirectStatus(v.answer.Status) {
		return u, false
	}
	u, err := v.exchange.Request.URL.Parse(value)
	return u, err == nil
}

// asksInsecurely holds for requests over http.
var asksInsecurely = inExchange((*evidence).knowsURL, func(v *evidence) bool {
	return v.exchange != nil && v.exchange.Request.URL.Scheme() == "http"
})

// redirectsTo holds for redirects of which a relation of the two URLs holds.
func redirectsTo(relation func(from, to origin.URL) bool) test {
	return and(isRedirect, inExchange(nothing, func(v *evidence) bool {
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

// toElsewhere holds for redirects that nothing more is known about.
func toElsewhere(from, to origin.URL) bool {
	return !toLogin(from, to) && !toHTTPS(from, to) && !toSlash(from, to) && !toOtherName(from, to)
}

// allowed is the origin that the failure's value means, if it means any.
func (v *evidence) allowed() (o origin.Origin, ok bool) {
	u, err := origin.ParseURL(v.failure.Got)
	if err != nil {
		return o, false
	}
	return u.Origin(), !u.Origin().IsOpaque()
}

// wanted is the origin that asks, if it has one.
func (v *evidence) wanted() (o origin.Origin, ok bool) {
	o, err := origin.ParseOrigin(v.failure.Want)
	return o, err == nil && !o.IsOpaque()
}

// differsIn holds where the allowed origin differs from the wanted one in this
// alone and a further relation holds.
func differsIn(d origin.Difference, relation func(allowed, wanted origin.Origin) bool) test {
	return inExchange((*evidence).knowsBoth, func(v *evidence) bool {
		a, okA := v.allowed()
		w, okW := v.wanted()
		return okA && okW && origin.Compare(a, w) == d && relation(a, w)
	})
}

func anyhow(origin.Origin, origin.Origin) bool { return true }

func byWWW(a, w origin.Origin) bool {
	return a.Host() == "www."+w.Host() || w.Host() == "www."+a.Host()
}

func isLoopbackName(o origin.Origin) bool {
	return o.Host() == "localhost" || o.Host() == "127.0.0.1" || o.Host() == "[::1]"
}

var bothLoopback = inExchange((*evidence).knowsBoth, func(v *evidence) bool {
	a, okA := v.allowed()
	w, okW := v.wanted()
	return okA && okW && a.Host() != w.Host() && isLoopbackName(a) && isLoopbackName(w)
})

func bySubdomain(a, w origin.Origin) bool {
	return !byWWW(a, w) && origin.SameSite(a, w) && !isLoopbackName(a)
}

var (
	isSlashMore = inExchange((*evidence).knowsBoth, func(v *evidence) bool { return v.failure.Got == v.failure.Want+"/" })
	hasPath     = and(not(isSlashMore), inExchange((*evidence).knowsBoth, func(v *evidence) bool {
		return strings.HasPrefix(v.failure.Got, v.failure.Want+"/")
	}))
)

// isOwnOrigin holds where a server allows itself.
var isOwnOrigin = inExchange((*evidence).knowsValue, func(v *evidence) bool {
	a, ok := v.allowed()
	return ok && v.exchange != nil && a == v.exchange.Request.URL.Origin()
})

// isOtherOrigin holds where a whole other origin is allowed.
var isOtherOrigin = inExchange((*evidence).knowsBoth, func(v *evidence) bool {
	a, okA := v.allowed()
	w, okW := v.wanted()
	return okA && (!okW || a != w)
})

func gotContains(chars string) test {
	return inExchange((*evidence).knowsValue, func(v *evidence) bool { return strings.ContainsAny(v.failure.Got, chars) })
}

func gotIs(words ...string) test {
	return inExchange((*evidence).knowsValue, func(v *evidence) bool { return slices.Contains(words, v.failure.Got) })
}

func gotFolds(word string) test {
	return inExchange((*evidence).knowsValue, func(v *evidence) bool { return fetch.EqualFold(v.failure.Got, word) })
}

var isFile = inExchange((*evidence).knowsValue, func(v *evidence) bool { return strings.HasPrefix(v.failure.Got, "file:") })

// severalLines holds for answers that have the failure's header twice.
var severalLines = inExchange(nothing, func(v *evidence) bool { return len(v.answer.Header.Values(v.failure.Header)) > 1 })

// lacksScheme holds for values to which only a scheme is missing.
var lacksScheme = inExchange((*evidence).knowsValue, func(v *evidence) bool {
	_, err := origin.ParseOrigin("https://" + v.failure.Got)
	return err == nil && !strings.Contains(v.failure.Got, "*")
})

// lists holds for answers whose list header has a token.
func lists(token string) test {
	return inExchange(nothing, func(v *evidence) bool { return v.hasListed(token) })
}

func (v *evidence) hasListed(token string) bool {
	items, _ := v.answer.Header.GetDecodeSplit(v.failure.Header)
	return slices.Contains(items, token)
}

var withCredentials = inExchange(nothing, func(v *evidence) bool {
	return v.result.Request != nil && v.result.Request.Credentials == fetch.CredentialsInclude
})

// isUpperOf holds where the method would be known in upper case.
var isUpperOf = inExchange((*evidence).knowsValue, func(v *evidence) bool {
	upper := strings.ToUpper(v.failure.Got)
	return upper != v.failure.Got && (upper == "PATCH" || v.hasListed(upper))
})

// variesByOrigin holds for answers that say so to caches.
var variesByOrigin = inExchange(nothing, func(v *evidence) bool {
	vary, _ := v.answer.Header.Get("Vary")
	return strings.Contains(fetch.ByteLowercase(vary), "origin")
})

var hasEmbedderPolicy = inExchange(nothing, func(v *evidence) bool {
	return v.result.Client.PolicyContainer.EmbedderPolicy != fetch.EmbedderPolicyUnsafeNone && v.failure.Got == ""
})
