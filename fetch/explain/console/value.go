package console

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/textfmt"
	"github.com/corsim/corsim/origin"
)

// forbidsGuessing reports whether a result's last answer has nosniff. What comes
// from a data: URL has no answer.
func forbidsGuessing(r *browser.Result) bool {
	x := r.FailedExchange()
	return x != nil && x.Response != nil && fetch.DetermineNosniff(x.Response.Header)
}

// lastStatus returns the status of the last answer; 0 where there was none.
func lastStatus(r *browser.Result) int {
	n := len(r.Trace.Exchanges)
	if n == 0 || r.Trace.Exchanges[n-1].Response == nil {
		return 0
	}
	return r.Trace.Exchanges[n-1].Response.Status
}

// statusIsToBlame reports whether the last answer has a status that alone makes a
// script of no use.
func statusIsToBlame(r *browser.Result) bool {
	status := lastStatus(r)
	return status != 0 && !fetch.IsOKStatus(status)
}

func isImage(r *browser.Result) bool { return kindOf(r) == browser.TagImg }

// kindOf returns the element in whose words a message speaks of what an element loads.
func kindOf(r *browser.Result) browser.Tag {
	switch r.Tag {
	case browser.TagCSSImage:
		return browser.TagImg
	case browser.TagPreload:
		if tag, ok := preloadKinds[r.Request.Destination]; ok {
			return tag
		}
	}
	return r.Tag
}

var preloadKinds = map[fetch.Destination]browser.Tag{
	fetch.DestinationFont: browser.TagFont, fetch.DestinationImage: browser.TagImg, fetch.DestinationScript: browser.TagScript, fetch.DestinationStyle: browser.TagStylesheet,
}

func isMedia(r *browser.Result) bool { return r.Tag == browser.TagAudio || r.Tag == browser.TagVideo }

// isTrack reports whether a result is that of a text track.
func isTrack(r *browser.Result) bool { return r.API == browser.APIElement && r.Tag == browser.TagTrack }

// escaped shows a header's bytes, the unprintable ones as \uXXXX.
func escaped(value string) string {
	var b strings.Builder
	for i := range len(value) {
		if c := value[i]; c < 0x20 || c > 0x7e {
			textfmt.Fprintf(&b, "\\u%04X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// latin1 reads bytes as one character each.
func latin1(value string) string {
	var b strings.Builder
	for i := range len(value) {
		b.WriteRune(rune(value[i]))
	}
	return b.String()
}

// decodeUTF8 shows bytes as messages do: as UTF-8, with a mark for what is
// none.
func decodeUTF8(s string) string { return string([]rune(s)) }

// requestMembers are the members of RequestInit that take a word of an
// enumeration, by the anchor of the enumeration in the standard.
var requestMembers = map[string]struct{ member, enumeration string }{
	"requestmode":        {"mode", "RequestMode"},
	"requestcredentials": {"credentials", "RequestCredentials"},
	"requestredirect":    {"redirect", "RequestRedirect"},
	"requestcache":       {"cache", "RequestCache"},

	"enumdef-referrerpolicy": {"referrerPolicy", "ReferrerPolicy"},
	"wicg.github.io/local-network-access/#dom-requestinit-targetaddressspace": {"targetAddressSpace", "IPAddressSpace"},
}

// ellipsized is how some messages of Chromium and WebKit show a URL: the middle of a
// long one is left out.
func ellipsized(u origin.URL) string { return ellipsizedText(u.String()) }

func ellipsizedText(text string) string {
	const most = 1024
	if len(text) <= most {
		return text
	}
	return text[:most/2-1] + "..." + text[len(text)-(most/2-2):]
}
