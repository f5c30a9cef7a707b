package browser

// firefoxCSPFile is the file of Firefox's source about content security policies.
const firefoxCSPFile = "dom/security/nsCSPUtils.cpp"

// firefoxCSPEntries are about content security policies.
func firefoxCSPEntries() []Entry {
	return []Entry{cspSocketSchemes(firefoxCSPFile), {
		Name: "csp-in-order", Standard: cspOrderStandard,
		Behaviour: "All are checked in the order of the headers, so what is only reported comes last.",
		Source:    "dom/security/nsCSPContext.cpp", Versions: "all",
		apply: cspInOrder,
	}, {
		Name:      "csp-upgrades-match-secure-sources",
		Standard:  "A source for https does not match an http URL. upgrade-insecure-requests does not upgrade http://localhost, so connect-src https: blocks it.",
		Behaviour: "In a policy with upgrade-insecure-requests sources for https match http URLs as well, because the URL is upgraded after the check.",
		Source:    firefoxCSPFile,
		Versions:  "all",
		apply:     func(r *rules) { r.csp.UpgradesMatchSecure = true },
	}, {
		Name:      "csp-upgrades-are-redirects",
		Standard:  "A request that upgrade-insecure-requests upgraded is not redirected.",
		Behaviour: "The upgrade is a redirect within the browser: the response says that it was redirected.",
		Source:    "netwerk/protocol/http/nsHttpChannel.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.UpgradesAreRedirects = true },
	}}
}
