package origin

import "strconv"

// Problem says why a string is no URL or no origin. It is a stable name in
// kebab-case, the URL Standard's own where that has one.
// https://url.spec.whatwg.org/#validation-error
type Problem string

// What can be wrong. The groups are: any URL; its host and port; IPv4 and IPv6
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

// String returns what is wrong in plain words.
func (p Problem) String() string {
	switch p {
	case ProblemTooLong:
		return "it is longer than a URL can be"
	case ProblemMissingScheme:
		return "it has no scheme such as https://, and there is no base to resolve it against"
	case ProblemHostMissing:
		return "the host is missing"
	case ProblemHostInvalidCodePoint:
		return "the host contains a character that no host may contain"
	case ProblemDomainInvalidCodePoint:
		return "the host contains a character that no domain name may contain"
	case ProblemDomainToASCII:
		return "the host is no valid internationalised domain name"
	case ProblemPortInvalid:
		return "the port is not a number"
	case ProblemPortOutOfRange:
		return "the port is greater than 65535"
	case ProblemIPv4TooManyParts:
		return "the host ends in a number but has more than the four parts of an IPv4 address"
	case ProblemIPv4NonNumericPart:
		return "the host ends in a number but is no IPv4 address, since a part is no number"
	case ProblemIPv4OutOfRangePart:
		return "a part of the IPv4 address is too great"
	}
	return p.moreWords()
}

func (p Problem) moreWords() string {
	switch p {
	case ProblemIPv6Unclosed:
		return "the IPv6 address has no closing bracket"
	case ProblemIPv6InvalidCompression:
		return "the IPv6 address starts with a single colon"
	case ProblemIPv6TooManyPieces:
		return "the IPv6 address has more than eight pieces"
	case ProblemIPv6MultipleCompress:
		return `the IPv6 address has "::" twice`
	case ProblemIPv6InvalidCodePoint:
		return "the IPv6 address contains something that is neither hexadecimal digit nor colon"
	case ProblemIPv6TooFewPieces:
		return "the IPv6 address has fewer than eight pieces"
	case ProblemIPv4InIPv6:
		return "the IPv4 address inside the IPv6 address is malformed"
	case ProblemNotSerializedOrigin:
		return `it is not of the form scheme "://" host [ ":" port ] in lower case, with nothing after it`
	case ProblemNotCanonicalOrigin:
		return "no browser would write an origin in this way"
	case ProblemNullOrigin:
		return `"null" stands for an opaque origin but does not say which`
	}
	return string(p)
}

// ParseError says that a string is no URL, or no serialised origin, and why.
type ParseError struct {
	Input   string  // what was to be parsed
	Problem Problem // why it could not be
}

// Error returns the input, cut where it is long, and the problem in words.
func (e *ParseError) Error() string {
	const most = 120
	input := e.Input
	if len(input) > most {
		input = input[:most] + "…"
	}
	return "cannot parse " + strconv.Quote(input) + ": " + e.Problem.String()
}
