package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch/browser"
)

// withHSTS returns the causes of a failure with that of a redirect which the browser made
// itself, if there was one: no server has sent it, and none can change it.
func withHSTS(r *browser.Result, causes []Cause) []Cause {
	if len(r.Trace.HSTS) == 0 || !slices.ContainsFunc(r.Trace.Exchanges, func(x browser.Exchange) bool { return x.FromHSTS }) {
		return causes
	}
	causes = slices.DeleteFunc(causes, func(c Cause) bool { return c.Code == CauseHTTPSRedirect })
	return slices.Insert(causes, 0, Cause{Code: CauseHSTS, Text: "the browser itself redirects http to https, because it knows that the host wants https " +
		"(Strict-Transport-Security): write https:// in the URL that the page asks for; then nothing is redirected, and Origin is the page's"})
}
