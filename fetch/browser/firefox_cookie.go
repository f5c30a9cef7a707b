package browser

// firefoxCookieEntries are about cookies.
func firefoxCookieEntries() []Entry {
	return []Entry{{
		Name:     "cookies-partitioned",
		Standard: "All requests for a URL that carry credentials share its cookies.",
		Behaviour: "Requests to another site than the page's have cookies of their own for each page's site: " +
			"what was set first-party does not come along. Sites are compared without their schemes.",
		Source:   "netwerk/cookie/CookieServiceParent.cpp; network.cookie.cookieBehavior 5",
		Versions: "since 103",
		apply: func(r *rules) {
			r.cookies.PartitionThirdParties = true
			r.cookies.SchemelessSites = true
		},
	}}
}
