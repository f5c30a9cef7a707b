package browser

// Chromium returns the profile of Chromium.
func Chromium() *Profile { return newProfile("chromium", EngineChromium, chromiumEntries()...) }

func chromiumEntries() []Entry {
	return concat(
		chromiumPreflightEntries(),
		chromiumRequestEntries(),
		chromiumResponseEntries(),
		chromiumOpaqueEntries(),
		chromiumDocumentEntries(),
	)
}

// concat joins lists of entries.
func concat(lists ...[]Entry) []Entry {
	var all []Entry
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}
