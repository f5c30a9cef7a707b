package console

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// accessControl is the reason of a check that a response did not pass.
func (webkit) accessControl(r *browser.Result) (Line, bool) {
	f := r.Failure
	switch f.Reason {
	case fetch.ReasonAllowOriginWildcard:
		return webkitWildcard.line(nil), true
	case fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple:
		if strings.Contains(f.Got, ",") {
			return webkitSeveralAllowOrigins.line(nil), true
		}
		return webkitOtherAllowOrigin.line(fields{{"origin", f.Want}, {"status", statusOf(r)}}), true
	case fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		return webkitNoCredentials.line(nil), true
	case fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect:
		return webkitPreflightStatus.line(fields{{"status", f.Got}}), true
	case fetch.ReasonAllowMethodsMalformed:
		return webkitMethodsMalformed.line(malformedHeader(r)), true
	case fetch.ReasonAllowHeadersMalformed:
		return webkitHeadersMalformed.line(malformedHeader(r)), true
	case fetch.ReasonMethodNotAllowed:
		return webkitMethodNotListed.line(fields{{"word", f.Got}}), true
	case fetch.ReasonHeaderNotAllowed:
		return webkitHeaderNotListed.line(fields{{"word", webkitName(r, f.Got)}}), true
	case fetch.ReasonCORP:
		return webkitCORP.line(fields{{"url", ellipsized(r.Profile.SentURL(answeringURL(r)))}}), true
	}
	return Line{}, false
}

// malformedHeader is the whole value of the header that a result failed by.
func malformedHeader(r *browser.Result) fields {
	return fields{{"line", latin1(strings.ToValidUTF8(failedHeader(r, r.Failure.Header), "\uFFFD"))}}
}

// webkitName is a header's name as WebKit spells it: in its own way where it
// knows the name, and as script did otherwise.
func webkitName(r *browser.Result, name string) string {
	for _, known := range r.Profile.KnownHeaderNames() {
		if fetch.EqualFold(known, name) {
			return known
		}
	}
	if spelled, ok := spelledIn(r.Request.Header, name); ok {
		return spelled
	}
	// A redirect may have removed the header, for which preflights still ask.
	for i := range r.Trace.Exchanges {
		if x := &r.Trace.Exchanges[i]; x.Kind == browser.ExchangeActual {
			if spelled, ok := spelledIn(x.Request.Header, name); ok {
				return spelled
			}
		}
	}
	return name
}

// spelledIn returns a header's name as a list spells it.
func spelledIn(l fetch.HeaderList, name string) (spelled string, ok bool) {
	for i := range l {
		if fetch.EqualFold(l[i].Name, name) {
			return l[i].Name, true
		}
	}
	return "", false
}

// statusOf is the status of the answer that failed.
func statusOf(r *browser.Result) string {
	if x := r.FailedExchange(); x != nil && x.Response != nil {
		return strconv.Itoa(x.Response.Status)
	}
	return "0"
}

// failedHeader returns all lines of a header of the answer that failed, joined.
func failedHeader(r *browser.Result, name string) string {
	if x := r.FailedExchange(); x != nil && x.Response != nil {
		value, _ := x.Response.Header.Get(name)
		return value
	}
	return ""
}
