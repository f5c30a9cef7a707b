package console

import (
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// NetworkLine returns the line about the request itself that Chromium's developer
// tools add to the console, such as
//
//	GET https://api.example.com/users net::ERR_FAILED 200 (OK)
//
// It is beside the lines of [Print]: the page does not print it. ok is false for
// other engines, for requests that succeeded or were never sent, and where it is not
// known how the connection failed.
func NetworkLine(r *browser.Result) (line string, ok bool) {
	for _, l := range r.Loads() {
		if line, ok = NetworkLine(l); ok {
			return line, true
		}
	}
	if r.Loads() != nil {
		return "", false
	}
	n := len(r.Trace.Exchanges)
	if r.Profile.Engine() != browser.EngineChromium || n == 0 || r.Request == nil {
		return "", false
	}
	last := &r.Trace.Exchanges[n-1]
	line = r.Request.Method + " " + r.Request.CurrentURL().WithoutFragment().String()
	if r.Failure != nil {
		code, known := networkCode(r)
		if !known {
			return "", false
		}
		line += " " + code
	}
	if last.Kind == browser.ExchangePreflight || last.Response == nil {
		return line, r.Failure != nil
	}
	status := last.Response.Status
	if r.Failure == nil && status < 400 {
		return "", false
	}
	line += " " + strconv.Itoa(status)
	if text := fetch.StatusText(status); text != "" {
		line += " (" + text + ")"
	}
	return line, true
}

// networkCode returns the network error on the line about a request that failed.
func networkCode(r *browser.Result) (code string, known bool) {
	if code, ok := blockedCode(r); ok && code != "" {
		if r.Failure.Reason == fetch.ReasonCORP {
			return "", false // [Print] has the line
		}
		return chromiumFailed.text(), true
	}
	if fault := faultOf(r); r.Failure.Reason == fetch.ReasonNetworkFailure && (fault == fetch.FaultUnknown || fault == fetch.FaultTimeout) {
		return "", false
	}
	if m, ok := netErrorOf(r); ok {
		return m.text(), true
	}
	return chromiumFailed.text(), true
}

// faultOf returns why the connection of the last exchange failed.
func faultOf(r *browser.Result) fetch.ConnectionFault {
	if n := len(r.Trace.Exchanges); n > 0 {
		return r.Trace.Exchanges[n-1].Fault
	}
	return fetch.FaultUnknown
}
