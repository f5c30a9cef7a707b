package origin

import "strconv"

// Problem says why a string is not a URL or not an origin. It is a stable name
// in kebab-case: the URL Standard's own name where it has one.
// https://url.spec.whatwg.org/#validation-error
type Problem string

// The problems. The groups are: any URL; its host and port; IPv4 and IPv6
// addresses; serialised origins.
const (
	ProblemTooLong       Problem = "too-long"
	ProblemMissingScheme Problem = "missing-scheme-non-relative-URL"

	ProblemHostMissing            Problem = "host-missing"
	ProblemHostInvalidCodePoint   Problem = "host-invalid-code-point"
	ProblemDomainInvalidCodePoint Problem = "domain-invalid-code-point"
	ProblemDomainToASCII          Problem = "domain-to-ASCII"
	ProblemPortInvalid            Problem = "port-invalid"
	ProblemPortOutOfRange         Problem = "port-out-of-range"

	ProblemIPv4TooManyParts       Problem = "IPv4-too-many-parts"
	ProblemIPv4NonNumericPart     Problem = "IPv4-non-numeric-part"
	ProblemIPv4OutOfRangePart     Problem = "IPv4-out-of-range-part"
	ProblemIPv6Unclosed           Problem = "IPv6-unclosed"
	ProblemIPv6InvalidCompression Problem = "IPv6-invalid-compression"
	ProblemIPv6TooManyPieces      Problem = "IPv6-too-many-pieces"
	ProblemIPv6MultipleCompress   Problem = "IPv6-multiple-compression"
	ProblemIPv6InvalidCodePoint   Problem = "IPv6-invalid-code-point"
	ProblemIPv6TooFewPieces       Problem = "IPv6-too-few-pieces"
	ProblemIPv4InIPv6             Problem = "IPv4-in-IPv6-invalid"

	ProblemNotSerializedOrigin Problem = "not-a-serialized-origin"
	ProblemNotCanonicalOrigin  Problem = "not-a-canonical-origin"
	ProblemNullOrigin          Problem = "null-origin"
)

var problemTexts = map[Problem]string{
	ProblemTooLong:                "it is longer than a URL can be",
	ProblemMissingScheme:          "it has no scheme such as https://, and there is no base to resolve it against",
	ProblemHostMissing:            "the host is missing",
	ProblemHostInvalidCodePoint:   "the host contains a character that no host may contain",
	ProblemDomainInvalidCodePoint: "the host contains a character that no domain name may contain",
	ProblemDomainToASCII:          "the host is not a valid internationalised domain name",
	ProblemPortInvalid:            "the port is not a number",
	ProblemPortOutOfRange:         "the port is greater than 65535",
	ProblemIPv4TooManyParts:       "the host ends in a number but has more than the four parts of an IPv4 address",
	ProblemIPv4NonNumericPart:     "the host ends in a number but is not an IPv4 address, because a part is not a number",
	ProblemIPv4OutOfRangePart:     "a part of the IPv4 address is too large",
	ProblemIPv6Unclosed:           "the IPv6 address has no closing bracket",
	ProblemIPv6InvalidCompression: "the IPv6 address starts with a single colon",
	ProblemIPv6TooManyPieces:      "the IPv6 address has more than eight pieces",
	ProblemIPv6MultipleCompress:   `the IPv6 address has "::" twice`,
	ProblemIPv6InvalidCodePoint:   "the IPv6 address contains something that is neither hexadecimal digit nor colon",
	ProblemIPv6TooFewPieces:       "the IPv6 address has fewer than eight pieces",
	ProblemIPv4InIPv6:             "the IPv4 address inside the IPv6 address is malformed",
	ProblemNotSerializedOrigin:    `it is not of the form scheme "://" host [ ":" port ] in lower case, with nothing after it`,
	ProblemNotCanonicalOrigin:     "no browser writes an origin in this form",
	ProblemNullOrigin:             `"null" stands for an opaque origin but does not say which`,
}

// String returns the problem in plain words.
func (p Problem) String() string {
	if text, ok := problemTexts[p]; ok {
		return text
	}
	return string(p)
}

// ParseError says that a string is not a URL or not a serialised origin, and
// why.
type ParseError struct {
	Input   string  // the string that was parsed
	Problem Problem // why it does not parse
}

// Error returns the input, shortened when it is long, and the problem in words.
func (e *ParseError) Error() string {
	const most = 120
	input := e.Input
	if len(input) > most {
		input = input[:most] + "…"
	}
	return "cannot parse " + strconv.Quote(input) + ": " + e.Problem.String()
}
