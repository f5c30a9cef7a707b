package console

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// socketURLOf returns the URL of a WebSocket as a message shows it.
func socketURLOf(r *browser.Result) string { return upgradedSocketURL(r).String() }

// upgradedSocketURL returns the URL of a WebSocket, after a policy has upgraded it.
func upgradedSocketURL(r *browser.Result) origin.URL {
	u := r.Socket().URL
	if len(r.Trace.CSPUpgrades) > 0 {
		u = u.WithScheme("wss")
	}
	return u
}

// isSocketRefused reports whether the constructor of a WebSocket did not take its arguments.
func isSocketRefused(r *browser.Result) bool { return r.Socket() == nil }

// offersTwice reports whether script offers a subprotocol twice that is a token.
func offersTwice(r *browser.Result) bool {
	return r.Failure.Reason == fetch.ReasonSocketProtocolMalformed && fetch.IsHeaderName(r.Failure.Got)
}

// escapedNonASCII returns a text with an escape for each letter that is not ASCII, such as
// \u00E9.
func escapedNonASCII(text string) string {
	var out strings.Builder
	for _, c := range text {
		if c < 0x80 {
			out.WriteRune(c)
			continue
		}
		code := strconv.FormatUint(uint64(c), 16)
		out.WriteString(`\u` + strings.Repeat("0", max(0, 4-len(code))) + strings.ToUpper(code))
	}
	return out.String()
}

// fragmentOf returns the fragment of a URL without "#".
func fragmentOf(url string) string {
	_, fragment, _ := strings.Cut(url, "#")
	return fragment
}

// socket returns what Chromium says of a WebSocket.
func (c chromium) socket(r *browser.Result) []Line {
	if isSocketRefused(r) {
		return nil
	}
	at := fields{{"page", ellipsized(r.Client.URL)}, {"url", ellipsized(upgradedSocketURL(r))}}
	var lines []Line
	if len(r.Trace.InsecureAllowed) > 0 {
		lines = append(lines, socketMixedShown.line(at), socketMixedDeprecated.line(nil))
	}
	lines = append(lines, c.violations(r)...)
	if r.Failure == nil || isCSP(r) {
		return lines
	}
	if r.Failure.Reason == fetch.ReasonMixedContent {
		return append(lines, socketMixed.line(at))
	}
	return append(lines, c.socketFailure(r))
}

// socketFailure returns why a handshake failed.
func (c chromium) socketFailure(r *browser.Result) Line {
	f, at := r.Failure, Field{"url", socketURLOf(r)}
	switch f.Reason {
	case fetch.ReasonSocketStatus:
		if f.Got == "401" {
			return socketLogin.line(fields{at})
		}
		return socketStatus.line(fields{at, {"status", f.Got}})
	case fetch.ReasonSocketRedirect:
		return socketStatus.line(fields{at, {"status", strconv.Itoa(r.FailedExchange().Response.Status)}})
	case fetch.ReasonSocketProtocol, fetch.ReasonSocketHandshake:
		return c.socketHeaderFailure(r, at)
	case fetch.ReasonLocalNetworkDenied, fetch.ReasonLocalNetworkUnanswered, fetch.ReasonLocalNetworkInsecure:
		return socketConnection.line(fields{at}).holding(socketSpace.line(nil))
	}
	if m, ok := netErrorOf(r); ok && m != chromiumEmptyResponse {
		return socketConnection.line(fields{at}).holding(m.line(nil))
	}
	return socketClosed.line(fields{at})
}

// socketHeaderFailure returns the line about a header that does not open the connection.
func (chromium) socketHeaderFailure(r *browser.Result, at Field) Line {
	f := r.Failure
	values := r.FailedExchange().Response.Header.Values(f.Header)
	name := Field{"word", f.Header}
	switch {
	case f.Header == fetch.HeaderSocketExtensions:
		return socketExtensionFailure(f.Got, at)
	case len(values) > 1, f.Header == fetch.HeaderSocketProtocol && strings.Contains(f.Got, ","):
		return socketTwice.line(fields{at, name})
	case f.Header == fetch.HeaderSocketProtocol && f.Want == "":
		return socketUnwanted.line(fields{at, {"line", latin1(f.Got)}})
	case f.Header == fetch.HeaderSocketProtocol && f.Got == "":
		return socketNoProtocol.line(fields{at})
	case f.Header == fetch.HeaderSocketProtocol:
		return socketOtherProtocol.line(fields{at, {"value", latin1(f.Got)}})
	case len(values) == 0:
		return socketMissing.line(fields{at, name})
	case f.Header == fetch.HeaderSocketAccept:
		return socketKey.line(fields{at})
	case f.Header == "Upgrade":
		return socketUpgrade.line(fields{at, {"line", latin1(f.Got)}})
	}
	return socketHeader.line(fields{at})
}

// socketExtensionFailure returns the line about a value of Sec-WebSocket-Extensions.
func socketExtensionFailure(value string, at Field) Line {
	name, _, _ := strings.Cut(value, ";")
	if name = strings.Trim(name, " \t"); name != "permessage-deflate" {
		return socketExtension.line(fields{at, {"value", latin1(name)}})
	}
	parameter := badParameter(value)
	line := "Received an unexpected permessage-deflate extension parameter"
	if slices.Contains(deflateParameters, parameter) {
		line = "Received invalid " + parameter + " parameter"
	}
	return socketParameter.line(fields{at, {"line", line}})
}

// deflateParameters are the parameters of the extension permessage-deflate.
var deflateParameters = []string{
	"server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits",
}

// badParameter returns the first parameter of an extension that the extension does not have,
// or whose value cannot be.
func badParameter(value string) string {
	_, rest, _ := strings.Cut(value, ";")
	for param := range strings.SplitSeq(rest, ";") {
		h := fetch.Handshake{Window: true}
		if param = strings.Trim(param, " \t"); !h.AllowsExtension("permessage-deflate; " + param) {
			name, _, _ := strings.Cut(param, "=")
			return name
		}
	}
	return ""
}

// socketException is what the constructor of a WebSocket throws.
func (chromium) socketException(r *browser.Result) Line {
	got := r.Failure.Got
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return socketMixedThrown.line(nil)
	case fetch.ReasonURLMalformed:
		return socketURL.line(fields{{"value", got}})
	case fetch.ReasonURLNotSocket:
		scheme, _, _ := strings.Cut(got, ":")
		return socketScheme.line(fields{{"word", scheme}})
	case fetch.ReasonURLFragment:
		return socketFragment.line(fields{{"value", fragmentOf(got)}})
	}
	if offersTwice(r) {
		return socketProtocolTwice.line(fields{{"value", got}})
	}
	return socketProtocol.line(fields{{"value", escapedNonASCII(got)}})
}

// socket returns what Firefox says of a WebSocket that failed.
func (firefox) socket(r *browser.Result) []Line {
	if isSocketRefused(r) || r.Failure == nil || r.Outcome == browser.Threw {
		return nil
	}
	return []Line{firefoxNoConnection.line(fields{{"url", socketURLOf(r)}})}
}

// socketException is what the constructor of a WebSocket throws.
func (firefox) socketException(r *browser.Result) Line {
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return firefoxInsecure.line(nil)
	case fetch.ReasonCSP:
		return socketFirefoxPolicy.line(fields{{"value", "{…}"}})
	}
	return firefoxXHRSyntax.line(nil)
}

// socket returns what WebKit says of a WebSocket.
func (w webkit) socket(r *browser.Result) []Line {
	lines := w.violations(r)
	switch f := r.Failure; {
	case f == nil, isCSP(r):
		return lines
	case r.Client.Worker && (isSocketRefused(r) || f.Reason == fetch.ReasonBadPort):
		return lines // what the worker says itself is not in the page's console
	case isSocketRefused(r):
		return append(lines, w.socketRefused(r))
	case f.Reason == fetch.ReasonMixedContent:
		return w.appendInsecureSocket(lines, r)
	case f.Reason == fetch.ReasonBadPort:
		port, _ := r.Socket().URL.EffectivePort()
		return append(lines, socketWebKitPort.line(fields{{"word", strconv.Itoa(int(port))}}))
	}
	return append(lines, w.socketFailure(r))
}

// appendInsecureSocket appends the lines about a WebSocket that is mixed content.
func (webkit) appendInsecureSocket(lines []Line, r *browser.Result) []Line {
	page, u := r.Client.URL, r.Socket().URL
	if r.Client.Worker {
		page = r.Client.Page
	}
	at := fields{{"page", ellipsized(page)}, {"url", ellipsized(u)}}
	if r.Profile.IsPotentiallyTrustworthy(r.Request.CurrentURL()) {
		lines = append(lines, webkitMixedBlocked.line(at))
	} else {
		lines = append(lines, webkitMixedBlocked.line(at, webkitServedSecurely))
	}
	// The page closes the WebSocket of its worker and says so once more.
	if r.Client.Worker {
		lines = append(lines, socketWebKitInsecure.line(fields{{"page", ellipsized(page)}, {"url", ellipsized(u)}}))
	}
	return lines
}

// socketFailure returns why a handshake failed.
func (webkit) socketFailure(r *browser.Result) Line {
	f, at := r.Failure, fields{{"url", socketURLOf(r)}}
	switch {
	case f.Reason == fetch.ReasonSocketStatus:
		return socketWebKitStatus.line(at)
	case f.Reason == fetch.ReasonSocketProtocol:
		return socketWebKitProtocol.line(at)
	case f.Reason != fetch.ReasonSocketHandshake:
		return socketWebKitClosed.line(at)
	case f.Header == fetch.HeaderSocketAccept:
		return socketWebKitKey.line(at)
	case f.Header != fetch.HeaderSocketExtensions:
		return socketWebKitIgnored.line(at)
	}
	if parameter := badParameter(f.Got); slices.Contains(deflateParameters, parameter) && strings.HasPrefix(f.Got, "permessage-deflate") {
		return socketWebKitParameter.line(append(at, Field{"word", parameter}))
	}
	return socketWebKitExtension.line(at)
}

// socketRefused returns why the constructor threw.
func (webkit) socketRefused(r *browser.Result) Line {
	got := r.Failure.Got
	switch r.Failure.Reason {
	case fetch.ReasonURLMalformed:
		return socketWebKitURL.line(fields{{"value", got}})
	case fetch.ReasonURLNotSocket:
		return socketWebKitScheme.line(fields{{"value", got}})
	case fetch.ReasonURLFragment:
		return socketWebKitFragment.line(fields{{"value", got}})
	}
	if offersTwice(r) {
		return socketWebKitTwice.line(fields{{"value", got}})
	}
	return socketWebKitWrong.line(fields{{"value", escapedNonASCII(got)}})
}
