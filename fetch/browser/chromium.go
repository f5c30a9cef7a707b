package browser

// Chromium returns the profile of Chromium.
func Chromium() *Profile { return newProfile("chromium", EngineChromium, chromiumEntries()...) }

func chromiumEntries() []Entry {
	return nil
}
