package conformance

// RecordedBrowser is a browser whose runs are in the corpora.
type RecordedBrowser struct {
	Engine   string // the name of its profile
	Name     string
	Versions []string // oldest first
}

// RecordedBrowsers returns the browsers whose runs are in the corpora; the
// README of conformance/testdata says which corpus was recorded with which.
func RecordedBrowsers() []RecordedBrowser {
	return []RecordedBrowser{
		{"chromium", "Chromium", []string{"156.0.8078.79", "156.0.8078.108"}},
		{"firefox", "Firefox", []string{"153.7 ESR", "153.8 ESR"}},
		{"webkit", "WebKitGTK", []string{"2.50.6"}},
	}
}
