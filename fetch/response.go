package fetch

import "github.com/corsim/corsim/origin"

// ResponseType is a response's type.
// https://fetch.spec.whatwg.org/#concept-response-type
type ResponseType uint8

// The response types.
const (
	ResponseDefault ResponseType = iota
	ResponseBasic
	ResponseCORS
	ResponseError
	ResponseOpaque
	ResponseOpaqueRedirect
)

// Response is a response. A network error is a response of type
// [ResponseError] that carries the failure which made it one.
// https://fetch.spec.whatwg.org/#concept-response
type Response struct {
	Type                       ResponseType
	RedirectTaint              RedirectTaint
	RangeRequested             bool
	RequestIncludesCredentials bool
	TimingAllowPassed          bool

	URLList []origin.URL
	Status  int
	Header  HeaderList
	Body    string // bytes
	// BodyFailure says why the body cannot be read; nil if it can. Body is then
	// empty.
	BodyFailure *Failure
	// CORSExposedHeaderNames holds the header names that the CORS filter allows
	// besides the safelisted names.
	CORSExposedHeaderNames []string
	// Failure says why the response is a network error; nil for other
	// responses.
	Failure *Failure
	// Internal is the internal response of a filtered response; nil when the
	// response is not filtered.
	Internal *Response
}

// NetworkError returns a network error that carries its failure.
// https://fetch.spec.whatwg.org/#concept-network-error
func NetworkError(f *Failure) *Response {
	return &Response{Type: ResponseError, Failure: f}
}

// IsNetworkError reports whether r is a network error.
// https://fetch.spec.whatwg.org/#concept-network-error
func (r *Response) IsNetworkError() bool { return r.Type == ResponseError }

// URL returns the last URL of the response's URL list; ok is false when it is
// null.
// https://fetch.spec.whatwg.org/#concept-response-url
func (r *Response) URL() (u origin.URL, ok bool) {
	if len(r.URLList) == 0 {
		return origin.URL{}, false
	}
	return r.URLList[len(r.URLList)-1], true
}

// Unfiltered returns the internal response of a filtered response, and r
// itself otherwise.
// https://fetch.spec.whatwg.org/#concept-internal-response
func (r *Response) Unfiltered() *Response {
	if r.Internal != nil {
		return r.Internal
	}
	return r
}
