package browser

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

const (
	anchorCSPRequest        = "w3c.github.io/webappsec-csp/#should-block-request"
	directiveUpgradeRequest = "upgrade-insecure-requests"
)

// reportCSP notes what a request violates in policies that are only reported. It blocks
// nothing.
// https://w3c.github.io/webappsec-csp/#report-for-request
func reportCSP(f *fetcher, _ *fetch.Response) *fetch.Failure {
	return f.checkCSP(policy.CSPReported)
}

// checkCSP blocks a request that a content security policy of its page does not allow.
// https://w3c.github.io/webappsec-csp/#should-block-request
func checkCSP(f *fetcher, _ *fetch.Response) *fetch.Failure {
	return f.checkCSP(policy.CSPEnforced)
}

// checkCSPInOrder is both at once: it checks the policies in the order of the headers.
func checkCSPInOrder(f *fetcher, _ *fetch.Response) *fetch.Failure {
	return f.checkCSP(policy.CSPAll)
}

// checkCSP notes what a request violates in policies with a disposition, and returns the
// failure if one of these policies is enforced.
func (f *fetcher) checkCSP(of policy.CSPDispositions) *fetch.Failure {
	// A frame with about:blank or about:srcdoc requests nothing.
	if f.req.Client.PolicyContainer.CSP == nil || f.req.Mode == fetch.ModeNavigate && f.req.CurrentURL().Scheme() == "about" {
		return nil
	}
	before := len(f.trace.CSP)
	f.trace.CSP = f.rules().csp.CheckRequest(f.trace.CSP, f.req, of)
	for i := before; i < len(f.trace.CSP); i++ {
		if !f.trace.CSP[i].ReportOnly {
			return cspFailure(&f.trace.CSP[i])
		}
	}
	return nil
}

// cspOfCalls is a check of browsers in which some calls of script check the policies
// themselves, before the loader does.
func cspOfCalls(name string, checks func(*fetcher) bool) check {
	return check{name: name, needs: needsCSP, run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if len(f.req.URLList) > 1 || !checks(f) {
			return nil
		}
		return checkCSPInOrder(f, resp)
	}}
}

// callsAndMedia reports whether a request is one of some APIs, or of a media element.
func callsAndMedia(apis ...API) func(*fetcher) bool {
	return func(f *fetcher) bool { return slices.Contains(apis, f.api) || isMedia(f.req.Destination) }
}

// isBeaconOrTrack reports whether a request is one of sendBeacon(), or of a text track.
func isBeaconOrTrack(f *fetcher) bool {
	return f.api == APIBeacon || f.req.Destination == fetch.DestinationTrack
}

// cspOfSockets is a check of browsers in which the constructor of a WebSocket checks the
// policies, before the channel does.
var cspOfSockets = check{name: "csp-of-sockets", needs: needsCSP, run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !isSocket(f.req) {
		return nil
	}
	return checkCSPInOrder(f, resp)
}}

// notForSockets changes a check to one that WebSockets pass.
func notForSockets(c check) check {
	run := c.run
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if isSocket(f.req) {
			return nil
		}
		return run(f, resp)
	}
	return c
}

// cspBeforeMixedContent is a check of browsers in which some requests are checked against the
// policies before they are checked for mixed content.
var cspBeforeMixedContent = check{name: "csp-before-mixed-content", needs: needsCSP, run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if !f.checksPoliciesFirst() {
		return nil
	}
	return checkCSPInOrder(f, resp)
}}

// checksPoliciesFirst reports whether a request is one of an element, or one of a call of script
// that has followed a redirect.
func (f *fetcher) checksPoliciesFirst() bool {
	switch f.api {
	case APIElement:
		return true
	case APIFetch, APIXHR, APIEventSource, APIBeacon:
		return len(f.req.URLList) > 1
	}
	return false
}

// notIfChecked changes a check to one that the requests of [cspBeforeMixedContent] pass.
func notIfChecked(c check) check {
	run := c.run
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if f.checksPoliciesFirst() {
			return nil
		}
		return run(f, resp)
	}
	return c
}

// cspOfRedirects is a check of browsers that check the policies on a redirect before they
// upgrade images, audio and video to https.
var cspOfRedirects = check{name: "csp-of-redirects", needs: needsCSP, run: func(f *fetcher, resp *fetch.Response) *fetch.Failure {
	if len(f.req.URLList) == 1 || isSocket(f.req) {
		return nil
	}
	return checkCSPInOrder(f, resp)
}}

// notForRedirects changes a check to one that redirects pass.
func notForRedirects(c check) check {
	run := c.run
	c.run = func(f *fetcher, resp *fetch.Response) *fetch.Failure {
		if len(f.req.URLList) > 1 {
			return nil
		}
		return run(f, resp)
	}
	return c
}

// cspInOrder makes one check of the policies that are enforced and of those that are only
// reported.
func cspInOrder(r *rules) {
	r.beforeSending = r.beforeSending.Remove("csp-report").Change("csp", func(c check) check {
		c.run = checkCSPInOrder
		return c
	})
}

// cspPaths is the check of a browser that compares the paths of sources after redirects
// too, for requests that outlive their page. Its console says nothing about the policy.
var cspPaths = check{name: "csp-paths", needs: needsCSP, run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
	req := f.req
	if req.Client.PolicyContainer.CSP == nil || !req.Keepalive || len(req.URLList) == 1 || f.rules().csp.AllowsPath(req) {
		return nil
	}
	return &fetch.Failure{
		Reason: fetch.ReasonCSPRedirect, Step: fetch.Step{Anchor: anchorCSPRequest, Number: "3"},
		Header: policy.HeaderCSP, Want: policy.EffectiveDirective(req.Destination),
	}
}}

// formActionInFetch is a check of a browser that checks form-action where it checks
// requests, after redirects too.
func formActionInFetch(name string, of policy.CSPDispositions) check {
	return check{name: name, run: func(f *fetcher, _ *fetch.Response) *fetch.Failure {
		if f.api != APIForm {
			return nil
		}
		return f.noteViolations(f.rules().csp.CheckFormAction(f.req.Client, f.req.CurrentURL(), len(f.req.URLList) > 1, of))
	}}
}

// frameReportedAgain is a check that notes once more what policies that are only reported
// do not allow of a frame, when its document has arrived.
var frameReportedAgain = check{name: "csp-report-again", run: reportCSP}

// cspFailure returns the failure of a request that violates a policy.
func cspFailure(v *policy.CSPViolation) *fetch.Failure {
	reason := fetch.ReasonCSP
	switch {
	case v.Effective == "frame-ancestors":
		reason = fetch.ReasonFrameAncestors
	case v.Effective == "form-action":
		reason = fetch.ReasonFormAction
	case v.Redirected:
		reason = fetch.ReasonCSPRedirect
	}
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchorCSPRequest, Number: "3"},
		Header: policy.HeaderCSP, Got: v.Directive.Text, Want: v.Effective,
	}
}

// upgradeByCSP upgrades http requests to https if a policy of their page says so. It
// blocks nothing.
// https://w3c.github.io/webappsec-upgrade-insecure-requests/#upgrade-request
func upgradeByCSP(f *fetcher, _ *fetch.Response) *fetch.Failure {
	req := f.req
	if !f.rules().upgradesRequest(req) {
		return nil
	}
	from := req.CurrentURL()
	f.beforeUpgrade(from)
	f.trace.CSPUpgrades = append(f.trace.CSPUpgrades, from)
	urls := slices.Clone(req.URLList)
	// Firefox: a redirect to the http URL taints the origin, as if there were no upgrade (csp-upgrades-are-redirects).
	if f.rules().UpgradesAreRedirects && taintsOrigin(req) {
		urls = append(urls, from)
	}
	urls[len(urls)-1] = from.WithScheme("https")
	req.URLList, f.classified = urls, false
	f.keepCrossOrigin(from)
	// Firefox: a request that comes home by an upgrade needs no preflight (csp-upgrades-are-redirects).
	if f.rules().UpgradesAreRedirects && req.Mode == fetch.ModeCORS && req.CurrentURL().HasOrigin(req.Origin) {
		f.class, f.classified = fetch.Classification{Kind: fetch.KindSimple}, true
	}
	return nil
}

// upgradesRequest reports whether the policies of a request's page upgrade it.
func (r *rules) upgradesRequest(req *fetch.Request) bool {
	if req.Client.PolicyContainer.CSP == nil || !r.upgradesByCSP(req.Client, req.CurrentURL()) {
		return false
	}
	// WebKit: frames are not upgraded after redirects (csp-upgrades-spare-redirected-frames).
	if r.UpgradesSpareRedirectedFrames && req.Mode == fetch.ModeNavigate && len(req.URLList) > 1 {
		return false
	}
	// Firefox: requests of workers are not upgraded (csp-upgrades-spare-workers).
	return !r.UpgradesSpareWorkers || !req.Client.Worker
}

// taintsOrigin reports whether the last redirect of a request leads from one foreign origin to
// another.
func taintsOrigin(req *fetch.Request) bool {
	n := len(req.URLList)
	return n > 1 && !req.URLList[n-2].HasOrigin(req.Origin) && !req.URLList[n-2].SameOrigin(req.URLList[n-1])
}

// beforeUpgrade does what a browser does with the http URL of a request before it is
// upgraded.
func (f *fetcher) beforeUpgrade(from origin.URL) {
	req, r := f.req, f.rules()
	// Firefox: the upgrade is a redirect, which comes after the check of the http URL (csp-upgrades-are-redirects).
	if r.UpgradesAreRedirects {
		f.trace.CSP = r.csp.CheckRequest(f.trace.CSP, req, policy.CSPReported)
		f.originHidden = len(req.URLList) == 1 && req.Mode == fetch.ModeNoCORS && policyHidesOrigin(withDefaultPolicy(req))
	}
	// Chromium: the referrer of a frame is determined before the upgrade (upgraded-frames-do-not-refer).
	if r.UpgradedFramesWithoutReferrer && f.api == APIFrame && len(req.URLList) == 1 {
		probe := withDefaultPolicy(req)
		r.referrer.Determine(probe)
		req.NoReferrer = probe.NoReferrer
	}
}

// withDefaultPolicy returns a copy of a request that has the referrer policy of its page
// if it has none of its own.
func withDefaultPolicy(req *fetch.Request) *fetch.Request {
	out := *req
	if out.ReferrerPolicy == fetch.ReferrerPolicyEmpty {
		out.ReferrerPolicy = policy.ReferrerPolicyOf(out.Client)
	}
	return &out
}

// upgradesByCSP reports whether the policies of a page upgrade its requests for a URL.
func (r *rules) upgradesByCSP(client *fetch.Client, u origin.URL) bool {
	if u.Scheme() != "http" || !client.PolicyContainer.CSP.Enforces(directiveUpgradeRequest) {
		return false
	}
	// WebKit: http://localhost is upgraded like any other host (upgrades-localhost).
	return r.csp.UpgradeLocalhost || !r.mixedContent.IsTrustworthy(u)
}

// showUpgrade changes the URLs of a response whose request a content security policy
// upgraded, as some browsers show them to script.
func (f *fetcher) showUpgrade(resp *fetch.Response) {
	if len(f.trace.CSPUpgrades) == 0 || len(resp.URLList) == 0 {
		return
	}
	first, urls := f.trace.CSPUpgrades[0], slices.Clone(resp.URLList)
	switch {
	// Chromium: script sees the URL that it asked for (csp-upgrades-hidden).
	case f.rules().UpgradesHideFromFetch && f.api == APIFetch && len(urls) == 1:
		urls[0] = first
	// Firefox: the upgrade is a redirect (csp-upgrades-are-redirects).
	case f.rules().UpgradesAreRedirects:
		urls = slices.Insert(urls, 0, first)
	}
	resp.URLList = urls
}

// cspPathsDecodedWhole is the entry of engines in which an encoded slash of a path is one.
func cspPathsDecodedWhole(source string) Entry {
	return Entry{
		Name:      "csp-paths-decoded-whole",
		Standard:  "The path of a source is cut at its slashes, and then each piece is decoded and compared: a%2Fb is one piece.",
		Behaviour: "Paths are decoded first, so that a%2Fb in a source matches a/b in a URL.",
		Source:    source,
		Versions:  "all",
		apply:     func(r *rules) { r.csp.PathsDecodedWhole = true },
	}
}
