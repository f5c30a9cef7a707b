package browser

// chromiumCookieEntries are about cookies.
func chromiumCookieEntries() []Entry {
	return []Entry{{
		Name:      "cookies-lax-by-default",
		Standard:  "A cookie without SameSite is sent with requests from other sites.",
		Behaviour: "It is treated as SameSite=Lax.",
		Source:    "net/cookies/canonical_cookie.cc",
		Versions:  "since 80",
		apply:     func(r *rules) { r.cookies.LaxByDefault = true },
	}, {
		Name:      "cookies-after-redirects",
		Standard:  "A request that was redirected through another site gets no cookies with SameSite=Lax or Strict, even if it comes back to the page's site.",
		Behaviour: "It gets them: only the page and the last URL count.",
		Source:    "net/base/features.cc (CookieSameSiteConsidersRedirectChain is off)",
		Versions:  "since 91",
		apply:     func(r *rules) { r.cookies.RedirectsKeepSite = true },
	}, {
		Name:      "cookies-partitioned",
		Standard:  "The attribute Partitioned does not exist.",
		Behaviour: "A cookie with this attribute is stored separately for the site of the page that got it. A sandboxed page has no site: it gets none of them.",
		Source:    "net/cookies/cookie_partition_key.cc",
		Versions:  "since 114",
		apply:     func(r *rules) { r.cookies.Partitioned = true },
	}}
}
