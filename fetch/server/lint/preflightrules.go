package lint

// preflightRules returns the rules about preflights.
func preflightRules() []Rule {
	return []Rule{
		preflightRedirected(), preflightNeedsLogin(), preflightUnhandled(), preflightBadStatus(), preflightHeadersLost(),
		methodNotAllowed(), requestHeaderMissing(), starListWithCredentials(), headerStarAuthorization(), policyOverlap(),
		openPreflight(), methodLowercase(), methodInvalid(), methodForbidden(), headerInvalid(), headerProhibited(), maxAgeOutOfBounds(),
	}
}
