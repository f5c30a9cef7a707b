package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// changeTo returns the change that sets a header of a response.
func changeTo(t server.Target, header string, changes []server.Change) (server.Change, bool) {
	i := slices.IndexFunc(changes, func(c server.Change) bool {
		return c.Target == t && c.Op == server.OpSet && fetch.EqualFold(c.Header, header)
	})
	if i < 0 {
		return server.Change{}, false
	}
	return changes[i], true
}

// advise returns a change of Vary for a response that names an origin, because
// caches need it. Caches do not store responses to OPTIONS.
func advise(t server.Target, x *browser.Exchange, changes []server.Change) []server.Change {
	allowed, ok := changeTo(t, fetch.HeaderAllowOrigin, changes)
	if !ok || allowed.Value == "*" || t.Method == "OPTIONS" {
		return nil
	}
	vary, _ := x.Response.Header.GetDecodeSplit("Vary")
	if slices.ContainsFunc(vary, func(v string) bool { return v == "*" || fetch.EqualFold(v, fetch.HeaderOrigin) }) {
		return nil
	}
	vary = slices.DeleteFunc(vary, func(v string) bool { return v == "" })
	return []server.Change{{Target: t, Op: server.OpSet, Header: "Vary", Value: strings.Join(append(vary, fetch.HeaderOrigin), ", ")}}
}

// warn returns what is unsafe about the changes to a response.
func warn(t server.Target, x *browser.Exchange, changes []server.Change) []Warning {
	var out []Warning
	if c, ok := changeTo(t, fetch.HeaderAllowOrigin, changes); ok {
		out = append(out, warnOfOrigin(t, c.Value, x)...)
	}
	if c, ok := changeTo(t, fetch.HeaderCORP, changes); ok && c.Value == "cross-origin" {
		out = append(out, Warning{WarningCORP, t, "pages of every site can then embed the resource"})
	}
	return out
}

func warnOfOrigin(t server.Target, allowed string, x *browser.Exchange) []Warning {
	credentials, _ := x.Response.Header.Get(fetch.HeaderAllowCredentials)
	switch {
	case allowed == "null" && credentials == "true":
		return []Warning{{WarningNullOriginCredentials, t, `unsafe: any page can make itself the origin "null" with a sandboxed frame, ` +
			"and would then read this response with the user's cookies; better give the page a real origin, or ask for the URL that the redirects end at"}}
	case allowed == "null":
		return []Warning{{WarningNullOrigin, t, `any page can make itself the origin "null" with a sandboxed frame`}}
	case allowed == "*":
		return []Warning{{WarningAnyOrigin, t, "every page can then read this response, without cookies: right only for what is public anyway"}}
	}
	o, err := origin.ParseOrigin(allowed)
	if err == nil && x.Request.URL.Scheme() == "https" && !o.IsPotentiallyTrustworthy() {
		return []Warning{{WarningInsecureOrigin, t, "anyone on the network path to " + allowed + " can change that page and then read this response: allow the https origin instead"}}
	}
	return nil
}

// assume returns what the changes to a response take for granted.
func (s *search) assume(t server.Target, changes []server.Change) []Assumption {
	var out []Assumption
	add := func(code AssumptionCode, text string) { out = append(out, Assumption{code, t, text}) }
	if !isInTrace(s.result, t) && !isInPreflightCache(s.result, t) && !s.servers.answered[t] {
		add(AssumptionUnseen, "no such response was seen; it is taken to have the status 200 and no CORS headers")
	}
	for _, c := range changes {
		switch {
		case c.Target != t:
		case c.Op == server.OpStatus && t.Preflight && !s.wasAnswered(t):
			add(AssumptionReachable, "no response came; the server is taken to be reachable and to drop only OPTIONS")
		case c.Op == server.OpStatus && !t.Preflight:
			add(AssumptionResource, "the server has something to send with this status")
		case fetch.EqualFold(c.Header, fetch.HeaderLocation):
			add(AssumptionLocation, "the changed Location leads to the same resource")
		case fetch.EqualFold(c.Header, "Content-Type"):
			add(AssumptionBody, "the body really is of that type")
		}
	}
	return out
}

// wasAnswered reports whether the result's own trace contains a response.
func (s *search) wasAnswered(t server.Target) bool {
	return slices.ContainsFunc(s.result.Trace.Exchanges, func(x browser.Exchange) bool {
		return server.TargetOf(&x.Request) == t && x.Response != nil
	})
}
