package explain

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// says tests whether the body of a response contains one of some texts, in any
// letter case.
func says(texts ...string) test {
	return whenKnown(nothing, func(v *evidence) bool {
		body := v.body()
		for _, text := range texts {
			if strings.Contains(body, text) {
				return true
			}
		}
		return false
	})
}

// body returns the beginning of the body of the response, in lower case.
func (v *evidence) body() string {
	body := v.response.Body
	return fetch.ByteLowercase(body[:min(len(body), maxBodyRead)])
}

// page returns the beginning of the text of the response, if that is an error page or
// an HTML page.
func (v *evidence) page() string {
	if v.response.Status < 400 && isHTML(v) != proven {
		return ""
	}
	return pageMessage(v.response)
}

// unnamedStatus returns the status of the response, if it is an error and the sentence
// of the reason does not name it; otherwise 0.
func (v *evidence) unnamedStatus() int {
	if status := v.response.Status; status >= 400 && !strings.Contains(wordsOf(v.failure.Reason).with, "status {got}") {
		return status
	}
	return 0
}

// headerSays tests whether a header of the response contains a text, in any letter
// case.
func headerSays(name, text string) test {
	return whenKnown(nothing, func(v *evidence) bool {
		value, _ := v.response.Header.Get(name)
		return strings.Contains(fetch.ByteLowercase(value), text)
	})
}

// hasNoBody tests whether a response has neither a body nor a type of one.
var hasNoBody = whenKnown(nothing, func(v *evidence) bool {
	return v.response.Body == "" && !v.response.Header.Contains("Content-Type")
})

// startsWithSpace tests whether the body of a response starts with a line break, a
// space or a byte order mark.
var startsWithSpace = whenKnown(nothing, func(v *evidence) bool {
	return strings.TrimLeft(v.response.Body, " \t\r\n") != v.response.Body || strings.HasPrefix(v.response.Body, "\xEF\xBB\xBF")
})

// hasType tests whether a response has a MIME type.
func hasType(essence string) test {
	return whenKnown(nothing, func(v *evidence) bool {
		t, ok := fetch.ExtractMIMEType(v.response.Header)
		return ok && t.Essence() == essence
	})
}

// looksLikeJSON tests whether the body of a response is an object or an array.
var looksLikeJSON = whenKnown(nothing, func(v *evidence) bool {
	body := strings.TrimLeft(v.response.Body, " \t\r\n\xEF\xBB\xBF")
	return strings.HasPrefix(body, "{") || strings.HasPrefix(body, "[")
})

// isErrorPage tests whether a response cannot be a resource that the page asked for:
// it has an error status, or it is one to a preflight.
var isErrorPage = or(isPreflight, not(isOK))

// isEmptyPreflight tests whether a preflight got an empty response without CORS
// headers, as rack-cors gives it.
var isEmptyPreflight = and(isPreflight, and(statusIn(200), and(hasNoBody, and(not(showsCORS), not(hasHeader("Allow"))))))

// signs are what shows that one cause is the right one: the text of the server's page,
// or a form of the response that has no other cause. The texts are those of the
// servers and frameworks themselves.
func signs() []candidate {
	return []candidate{
		// The cors package's README, Starlette, Spring, hapi, @fastify/cors, Amazon S3.
		{CauseRefusedByCode, surely(and(isErrorPage, says("not allowed by cors", "disallowed cors", "invalid cors request", "cors error:", "blocked by cors policy",
			"corsresponse:", "invalid preflight request")))},
		// nginx, Apache, net/http of Go.
		{CauseHTTPSPort, surely(says("plain http request was sent to https port", "speaking plain http to an ssl-enabled server port",
			"client sent an http request to an https server"))},
		// PHP.
		{CauseOutputBeforeHeaders, surely(or(says("headers already sent"),
			and(not(showsCORS), and(startsWithSpace, or(headerSays("X-Powered-By", "php"), and(hasType("text/html"), looksLikeJSON))))))},
		// Django, Rails, webpack-dev-server, Vite.
		{CauseHostRefused, surely(and(isErrorPage, says("invalid http_host header", "disallowedhost", "blocked hosts:", "blocked host:", "invalid host header", "blocked request. this host")))},
		// Django, Rails, Laravel.
		{CauseCSRF, surely(and(isErrorPage, or(and(statusIn(419), says("page expired")),
			says("csrf verification failed", "invalidauthenticitytoken", "can't verify csrf token", "csrf token mismatch"))))},
		// Cloudflare and others.
		{CauseBotWall, surely(or(hasHeader("Cf-Mitigated"), says("<title>just a moment...</title>", "attention required! | cloudflare", "error code: 1020",
			"sorry, you have been blocked", "request unsuccessful. incapsula")))},
		// Amazon API Gateway.
		{CauseNoSuchRoute, surely(says(`{"message":"missing authentication token"}`))},
		// Apache.
		{CauseRewriteStatus, surely(and(isPreflight, and(isOK, says("<title>200 ok</title>"))))},
		// nginx.
		{CauseNginxIf, surely(and(isPreflight, and(isOK, and(hasHeader(fetch.HeaderMaxAge), not(showsCORS)))))},
	}
}
