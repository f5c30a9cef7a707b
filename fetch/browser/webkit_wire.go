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
	}, {
		Name:     "unplayable-media-asked-again",
		Standard: "Audio or video that cannot be played is requested once.",
		Behaviour: "The player of WebKitGTK asks a second time, with all redirects and with Range: bytes=0-1445, for a response that it gets and cannot play. " +
			"It does not if a check or a status from 400 on kept the response from it.",
		Source:   "seen in recordings",
		Port:     "WebKitGTK",
		Versions: "2.50",
		apply:    func(r *rules) { r.MediaRangeAgain = "bytes=0-1445" },
	}}
}
