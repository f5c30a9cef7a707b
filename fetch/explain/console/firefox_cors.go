package console

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// blocked returns the line that names a request and says why it was blocked.
func blocked(u origin.URL, why firefoxMessage, values fields) Line {
	return firefoxBlocked.line(fields{{"url", u.String()}}).holding(why.line(values))
}

// blockedWithStatus is blocked for a line that ends in a status.
func blockedWithStatus(u origin.URL, why firefoxMessage, status string) Line {
	return firefoxBlocked.line(fields{{"url", u.String()}, {"status", status}}).holding(why.line(nil))
}

// noSuccess is the line about a request as a whole.
func noSuccess(u origin.URL) Line { return blockedWithStatus(u, firefoxDidNotSucceed, "(null)") }

// didNotSucceed returns the message of a request under CORS that ended in an
// error: once for the request, and once for a preflight that ended it.
func (f firefox) didNotSucceed(r *browser.Result) []Line {
	x := r.FailedExchange()
	if x == nil || x.Tainting != fetch.TaintingCORS && !f.leftOrigin(r) {
		return nil
	}
	l := noSuccess(x.URL)
	switch {
	case x.Kind == browser.ExchangePreflight:
		return []Line{l, l}
	case r.Failure.Reason == fetch.ReasonNetworkFailure && x.Request.Method == "PUT":
		// No answer to PUT is as good as one, but has no headers to look at.
		return []Line{multipleAllowOrigin(x.URL)}
	}
	return []Line{l}
}

func multipleAllowOrigin(u origin.URL) Line { return blocked(u, firefoxSeveralAllowOrigins, nil) }

// leftOrigin reports whether a redirect that was refused had already made its
// request one across origins.
func (f firefox) leftOrigin(r *browser.Result) bool {
	reason := r.Failure.Reason
	return r.Request.Mode == fetch.ModeCORS &&
		(reason == fetch.ReasonRedirectCredentials || reason == fetch.ReasonBadPort)
}

// cors returns the messages about a failed check of the CORS protocol.
func (f firefox) cors(r *browser.Result) []Line {
	x := r.FailedExchange()
	if x == nil || x.Response == nil {
		return nil
	}
	l, ok := f.reason(r.Failure, x)
	if !ok {
		return nil
	}
	failed := noSuccess(x.URL)
	isRedirect := f.isRedirect(r, x)
	switch {
	case x.Kind == browser.ExchangeActual && !isRedirect:
		return []Line{l}
	case x.Kind == browser.ExchangePreflight && isRedirect:
		return f.redirectedPreflight(r, x, l, failed)
	case x.Kind == browser.ExchangeActual:
		if to, ok := f.redirectTarget(r, x); ok && !to.IsHTTP() {
			if lines, early := f.offHTTP(r, x, to); early {
				return append(lines, failed)
			}
		}
		// The type of the redirect itself is looked at when it is not followed.
		return append(append([]Line{l}, f.wrongRedirectType(r, x)...), failed)
	}
	return []Line{l, failed}
}

// isRedirect reports whether an answer is a redirect that would be followed.
func (f firefox) isRedirect(r *browser.Result, x *browser.Exchange) bool {
	_, ok := x.Response.Header.Get(fetch.HeaderLocation)
	return ok && fetch.IsRedirectStatus(x.Response.Status) && r.Request.Redirect == fetch.RedirectFollow
}

// reason returns the line about a failed check; ok is false for failures of
// other kinds.
func (f firefox) reason(failure *fetch.Failure, x *browser.Exchange) (l Line, ok bool) {
	u := x.URL
	if failure.Header == fetch.HeaderAllowOrigin && x.Response.Header.CountSpelled(fetch.HeaderAllowOrigin) > 1 {
		return multipleAllowOrigin(u), true
	}
	switch failure.Reason {
	case fetch.ReasonAllowOriginMissing:
		return blockedWithStatus(u, firefoxNoAllowOrigin, strconv.Itoa(x.Response.Status)), true
	case fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginMultiple, fetch.ReasonAllowOriginInvalid:
		return mismatch(x, failure.Got), true
	case fetch.ReasonAllowOriginWildcard:
		return firefoxBlockedQuoted.line(fields{{"url", u.String()}}).holding(firefoxWildcard.line(nil)), true
	case fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		return blocked(u, firefoxNoCredentials, nil), true
	case fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect:
		return blockedWithStatus(u, firefoxPreflightStatus, strconv.Itoa(x.Response.Status)), true
	case fetch.ReasonAllowMethodsMalformed:
		return blocked(u, firefoxMethodsMalformed, fields{{"value", decodeUTF8(failure.Got)}}), true
	case fetch.ReasonAllowHeadersMalformed:
		return blocked(u, firefoxHeadersMalformed, fields{{"value", decodeUTF8(failure.Got)}}), true
	case fetch.ReasonMethodNotAllowed:
		return blocked(u, firefoxMethodNotListed, nil), true
	case fetch.ReasonHeaderNotAllowed:
		return blocked(u, firefoxHeaderNotListed, fields{{"word", failure.Got}}), true
	}
	return Line{}, false
}

func mismatch(x *browser.Exchange, allowed string) Line {
	return blocked(x.URL, firefoxOtherAllowOrigin, fields{{"value", decodeUTF8(allowed)}})
}
