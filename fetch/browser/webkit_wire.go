package browser

// webkitWireEntries are about how a request looks on the wire.
func webkitWireEntries() []Entry {
	return []Entry{{
		Name:      "cors-drops-url-credentials",
		Standard:  "The user name and password in the URL of an XMLHttpRequest stay in the URL and in responseURL.",
		Behaviour: "With CORS they are removed before the request is sent.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.CORSDropsURLCredentials = true },
	}, {
		Name:     "no-cors-credentials-of-first-url",
		Standard: `In credentials mode "same-origin", a redirect to another origin is followed without credentials.`,
		Behaviour: `In mode "no-cors" the page's process decides once, by the first URL: if it has the page's origin, all redirects are followed with ` +
			"credentials.",
		Source:   webkitLoader,
		Versions: "all",
		apply:    func(r *rules) { r.NoCORSCredentialsOfFirstURL = true },
	}}
}
