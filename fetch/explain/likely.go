package explain

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// The functions below return the causes of each reason, the likeliest first. The last cause of a list is
// the commonest: it is used when the evidence refutes all others.

func causesOfMissingOrigin() []candidate {
	return join(ownSchemes(), []candidate{
		{CauseAuthentication, and(not(isPreflight), statusIn(401, 403))},
		{CausePreflightAuth, and(isPreflight, statusIn(401, 403))},
		{CauseNotFound, and(not(isPreflight), statusIn(404, 410))},
		{CauseOptionsNotHandled, and(isPreflight, statusIn(404, 405, 501))},
		{CauseBodyLimit, statusIn(413)},
		{CauseLineLimit, statusIn(414, 431)},
		{CauseErrorPage, isServerError},
		{CauseOriginNotListed, and(not(isRedirect), and(not(or(statusIn(429), isGateway)), showsCORS))},
		{CauseRequestNotListed, and(isPreflight, or(and(isOK, showsCORS), statusIn(403, 405)))},
		{CauseEmptyPreflight, seldom(isEmptyPreflight)},
		{CauseGateway, isGateway},
		{CauseRateLimit, statusIn(429)},
		{CauseHTTPSRedirect, redirectedBy(toHTTPS)},
		{CauseLoginRedirect, redirectedBy(toLogin)},
		{CauseSlashRedirect, redirectedBy(toSlash)},
		{CauseHostRedirect, redirectedBy(toOtherName)},
		{CauseNullOrigin, hasNullOrigin},
	}, redirects(), []candidate{
		{CauseCachedWithout, and(hasHeader("Age"), not(showsCORS))},
		{CauseOptionsDefault, and(isPreflight, and(isOK, hasHeader("Allow")))},
		{CausePreflightOnly, and(preflightPassed, not(showsCORS))},
		{CauseHTMLPage, and(isOK, isHTML)},
		{CauseAfterRedirect, wasRedirected},
	}, signs(), []candidate{
		{CauseNotConfigured, not(showsCORS)},
	})
}

func causesOfOtherOrigin() []candidate {
	return join(ownSchemes(), []candidate{
		{CauseTrailingSlash, hasTrailingSlash},
		{CausePathInOrigin, hasPath},
		{CauseHTTPSRedirect, and(hasNullOrigin, redirectedBy(toHTTPS))},
		{CauseNullOrigin, hasNullOrigin},
		{CauseNullAllowed, gotIs("null")},
		{CauseSpelling, and(not(hasTrailingSlash), and(not(hasPath), differsIn(0, anyOrigins)))},
		{CausePattern, gotContains("*")},
		{CauseScheme, differsIn(origin.DifferentScheme, anyOrigins)},
		{CausePortDiffers, differsIn(origin.DifferentPort, anyOrigins)},
		{CauseLoopback, bothLoopback},
		{CauseWWW, differsIn(origin.DifferentHost, byWWW)},
		{CauseSubdomain, differsIn(origin.DifferentHost, bySubdomain)},
		{CauseOwnOrigin, isOwnOrigin},
		{CauseCachedForOther, and(isOtherOrigin, and(not(isPreflight), not(variesByOrigin)))},
		{CauseConstant, isOtherOrigin},
	})
}

func ownSchemes() []candidate {
	return []candidate{{CauseExtensionPage, is(isOfExtension)}, {CauseAppPage, is(isOfApplication)}}
}

func causesOfSeveralOrigins() []candidate {
	return []candidate{
		{CauseTwoWriters, or(namesTwoWriters, severalLines)},
		{CauseListInOneValue, and(not(or(namesTwoWriters, severalLines)), gotContains(", "))},
	}
}

func causesOfInvalidOrigin() []candidate {
	return []candidate{
		{CauseEmptyValue, gotIs("")},
		{CauseQuotedValue, gotContains(`"'`)},
		{CausePattern, gotContains("*")},
		{CauseNoScheme, lacksScheme},
		{CauseServerCode, never},
	}
}

func causesOfNoCredentials() []candidate {
	return []candidate{
		{CausePreflightOnly, preflightPassed}, {CauseCredentialsOff, or(isMessage, not(preflightPassed))}, {CauseCredentialsUnneeded, yes},
	}
}

func causesOfOtherCredentials() []candidate {
	return []candidate{
		{CauseTwoWriters, or(namesTwoWriters, and(severalLines, gotContains(",")))}, {CauseCapitalTrue, gotEqualFold("true")},
		{CauseOtherWord, and(not(gotEqualFold("true")), not(namesTwoWriters))},
	}
}

func causesOfPreflightStatus() []candidate {
	return join([]candidate{
		{CausePreflightAuth, statusIn(401, 403, 407)},
		{CauseOptionsNotHandled, statusIn(404, 405, 501)},
		{CauseRouteUnknown, statusIn(404)},
		{CauseRateLimit, statusIn(429)},
		{CauseGateway, isGateway},
		{CauseErrorPage, isServerError},
	}, signs(), []candidate{
		{CauseServerCode, never},
	})
}

func causesOfSocketStatus() []candidate {
	return []candidate{
		{CauseSocketOrigin, statusIn(400, 403)},
		{CauseSocketLogin, statusIn(401, 407)},
		{CauseSocketProxy, statusIn(400, 426, 502, 503, 504)},
		{CauseSocketURL, never},
	}
}

func redirects() []candidate {
	return []candidate{
		{CauseLoginRedirect, redirectsTo(toLogin)},
		{CauseHTTPSRedirect, and(isHTTPRequest, redirectsTo(toHTTPS))},
		{CauseSlashRedirect, redirectsTo(toSlash)},
		{CauseHostRedirect, redirectsTo(toOtherName)},
		{CauseRedirect, redirectsTo(toOtherURL)},
	}
}

func causesOfMalformedList() []candidate {
	return []candidate{{CauseQuotedValue, gotContains(`"'`)}, {CauseListSyntax, yes}}
}

func causesOfMethod() []candidate {
	return []candidate{
		{CauseLowerCaseMethod, isKnownInUpperCase},
		{CauseWildcard, and(withCredentials, listsToken("*"))},
		{CauseNoList, not(hasHeader(fetch.HeaderAllowMethods))},
		{CauseNotListed, hasHeader(fetch.HeaderAllowMethods)},
	}
}

func causesOfHeader() []candidate {
	return []candidate{
		{CauseAnswersHeader, gotIsAmong(isAnswersHeader)},
		{CauseOptionAsHeader, gotIsAmong(isOption)},
		{CauseAuthorization, and(gotIs("authorization"), and(not(withCredentials), listsToken("*")))},
		{CauseWildcard, and(withCredentials, listsToken("*"))},
		{CauseNoList, not(hasHeader(fetch.HeaderAllowHeaders))},
		{CauseJSON, gotIs("content-type")},
		{CauseLibraryHeader, gotIsAmong(isLibraryHeader)},
		{CauseNotListed, and(not(or(gotIsAmong(isAnswersHeader), gotIsAmong(isOption))), hasHeader(fetch.HeaderAllowHeaders))},
	}
}

func causesOfScheme() []candidate {
	return []candidate{
		{CauseFileURL, isFile},
		{CauseNoHTTP, lacksHTTP},
		{CauseAfterRedirect, seldom(wasRedirected)},
		{CausePage, and(not(seldom(wasRedirected)), not(lacksHTTP))},
	}
}

func causesOfMixedContent() []candidate {
	return []candidate{
		{CauseTrustedHTTPPage, and(isHTTPPage, not(lacksHTTP))}, {CauseNoHTTP, lacksHTTP}, {CauseProxyForgetsTLS, wasRedirected},
		{CauseHTTPURL, and(not(wasRedirected), and(not(lacksHTTP), not(isHTTPPage)))},
	}
}

func causesOfNoAnswer() []candidate {
	return []candidate{
		{CauseLostOptions, and(isPreflight, faultIs(fetch.FaultUnknown, fetch.FaultClosed, fetch.FaultReset, fetch.FaultTimeout))},
		{CauseDown, faultIs(fetch.FaultUnknown)},
		{CauseTLS, faultIs(fetch.FaultUnknown)},
		{CauseExtension, faultIs(fetch.FaultUnknown)},
		{CauseClosed, faultIs(fetch.FaultClosed, fetch.FaultReset)},
		{CauseSlow, faultIs(fetch.FaultTimeout)},
		{CauseExpired, surely(faultIs(fetch.FaultExpired))},
		{CauseNotYetValid, surely(faultIs(fetch.FaultNotYetValid))},
		{CauseSelfSigned, surely(faultIs(fetch.FaultSelfSigned))},
		{CauseAuthority, surely(faultIs(fetch.FaultAuthority))},
		{CauseCertificateName, surely(faultIs(fetch.FaultHostName))},
		{CauseTLSVersion, surely(faultIs(fetch.FaultTLSVersion))},
		{CauseNotTLS, surely(faultIs(fetch.FaultNotTLS))},
		{CauseUnknownName, surely(faultIs(fetch.FaultName))},
		{CauseUnreachable, surely(faultIs(fetch.FaultUnreachable))},
		{CauseRefused, surely(faultIs(fetch.FaultRefused))},
	}
}

func causesOfCORP() []candidate {
	return []candidate{{CauseEmbedderPolicy, hasEmbedderPolicy}, {CauseCORP, not(hasEmbedderPolicy)}}
}

func causesOfType() []candidate {
	return []candidate{
		{CauseNotFound, statusIn(404, 410)}, {CauseErrorPage, isServerError}, {CauseHTMLPage, isHTML}, {CauseMissingType, not(isHTML)},
	}
}

func causesOfOpaque() []candidate {
	return []candidate{
		{CauseNotFound, statusIn(404, 410)}, {CauseErrorPage, isServerError}, {CauseHTMLPage, isHTML},
		{CauseMissingType, and(not(isHTML), not(isData))}, {CauseData, isData},
	}
}

func causesOfElementStatus() []candidate {
	return []candidate{
		{CauseTurnedAway, statusIn(401, 403)}, {CauseNotFound, statusIn(404, 410)}, {CauseGateway, isGateway},
		{CauseErrorPage, isServerError}, {CauseHTMLPage, isHTML}, {CauseServerCode, never},
	}
}

func join(lists ...[]candidate) []candidate {
	var out []candidate
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}
