package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// isAboutCORS reports whether a change is one that CORS support would make.
func isAboutCORS(c server.Change) bool {
	return strings.HasPrefix(c.Header, "Access-Control-") || c.Op == server.OpStatus && c.Target.Preflight
}

// needOf reads what a repaired run needs off its answers.
func needOf(r *browser.Result) server.Need {
	var need server.Need
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Response == nil {
			continue
		}
		if value, ok := x.Response.Header.Get(fetch.HeaderAllowOrigin); ok {
			need.Origin = value
		}
		if x.Kind != browser.ExchangePreflight {
			need.KeepActual(x.Response.Header)
			continue
		}
		method, _ := x.Request.Header.Get(fetch.HeaderRequestMethod)
		need.Methods, need.Headers = union([]string{"GET", "HEAD", "POST"}, []string{method}), nil
		need.KeepPreflight(x.Response.Header)
		asked, _ := x.Request.Header.GetDecodeSplit(fetch.HeaderRequestHeaders)
		need.Headers = union(need.Headers, slices.DeleteFunc(asked, func(name string) bool {
			return slices.ContainsFunc(need.Headers, func(s string) bool { return fetch.EqualFold(s, name) })
		}))
	}
	need.Credentials = r.Request != nil && r.Request.Credentials == fetch.CredentialsInclude
	return need
}

// keepOrigins adds the other origins that the responses of a call allow. They are part
// of the need only where they get nothing that they did not have: where the changes
// add an origin and nothing else. Otherwise the need says that it leaves them out.
func keepOrigins(need *server.Need, r *browser.Result, changes []server.Change) {
	alone := !slices.ContainsFunc(changes, func(c server.Change) bool { return c.Header != fetch.HeaderAllowOrigin })
	for i := range r.Trace.Exchanges {
		x := &r.Trace.Exchanges[i]
		if x.Response == nil {
			continue
		}
		allowed, _ := x.Response.Header.GetDecodeSplit(fetch.HeaderAllowOrigin)
		for _, value := range allowed {
			o, err := origin.ParseOrigin(value)
			switch {
			case value == "*" && need.Origin != "*":
				need.AddBefore(`every origin, for requests without credentials ("*")`)
			case value == "null" && need.Origin != "null":
				need.AddBefore("the origin null, which every site can take")
			case err != nil || o.String() != value || slices.Contains(need.Origins(), value):
			case alone && need.Origin != "*" && len(allowed) == 1:
				need.Others = append(need.Others, value)
			default:
				need.AddBefore("the origin " + value)
			}
		}
	}
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
