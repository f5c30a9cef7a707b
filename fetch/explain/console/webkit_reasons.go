package console

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

const (
	crossOriginRedirect = " denied by Cross-Origin Resource Sharing policy: "
	notAllowed          = "Not allowed to request resource"
)

// connectionEnded is what the network layer calls a connection that closed
// early: libsoup's words, and Apple's where the profile is not the recorded port.
func connectionEnded(r *browser.Result) string {
	if r.Profile.Derived() != "" {
		return "The network connection was lost."
	}
	return "Connection terminated unexpectedly"
}

// reasons returns the lines that say why a result failed.
func (w webkit) reasons(r *browser.Result) []string {
	f := r.Failure
	switch f.Reason {
	case fetch.ReasonMixedContent:
		if len(r.Request.URLList) > 1 || r.API == browser.APIElement || r.API == browser.APIBeacon {
			return []string{w.mixedContent(r)}
		}
		return []string{w.mixedContent(r), notAllowed}
	case fetch.ReasonNoCORSRedirectMode:
		return []string{"No-Cors mode requires follow redirect mode", notAllowed}
	case fetch.ReasonNetworkFailure, fetch.ReasonResponseMalformed:
		if f.Preflight {
			return []string{connectionEnded(r)}
		}
		return nil
	}
	if text := w.redirectRefused(r); text != "" {
		return []string{text}
	}
	if text := w.unusable(r); text != "" {
		return []string{text}
	}
	text := w.accessControl(r)
	if text == "" {
		return nil
	}
	if to := redirectTarget(r); to != "" {
		text = "Cross-origin redirection to " + to + crossOriginRedirect + text
	}
	return []string{text}
}

// redirectTarget is where the answer leads whose check failed; "" where it is
// no redirect.
func redirectTarget(r *browser.Result) string {
	x := r.FailedExchange()
	if x == nil || r.Failure.Preflight || x.Location == nil {
		return ""
	}
	if x.Location.State == fetch.LocationFailure {
		return latin1(x.Location.Value)
	}
	return x.Location.URL.WithoutCredentials().String()
}

// locationURL is the URL where an answer leads; zero where it leads to none.
func locationURL(x *browser.Exchange) origin.URL {
	if x.Location == nil {
		return origin.URL{}
	}
	return x.Location.URL
}

// accessControl is the reason of a check that a response did not pass.
func (webkit) accessControl(r *browser.Result) string {
	f := r.Failure
	switch f.Reason {
	case fetch.ReasonAllowOriginWildcard:
		return "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."
	case fetch.ReasonAllowOriginMissing, fetch.ReasonAllowOriginMismatch, fetch.ReasonAllowOriginInvalid, fetch.ReasonAllowOriginMultiple:
		if strings.Contains(f.Got, ",") {
			return "Access-Control-Allow-Origin cannot contain more than one origin."
		}
		return "Origin " + f.Want + " is not allowed by Access-Control-Allow-Origin. Status code: " + statusOf(r)
	case fetch.ReasonAllowCredentialsMissing, fetch.ReasonAllowCredentialsNotTrue:
		return `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`
	case fetch.ReasonPreflightStatus, fetch.ReasonPreflightRedirect:
		return "Preflight response is not successful. Status code: " + f.Got
	case fetch.ReasonAllowMethodsMalformed, fetch.ReasonAllowHeadersMalformed:
		return "Header " + f.Header + " has an invalid value: " + latin1(strings.ToValidUTF8(failedHeader(r, f.Header), "\uFFFD"))
	case fetch.ReasonMethodNotAllowed:
		return "Method " + f.Got + " is not allowed by Access-Control-Allow-Methods."
	case fetch.ReasonHeaderNotAllowed:
		return "Request header field " + webkitName(r, f.Got) + " is not allowed by Access-Control-Allow-Headers."
	case fetch.ReasonCORP:
		return "Cancelled load to " + r.FailedExchange().URL.String() +
			" because it violates the resource's Cross-Origin-Resource-Policy response header."
	}
	return ""
}

// redirectRefused is the reason of a redirect that may not be followed, or of a
// URL that may not be fetched.
func (w webkit) redirectRefused(r *browser.Result) string {
	f := r.Failure
	u := w.failingURL(r)
	switch f.Reason {
	case fetch.ReasonRedirectError:
		return "Not allowed to follow a redirection while loading " + u
	case fetch.ReasonRedirectLimit:
		return "Load cannot follow more than 20 redirections"
	case fetch.ReasonRedirectCredentials:
		return "Cross-origin redirection to " + redirectTarget(r) + crossOriginRedirect + "redirection URL " + f.Got + " has credentials"
	case fetch.ReasonRedirectLocationMalformed:
		if !isAccessControl(r) {
			return ""
		}
		return "Cross-origin redirection to " + latin1(f.Got) + crossOriginRedirect + nonCORSScheme
	case fetch.ReasonRedirectNotHTTP:
		return w.wrongScheme(r)
	case fetch.ReasonModeSameOrigin:
		if len(r.Request.URLList) > 1 {
			return unsafeAttempt(r, r.Request.CurrentURL().String())
		}
	case fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL:
		return "Cross origin requests are only supported for HTTP."
	case fetch.ReasonBadPort:
		if f.Preflight {
			return "CORS-preflight request was blocked"
		}
		target := r.Request.CurrentURL()
		port, _ := target.Port()
		return "Not allowed to use restricted network port " + strconv.Itoa(int(port)) + ": " + target.WithoutFragment()
	}
	return ""
}

const nonCORSScheme = "not allowed to follow a cross-origin CORS redirection with non CORS scheme"

func unsafeAttempt(r *browser.Result, u string) string {
	return "Unsafe attempt to load URL " + u + " from origin " + r.Request.Origin.String() + ". Domains, protocols and ports must match."
}

// wrongScheme is the reason of a redirect to a URL that is not HTTP(S).
func (webkit) wrongScheme(r *browser.Result) string {
	x := r.FailedExchange()
	to := locationURL(x)
	switch {
	case to.Scheme() == "ftp":
		return "FTP URLs are disabled"
	case r.Request.Mode == fetch.ModeSameOrigin:
		return unsafeAttempt(r, to.String())
	case isLocalScheme(x):
		return "Not allowed to load local resource: " + to.String()
	case isInsecureScheme(r, x):
		return "[blocked] " + insecureContent(r, to) + "blocked and must be served over HTTPS."
	case r.Request.Mode == fetch.ModeNoCORS:
		return "Redirection to URL with a scheme that is not HTTP(S)."
	}
	return "Cross-origin redirection to " + to.String() + crossOriginRedirect + nonCORSScheme
}

// isLocalScheme reports whether a redirect without CORS leads to a file or blob.
func isLocalScheme(x *browser.Exchange) bool {
	scheme := locationURL(x).Scheme()
	return x.Tainting != fetch.TaintingCORS && (scheme == "file" || scheme == "blob")
}

// isRefusedByPage reports whether the page's process does not allow a redirect
// that is not HTTP(S), and not the network's.
func isRefusedByPage(r *browser.Result, x *browser.Exchange) bool {
	return isLocalScheme(x) || isInsecureScheme(r, x)
}

// isInsecureScheme reports whether an https page follows a redirect, without
// CORS, to a URL whose scheme is mixed content to it.
func isInsecureScheme(r *browser.Result, x *browser.Exchange) bool {
	if r.Client.URL.Scheme() != "https" || x.Tainting == fetch.TaintingCORS {
		return false
	}
	switch locationURL(x).Scheme() {
	case "data", "about", "blob", "file", "ftp":
		return false
	}
	return true
}

// unusable is the reason of a response that an element or event source has no
// use for.
func (webkit) unusable(r *browser.Result) string {
	f := r.Failure
	mime := cmp.Or(essence(f.Got), "text/plain")
	switch f.Reason {
	case fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked:
		if r.Tag != browser.TagScript && failedStatus(r) {
			return "" // the status alone is looked at, and nothing said of it
		}
		if r.Tag == browser.TagModule {
			if statusIsToBlame(r) {
				return ""
			}
			return "TypeError: '" + mime + "' is not a valid JavaScript MIME type."
		}
		if r.Tag == browser.TagStylesheet {
			return "Did not parse stylesheet at '" + r.Request.URL().String() + "' because non CSS MIME types are not allowed in strict mode."
		}
		if forbidsGuessing(r) {
			return `Refused to execute ` + r.Request.URL().String() + ` as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`
		}
		return "Refused to execute " + r.Request.URL().String() + " as script because " + mime + " is not a script MIME type."
	case fetch.ReasonEventSourceType:
		return `EventSource's response has a MIME type ("` + eventStreamType(f.Got) + `") that is not "text/event-stream". Aborting the connection.`
	}
	return ""
}

// eventStreamType is the type that WebKit reads out of Content-Type without
// guessing: of the last line, whatever it is, or one for all bytes.
func eventStreamType(contentType string) string {
	lines := strings.Split(contentType, ",")
	last, _, _ := strings.Cut(lines[len(lines)-1], ";")
	return cmp.Or(strings.Trim(fetch.ByteLowercase(latin1(last)), " \t"), "application/octet-stream")
}

// failedStatus reports whether the last answer says that something went wrong,
// of which style sheets want to hear in more cases than modules.
func failedStatus(r *browser.Result) bool {
	x := r.FailedExchange()
	if x == nil || x.Response == nil {
		return false
	}
	return x.Response.Status >= 400 || r.Tag == browser.TagStylesheet && !fetch.IsOKStatus(x.Response.Status)
}

// webkitName is a header's name as WebKit spells it: in its own way where it
// knows the name, and as script did otherwise.
func webkitName(r *browser.Result, name string) string {
	for _, known := range r.Profile.KnownHeaderNames() {
		if fetch.EqualFold(known, name) {
			return known
		}
	}
	for _, h := range r.Request.HeadersToClear() {
		if fetch.EqualFold(h.Name, name) {
			return h.Name
		}
	}
	return name
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
