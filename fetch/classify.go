package fetch

import "slices"

// Classification is what a request is to CORS: the kind, and everything that
// makes it so.
type Classification struct {
	Kind   Kind
	Causes []Cause // empty unless Kind is [KindPreflighted]
}

// Kind is one of the teaching words for a request.
type Kind uint8

// The kinds of request.
const (
	// KindSameOrigin goes to the origin that it comes from: CORS has no part in it.
	KindSameOrigin Kind = iota
	// KindNoCORS crosses origins in mode "no-cors": sent, never shared. Whether
	// its redirect mode lets it go is not looked at.
	KindNoCORS
	// KindSimple crosses origins in mode "cors" without a preflight.
	KindSimple
	// KindPreflighted crosses origins in mode "cors" after a preflight.
	KindPreflighted
	// KindLocal is outside CORS: a data: URL, for which no server is asked, or
	// a navigation.
	KindLocal
	// KindRefused cannot be sent at all: mode "same-origin" across origins, or a
	// scheme that CORS does not know.
	KindRefused
)

// CauseKind says what makes a request need a preflight.
type CauseKind uint8

// The kinds of cause.
const (
	CauseMethod CauseKind = iota
	CauseHeader
	CauseUploadListener
	CauseStreamBody
	// CauseEarlierHop: a browser asks again after a redirect for a request that
	// has lost the headers which made it ask before.
	CauseEarlierHop
)

// Cause is one thing that makes a request need a preflight.
type Cause struct {
	Kind CauseKind
	// Why says which rule a header breaks; [HeaderSafe] for other kinds.
	Why HeaderCause
	// Name is the method, or the header's name in lower case.
	Name string
	// Header is the header that breaks it, as the page wrote it; the first one
	// of its name that does. It is the zero value for other kinds.
	Header Header
}

// HeaderCause says why a header is not a CORS-safelisted request-header.
type HeaderCause uint8

// The causes.
const (
	// HeaderSafe is no cause: the header is safelisted.
	HeaderSafe HeaderCause = iota
	// HeaderNameNotSafelisted: no value of this name is safelisted.
	HeaderNameNotSafelisted
	// HeaderValueTooLong: the value has more than 128 bytes.
	HeaderValueTooLong
	// HeaderValueUnsafeByte: the value has a CORS-unsafe request-header byte,
	// or a language header's has one that no language tag has.
	HeaderValueUnsafeByte
	// HeaderTypeMalformed: Content-Type does not parse as a MIME type.
	HeaderTypeMalformed
	// HeaderTypeNotSafelisted: the MIME type's essence is not one of three.
	HeaderTypeNotSafelisted
	// HeaderRangeNotSafelisted: Range is not one simple range with a start.
	HeaderRangeNotSafelisted
	// HeaderSumTooLong: safelisted values have more than 1024 bytes together.
	HeaderSumTooLong
	// HeaderRefused: the browser does not safelist what the standard does.
	HeaderRefused
)

// Classify says what a request is to CORS, with everything that makes it so,
// for its current URL and under a browser's safelist. It does not allocate for
// a request without causes.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func Classify(r *Request, s Safelist) Classification { return ClassifyInto(nil, r, s) }

// ClassifyInto is [Classify] that puts the causes where it is given room for
// them; what stood there is overwritten.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func ClassifyInto(room []Cause, r *Request, s Safelist) Classification {
	u := r.CurrentURL()
	switch {
	// Step 12, first case: same origin, data: and navigations.
	case r.Tainting == TaintingBasic && u.HasOrigin(r.Origin):
		return Classification{Kind: KindSameOrigin}
	case u.Scheme() == "data" || r.Mode == ModeNavigate:
		return Classification{Kind: KindLocal}
	// Step 12, second case: mode "same-origin" goes no further.
	case r.Mode == ModeSameOrigin:
		return Classification{Kind: KindRefused}
	// Step 12, third case: mode "no-cors".
	case r.Mode == ModeNoCORS:
		return Classification{Kind: KindNoCORS}
	// Step 12, fourth case: CORS is for HTTP(S).
	case !u.IsHTTP():
		return Classification{Kind: KindRefused}
	}
	// Step 12, fifth case: a preflight.
	if causes := r.preflightCauses(room, s); len(causes) > 0 {
		return Classification{Kind: KindPreflighted, Causes: causes}
	}
	// Step 12, sixth case: none.
	return Classification{Kind: KindSimple}
}

// preflightCauses collects what makes a cross-origin request need a preflight:
// the method, the headers in the order of their names, then what set the flag.
// The first two count where script composed the request, and where there is a
// preflight anyhow, since that asks for them too.
func (r *Request) preflightCauses(room []Cause, s Safelist) []Cause {
	if !r.UseCORSPreflight && !r.UnsafeRequest {
		return nil
	}
	causes, headers := room[:0], r.HeadersToClear()
	if !IsCORSSafelistedMethod(r.Method) {
		causes = append(slices.Grow(causes, 1+len(headers)), Cause{Kind: CauseMethod, Name: r.Method})
	}
	causes = s.appendSorted(causes, headers)
	if r.UseCORSPreflight {
		kind := CauseUploadListener
		if r.Body != nil && r.Body.Stream {
			kind = CauseStreamBody
		}
		causes = append(causes, Cause{Kind: kind})
	}
	if len(causes) == 0 && r.PreflightAgain {
		causes = append(causes, Cause{Kind: CauseEarlierHop})
	}
	return causes
}
