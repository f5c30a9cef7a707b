package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// Expose returns the change to the last response that makes hidden headers
// visible to script, which may read the response already. There is no change
// for a header that is visible or was not sent, nor for a header that can never
// be visible: Set-Cookie, and all headers of an opaque response.
func Expose(r *browser.Result, names ...string) Repair {
	hidden := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !canBeExposed(r, name) })
	if len(hidden) == 0 {
		return Repair{}
	}
	n := len(r.Trace.Exchanges)
	exposed := fetch.ExtractHeaderListValues(fetch.HeaderExposeHeaders, r.Response.Unfiltered().Header).Values
	list := slices.DeleteFunc(slices.Concat(exposed, hidden), func(name string) bool { return name == "*" })
	return Repair{Changes: []server.Change{{
		Target: server.TargetOf(&r.Trace.Exchanges[n-1].Request), Op: server.OpSet, Header: fetch.HeaderExposeHeaders, Value: strings.Join(list, ", "),
	}}}
}

// canBeExposed reports whether a header is hidden and a server can make it
// visible.
func canBeExposed(r *browser.Result, name string) bool {
	return r.Response != nil && r.Response.Type == fetch.ResponseCORS && len(r.Trace.Exchanges) > 0 &&
		!r.Response.Header.Contains(name) && r.Response.Unfiltered().Header.Contains(name) && !fetch.IsForbiddenResponseHeaderName(name)
}
