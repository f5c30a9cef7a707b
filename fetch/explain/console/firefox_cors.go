package console

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

const firefoxBlocked = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "

func corsMessage(key string, u origin.URL, reason string) firefoxMessage {
	return firefoxMessage{key, firefoxBlocked + u.String() + ". (Reason: " + reason + ")."}
}

// withStatus completes a message that ends in a status.
func (m firefoxMessage) withStatus(status string) firefoxMessage {
	return firefoxMessage{m.key, m.text + " Status code: " + status + "."}
}

func corsWarning(x *browser.Exchange) firefoxMessage {
	return firefoxMessage{"CORSAllowHeaderFromPreflightDeprecation",
		"Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at " + x.URL.String() +
			" soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. " +
			"To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`)."}
}

// didNotSucceed returns the message of a request under CORS that ended in an
// error: once for the request, and once for a preflight that ended it.
func (f firefox) didNotSucceed(r *browser.Result) []firefoxMessage {
	x := r.FailedExchange()
	if x == nil || x.Tainting != fetch.TaintingCORS && !f.leftOrigin(r) {
		return nil
	}
	m := corsMessage("CORSDidNotSucceed2", x.URL, "CORS request did not succeed").withStatus("(null)")
	switch {
	case x.Kind == browser.ExchangePreflight:
		return []firefoxMessage{m, m}
	case r.Failure.Reason == fetch.ReasonNetworkFailure && x.Request.Method == "PUT":
		// No answer to PUT is as good as one, but has no headers to look at.
		return []firefoxMessage{multipleAllowOrigin(x.URL)}
	}
	return []firefoxMessage{m}
}

func multipleAllowOrigin(u origin.URL) firefoxMessage {
	return corsMessage("CORSMultipleAllowOriginNotAllowed", u, "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed")
}

// leftOrigin reports whether a redirect that was refused had already made its
// request one across origins.
func (f firefox) leftOrigin(r *browser.Result) bool {
	reason := r.Failure.Reason
	return r.Request.Mode == fetch.ModeCORS &&
		(reason == fetch.ReasonRedirectCredentials || reason == fetch.ReasonBadPort)
}

// cors returns the messages about a failed check of the CORS protocol.
func (f firefox) cors(r *browser.Result) []firefoxMessage {
	x := r.FailedExchange()
	if x == nil || x.Response == nil {
		return nil
	}
	m, ok := f.reason(r.Failure, x)
	if !ok {
		return nil
	}
	failed := corsMessage("CORSDidNotSucceed2", x.URL, "CORS request did not succeed").withStatus("(null)")
	isRedirect := f.isRedirect(r, x)
	switch {
	case x.Kind == browser.ExchangeActual && !isRedirect:
		return []firefoxMessage{m}
	case x.Kind == browser.ExchangePreflight && isRedirect:
		return f.redirectedPreflight(r, x, m, failed)
	case x.Kind == browser.ExchangeActual:
		if to, ok := f.redirectTarget(r, x); ok && !to.IsHTTP() {
			if messages, early := f.offHTTP(r, x, to); early {
				return append(messages, failed)
			}
		}
		// The type of the redirect itself is looked at when it is not followed.
		return append(append([]firefoxMessage{m}, f.wrongRedirectType(r, x)...), failed)
	}
	return []firefoxMessage{m, failed}
}

// isRedirect reports whether an answer is a redirect that would be followed.
func (f firefox) isRedirect(r *browser.Result, x *browser.Exchange) bool {
	_, ok := x.Response.Header.Get(fetch.HeaderLocation)
	return ok && fetch.IsRedirectStatus(x.Response.Status) && r.Request.Redirect == fetch.RedirectFollow
}

// reason returns the message about a failed check; ok is false for failures of
// other kinds.
func (f firefox) reason(failure *fetch.Failure, x *browser.Exchange) (m firefoxMessage, ok bool) {
	u := x.URL
	status := strconv.Itoa(x.Response.Status)
	if failure.Header == fetch.HeaderAllowOrigin && x.Response.Header.CountSpelled(fetch.HeaderAllowOrigin) > 1 {
		return multipleAllowOrigin(u), true
	}
	switch failure.Reason {
	case fetch.ReasonAllowOriginMissing:
		return corsMessage("CORSMissingAllowOrigin2", u, "CORS header ‘Access-Control-Allow-Origin’ missing").withStatus(status), true
	case fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginMultiple, fetch.ReasonAllowOriginInvalid:
		return f.mismatch(x, failure.Got), true
	case fetch.ReasonAllowOriginWildcard:
		return firefoxMessage{"CORSNotSupportingCredentials", firefoxBlocked + "‘" + u.String() +
			"’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."}, true
	case fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		return corsMessage("CORSMissingAllowCredentials", u, "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’"), true
	case fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect:
		return corsMessage("CORSPreflightDidNotSucceed3", u, "CORS preflight response did not succeed").withStatus(status), true
	case fetch.ReasonAllowMethodsMalformed:
		return corsMessage("CORSInvalidAllowMethod", u,
			"invalid token ‘"+decodeUTF8(failure.Got)+"’ in CORS header ‘Access-Control-Allow-Methods’"), true
	case fetch.ReasonAllowHeadersMalformed:
		return corsMessage("CORSInvalidAllowHeader", u,
			"invalid token ‘"+decodeUTF8(failure.Got)+"’ in CORS header ‘Access-Control-Allow-Headers’"), true
	case fetch.ReasonMethodNotAllowed:
		return corsMessage("CORSMethodNotFound", u, "Did not find method in CORS header ‘Access-Control-Allow-Methods’"), true
	case fetch.ReasonHeaderNotAllowed:
		return corsMessage("CORSMissingAllowHeaderFromPreflight2", u, "header ‘"+failure.Got+
			"’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response"), true
	}
	return firefoxMessage{}, false
}

func (f firefox) mismatch(x *browser.Exchange, allowed string) firefoxMessage {
	return corsMessage("CORSAllowOriginNotMatchingOrigin", x.URL,
		"CORS header ‘Access-Control-Allow-Origin’ does not match ‘"+decodeUTF8(allowed)+"’")
}
