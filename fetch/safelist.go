package fetch

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/order"
)

const (
	// maxSafelistedValue is the maximum length in bytes of one safelisted
	// value.
	maxSafelistedValue = 128
	// maxSafelistedSum is the maximum length in bytes of all safelisted values
	// together.
	maxSafelistedSum = 1024
)

// Safelist decides which request headers need no preflight. The zero value is
// the standard's CORS-safelisted request-header; the fields are what browsers
// do in their own way.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
type Safelist struct {
	// UnlimitedSum removes the limit of 1024 bytes for all safelisted values
	// together.
	UnlimitedSum bool
	// RangeLimit is the first position, in decimal digits, that makes a range
	// unsafe; "" means no limit.
	RangeLimit string
	// ReadRange returns the value of a Range header as the browser reads it;
	// nil leaves the value unchanged.
	ReadRange func(value string) string
	// Extra holds additional names that are safelisted with values of at most
	// 128 bytes.
	Extra []SafelistEntry
	// ExtraTypes holds additional safelisted essences of Content-Type, in lower
	// case, besides the three that a form can have.
	ExtraTypes []string
	// ParseType reads the essence of a Content-Type in the browser's own way;
	// nil means the standard's way.
	ParseType func(value string) (essence string, ok bool)
	// Refuses reports whether a browser does not safelist a header that the
	// standard safelists; nil refuses none.
	Refuses func(name, value string) bool
	// KeepRepeats keeps a repeated name: each header that is not safelisted
	// adds its name.
	KeepRepeats bool
}

// SafelistEntry is a name that a browser safelists in addition to the standard.
type SafelistEntry struct {
	Name string // in lower case
	// Allows reports whether a value is safelisted; nil allows every value.
	Allows func(value string) bool
}

// Check says why a header is not safelisted; [HeaderSafe] when it is.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func (s Safelist) Check(name, value string) HeaderCause { return s.check(name, value) }

// check is [Safelist.Check] without a copy of the safelist.
func (s *Safelist) check(name, value string) HeaderCause {
	cause := s.checkValue(name, value)
	// Step 1: long values are never safe. If the name is not safelisted either,
	// that is the cause, because a shorter value would not help.
	if cause != HeaderNameNotSafelisted && len(value) > maxSafelistedValue {
		return HeaderValueTooLong
	}
	if cause == HeaderSafe && s.Refuses != nil && s.Refuses(name, value) {
		return HeaderRefused
	}
	return cause
}

// checkValue is step 2: the rule for each name.
func (s *Safelist) checkValue(name, value string) HeaderCause {
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

// checkContentType allows the three types that a form can have. It reads one
// value; it does not extract a type from several values as a response does.
func (s *Safelist) checkContentType(value string) HeaderCause {
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

// checkRange allows one range with a start. Browsers themselves send only such
// ranges.
func (s *Safelist) checkRange(value string) HeaderCause {
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

// unsafeBytes holds the CORS-unsafe request-header bytes: control characters,
// and the delimiters of HTTP without comma, semicolon, slash and equals sign.
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

// languageBytes holds the bytes that a value of a language header may have.
var languageBytes = byteSet(" *,-.;=")

func isLanguageValue(value string) bool {
	for i := range len(value) {
		if !languageBytes[value[i]] {
			return false
		}
	}
	return true
}

// UnsafeCauses returns a cause for each header name that the safelist does not
// cover: names in lower case, sorted, each once with its first cause. It does
// not allocate when all headers are safelisted.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s Safelist) UnsafeCauses(l HeaderList) []Cause { return s.appendSorted(nil, l) }

// appendSorted appends the causes of a header list, sorted, to other causes.
func (s *Safelist) appendSorted(others []Cause, l HeaderList) []Cause {
	causes := s.appendUnsorted(others, l)
	own := causes[len(others):]
	// Step 6: sorted, each name once.
	if len(own) < 2 {
		return causes
	}
	order.Stable(own, func(a, b Cause) int { return strings.Compare(a.Name, b.Name) })
	if s.KeepRepeats {
		return causes
	}
	own = slices.CompactFunc(own, func(a, b Cause) bool { return a.Name == b.Name })
	return causes[:len(others)+len(own)]
}

// appendUnsorted is steps 1 to 5: the causes in the order of the list; the
// causes from the sum of all values come last.
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (s *Safelist) appendUnsorted(causes []Cause, l HeaderList) []Cause {
	// Steps 1 to 3: no cause yet.
	sum := 0
	// Step 4: check each header, even if its name is repeated.
	for i, h := range l {
		why := s.check(h.Name, h.Value)
		if why == HeaderSafe {
			sum += len(h.Value)
			continue
		}
		if causes == nil {
			causes = make([]Cause, 0, len(l)-i)
		}
		causes = append(causes, headerCause(h, why))
	}
	// Step 5: with too many safelisted bytes all safelisted headers are unsafe.
	if sum > maxSafelistedSum && !s.UnlimitedSum {
		causes = slices.Grow(causes, len(l))
		for _, h := range l {
			if s.check(h.Name, h.Value) == HeaderSafe {
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

// UnsafeCausesInOrder returns the causes of a header list in the order of the
// list; the causes from the sum of all values come last.
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

// IsCORSSafelistedRequestHeader reports whether a header needs no preflight in
// the standard.
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func IsCORSSafelistedRequestHeader(name, value string) bool {
	return Safelist{}.Check(name, value) == HeaderSafe
}

var noCORSSafelisted = []string{"accept", "accept-language", "content-language", "content-type"}

// IsNoCORSSafelistedRequestHeaderName reports whether script may set a header
// with that name in mode "no-cors".
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

// IsCORSNonWildcardRequestHeaderName reports whether "*" does not cover a
// header name.
// https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
func IsCORSNonWildcardRequestHeaderName(name string) bool { return EqualFold(name, "Authorization") }

// safelistedResponseHeaders begins with the most common ones.
var safelistedResponseHeaders = []string{
	"Content-Type", "Content-Length", "Cache-Control", "Last-Modified", "Expires", "Content-Language", "Pragma",
}

// IsCORSSafelistedResponseHeaderName reports whether script can read a header
// of a CORS response that exposes some names.
// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
func IsCORSSafelistedResponseHeaderName(name string, exposed []string) bool {
	// A quick check first: the headers of CORS have long names.
	if len(name) <= len("Content-Language") && matchesAny(name, safelistedResponseHeaders) {
		return true
	}
	return slices.ContainsFunc(exposed, func(e string) bool { return EqualFold(e, name) }) && !IsForbiddenResponseHeaderName(name)
}
