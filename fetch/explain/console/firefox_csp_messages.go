package console

import "github.com/corsim/corsim/fetch"

// firefoxCSPKinds are the kinds of Firefox's messages about content security policies, by
// the directive that is about the request; the first is for all others.
var firefoxCSPKinds = []struct{ directive, code, what, end string }{
	{"", "Generic", "the loading of a resource ({word}) at {url}", ""},
	{"script-src-elem", "Script", "a script ({word}) at {url}", " from being executed"},
	{"style-src-elem", "Style", "a style ({word}) at {url}", " from being applied"},
	{"worker-src", "Worker", "a worker script ({word}) at {url}", " from being executed"},
}

// firefoxCSPMessages are two messages for each kind: one for what is blocked, and one for
// what is only reported.
var firefoxCSPMessages = func() []Message {
	out := make([]Message, 0, 2*len(firefoxCSPKinds))
	for _, k := range firefoxCSPKinds {
		end := k.what + k.end + " because it violates the following directive: “{policy}”"
		reasons := cspReasons
		if k.directive == "" {
			reasons = allCSPReasons
		}
		out = append(out,
			Message{Code: "CSP_CSP" + k.code + "Violation", Reasons: reasons, Text: "Content-Security-Policy: The page’s settings blocked " + end},
			Message{Code: "CSP_CSPRO" + k.code + "Violation", Warning: true, Text: "Content-Security-Policy: (Report-Only policy) The page’s settings would block " + end})
	}
	return out
}()

// firefoxCSPUpgrade is the message about a request that upgrade-insecure-requests sends
// over https.
var firefoxCSPUpgrade = []Message{{
	Code: "CSP_upgradeInsecureRequest", Warning: true, Text: "Content-Security-Policy: Upgrading insecure request ‘{url}’ to use ‘{word}’",
}, {
	Code: "CSP_blockAllMixedContent", Reasons: []fetch.Reason{fetch.ReasonMixedContent}, Text: "Content-Security-Policy: Blocking insecure request ‘{url}’.",
}}
