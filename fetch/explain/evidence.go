package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// evidence is what causes are looked for in: a blocked result and the last
// exchange of it.
type evidence struct {
	result   *browser.Result
	failure  *fetch.Failure
	exchange *browser.Exchange // nil when nothing was sent
	target   Target
	answer   *fetch.WireResponse // never nil
}

// candidate is a cause with what speaks for it.
type candidate struct {
	code  CauseCode
	holds func(*evidence) bool
}

// always returns causes for which nothing more has to speak.
func always(codes ...CauseCode) []candidate {
	out := make([]candidate, len(codes))
	for i, code := range codes {
		out[i] = candidate{code, yes}
	}
	return out
}

func yes(*evidence) bool { return true }

func never(*evidence) bool { return false }

func newEvidence(r *browser.Result) *evidence {
	v := &evidence{result: r, failure: r.Failure, answer: &fetch.WireResponse{}}
	if n := len(r.Trace.Exchanges); n > 0 {
		v.exchange = &r.Trace.Exchanges[n-1]
		v.target = TargetOf(&v.exchange.Request)
		if v.exchange.Response != nil {
			v.answer = v.exchange.Response
		}
	} else if r.Request != nil {
		v.target = Target{Method: r.Request.Method, URL: r.Request.CurrentURL().WithoutCredentials().WithoutFragment()}
	}
	return v
}

// causes returns the causes that the evidence speaks for, in order. A reason's
// last one stands in where there is none.
func (v *evidence) causes(candidates []candidate) []Cause {
	var out []Cause
	for _, c := range candidates {
		if c.holds(v) {
			out = append(out, Cause{c.code, causeTexts[c.code]})
		}
	}
	if n := len(candidates); len(out) == 0 && n > 0 {
		code := candidates[n-1].code
		out = append(out, Cause{code, causeTexts[code]})
	}
	return out
}

// statusIn holds for answers with one of the statuses.
func statusIn(codes ...int) func(*evidence) bool {
	return func(v *evidence) bool { return slices.Contains(codes, v.answer.Status) }
}

func isServerError(v *evidence) bool {
	return v.answer.Status >= 500 && v.answer.Status != 501 && !statusIn(502, 503, 504)(v)
}

func isPreflight(v *evidence) bool { return v.target.Kind == browser.ExchangePreflight }

func and(a, b func(*evidence) bool) func(*evidence) bool {
	return func(v *evidence) bool { return a(v) && b(v) }
}

func not(a func(*evidence) bool) func(*evidence) bool {
	return func(v *evidence) bool { return !a(v) }
}

// hasHeader holds for answers with a header.
func hasHeader(name string) func(*evidence) bool {
	return func(v *evidence) bool { return v.answer.Header.Contains(name) }
}

// knowsCORS holds for answers that show that their server has CORS: other
// headers of it, or Vary: Origin.
func knowsCORS(v *evidence) bool {
	vary, _ := v.answer.Header.GetDecodeSplit("Vary")
	for _, name := range vary {
		if fetch.EqualFold(name, fetch.HeaderOrigin) {
			return true
		}
	}
	for _, h := range v.answer.Header {
		if strings.HasPrefix(fetch.ByteLowercase(h.Name), "access-control-allow-") {
			return true
		}
	}
	return false
}

func isOK(v *evidence) bool { return fetch.IsOKStatus(v.answer.Status) }

func isHTML(v *evidence) bool {
	t, ok := fetch.ExtractMIMEType(v.answer.Header)
	return ok && t.Essence() == "text/html"
}

// preflightPassed holds for requests after a preflight that was answered well.
func preflightPassed(v *evidence) bool {
	n := len(v.result.Trace.Exchanges)
	return !isPreflight(v) && n > 1 && v.result.Trace.Exchanges[n-2].Kind == browser.ExchangePreflight
}

func wasRedirected(v *evidence) bool {
	return v.result.Request != nil && len(v.result.Request.URLList) > 1
}

// asksAsNull holds for requests whose origin serialises as "null".
func asksAsNull(v *evidence) bool { return v.failure.Want == "null" }

// location is where the answer redirects to.
func (v *evidence) location() (u origin.URL, ok bool) {
	value, ok := v.answer.Header.Get(fetch.HeaderLocation)
	if !ok || v.exchange == nil || !fetch.IsRedirectStatus(v.answer.Status) {
		return u, false
	}
	u, err := v.exchange.Request.URL.Parse(value)
	return u, err == nil
}

// redirectsTo holds for redirects of which a relation of the two URLs holds.
func redirectsTo(relation func(from, to origin.URL) bool) func(*evidence) bool {
	return func(v *evidence) bool {
		to, ok := v.location()
		return ok && relation(v.exchange.Request.URL, to)
	}
}

func toLogin(_, to origin.URL) bool {
	s := strings.ToLower(to.Host() + to.Path())
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
func differsIn(d origin.Difference, relation func(allowed, wanted origin.Origin) bool) func(*evidence) bool {
	return func(v *evidence) bool {
		a, okA := v.allowed()
		w, okW := v.wanted()
		return okA && okW && origin.Compare(a, w) == d && relation(a, w)
	}
}

func anyhow(origin.Origin, origin.Origin) bool { return true }

func byWWW(a, w origin.Origin) bool {
	return a.Host() == "www."+w.Host() || w.Host() == "www."+a.Host()
}

func isLoopbackName(o origin.Origin) bool {
	return o.Host() == "localhost" || o.Host() == "127.0.0.1" || o.Host() == "[::1]"
}

func bothLoopback(v *evidence) bool {
	a, okA := v.allowed()
	w, okW := v.wanted()
	return okA && okW && a.Host() != w.Host() && isLoopbackName(a) && isLoopbackName(w)
}

func bySubdomain(a, w origin.Origin) bool {
	return !byWWW(a, w) && origin.SameSite(a, w) && !isLoopbackName(a)
}

func isSlashMore(v *evidence) bool { return v.failure.Got == v.failure.Want+"/" }

func hasPath(v *evidence) bool {
	return strings.HasPrefix(v.failure.Got, v.failure.Want+"/") && !isSlashMore(v)
}

// isOwnOrigin holds where a server allows itself.
func isOwnOrigin(v *evidence) bool {
	a, ok := v.allowed()
	return ok && v.exchange != nil && a == v.exchange.Request.URL.Origin()
}

// isOtherOrigin holds where a whole other origin is allowed.
func isOtherOrigin(v *evidence) bool {
	a, okA := v.allowed()
	w, okW := v.wanted()
	return okA && (!okW || a != w)
}

func gotContains(chars string) func(*evidence) bool {
	return func(v *evidence) bool { return strings.ContainsAny(v.failure.Got, chars) }
}

func gotIs(words ...string) func(*evidence) bool {
	return func(v *evidence) bool { return slices.Contains(words, v.failure.Got) }
}

func gotFolds(word string) func(*evidence) bool {
	return func(v *evidence) bool { return fetch.EqualFold(v.failure.Got, word) }
}

// severalLines holds for answers that have the failure's header twice.
func severalLines(v *evidence) bool { return len(v.answer.Header.Values(v.failure.Header)) > 1 }

// lacksScheme holds for values to which only a scheme is missing.
func lacksScheme(v *evidence) bool {
	_, err := origin.ParseOrigin("https://" + v.failure.Got)
	return err == nil && !strings.Contains(v.failure.Got, "*")
}

// lists holds for answers whose list header has a token.
func lists(token string) func(*evidence) bool {
	return func(v *evidence) bool {
		items, _ := v.answer.Header.GetDecodeSplit(v.failure.Header)
		return slices.Contains(items, token)
	}
}

func withCredentials(v *evidence) bool {
	return v.result.Request != nil && v.result.Request.Credentials == fetch.CredentialsInclude
}

// isUpperOf holds where the method would be known in upper case.
func isUpperOf(v *evidence) bool {
	upper := strings.ToUpper(v.failure.Got)
	return upper != v.failure.Got && (lists(upper)(v) || upper == "PATCH")
}

func dependsOnOrigin(v *evidence) bool {
	vary, _ := v.answer.Header.Get("Vary")
	return !isPreflight(v) && !strings.Contains(fetch.ByteLowercase(vary), "origin")
}

func hasEmbedderPolicy(v *evidence) bool {
	return v.result.Client.EmbedderPolicy != fetch.EmbedderPolicyUnsafeNone && v.failure.Got == ""
}
