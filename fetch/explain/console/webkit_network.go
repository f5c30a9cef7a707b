package console

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// connectionEnded is what the network layer calls a connection that closed
// early: libsoup's words, and Apple's where the profile is not the recorded port.
func connectionEnded(r *browser.Result) Line {
	if r.Profile.Derived() != "" {
		return webkitLost.line(nil)
	}
	if isUpgradedPort(r) {
		return webkitNoTLS.line(nil)
	}
	return webkitTerminated.line(nil)
}

// isUpgradedPort reports whether a content security policy sent a request over https to a
// port that the page wrote for http: what listens there speaks no TLS.
func isUpgradedPort(r *browser.Result) bool {
	n := len(r.Trace.CSPUpgrades)
	if n == 0 || r.Trace.CSPUpgrades[n-1].WithScheme("https") != r.Request.CurrentURL() {
		return false
	}
	_, explicit := r.Trace.CSPUpgrades[n-1].Port()
	return explicit
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

// failingURL is the URL that the envelope names: that of the exchange which
// failed, or of the request where nothing was sent. What the page's process
// blocks itself has no fragment any more.
func (webkit) failingURL(r *browser.Result) string {
	u := r.Request.CurrentURL()
	if r.Failure.Reason == fetch.ReasonMixedContent && len(r.Request.URLList) == 1 {
		return u.WithoutCredentials().WithoutFragment().String()
	}
	if x := r.FailedExchange(); x != nil && !isCSP(r) && r.Failure.Reason != fetch.ReasonModeSameOrigin && r.Failure.Reason != fetch.ReasonBadPort {
		u = x.URL
		if r.Failure.Reason == fetch.ReasonRedirectNotHTTP && r.Request.Mode == fetch.ModeNoCORS &&
			locationURL(x).Scheme() != "ftp" && !isRefusedByPage(r, x) {
			u = locationURL(x)
		}
	}
	if r.Failure.Reason == fetch.ReasonNetworkFailure {
		u = r.Profile.SentURL(u) // the network layer itself names it
	}
	return u.WithoutCredentials().String()
}

// redirectRefused is the reason of a redirect that may not be followed, or of a
// URL that may not be fetched.
func (w webkit) redirectRefused(r *browser.Result) (Line, bool) {
	f := r.Failure
	switch f.Reason {
	case fetch.ReasonRedirectError:
		return webkitRedirectError.line(fields{{"url", w.failingURL(r)}}), true
	case fetch.ReasonRedirectLimit:
		return webkitTooManyRedirects.line(fields{{"status", webkitRedirectLimit}}), true
	case fetch.ReasonRedirectCredentials:
		return redirection(redirectTarget(r), webkitRedirectCredentials, fields{{"url", f.Got}}), true
	case fetch.ReasonRedirectLocationMalformed:
		return redirection(latin1(f.Got), webkitRedirectScheme, nil), isAccessControl(r)
	case fetch.ReasonRedirectNotHTTP:
		return w.wrongScheme(r), true
	case fetch.ReasonModeSameOrigin:
		return unsafeAttempt(r, r.Request.CurrentURL()), len(r.Request.URLList) > 1
	case fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL:
		return w.otherScheme(r)
	case fetch.ReasonBadPort:
		return restrictedPort(r), true
	case fetch.ReasonLocalNetworkDenied:
		return restrictedHost(r), true
	}
	return Line{}, false
}

// redirection is the line about a redirect that is denied.
func redirection(to string, why webkitMessage, values fields) Line {
	return webkitRedirection.line(fields{{"url", to}}).holding(why.line(values))
}

func restrictedPort(r *browser.Result) Line {
	if r.Failure.Preflight {
		return webkitPreflightBlocked.line(nil)
	}
	target := r.Request.CurrentURL()
	port, _ := target.Port()
	return webkitRestrictedPort.line(fields{{"status", strconv.Itoa(int(port))}, {"url", target.WithoutFragment().String()}})
}

// restrictedHost is the line about the address 0.0.0.0.
func restrictedHost(r *browser.Result) Line {
	if r.Failure.Preflight {
		return webkitPreflightBlocked.line(nil)
	}
	u := r.Request.CurrentURL()
	return webkitRestrictedHost.line(fields{{"word", u.Host()}, {"url", u.WithoutFragment().String()}})
}

func unsafeAttempt(r *browser.Result, u origin.URL) Line {
	return webkitUnsafeAttempt.line(fields{{"url", ellipsized(u)}, {"origin", r.Request.Origin.String()}})
}

// wrongScheme is the reason of a redirect to a URL that is not HTTP(S).
func (webkit) wrongScheme(r *browser.Result) Line {
	x := r.FailedExchange()
	to := locationURL(x)
	switch {
	case to.Scheme() == "ftp":
		return webkitFTP.line(nil)
	case r.Request.Mode == fetch.ModeSameOrigin:
		return unsafeAttempt(r, to)
	case isLocalScheme(x):
		return webkitLocalResource.line(fields{{"url", ellipsized(to)}})
	case isInsecureScheme(r, x):
		return insecureContent(webkitMixedBlocked, r, to, webkitServedSecurely)
	case r.Request.Mode == fetch.ModeNoCORS:
		return webkitRedirectNotHTTP.line(nil)
	}
	return redirection(to.String(), webkitRedirectScheme, nil)
}

// otherScheme is the reason of a URL that is not HTTP(S). With CORS the APIs refuse
// it themselves; otherwise the page's process does, which may not load files and
// blobs of others. What fails later has no reason. Of a worker, the APIs say nothing to the page's console.
func (webkit) otherScheme(r *browser.Result) (Line, bool) {
	u := r.Request.CurrentURL()
	if r.API != browser.APIElement && (r.Request.Mode == fetch.ModeCORS || u.Scheme() != "about" && u.Scheme() != "file") {
		return webkitNotHTTP.line(nil), !r.Client.Worker
	}
	switch u.Scheme() {
	case "ftp":
		return webkitFTP.line(nil), true
	case "file", "blob":
		return webkitLocalResource.line(fields{{"url", ellipsized(u)}}), true
	}
	return Line{}, false
}

// isSchemeFailure reports whether a result failed because of the scheme of the
// URL that the page gave.
func isSchemeFailure(r *browser.Result) bool {
	switch r.Failure.Reason {
	case fetch.ReasonSchemeNotHTTP, fetch.ReasonSchemeNotSupported, fetch.ReasonBlobURL:
		return len(r.Request.URLList) == 1
	}
	return false
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
