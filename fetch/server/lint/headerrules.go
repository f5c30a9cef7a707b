package lint

// headerRules returns the rules about the headers of the actual response.
func headerRules() []Rule {
	return []Rule{
		allowOriginDuplicate(), originNeverMatches(), wildcardCredentials(), preflightOnly(), originBlocked(), varyMissing(), varyMissingWhenDenied(),
		errorWithoutCORS(), deniedOriginErrors(),
	}
}
