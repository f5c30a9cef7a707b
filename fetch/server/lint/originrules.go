package lint

// originRules returns the rules about pages that read what they should not.
func originRules() []Rule {
	return []Rule{
		originReflectedCredentials(), originReflected(), wildcardOrigin(), nullOriginCredentials(), nullOrigin(),
		originPrefixMatch(), originSuffixMatch(), originSubstringMatch(), originUnescapedDot(), originOtherTLD(), publicSuffixWildcard(),
		originSpecialCharacter(), anySubdomain(), anyPort(), insecureOrigin(), thirdPartyOrigin(), localhostInProduction(),
		jsonpInjection(),
	}
}
