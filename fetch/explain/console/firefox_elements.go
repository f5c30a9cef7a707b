package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
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
func (f firefox) wrongType(r *browser.Result) []Line {
	x := r.FailedExchange()
	if x == nil || x.Response == nil || r.Tag == browser.TagStylesheet && r.Failure.Reason == fetch.ReasonElementType || f.isCSSModule(r) {
		return nil
	}
	return append([]Line{f.typeLine(r, x)}, f.didNotSucceed(r)...)
}

// typeLine returns the line about a refused type.
func (f firefox) typeLine(r *browser.Result, x *browser.Exchange) Line {
	switch r.Failure.Reason {
	case fetch.ReasonElementType:
		return wrongModuleType(r, x)
	case fetch.ReasonMIMETypeBlocked:
		return firefoxScriptType.line(urlAndType(r, x))
	}
	return firefoxNosniff.line(urlAndType(r, x))
}

// isCSSModule reports whether a style sheet that is imported as a module has a wrong
// type, which is looked at after the response has arrived.
func (firefox) isCSSModule(r *browser.Result) bool {
	return r.Tag == browser.TagModule && r.Request.Destination == fetch.DestinationStyle && r.Failure.Reason == fetch.ReasonElementType
}

func wrongModuleType(r *browser.Result, x *browser.Exchange) Line {
	kind := firefoxModule
	if r.Request.Destination == fetch.DestinationJSON {
		kind = firefoxJSONModule
	}
	return firefoxModuleType.line(append(fields{{"kind", kind}}, urlAndType(r, x)...))
}

// urlAndType are the fields of a line about the type of an answer.
func urlAndType(r *browser.Result, x *browser.Exchange) fields {
	return fields{{"url", x.URL.String()}, {"value", r.Profile.ResponseType(x.Response.Header)}}
}

// wrongRedirectType returns the message about the type of a redirect that was
// asked for as a script or style sheet and is not followed.
func (f firefox) wrongRedirectType(r *browser.Result, x *browser.Exchange) []Line {
	if r.API != browser.APIElement {
		return nil
	}
	resp := r.Profile.TypedResponse(&fetch.Response{Header: x.Response.Header})
	t, ok := fetch.ExtractMIMEType(resp.Header)
	switch {
	case r.Tag == browser.TagModule && (!ok || !t.IsJavaScript()):
		return []Line{wrongModuleType(r, x)}
	case fetch.ShouldBeBlockedDueToNosniff(resp, r.Request.Destination):
		return []Line{firefoxNosniff.line(urlAndType(r, x))}
	}
	return nil
}

// wrongScriptType returns the warning about a script that is let through in
// spite of its type, before the CORS check or after it.
func (f firefox) wrongScriptType(r *browser.Result) []Line {
	n := len(r.Trace.Exchanges)
	if r.API != browser.APIElement || kindOf(r) != browser.TagScript || n == 0 {
		return nil
	}
	x := &r.Trace.Exchanges[n-1]
	if x.Response == nil || !fetch.IsOKStatus(x.Response.Status) {
		return nil
	}
	resp := r.Profile.TypedResponse(&fetch.Response{Header: x.Response.Header})
	if t, ok := fetch.ExtractMIMEType(resp.Header); ok && t.IsJavaScript() {
		return nil
	}
	if r.Failure != nil && (r.Failure.Reason == fetch.ReasonCORP || r.Failure.Reason == fetch.ReasonResponseMalformed) {
		return nil
	}
	return []Line{firefoxTypeWarning.line(urlAndType(r, x))}
}

// media returns the message about audio or video that the player does not accept. It names
// the URL of the element, also after redirects.
func (firefox) media(r *browser.Result) []Line {
	u := r.Request.URL().String()
	if r.Failure.Reason == fetch.ReasonElementStatus {
		return []Line{firefoxMediaHTTP.line(fields{{"status", r.Failure.Got}, {"url", u}})}
	}
	x := r.FailedExchange()
	if x == nil || x.Response == nil || fetch.IsNullBodyStatus(x.Response.Status) {
		return nil
	}
	kind := r.Profile.ResponseType(x.Response.Header)
	switch {
	case kind == "" && fetch.HasBinaryDataByte(x.Response.Body):
		kind = "application/octet-stream"
	case kind == "":
		kind = "text/plain"
	}
	if slices.Contains(firefoxMediaTypes, kind) {
		return []Line{firefoxMediaDecode.line(fields{{"url", u}})}
	}
	return []Line{firefoxMediaUnsupported.line(fields{{"value", kind}, {"url", u}})}
}

// firefoxMediaTypes are the types for which Firefox has a decoder.
var firefoxMediaTypes = []string{
	"audio/wav", "audio/x-wav", "audio/wave", "audio/x-pn-wav", "audio/ogg", "video/ogg", "application/ogg", "audio/webm", "video/webm", "audio/mpeg",
	"audio/mp3", "audio/mp4", "audio/x-m4a", "audio/aac", "audio/flac", "audio/x-flac", "video/mp4", "video/x-m4v", "video/quicktime", "video/3gpp", "audio/3gpp",
}

// opaqueByHeaders are the steps that the headers decide.
var opaqueByHeaders = []string{"3.2", "3.3", "3.4", "5"}

// opaqueBlocked returns the messages about an opaque response that is kept
// back. What its headers decide is told before its type is looked at, what its
// body decides after. The last one is about the channel that the page opened,
// which is another one behind redirects and upgrades.
func (f firefox) opaqueBlocked(r *browser.Result) []Line {
	step := r.Failure.Step.Number
	out := []Line{firefoxOpaqueReason.line(fields{
		{"url", withoutEmptyFragment(r.Request.CurrentURL().WithoutCredentials())}, {"value", firefoxOpaqueReasons[step]},
	})}
	if slices.Contains(opaqueByHeaders, step) {
		out = append(out, f.wrongScriptType(r)...)
	} else {
		out = append(f.wrongScriptType(r), out...)
	}
	if len(r.Request.URLList) == 1 && r.Trace.UpgradedFrom == nil {
		out = append(out, firefoxOpaque.line(nil))
	}
	return out
}

// redirectAsResponse returns the messages about a redirect that is not followed, so that
// the element gets it as its response: one of another server is blocked as opaque.
func (f firefox) redirectAsResponse(r *browser.Result) []Line {
	n := len(r.Trace.Exchanges)
	if r.API != browser.APIElement || n == 0 || r.Trace.Exchanges[n-1].Response == nil {
		return nil
	}
	x := &r.Trace.Exchanges[n-1]
	lines := f.wrongRedirectType(r, x)
	if x.Tainting != fetch.TaintingOpaque {
		return lines
	}
	step := "12"
	if isMedia(r) {
		step = "9"
	}
	lines = append(lines, firefoxOpaqueReason.line(fields{{"url", withoutEmptyFragment(x.URL.WithoutCredentials())}, {"value", firefoxOpaqueReasons[step]}}))
	if n == 1 && r.Trace.UpgradedFrom == nil {
		lines = append(lines, firefoxOpaque.line(nil))
	}
	return lines
}

// withoutEmptyFragment is how the line about an opaque response shows a URL.
func withoutEmptyFragment(u origin.URL) string { return strings.TrimSuffix(u.String(), "#") }

// mayNotFollow reports whether a redirect of a script led to a URL that the page
// itself may not load.
func (f firefox) mayNotFollow(r *browser.Result, x *browser.Exchange) bool {
	to, err := x.URL.Parse(r.Failure.Got)
	return r.Failure.Reason == fetch.ReasonRedirectNotHTTP && err == nil &&
		(to.Scheme() == "file" || to.Scheme() == "blob" && to.SameOrigin(x.URL))
}

// scriptLoader returns the message about a script or module that was not
// loaded.
func (f firefox) scriptLoader(r *browser.Result) []Line {
	if r.Request == nil || isIntegrity(r) {
		return nil
	}
	malformed, refused, kind := firefoxScriptMalformed, firefoxScriptRefused, "<script>"
	switch r.Tag {
	case browser.TagScript:
	case browser.TagModule:
		malformed, refused, kind = firefoxModuleMalformed, firefoxModuleRefused, "module"
	default:
		return nil
	}
	if l, ok := f.integrityOfNothing(r); ok {
		return l
	}
	u := urlOfElement(r).String()
	if f.cannotOpen(r) {
		return []Line{malformed.line(fields{{"url", u}})}
	}
	if x := r.FailedExchange(); !f.isCSSModule(r) && (f.isLocal(r) || f.leavesOwnServer(r, x) || r.Failure.Reason == fetch.ReasonSchemeNotHTTP ||
		r.Failure.Reason == fetch.ReasonCSPRedirect ||
		r.Failure.Reason.IsLocalNetwork() && r.Request.Mode == fetch.ModeCORS ||
		x != nil && (f.mayNotFollow(r, x) || x.Tainting == fetch.TaintingCORS && r.Failure.Reason != fetch.ReasonElementStatus)) {
		return append(f.integrityNoticesOfRefused(r), refused.line(fields{{"url", u}}))
	}
	return []Line{firefoxScriptFailed.line(fields{{"kind", kind}, {"url", u}})}
}

// leavesOwnServer reports whether a redirect of the page's own server led to mixed
// content.
func (firefox) leavesOwnServer(r *browser.Result, x *browser.Exchange) bool {
	return x != nil && x.Tainting == fetch.TaintingBasic && r.Failure.Reason == fetch.ReasonMixedContent
}

// cannotOpen reports whether Firefox makes no channel for a script's URL: it is a
// data: URL that is malformed, or an about: page that does not exist.
func (firefox) cannotOpen(r *browser.Result) bool {
	u := r.Request.URL()
	switch r.Failure.Reason {
	case fetch.ReasonDataURLMalformed:
		return len(r.Request.URLList) == 1
	case fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported:
		return u.Scheme() == "about" && u.Path() != "blank"
	}
	return false
}
