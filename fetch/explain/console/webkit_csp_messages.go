package console

// The messages of WebKit about content security policies.
const (
	webkitCSPRefused = iota
	webkitCSPNeither
	webkitCSPReported
	webkitCSPReportedNeither
	webkitCSPRedirect
)

const (
	webkitRefused = "Refused to {verb} {url} because it does not appear in the {word} directive of the Content Security Policy."
	webkitNeither = "Refused to {verb} {url} because it appears in neither the {word} directive nor the default-src directive of the Content Security Policy."
)

var webkitCSPMessages = []Message{
	webkitCSPRefused:         {Code: "csp-violation", Reasons: allCSPReasons, Text: webkitRefused},
	webkitCSPNeither:         {Code: "csp-violation", Reasons: cspReasons, Text: webkitNeither},
	webkitCSPReported:        {Code: "csp-reported", Warning: true, Text: "[Report Only] " + webkitRefused},
	webkitCSPReportedNeither: {Code: "csp-reported", Warning: true, Text: "[Report Only] " + webkitNeither},
	webkitCSPRedirect:        {Code: "csp-redirect", Reasons: cspReasons, Text: "Blocked by Content Security Policy[.]"},
}

// webkitVerbs is what the messages call what a directive does not allow; "" is for all
// other directives.
var webkitVerbs = map[string]string{"": "load", "connect-src": "connect to"}
