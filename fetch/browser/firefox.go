package browser

// Firefox returns the profile of Firefox.
func Firefox() *Profile { return newProfile("firefox", EngineFirefox, firefoxEntries()...) }

func firefoxEntries() []Entry {
	return nil
}
