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
	// UnlimitedSum lifts the limit of 1024 bytes on the sum of all safelisted
	// values.
	UnlimitedSum bool
	// RangeLimit is the first position, in decimal digits, that makes a range
	// unsafe; "" is none.
	RangeLimit string
	// ReadRange returns a Range header as the browser reads it; nil takes it as it
	// stands.
	ReadRange func(value string) string
	// Extra holds further names that are safelisted with values of at most 128
	// bytes.
	Extra []SafelistEntry
	// ExtraTypes holds further essences of Content-Type, in lower case, that
	// are safelisted besides the three that a form can have.
	ExtraTypes []string
	// ParseType reads the essence out of a Content-Type in the browser's own
	// way; nil is the standard's.
	ParseType func(value string) (essence string, ok bool)
	// Refuses reports whether a browser does not safelist a header that the
	// standard does; nil refuses none.
	Refuses func(name, value string) bool
	// KeepRepeats lists a name as often as it has headers that are not
	// safelisted.
	KeepRepeats bool
}

// SafelistEntry is a name that a browser safelists beyond the standard.
type SafelistEntry struct {
	Name string // in lower case
	// Allows reports whether a value is safelisted; nil allows all.
	Allows func(value string) bool
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
	if cause == HeaderSafe && s.Refuses != nil && s.Refuses(name, value) {
		return HeaderRefused
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
		return s.checkContentType(value)
	case EqualFold(name, "Range"):
		return s.checkRange(value)
	}
	for _, e := range s.Extra {
		if EqualFold(name, e.Name) {
			return unsafeIf(e.Allows != nil && !e.Allows(value))
		}
	}
	return HeaderNameNotSafelisted
}

func unsafeIf(unsafe bool) HeaderCause {
	if unsafe {
		return HeaderValueUnsafeByte
	}
	return HeaderSafe
}

// checkContentType allows the three types that a form can have. It looks at
// the one value and not at what a response would make of several.
func (s Safelist) checkContentType(value string) HeaderCause {
	if hasUnsafeByte(value) {
		return HeaderValueUnsafeByte
	}
	parse := MIMEEssence
	if s.ParseType != nil {
		parse = s.ParseType
	}
	essence, ok := parse(value)
	if !ok {
		return HeaderTypeMalformed
	}
	switch essence {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return HeaderSafe
	}
	if slices.Contains(s.ExtraTypes, essence) {
		return HeaderSafe
	}
	return HeaderTypeNotSafelisted
}

// checkRange allows one range with a start, which is all that browsers have
// ever sent of their own accord.
func (s Safelist) checkRange(value string) HeaderCause {
	if s.ReadRange != nil {
		value = s.ReadRange(value)
	}
	r, ok := ParseSingleRange(value)
	if !ok || s.RangeLimit != "" && !(decimalLess(r.start, s.RangeLimit) && decimalLess(r.end, s.RangeLimit)) {
		return HeaderRangeNotSafelisted
	}
	if _, hasStart := r.Start(); hasStart {
		return HeaderSafe
	}
	return HeaderRangeNotSafelisted
}

// unsafeBytes holds the bytes that servers may stumble over: HTTP's delimiters
// but for comma, semicolon, slash and equals sign, and control characters.
var unsafeBytes = func() (set [256]bool) {
	for c := range 0x20 {
		set[c] = c != '\t'
	}
	for _, c := range []byte("\"():<>?@[\\]{}\x7f") {
		set[c] = true
	}
	return set
}()

// hasUnsafeByte reports whether a value has a CORS-unsafe request-header byte.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
func hasUnsafeByte(value string) bool {
	for i := range len(value) {
		if unsafeBytes[value[i]] {
			return true
		}
	}
	return false
}

// languageBytes holds the bytes that the language headers allow.
var languageBytes = byteSet(" *,-.;=")

func isLanguageValue(value string) bool {
	for i := range len(value) {
		if !languageBytes[value[i]] {
			return false
		}
	}
	return true
}

// UnsafeCauses returns why each header name that is not covered by the
// safelist is not: the names in lower case, sorted, each once with its first
// cause. It does not allocate when all headers are safelisted.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s Safelist) UnsafeCauses(l HeaderList) []Cause { return s.appendSorted(nil, l) }

// appendSorted appends the causes of a list, sorted, to others.
func (s Safelist) appendSorted(others []Cause, l HeaderList) []Cause {
	causes := s.appendUnsorted(others, l)
	own := causes[len(others):]
	// Step 6: sorted, each name once.
	if len(own) < 2 {
		return causes
	}
	slices.SortStableFunc(own, func(a, b Cause) int { return strings.Compare(a.Name, b.Name) })
	if s.KeepRepeats {
		return causes
	}
	own = slices.CompactFunc(own, func(a, b Cause) bool { return a.Name == b.Name })
	return causes[:len(others)+len(own)]
}

// appendUnsorted is steps 1 to 5: the causes in the order of the list, those
// that come from the sum behind all others.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s Safelist) appendUnsorted(causes []Cause, l HeaderList) []Cause {
	// Steps 1 to 3: nothing is known yet.
	sum := 0
	// Step 4: each line for itself, even where a name stands twice.
	for i, h := range l {
		why := s.Check(h.Name, h.Value)
		if why == HeaderSafe {
			sum += len(h.Value)
			continue
		}
		if causes == nil {
			causes = make([]Cause, 0, len(l)-i)
		}
		causes = append(causes, headerCause(h, why))
	}
	// Step 5: too many safelisted bytes make all of them unsafe.
	if sum > maxSafelistedSum && !s.UnlimitedSum {
		causes = slices.Grow(causes, len(l))
		for _, h := range l {
			if s.Check(h.Name, h.Value) == HeaderSafe {
				causes = append(causes, headerCause(h, HeaderSumTooLong))
			}
		}
	}
	return causes
}

func headerCause(h Header, why HeaderCause) Cause {
	return Cause{Kind: CauseHeader, Name: ByteLowercase(h.Name), Why: why, Header: h}
}

// UnsafeNames returns the CORS-unsafe request-header names of a list; nil when
// there is none.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s Safelist) UnsafeNames(l HeaderList) []string { return causeNames(s.UnsafeCauses(l)) }

// UnsafeCausesInOrder returns the causes of a list in the list's own order,
// those last that are unsafe for the sum of all values.
func (s Safelist) UnsafeCausesInOrder(l HeaderList) []Cause { return s.appendUnsorted(nil, l) }

func causeNames(causes []Cause) []string {
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
	return Safelist{}.AllowsNoCORS(name, value)
}

// AllowsNoCORS reports whether script may set a header in mode "no-cors" under
// a browser's safelist.
// https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
func (s Safelist) AllowsNoCORS(name, value string) bool {
	// Steps 1 and 2: by name, then by value.
	return IsNoCORSSafelistedRequestHeaderName(name) && s.Check(name, value) == HeaderSafe
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
	"Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma",
}

// IsCORSSafelistedResponseHeaderName reports whether script sees a header of a
// CORS response, given the names that the response exposes.
// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
func IsCORSSafelistedResponseHeaderName(name string, exposed []string) bool {
	if matchesAny(name, safelistedResponseHeaders) {
		return true
	}
	return !IsForbiddenResponseHeaderName(name) && slices.ContainsFunc(exposed, func(e string) bool { return EqualFold(e, name) })
}
