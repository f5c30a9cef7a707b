package explain

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// netForms are Chromium's network errors, which its console prints behind a
// method and a URL.
var netForms = slices.Concat(forEngine(browser.EngineChromium, []form{
	{text: "{method} {url} {rest}"}, {text: "Failed to load resource: {rest}"},
}),
	netErrorForms(reasons(fetch.ReasonNetworkFailure), "CONNECTION_REFUSED", "CONNECTION_RESET", "CONNECTION_CLOSED", "CONNECTION_TIMED_OUT", "EMPTY_RESPONSE",
		"NAME_NOT_RESOLVED", "INTERNET_DISCONNECTED", "SSL_PROTOCOL_ERROR", "CERT_AUTHORITY_INVALID", "CERT_COMMON_NAME_INVALID",
		"CERT_DATE_INVALID", "BLOCKED_BY_CLIENT"),
	netErrorForms(reasons(fetch.ReasonOpaqueBlocked), "BLOCKED_BY_ORB"),
	netErrorForms(reasons(fetch.ReasonBadPort), "UNSAFE_PORT"),
	netErrorForms(reasons(fetch.ReasonRedirectLimit), "TOO_MANY_REDIRECTS"),
	netErrorForms(reasons(fetch.ReasonRedirectLocationMalformed), "INVALID_REDIRECT"),
	netErrorForms(reasons(fetch.ReasonRedirectNotHTTP, fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported), "UNSAFE_REDIRECT", "UNKNOWN_URL_SCHEME"),
	netErrorForms(reasons(fetch.ReasonRedirectStreamBody), "INVALID_ARGUMENT"),
	netErrorForms(reasons(fetch.ReasonDataURLMalformed), "INVALID_URL"),
	netErrorForms(reasons(fetch.ReasonBlobURL), "FILE_NOT_FOUND"),
	netErrorForms(reasons(fetch.ReasonOnlyIfCached), "CACHE_MISS"),
	netErrorForms(reasons(fetch.ReasonResponseMalformed), "INVALID_HTTP_RESPONSE", "RESPONSE_HEADERS_MULTIPLE_LOCATION"),
)

func reasons(list ...fetch.Reason) []fetch.Reason { return list }

func netErrorForms(reasons []fetch.Reason, names ...string) []form {
	var out []form
	for _, name := range names {
		code := "net::ERR_" + name
		out = append(out, form{engine: browser.EngineChromium, code: code, text: code, reasons: reasons})
	}
	return out
}
