package browser

// webkitWireEntries are about how a request looks on the wire.
func webkitWireEntries() []Entry {
	return []Entry{{
		Name:      "cors-drops-url-credentials",
		Standard:  "The user name and password of an XMLHttpRequest's URL stay in it, and in responseURL.",
		Behaviour: "Under CORS they are taken out before the request is sent.",
		Source:    webkitAccessControl,
		Versions:  "all",
		apply:     func(r *rules) { r.CORSDropsURLCredentials = true },
	}}
}
