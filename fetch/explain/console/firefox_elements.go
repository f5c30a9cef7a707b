package console

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// isEarlyType reports whether a reason is one of the network process, which
// looks at types before the CORS check is made.
func isEarlyType(reason fetch.Reason) bool {
	switch reason {
	case fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked, fetch.ReasonElementType:
		return true
	}
	return false
}

// wrongType returns the messages about a response of a type that is refused.
func (f firefox) wrongType(r *browser.Result) []firefoxMessage {
	x := r.FailedExchange()
	if x == nil || x.Response == nil || r.Tag == browser.TagStylesheet && r.Failure.Reason == fetch.ReasonElementType {
		return nil
	}
	return append([]firefoxMessage{f.typeMessage(r, x)}, f.didNotSucceed(r)...)
}

// typeMessage returns the message about a refused type.
func (f firefox) typeMessage(r *browser.Result, x *browser.Exchange) firefoxMessage {
	u, got := x.URL.String(), firefoxType(x.Response.Header)
	switch r.Failure.Reason {
	case fetch.ReasonElementType:
		return firefoxMessage{"MIMEMISMATCH", "Loading module from “" + u + "” was blocked because of a disallowed MIME type (“" + got + "”)."}
	case fetch.ReasonMIMETypeBlocked:
		return firefoxMessage{"MIMEMISMATCH", "Script from “" + u + "” was blocked because of a disallowed MIME type (“" + got + "”)."}
	}
	return nosniffMessage(u, got)
}

func nosniffMessage(u, got string) firefoxMessage {
	return firefoxMessage{"MIMEMISMATCH", "The resource from “" + u + "” was blocked due to MIME type (“" + got +
		"”) mismatch (X-Content-Type-Options: nosniff)."}
}

// wrongRedirectType returns the message about the type of a redirect that was
// asked for as a script or style sheet and is not followed.
func (f firefox) wrongRedirectType(r *browser.Result, x *browser.Exchange) []firefoxMessage {
	if r.API != browser.APIElement {
		return nil
	}
	u, got := x.URL.String(), firefoxType(x.Response.Header)
	resp := &fetch.Response{Header: x.Response.Header}
	t, ok := fetch.ExtractMIMEType(x.Response.Header)
	switch {
	case r.Tag == browser.TagModule && (!ok || !t.IsJavaScript()):
		return []firefoxMessage{{"MIMEMISMATCH", "Loading module from “" + u + "” was blocked because of a disallowed MIME type (“" + got + "”)."}}
	case fetch.ShouldBeBlockedDueToNosniff(resp, r.Request.Destination):
		return []firefoxMessage{nosniffMessage(u, got)}
	}
	return nil
}

// wrongScriptType returns the warning about a script that is let through in
// spite of its type, before the CORS check or after it.
func (f firefox) wrongScriptType(r *browser.Result) []firefoxMessage {
	n := len(r.Trace.Exchanges)
	if r.API != browser.APIElement || r.Tag != browser.TagScript || n == 0 {
		return nil
	}
	x := &r.Trace.Exchanges[n-1]
	if x.Response == nil || !fetch.IsOKStatus(x.Response.Status) {
		return nil
	}
	if t, ok := fetch.ExtractMIMEType(x.Response.Header); ok && t.IsJavaScript() {
		return nil
	}
	if r.Failure != nil && (r.Failure.Reason == fetch.ReasonCORP || r.Failure.Reason == fetch.ReasonResponseMalformed) {
		return nil
	}
	return []firefoxMessage{{"MIMEMISMATCH", "The script from “" + x.URL.String() +
		"” was loaded even though its MIME type (“" + firefoxType(x.Response.Header) + "”) is not a valid JavaScript MIME type."}}
}

func firefoxType(header fetch.HeaderList) string {
	if t, ok := fetch.ExtractMIMEType(header); ok {
		return t.Essence()
	}
	return ""
}

// opaqueReasons says what stands behind the steps of opaque-response blocking.
var opaqueReasons = map[string]string{
	"3.2": "mimeType is an opaque-blocklisted-never-sniffed MIME type",
	"3.3": "response's status is 206 and mimeType is an opaque-blocklisted MIME type",
	"3.4": "nosniff is true and mimeType is an opaque-blocklisted MIME type or its essence is 'text/plain'",
	"5":   "response status is 206 and not first partial response",
	"8.2": "media request's response status is neither 200 nor 206",
	"9":   "after sniff: media request",
	"11":  "after sniff: nosniff is true",
	"12":  "after sniff: status code is not in allowed range",
	"14":  "after sniff: content-type declares image/video/audio, but sniffing fails",
	"15":  "Javascript validation failed",
}

// opaqueByHeaders are the steps that the headers decide.
var opaqueByHeaders = []string{"3.2", "3.3", "3.4", "5"}

// opaqueBlocked returns the messages about an opaque response that is kept
// back. What its headers decide is told before its type is looked at, what its
// body decides after. The last one is about the channel that the page opened,
// which is another one behind redirects and upgrades.
func (f firefox) opaqueBlocked(r *browser.Result) []firefoxMessage {
	step := r.Failure.Step.Number
	out := []firefoxMessage{{"ORB", "The resource at “" + r.Request.CurrentURL().WithoutCredentials().String() +
		"” was blocked by OpaqueResponseBlocking. Reason: “" + opaqueReasons[step] + "”."}}
	if slices.Contains(opaqueByHeaders, step) {
		out = append(out, f.wrongScriptType(r)...)
	} else {
		out = append(f.wrongScriptType(r), out...)
	}
	if len(r.Request.URLList) == 1 && r.Trace.UpgradedFrom == nil {
		out = append(out, firefoxMessage{"ORB", "A resource is blocked by OpaqueResponseBlocking, please check browser console for details."})
	}
	return out
}

// mayNotFollow reports whether a redirect of a script led to a URL that the page
// itself may not load.
func (f firefox) mayNotFollow(r *browser.Result, x *browser.Exchange) bool {
	to, err := x.URL.Parse(r.Failure.Got)
	return r.Failure.Reason == fetch.ReasonRedirectNotHTTP && err == nil &&
		(to.Scheme() == "file" || to.Scheme() == "blob" && to.SameOrigin(x.URL))
}

// scriptLoader returns the message about a script or module that was not
// loaded.
func (f firefox) scriptLoader(r *browser.Result) []firefoxMessage {
	if r.Request == nil {
		return nil
	}
	subject, failed := "<script> source URI", "the <script>"
	switch r.Tag {
	case browser.TagScript:
	case browser.TagModule:
		subject, failed = "Module source URI", "the module"
	default:
		return nil
	}
	u := r.Request.URL().String()
	refused := firefoxMessage{"Script Loader", subject + " is not allowed in this document: “" + u + "”."}
	if f.isLocal(r) {
		return []firefoxMessage{refused}
	}
	if x := r.FailedExchange(); x != nil && (f.mayNotFollow(r, x) || x.Tainting == fetch.TaintingCORS && r.Failure.Reason != fetch.ReasonElementStatus) {
		return []firefoxMessage{refused}
	}
	return []firefoxMessage{{"Script Loader", "Loading failed for " + failed + " with source “" + u + "”."}}
}
