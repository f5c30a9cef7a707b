package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// frameMessage names a message about a frame or a form.
type frameMessage uint8

// The messages about frames and forms. Firefox has the first three.
const (
	frameRefused frameMessage = iota
	frameOptionsUnknown
	frameEscapes
	frameConflict
	frameScriptBlocked
	frameSandboxUnknown
	formSandboxed
	formInsecure
	frameOpenerIgnored
)

// webkitFrameMessage names a message of WebKit about a frame or a form.
type webkitFrameMessage uint8

const (
	webkitFrameRefused webkitFrameMessage = iota
	webkitFrameConflict
	webkitFrameOptionsUnknown
	webkitFrameEmbedder
	webkitFrameScriptBlocked
	webkitFrameSandboxUnknown
	webkitFormSandboxed
	webkitFormInsecure
	webkitFrameRedirect
)

// The reasons behind messages about frames and forms.
var (
	frameOptionsReasons  = []fetch.Reason{fetch.ReasonFrameOptions}
	frameEmbedderReasons = []fetch.Reason{fetch.ReasonFrameEmbedderPolicy}
	formSandboxReasons   = []fetch.Reason{fetch.ReasonFormSandboxed}
)

// chromiumFrameMessages are what Chromium says of frames and forms.
var chromiumFrameMessages = []Message{
	frameRefused: {Code: "x-frame-options", Topic: TopicFraming, Reasons: frameOptionsReasons,
		Text: "Refused to display '{url}' in a frame because it set 'X-Frame-Options' to '{value}'."},
	frameConflict: {Code: "x-frame-options", Topic: TopicFraming, Reasons: frameOptionsReasons,
		Text: "Refused to display '{url}' in a frame because it set multiple 'X-Frame-Options' headers with conflicting values ('{value}'). Falling back to 'deny'."},
	frameOptionsUnknown: {Code: "x-frame-options-unknown", Topic: TopicFraming, Warning: true,
		Text: "Invalid 'X-Frame-Options' header encountered when loading '{url}': '{value}' is not a recognized directive. The header will be ignored."},
	frameEscapes: {Code: "sandbox-escapes", Topic: TopicSandbox, Warning: true,
		Text: "An iframe which has both allow-scripts and allow-same-origin for its sandbox attribute can escape its sandboxing."},
	frameScriptBlocked: {Code: "sandboxed-script", Topic: TopicSandbox, Warning: true,
		Text: "Blocked script execution in '{url}' because the document's frame is sandboxed and the 'allow-scripts' permission is not set."},
	frameSandboxUnknown: {Code: "sandbox-unknown", Topic: TopicSandbox, Warning: true,
		Text: "Error while parsing the 'sandbox' attribute: {line}"},
	formSandboxed: {Code: "sandboxed-form", Topic: TopicSandbox, Reasons: formSandboxReasons,
		Text: "Blocked form submission to '{url}' because the form's frame is sandboxed and the 'allow-forms' permission is not set."},
	formInsecure: {Code: "insecure-form", Warning: true,
		Text: "Mixed Content: The page at '{page}' was loaded over a secure connection, but contains a form that targets an insecure endpoint '{url}'. " +
			"This endpoint should be made available over a secure connection."},
	frameOpenerIgnored: {Code: "opener-policy-ignored", Topic: TopicEmbedder, Warning: true,
		Text: "The Cross-Origin-Opener-Policy header has been ignored, because the URL's origin was untrustworthy. It was defined either in the final response or a redirect. " +
			"Please deliver the response using the HTTPS protocol. You can also use the 'localhost' origin instead. " +
			"See https://www.w3.org/TR/powerful-features/#potentially-trustworthy-origin and https://html.spec.whatwg.org/#the-cross-origin-opener-policy-header."},
}

// firefoxFrameMessages are what Firefox says of frames.
var firefoxFrameMessages = []Message{
	frameRefused: {Code: "X-Frame-Options", Topic: TopicFraming, Reasons: frameOptionsReasons,
		Text: "The loading of “{url}” in a frame is denied by “X-Frame-Options“ directive set to “{value}“."},
	frameOptionsUnknown: {Code: "X-Frame-Options", Topic: TopicFraming, Reasons: frameOptionsReasons,
		Text: "Invalid X-Frame-Options header was found when loading “{url}”: “{value}” is not a valid directive."},
	frameEscapes: {Code: "Iframe Sandbox", Topic: TopicSandbox, Warning: true,
		Text: "An iframe which has both allow-scripts and allow-same-origin for its sandbox attribute can remove its sandboxing."},
}

// webkitFrameMessages are what WebKit says of frames and forms.
var webkitFrameMessages = []Message{
	webkitFrameRefused: {Code: "x-frame-options", Topic: TopicFraming, Reasons: frameOptionsReasons,
		Text: "Refused to display '{url}' in a frame because it set 'X-Frame-Options' to '{value}'."},
	webkitFrameConflict: {Code: "x-frame-options", Topic: TopicFraming, Reasons: frameOptionsReasons,
		Text: "Multiple 'X-Frame-Options' headers with conflicting values ('{value}') encountered when loading '{url}'. Falling back to 'DENY'."},
	webkitFrameOptionsUnknown: {Code: "x-frame-options-unknown", Topic: TopicFraming, Warning: true,
		Text: "Invalid 'X-Frame-Options' header encountered when loading '{url}': '{value}' is not a recognized directive. The header will be ignored."},
	webkitFrameEmbedder: {Code: "embedder-policy", Topic: TopicEmbedder, Reasons: frameEmbedderReasons,
		Text: "Refused to display '{url}' in a frame because of Cross-Origin-Embedder-Policy."},
	webkitFrameRedirect: {Code: "embedder-policy", Topic: TopicEmbedder, Reasons: frameEmbedderReasons, Text: "Redirection was blocked by Cross-Origin-Embedder-Policy"},
	webkitFrameScriptBlocked: {Code: "sandboxed-script", Topic: TopicSandbox, Warning: true,
		Text: "Blocked script execution in '{url}' because the document's frame is sandboxed and the 'allow-scripts' permission is not set."},
	webkitFrameSandboxUnknown: {Code: "sandbox-unknown", Topic: TopicSandbox, Warning: true,
		Text: "Error while parsing the 'sandbox' attribute: {line}"},
	webkitFormSandboxed: {Code: "sandboxed-form", Topic: TopicSandbox, Reasons: formSandboxReasons,
		Text: "Blocked form submission to '{url}' because the form's frame is sandboxed and the 'allow-forms' permission is not set."},
	webkitFormInsecure: {Code: "insecure-form", Warning: true, Text: "The page at {page} contains a form which targets an insecure URL {url}."},
}

func (chromium) frameLine(m frameMessage, values fields) Line {
	return lineOf(&chromiumFrameMessages[m], values)
}

func (firefox) frameLine(m frameMessage, values fields) Line {
	return lineOf(&firefoxFrameMessages[m], values)
}

func (m webkitFrameMessage) line(values fields) Line { return lineOf(&webkitFrameMessages[m], values) }

// sandboxUnknown returns the values of the message about words in a sandbox attribute
// that are not known; ok is false if there are none.
func sandboxUnknown(r *browser.Result) (values fields, ok bool) {
	words := r.Frame().UnknownSandbox
	if len(words) == 0 {
		return nil, false
	}
	quoted := "'" + strings.Join(words, "', '") + "'"
	if len(words) == 1 {
		return fields{{"line", quoted + " is an invalid sandbox flag."}}, true
	}
	return fields{{"line", quoted + " are invalid sandbox flags."}}, true
}

// frameOptions returns what the header X-Frame-Options of a frame's last response says.
func frameOptions(r *browser.Result) policy.FrameOptions {
	n := len(r.Trace.Exchanges)
	if n == 0 || r.Trace.Exchanges[n-1].Response == nil {
		return policy.FrameOptions{}
	}
	return policy.ParseFrameOptions(r.Trace.Exchanges[n-1].Response.Header)
}

// isOpenerIgnored reports whether a document that came over http asks for an opener policy.
func isOpenerIgnored(r *browser.Result) bool {
	n := len(r.Trace.Exchanges)
	if n == 0 || r.Trace.Exchanges[n-1].Response == nil || r.Profile.IsPotentiallyTrustworthy(r.Trace.Exchanges[n-1].URL) {
		return false
	}
	return policy.HasOpenerPolicy(r.Trace.Exchanges[n-1].Response.Header)
}

// frame returns what Chromium says of a frame or a form.
func (c chromium) frame(r *browser.Result) []Line {
	var lines []Line
	if values, ok := sandboxUnknown(r); ok {
		lines = append(lines, c.frameLine(frameSandboxUnknown, values))
	}
	if isInsecureForm(r) {
		for _, u := range []origin.URL{formAction(r), r.Request.URL()} {
			lines = append(lines, c.frameLine(formInsecure, fields{{"page", ellipsized(r.Client.URL)}, {"url", ellipsized(u)}}))
		}
	}
	lines = append(lines, insecureNotices(r)...)
	lines = append(lines, chromiumCSPReader.pageNotices(r, chromiumFrameReads)...)
	lines = append(lines, chromiumCSPReader.documentNotices(r)...)
	if isOpenerIgnored(r) {
		lines = append(lines, c.frameLine(frameOpenerIgnored, nil))
	}
	lines = append(lines, c.navigationViolations(r)...)
	switch l, ok := c.frameFailure(r); {
	case ok:
		lines = append(lines, l)
	case r.Frame().EscapesSandbox:
		lines = append(lines, c.frameLine(frameEscapes, nil))
	}
	if r.Frame().ScriptsBlocked {
		lines = append(lines, c.frameLine(frameScriptBlocked, fields{{"url", ellipsized(r.Request.CurrentURL())}}))
	}
	return lines
}

// frameFailure returns the line about the header X-Frame-Options, mixed content or a
// form that was not sent.
func (c chromium) frameFailure(r *browser.Result) (Line, bool) {
	options := frameOptions(r)
	at := fields{{"url", r.Request.CurrentURL().Root().String()}, {"value", options.Value}}
	if r.Failure == nil {
		return c.frameLine(frameOptionsUnknown, at), options.State == policy.FrameOptionsInvalid
	}
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return mixedContent(chromiumMixedBlocked, r, mixedContentKind(r), blockedURL(r)), true
	case fetch.ReasonFormSandboxed:
		return c.frameLine(formSandboxed, fields{{"url", ellipsized(r.Request.URL())}}), true
	case fetch.ReasonFrameOptions:
		if options.State == policy.FrameOptionsConflict {
			return c.frameLine(frameConflict, at), true
		}
		at[1].Value = options.State.String()
		return c.frameLine(frameRefused, at), true
	}
	return Line{}, false
}

// frameIssues returns the codes of a frame that was refused.
func (c chromium) frameIssues(r *browser.Result) []string {
	if r.Failure == nil {
		return nil
	}
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent, fetch.ReasonFormSandboxed, fetch.ReasonFormAction:
		return nil
	case fetch.ReasonFrameOptions, fetch.ReasonFrameAncestors:
		return []string{"blocked: other"}
	case fetch.ReasonCSP, fetch.ReasonCSPRedirect:
		return []string{chromiumBlockedByCSP.text()}
	case fetch.ReasonFrameEmbedderPolicy:
		return []string{"blocked: coep-frame-resource-needs-coep-header"}
	}
	if e, ok := corsErrorOf(r); ok {
		return []string{e.issue(r)}
	}
	if code, ok := blockedCode(r); ok {
		return []string{"blocked: " + code}
	}
	return nil
}

// How many times a new frame reads the policies of the page.
var (
	chromiumFrameReads = map[browser.API]int{browser.APIFrame: 1, browser.APIForm: 2}
	webkitFrameReads   = map[browser.API]int{browser.APIFrame: 1, browser.APIForm: 3}
)

// isInsecureForm reports whether a page that came over https has a form with an action
// that browsers warn of.
func isInsecureForm(r *browser.Result) bool {
	if r.API != browser.APIForm || r.Request == nil || r.Client.URL.Scheme() != "https" {
		return false
	}
	u := formAction(r)
	return u.Scheme() == "http" && !r.Profile.IsPotentiallyTrustworthy(u) && !isUpgraded(r)
}

// isUpgraded reports whether a policy of the page sends the request over https.
func isUpgraded(r *browser.Result) bool {
	return len(r.Trace.CSPUpgrades) > 0
}

// formAction returns the URL of a form before its fields are added.
func formAction(r *browser.Result) origin.URL { return r.Frame().Action }

// frame returns what Firefox says of a frame or a form.
func (f firefox) frame(r *browser.Result) []Line {
	options := frameOptions(r)
	url := Field{"url", r.Request.CurrentURL().String()}
	unknown := f.frameLine(frameOptionsUnknown, fields{url, {"value", "invalid"}})
	lines := f.unknownFeatures(r.Frame().Allow)
	if r.Frame().EscapesSandbox {
		lines = append(lines, f.frameLine(frameEscapes, nil))
	}
	lines = append(lines, f.violations(r)...)
	if r.Failure == nil {
		if options.State == policy.FrameOptionsInvalid {
			lines = append(lines, unknown)
		}
		return lines
	}
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return append(lines, mixedActive(r.Request.CurrentURL()))
	case fetch.ReasonCORP:
		return append(lines, firefoxCORP.line(fields{url, {"line", firefoxCORPPage}}))
	case fetch.ReasonFrameOptions:
		if options.State == policy.FrameOptionsConflict {
			return append(lines, unknown)
		}
		return append(lines, f.frameLine(frameRefused, fields{url, {"value", options.State.String()}}))
	}
	return lines
}

// unknownFeatures returns what Firefox says of an attribute allow: three lines for each
// feature that it does not know.
func (firefox) unknownFeatures(allow string) []Line {
	var lines []Line
	for directive := range strings.SplitSeq(allow, ";") {
		name, _, _ := strings.Cut(strings.TrimLeft(directive, " \t\n\f\r"), " ")
		if name == "" || slices.Contains(firefoxFeatures, fetch.ByteLowercase(name)) {
			continue
		}
		for range 3 {
			lines = append(lines, firefoxFeatureUnknown.line(fields{{"word", name}}))
		}
	}
	return lines
}

// firefoxFeatures are the features of permissions policies that Firefox knows.
// Source: dom/security/featurepolicy/FeaturePolicyUtils.cpp; the last two are newer, and recorded.
var firefoxFeatures = []string{
	"camera", "geolocation", "microphone", "display-capture", "fullscreen", "web-share", "gamepad", "publickey-credentials-create",
	"publickey-credentials-get", "speaker-selection", "storage-access", "screen-wake-lock", "local-network", "loopback-network",
}

// frame returns what WebKit says of a frame or a form.
func (w webkit) frame(r *browser.Result) []Line {
	var lines []Line
	if values, ok := sandboxUnknown(r); ok {
		lines = append(lines, webkitFrameSandboxUnknown.line(values))
	}
	lines = append(lines, webkitCSPReader.pageNotices(r, webkitFrameReads)...)
	if r.API == browser.APIForm && r.Client.URL.Scheme() == "https" && formAction(r).Scheme() == "http" {
		lines = append(lines, webkitFormInsecure.line(fields{{"page", ellipsized(r.Client.URL)}, {"url", ellipsized(formAction(r))}}))
	}
	// A data: URL is checked before its document reads the policies of the page.
	early := r.Request != nil && r.Request.CurrentURL().IsLocal()
	if early {
		lines = append(lines, w.violations(r)...)
	}
	lines = append(lines, webkitCSPReader.documentNotices(r)...)
	if !early {
		lines = append(lines, w.violations(r)...)
	}
	lines = w.appendFrameFailure(lines, r)
	if r.Frame().ScriptsBlocked {
		lines = append(lines, webkitFrameScriptBlocked.line(fields{{"url", ellipsized(r.Request.CurrentURL())}}))
	}
	return lines
}

// appendFrameFailure appends the lines about a frame that was refused, or about a header
// X-Frame-Options that does nothing.
func (w webkit) appendFrameFailure(lines []Line, r *browser.Result) []Line {
	options := frameOptions(r)
	url := Field{"url", ellipsized(r.Request.CurrentURL())}
	value := Field{"value", options.Value}
	if r.Failure == nil {
		if options.State == policy.FrameOptionsInvalid {
			lines = append(lines, webkitFrameOptionsUnknown.line(fields{url, value}))
		}
		return lines
	}
	switch r.Failure.Reason {
	case fetch.ReasonMixedContent:
		return append(lines, w.mixedContent(r))
	case fetch.ReasonFormSandboxed:
		return append(lines, webkitFormSandboxed.line(fields{{"url", ellipsized(formAction(r))}}))
	case fetch.ReasonCORP:
		return append(lines, webkitCORP.line(fields{url}))
	case fetch.ReasonFrameEmbedderPolicy:
		lines = append(lines, webkitFrameEmbedder.line(fields{url}))
		if x := r.FailedExchange(); x != nil && fetch.IsRedirectStatus(x.Response.Status) {
			lines = append(lines, webkitFrameRedirect.line(nil))
		}
		return lines
	case fetch.ReasonFrameOptions:
		if options.State == policy.FrameOptionsConflict {
			lines = append(lines, webkitFrameConflict.line(fields{value, url}))
		}
		return append(lines, webkitFrameRefused.line(fields{url, value}))
	}
	return lines
}
