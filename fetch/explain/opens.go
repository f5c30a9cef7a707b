package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// opensEverything reports whether changes allow the origin null, which every site can
// take, or every origin.
func opensEverything(changes []server.Change) bool {
	return slices.ContainsFunc(changes, func(c server.Change) bool {
		return c.Header == fetch.HeaderAllowOrigin && (c.Value == "*" || c.Value == browser.NullPage)
	})
}

// opens says what it would mean to make changes that open a server to every site, and
// what to do instead. After redirects that is to request another URL ([insteadURL]). It
// returns nil for other changes.
func opens(r *browser.Result, changes []server.Change) []string {
	if !opensEverything(changes) {
		return nil
	}
	credentials := r.Request.Credentials == fetch.CredentialsInclude
	what := "a server that allows it is open to every site"
	if credentials {
		what += ", with the user's cookies"
	}
	if r.Client == nil || !r.Client.Origin.IsOpaque() {
		return []string{"with the redirect no change of the server is safe: after it browsers send the origin null, which every site can take; " + what}
	}
	out := []string{
		"no change of the server is safe: the page's origin is null, which every site can take with a sandboxed frame; " + what,
		"give the page an origin: load it over http or https instead of a file, or sandbox its frame with allow-same-origin",
	}
	if !credentials {
		out = append(out, "only if every site may read this response: allow every origin (*), which is without cookies")
	}
	return out
}
