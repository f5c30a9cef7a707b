package browser

// firefoxCookieEntries are about cookies.
func firefoxCookieEntries() []Entry {
	return []Entry{{
		Name:     "cookies-partitioned",
		Standard: "All requests for a URL with credentials use the same cookies.",
		Behaviour: "Requests to another site have separate cookies for each page's site, so cookies that were set first-party are not sent. Sites are compared " +
			"without their schemes.",
		Source:   "netwerk/cookie/CookieServiceParent.cpp; network.cookie.cookieBehavior 5",
		Versions: "since 103",
		apply: func(r *rules) {
			r.cookies.PartitionThirdParties = true
			r.cookies.SchemelessSites = true
		},
	}}
}
