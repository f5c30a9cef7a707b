package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
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
		if x.Kind == browser.ExchangePreflight {
			need.Methods = union([]string{"GET", "HEAD", "POST"}, tokens(x.Response.Header, fetch.HeaderAllowMethods))
			need.Headers = tokens(x.Response.Header, fetch.HeaderAllowHeaders)
		}
	}
	need.Credentials = r.Request != nil && r.Request.Credentials == fetch.CredentialsInclude
	if isAsterisk := func(s string) bool { return s == "*" }; need.Credentials {
		// It would only be a name.
		need.Methods, need.Headers = slices.DeleteFunc(need.Methods, isAsterisk), slices.DeleteFunc(need.Headers, isAsterisk)
	}
	return need
}

func tokens(l fetch.HeaderList, name string) []string {
	items, _ := l.GetDecodeSplit(name)
	return slices.DeleteFunc(items, func(s string) bool { return s == "" })
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
