package console

import (
	"cmp"
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// upgradeNotice returns the notice that an image, audio or video was tried over
// https, or left on http because https is not to be had where it comes from.
func upgradeNotice(r *browser.Result) (Line, bool) {
	if r.Earlier() != nil && r.Tag != browser.TagImg {
		return Line{}, false // what is not requested is not upgraded
	}
	if r.Failure != nil && r.Failure.Reason == fetch.ReasonCSPRedirect {
		return Line{}, false // a policy stops a redirect before the notice
	}
	if from := r.Trace.UpgradedFrom; from != nil {
		if r.Request != nil && len(r.Request.URLList) > 1 && r.Request.URL().WithScheme("http") != *from {
			return Line{}, false // the network layer upgrades redirects and says nothing
		}
		return mixedElement(chromiumMixedUpgraded, r, *from, chromiumUpgradePage), true
	}
	if r.API != browser.APIElement || r.Request == nil || r.Client.URL.Scheme() != "https" {
		return Line{}, false
	}
	u := r.Request.URL()
	upgradable := isImage(r) || isMedia(r)
	if !upgradable || u.Scheme() != "http" {
		return Line{}, false
	}
	why := chromiumLocal
	if u.HasIPAddress() {
		why = chromiumIPAddress
	}
	return mixedElement(chromiumMixedKept, r, u, why), true
}

// upgradedMediaNotice returns the notice that audio or video was loaded over https
// instead of the http URL that the element has.
func upgradedMediaNotice(r *browser.Result) (Line, bool) {
	if !isMedia(r) || r.Trace.UpgradedFrom == nil || r.Failure != nil || len(r.Request.URLList) > 1 {
		return Line{}, false
	}
	kind := mixedContentKind(r)
	if t, ok := fetch.ExtractMIMEType(r.Response.Unfiltered().Header); ok && strings.HasPrefix(t.Essence(), "audio/") {
		kind = chromiumAudio // whatever the element
	}
	return mixedContent(chromiumMixedShown, r, kind, *r.Trace.UpgradedFrom), true
}

// fontParsingError returns what the parser of fonts says of a body that is none.
// Of an empty body it says nothing.
func fontParsingError(r *browser.Result) (Line, bool) {
	x := r.FailedExchange()
	if r.Tag != browser.TagFont || r.Failure.Reason != fetch.ReasonElementUndecodable || x == nil || fetch.IsNullBodyStatus(x.Response.Status) {
		return Line{}, false
	}
	switch body := x.Response.Body; {
	case body == "":
		return Line{}, false
	case len(body) < 4:
		return chromiumFontShort.line(nil), true
	default:
		version := binary.BigEndian.Uint32([]byte(body[:4]))
		return chromiumFontVersion.line(fields{{"value", strconv.Itoa(int(int32(version)))}}), true
	}
}

// mixedElement is a line about mixed content that does not say which kind of
// element asks for it, but continues with a text.
func mixedElement(m chromiumMessage, r *browser.Result, u origin.URL, text string) Line {
	return m.line(fields{{"page", ellipsized(mixedPage(r))}, {"url", ellipsized(u)}, {"line", text}})
}

// mixedContent is a line about mixed content that says what asks for it.
func mixedContent(m chromiumMessage, r *browser.Result, kind string, u origin.URL) Line {
	return m.line(fields{{"page", ellipsized(mixedPage(r))}, {"kind", kind}, {"url", ellipsized(u)}})
}

// mixedPage returns the document that a line about mixed content names: the page if it
// came over https, whichever frame makes the request.
func mixedPage(r *browser.Result) origin.URL {
	if top := r.TopLevelURL(); top.Scheme() == "https" {
		return top
	}
	return r.Client.URL
}

// blockedURL is the URL of a request that was blocked as mixed content: without the
// fragment that the page gave, but with the fragment of a redirect.
func blockedURL(r *browser.Result) origin.URL {
	if len(r.Request.URLList) == 1 {
		return r.Request.URL().WithoutFragment()
	}
	return r.Request.CurrentURL()
}

// mixedContentKind is what a message about mixed content calls a request.
func mixedContentKind(r *browser.Result) string {
	if r.API == browser.APIElement {
		return cmp.Or(chromiumMixedKinds[kindOf(r)], "resource")
	}
	if kind, ok := chromiumMixedAPIs[r.API]; ok {
		return kind
	}
	return "resource"
}

// chromiumModuleKind is what a message calls the type of a module.
func chromiumModuleKind(r *browser.Result) string {
	switch r.Request.Destination {
	case fetch.DestinationJSON:
		return chromiumModuleJSON
	case fetch.DestinationStyle:
		return chromiumModuleCSS
	}
	return chromiumModuleScript
}

// typeRead is the type that the browser read in the Content-Type that made a call fail.
func typeRead(r *browser.Result) string {
	return r.Profile.ResponseType(fetch.HeaderList{{Name: "Content-Type", Value: r.Failure.Got}})
}

// wrongType returns the line about a response whose type an element does not
// take.
func wrongType(r *browser.Result) (Line, bool) {
	got := typeRead(r)
	at := fields{{"url", r.Request.CurrentURL().String()}, {"value", got}}
	switch r.Tag {
	case browser.TagModule:
		return chromiumModuleType.line(fields{{"kind", chromiumModuleKind(r)}, {"value", got}}), true
	case browser.TagScript:
		if forbidsGuessing(r) {
			return chromiumScriptType.line(at, chromiumStrictTypes), true
		}
		return chromiumScriptType.line(at), true
	case browser.TagStylesheet:
		return chromiumStylesheetType.line(at), true
	}
	return Line{}, false
}
