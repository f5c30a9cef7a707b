package fetch

import (
	"slices"
	"strings"
)

const (
	// maxSafelistedValue is how many bytes one safelisted value may have.
	maxSafelistedValue = 128
	// maxSafelistedSum is how many bytes all safelisted values may have.
	maxSafelistedSum = 1024
)

// Safelist decides which request headers need no preflight. The zero value is
// the standard's CORS-safelisted request-header; its fields are what browsers
// do differently.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
type Safelist struct {
	// UnlimitedSum lifts the limit on the sum of all safelisted values.
	UnlimitedSum bool
	// ExtraNames holds further names, in lower case, that are safelisted with
	// any value of at most 128 bytes.
	ExtraNames []string
}

// Check says why a header is not safelisted; [HeaderSafe] when it is.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func (s Safelist) Check(name, value string) HeaderCause {
	cause := s.checkValue(name, value)
	// Step 1: long values are never safe. Of two causes the name comes first,
	// since no shorter value would help it.
	if cause != HeaderNameNotSafelisted && len(value) > maxSafelistedValue {
		return HeaderValueTooLong
	}
	return cause
}

// checkValue is step 2: what each name allows.
func (s Safelist) checkValue(name, value string) HeaderCause {
	switch {
	case EqualFold(name, "Accept"):
		return unsafeIf(hasUnsafeByte(value))
	case EqualFold(name, "Accept-Language"), EqualFold(name, "Content-Language"):
		return unsafeIf(!isLanguageValue(value))
	case EqualFold(name, "Content-Type"):
		return checkContentType(value)
	case EqualFold(name, "Range"):
		if r, ok := ParseSingleRange(value); ok && r.HasStart {
			return HeaderSafe
		}
		return HeaderRangeNotSafelisted
	case matchesAny(name, s.ExtraNames):
		return HeaderSafe
	}
	return HeaderNameNotSafelisted
}

func unsafeIf(unsafe bool) HeaderCause {
	if unsafe {
		return HeaderValueUnsafeByte
	}
	return HeaderSafe
}

// checkContentType allows the three types that a form can have.
func checkContentType(value string) HeaderCause {
	if hasUnsafeByte(value) {
		return HeaderValueUnsafeByte
	}
	essence, ok := MIMEEssence(value)
	if !ok {
		return HeaderTypeMalformed
	}
	switch essence {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return HeaderSafe
	}
	return HeaderTypeNotSafelisted
}

// hasUnsafeByte reports whether a value has a byte that servers may stumble
// over.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
func hasUnsafeByte(value string) bool {
	for i := range len(value) {
		c := value[i]
		if c < 0x20 && c != '\t' || c == 0x7f || strings.IndexByte(`"():<>?@[\]{}`, c) >= 0 {
			return true
		}
	}
	return false
}

// isLanguageValue reports whether a value has only the bytes that the language
// headers allow.
func isLanguageValue(value string) bool {
	for i := range len(value) {
		if c := value[i]; !isAlphanumeric(c) && strings.IndexByte(" *,-.;=", c) < 0 {
			return false
		}
	}
	return true
}

// UnsafeCauses returns why each header name that is not covered by the
// safelist is not: the names in lower case, sorted, each once with its first
// cause. It does not allocate when all headers are safelisted.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s Safelist) UnsafeCauses(l HeaderList) []Cause {
	// Steps 1 and 4: each header for itself, duplicates included.
	var causes []Cause
	sum := 0
	for _, h := range l {
		if why := s.Check(h.Name, h.Value); why != HeaderSafe {
			causes = append(causes, Cause{Kind: CauseHeader, Name: ByteLowercase(h.Name), Why: why})
		} else {
			// Step 3: what the safelisted ones have together.
			sum += len(h.Value)
		}
	}
	// Step 5: too much of it makes all of them unsafe.
	if sum > maxSafelistedSum && !s.UnlimitedSum {
		for _, h := range l {
			if s.Check(h.Name, h.Value) == HeaderSafe {
				causes = append(causes, Cause{Kind: CauseHeader, Name: ByteLowercase(h.Name), Why: HeaderSumTooLong})
			}
		}
	}
	// Step 6: sorted, each name once.
	if len(causes) < 2 {
		return causes
	}
	slices.SortStableFunc(causes, func(a, b Cause) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(causes, func(a, b Cause) bool { return a.Name == b.Name })
}

// UnsafeNames returns the CORS-unsafe request-header names of a list.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s Safelist) UnsafeNames(l HeaderList) []string {
	causes := s.UnsafeCauses(l)
	if len(causes) == 0 {
		return nil
	}
	names := make([]string, len(causes))
	for i, c := range causes {
		names[i] = c.Name
	}
	return names
}

// IsCORSSafelistedRequestHeader reports whether a header needs no preflight by
// the standard.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func IsCORSSafelistedRequestHeader(name, value string) bool {
	return Safelist{}.Check(name, value) == HeaderSafe
}

var noCORSSafelisted = []string{"accept", "accept-language", "content-language", "content-type"}

// IsNoCORSSafelistedRequestHeaderName reports whether script may set a header
// of that name in mode "no-cors".
// https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name
func IsNoCORSSafelistedRequestHeaderName(name string) bool { return matchesAny(name, noCORSSafelisted) }

// IsNoCORSSafelistedRequestHeader reports whether script may set a header in
// mode "no-cors".
// https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
func IsNoCORSSafelistedRequestHeader(name, value string) bool {
	// Steps 1 and 2: by name, then by value.
	return IsNoCORSSafelistedRequestHeaderName(name) && IsCORSSafelistedRequestHeader(name, value)
}

// IsPrivilegedNoCORSRequestHeaderName reports whether only the browser itself
// may set a header in mode "no-cors".
// https://fetch.spec.whatwg.org/#privileged-no-cors-request-header-name
func IsPrivilegedNoCORSRequestHeaderName(name string) bool { return EqualFold(name, "Range") }

// IsCORSNonWildcardRequestHeaderName reports whether "*" does not stand for a
// header name.
// https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
func IsCORSNonWildcardRequestHeaderName(name string) bool { return EqualFold(name, "Authorization") }

var safelistedResponseHeaders = []string{
	"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma",
}

// IsCORSSafelistedResponseHeaderName reports whether script sees a header of a
// CORS response, given the names that the response exposes.
// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
func IsCORSSafelistedResponseHeaderName(name string, exposed []string) bool {
	return matchesAny(name, safelistedResponseHeaders) ||
		matchesAny(name, exposed) && !IsForbiddenResponseHeaderName(name)
}
