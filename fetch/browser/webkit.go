package browser

// WebKit returns the profile of WebKit.
func WebKit() *Profile { return newProfile("webkit", EngineWebKit, webkitEntries()...) }

func webkitEntries() []Entry {
	return concat(
		webkitPreflightEntries(),
		webkitRequestEntries(),
		webkitRedirectEntries(),
		libsoupEntries(),
	)
}
