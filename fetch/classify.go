package fetch

// Classification says how CORS treats a request: the kind, and the causes of a
// preflight.
type Classification struct {
	Kind   Kind
	Causes []Cause // empty unless Kind is [KindPreflighted]
}

// Kind is the kind of a request, as CORS is usually taught.
type Kind uint8

// The kinds of request.
const (
	// KindSameOrigin goes to its own origin: CORS does not apply.
	KindSameOrigin Kind = iota
	// KindNoCORS is cross-origin with mode "no-cors": it is sent, but its
	// response is never shared. Its redirect mode is not checked.
	KindNoCORS
	// KindSimple is cross-origin with mode "cors" and needs no preflight.
	KindSimple
	// KindPreflighted is cross-origin with mode "cors" and needs a preflight.
	KindPreflighted
	// KindLocal is outside CORS: a data: URL, which no server answers.
	KindLocal
	// KindRefused cannot be sent: a cross-origin request with mode
	// "same-origin", or a scheme that CORS does not allow.
	KindRefused
	// KindNavigation is outside CORS: it loads a document of another origin, into a
	// frame for example.
	KindNavigation
	// KindWebSocket is outside CORS: a WebSocket handshake with a server of another origin.
	// Every page may make it, and the page reads what the server sends.
	KindWebSocket
)

// CauseKind says what kind of thing makes a request need a preflight.
type CauseKind uint8

// The kinds of cause.
const (
	CauseMethod CauseKind = iota
	CauseHeader
	CauseUploadListener
	CauseStreamBody
	// CauseEarlierHop: a browser sends another preflight after a redirect,
	// although the request has lost the headers that needed the first one.
	CauseEarlierHop
)

// Cause is one thing that makes a request need a preflight.
type Cause struct {
	Kind CauseKind
	// Why says which rule the header breaks; [HeaderSafe] for other kinds.
	Why HeaderCause
	// Name is the method, or the header's name in lower case.
	Name string
	// Header is the first header of that name that breaks the rule, as the page
	// wrote it. It is the zero value for other kinds.
	Header Header
}

// HeaderCause says why a header is not a CORS-safelisted request-header.
type HeaderCause uint8

// The causes.
const (
	// HeaderSafe is not a cause: the header is safelisted.
	HeaderSafe HeaderCause = iota
	// HeaderNameNotSafelisted: no value of this name is safelisted.
	HeaderNameNotSafelisted
	// HeaderValueTooLong: the value has more than 128 bytes.
	HeaderValueTooLong
	// HeaderValueUnsafeByte: the value has a CORS-unsafe request-header byte,
	// or, for the language headers, a byte that no language tag has.
	HeaderValueUnsafeByte
	// HeaderTypeMalformed: Content-Type does not parse as a MIME type.
	HeaderTypeMalformed
	// HeaderTypeNotSafelisted: the MIME type's essence is not one of the three
	// safelisted ones.
	HeaderTypeNotSafelisted
	// HeaderRangeNotSafelisted: Range is not one simple range with a start.
	HeaderRangeNotSafelisted
	// HeaderSumTooLong: the safelisted values have more than 1024 bytes
	// together.
	HeaderSumTooLong
	// HeaderRefused: the browser does not safelist the header, although the
	// standard does.
	HeaderRefused
)

// Classify says how CORS treats a request with its current URL, under a
// browser's safelist, and returns all causes of a preflight. It does not
// allocate for a request without causes.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func Classify(r *Request, s Safelist) Classification {
	return AppendClassification(nil, r, s)
}

// Redirected is what the preflights of an engine take from before a redirect.
// The zero value is the standard's: nothing.
type Redirected struct {
	// Header holds the headers that a preflight asks for when they differ from
	// the headers that are sent; nil means those of the request.
	Header HeaderList
	// Preflighted makes the request need a preflight even if its method and
	// headers do not.
	Preflighted bool
}

// ClassifyRedirected is [Classify] for a request that redirects have changed; from is nil if
// there was none.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func ClassifyRedirected(r *Request, s *Safelist, from *Redirected) Classification {
	return appendClassification(nil, r, s, from)
}

// AppendClassification is [Classify] that appends the causes to dst. The
// classification has these causes alone.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func AppendClassification(dst []Cause, r *Request, s Safelist) Classification {
	return appendClassification(dst, r, &s, nil)
}

// appendClassification is [AppendClassification] for a request that redirects
// may have changed.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func appendClassification(dst []Cause, r *Request, s *Safelist, from *Redirected) Classification {
	u := r.CurrentURL()
	switch {
	// Step 12, first case: same origin, data:, navigations and WebSockets.
	case r.Tainting == TaintingBasic && u.HasOrigin(r.Origin):
		return Classification{Kind: KindSameOrigin}
	case u.Scheme() == "data" || r.Mode == ModeNavigate && !u.IsHTTP():
		return Classification{Kind: KindLocal}
	case r.Mode == ModeNavigate:
		return Classification{Kind: KindNavigation}
	case r.Mode == ModeWebSocket:
		return Classification{Kind: KindWebSocket}
	// Step 12, second case: mode "same-origin" does not allow another origin.
	case r.Mode == ModeSameOrigin:
		return Classification{Kind: KindRefused}
	// Step 12, third case: mode "no-cors".
	case r.Mode == ModeNoCORS:
		return Classification{Kind: KindNoCORS}
	// Step 12, fourth case: CORS allows only HTTP(S) schemes.
	case !u.IsHTTP():
		return Classification{Kind: KindRefused}
	}
	// Step 12, fifth case: a preflight is needed.
	if causes := r.preflightCauses(dst[len(dst):], s, from); len(causes) > 0 {
		return Classification{Kind: KindPreflighted, Causes: causes}
	}
	// Step 12, sixth case: no preflight is needed.
	return Classification{Kind: KindSimple}
}

// preflightCauses returns what makes a cross-origin request need a preflight:
// the method, the headers in the order of their names, then what set the
// use-CORS-preflight flag. Method and headers count if script composed the
// request. They also count if the flag is set, because the preflight asks for
// them too.
func (r *Request) preflightCauses(dst []Cause, s *Safelist, from *Redirected) []Cause {
	if !r.UseCORSPreflight && !r.UnsafeRequest {
		return nil
	}
	causes, headers := dst, r.Header
	if from != nil && from.Header != nil {
		headers = from.Header
	}
	if !IsCORSSafelistedMethod(r.Method) {
		if cap(causes) == 0 {
			causes = make([]Cause, 0, 1+len(headers))
		}
		causes = append(causes, Cause{Kind: CauseMethod, Name: r.Method})
	}
	causes = s.appendSorted(causes, headers)
	if r.UseCORSPreflight {
		kind := CauseUploadListener
		if r.Body != nil && r.Body.Stream {
			kind = CauseStreamBody
		}
		causes = append(causes, Cause{Kind: kind})
	}
	if len(causes) == 0 && from != nil && from.Preflighted {
		causes = append(causes, Cause{Kind: CauseEarlierHop})
	}
	return causes
}
