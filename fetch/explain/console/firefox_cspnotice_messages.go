package console

// firefoxNotice names a message of Firefox about the text of a policy.
type firefoxNotice uint8

const (
	firefoxUnknownDirective firefoxNotice = iota
	firefoxDuplicateDirective
	firefoxObsoleteBlockAll
	firefoxValuesIgnored
	firefoxNoneIgnored
	firefoxDuplicateSource
	firefoxKeywordAsHost
	firefoxInvalidHost
	firefoxStrictDynamicElsewhere
	firefoxIgnoredByStrictDynamic
	firefoxStrictDynamicAlone
	firefoxIgnoredByNonce
	firefoxNoReports
)

// firefoxCSPNotices are what Firefox says of the text of policies. Its codes are those of
// the messages in its file csp.properties.
var firefoxCSPNotices = firefoxNoticesOf([]struct{ code, text string }{
	firefoxUnknownDirective:       {"couldNotProcessUnknownDirective", "Couldn’t process unknown directive ‘{word}’"},
	firefoxDuplicateDirective:     {"duplicateDirective", "Duplicate {word} directives detected.  All but the first instance will be ignored."},
	firefoxObsoleteBlockAll:       {"obsoleteBlockAllMixedContent", "Ignoring ‘{word}’ because mixed content display upgrading makes block-all-mixed-content obsolete."},
	firefoxValuesIgnored:          {"ignoreSrcForDirective", "Ignoring srcs for directive ‘{word}’"},
	firefoxNoneIgnored:            {"ignoringUnknownOption", "Ignoring unknown option {value}"},
	firefoxDuplicateSource:        {"ignoringDuplicateSrc", "Ignoring duplicate source {value}"},
	firefoxKeywordAsHost:          {"hostNameMightBeKeyword", "Interpreting {value} as a hostname, not a keyword. If you intended this to be a keyword, use ‘{word}’ (wrapped in single quotes)."},
	firefoxInvalidHost:            {"couldntParseInvalidHost", "Couldn’t parse invalid host {value}"},
	firefoxStrictDynamicElsewhere: {"ignoringStrictDynamic", "Ignoring source “{value}” (Only supported within script-src)."},
	firefoxIgnoredByStrictDynamic: {"ignoringScriptSrcForStrictDynamic", "Ignoring “{value}” within {word}: ‘strict-dynamic’ specified"},
	firefoxStrictDynamicAlone: {"strictDynamicButNoHashOrNonce",
		"Keyword ‘strict-dynamic’ within “{word}” with no valid nonce or hash might block all scripts from loading"},
	firefoxIgnoredByNonce: {"ignoringSrcWithinNonceOrHashDirective", "Ignoring “{value}” within {word}: nonce-source or hash-source specified"},
	firefoxNoReports: {"reportURINorReportToNotInReportOnlyHeader", "This site ({origin}) has a Report-Only policy without a report-uri directive nor a report-to directive. " +
		"CSP will not block and cannot report violations of this policy."},
})

func firefoxNoticesOf(texts []struct{ code, text string }) []Message {
	out := make([]Message, len(texts))
	for i, t := range texts {
		out[i] = Message{Code: "CSP_" + t.code, Topic: TopicCSP, Warning: true, Text: "Content-Security-Policy: " + t.text}
	}
	return out
}
