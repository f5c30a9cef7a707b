package browser

import "slices"

// WebKit returns the profile of WebKit.
func WebKit() *Profile { return newProfile("webkit", EngineWebKit, webkitEntries()...) }

// Safari returns the profile of Safari, which was not recorded: it is WebKit's
// without what belongs to the network layer of the port that was.
func Safari() *Profile {
	ofPort := func(e Entry) bool { return e.Port != "" }
	p := newProfile("safari", EngineWebKit, slices.DeleteFunc(webkitEntries(), ofPort)...)
	p.derived = "derived from webkit, not recorded: without the entries that belong to " + portSoup
	return p
}

func webkitEntries() []Entry {
	return concat(
		webkitPreflightEntries(),
		webkitRequestEntries(),
		webkitRedirectEntries(),
		webkitDocumentEntries(),
		libsoupEntries(),
	)
}
