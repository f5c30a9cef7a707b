package browser

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/inflate"
	"github.com/corsim/corsim/fetch/textfmt"
)

const anchorCodings = "handle-content-codings"

// receivedBody returns the body of an answer without the chunks and the codings
// with which it was sent. The failure says why it cannot be read.
func (f *fetcher) receivedBody(answer *fetch.WireResponse, method string) (body string, failure *fetch.Failure) {
	f.unreadCoding = ""
	if !answer.Encoded || method == "HEAD" || answer.Status == 101 || answer.Status == 204 || answer.Status == 304 {
		return answer.Body, nil
	}
	if body, failure = unframed(answer); failure != nil {
		return "", failure
	}
	codings, _ := answer.Header.GetDecodeSplit("Content-Encoding")
	return f.decoded(codings, body)
}

// unframed returns a body without its chunks, or cut at its Content-Length.
// https://www.rfc-editor.org/rfc/rfc9112#section-6
func unframed(answer *fetch.WireResponse) (body string, failure *fetch.Failure) {
	if isChunked(answer.Header) {
		if body, ok := withoutChunks(answer.Body); ok {
			return body, nil
		}
		return "", bodyFailure("Transfer-Encoding", "chunks of which the last one is missing")
	}
	length, ok := readLength(answer.Header)
	switch {
	case !ok:
		return answer.Body, nil
	case length > len(answer.Body):
		return "", bodyFailure("Content-Length", textfmt.Sprintf("a Content-Length of %d with a body of %d bytes", length, len(answer.Body)))
	}
	return answer.Body[:length], nil
}

func bodyFailure(header, got string) *fetch.Failure {
	return headerFailure(anchorCodings, "2", fetch.ReasonResponseMalformed, header, got)
}

func isChunked(header fetch.HeaderList) bool {
	value, _ := header.Get("Transfer-Encoding")
	return fetch.EqualFold(strings.Trim(value[strings.LastIndexByte(value, ',')+1:], " \t"), "chunked")
}

// readLength returns the length that an answer states. A value that is not a number,
// and different numbers, state none.
func readLength(header fetch.HeaderList) (length int, ok bool) {
	values, _ := header.GetDecodeSplit("Content-Length")
	for i, value := range values {
		n, err := strconv.Atoi(value)
		if err != nil || !isDigits(value) || i > 0 && n != length {
			return 0, false
		}
		length, ok = n, true
	}
	return length, ok
}

// withoutChunks returns a body without its chunks; ok is false if the chunks are
// malformed or the last one is missing.
// https://www.rfc-editor.org/rfc/rfc9112#section-7.1
func withoutChunks(body string) (out string, ok bool) {
	var b strings.Builder
	for {
		line, rest, found := strings.Cut(body, "\n")
		digits, _, _ := strings.Cut(strings.TrimRight(line, "\r"), ";")
		size, err := strconv.ParseUint(strings.Trim(digits, " \t"), 16, 31)
		switch {
		case !found || err != nil:
			return "", false
		case size == 0:
			return b.String(), true
		case int(size) > len(rest):
			return "", false
		}
		b.WriteString(rest[:size])
		if body, found = strings.CutPrefix(strings.TrimPrefix(rest[size:], "\r"), "\n"); !found {
			return "", false
		}
	}
}

// A Decoder decodes a body in a content coding. It returns at most the given number of bytes; ok
// is false if the body is malformed. A body that breaks off gives the text up to there.
type Decoder func(body string, most int) (text string, ok bool)

// registered holds the decoders of content codings that the engine itself does not have, by
// the names of the codings in lower case.
var registered = map[string]Decoder{}

// RegisterCoding lets all browsers of the program decode a content coding, such as br. It is
// for functions init, like that of package nethttp, and not for use while browsers work.
func RegisterCoding(name string, d Decoder) { registered[name] = d }

// offers reports whether the request said that the browser reads a coding. By the standard
// it says nothing, and the browser reads all.
func (f *fetcher) offers(coding string) bool {
	defaults := f.rules().DefaultHeaders
	if defaults == nil {
		return true
	}
	codings, _ := defaults(f.req.CurrentURL()).GetDecodeSplit("Accept-Encoding")
	return slices.Contains(codings, coding)
}

// decoded returns a body without its codings, the last of which was applied last.
// A coding that is no known word ends the decoding.
// https://fetch.spec.whatwg.org/#handle-content-codings
func (f *fetcher) decoded(codings []string, body string) (string, *fetch.Failure) {
	raw := body
	for i := len(codings) - 1; i >= 0; i-- {
		var ok bool
		coding := fetch.ByteLowercase(codings[i])
		switch coding {
		case "gzip", "x-gzip":
			body, ok = inflate.Gzip(body, maxInflated)
		case "deflate":
			body, ok = inflate.Deflate(body, maxInflated)
		case "identity", "":
			ok = true
		case "br", "zstd":
			// It is not known what browsers do with a coding that they did not offer to read.
			decode := registered[coding]
			if decode == nil || !f.offers(coding) {
				f.unreadCoding = coding
				return raw, nil
			}
			body, ok = decode(body, maxInflated)
		default:
			return raw, nil
		}
		switch {
		case len(body) == maxInflated && len(raw) < maxInflated:
			f.unreadCoding = codings[i] + " and more than 64 MiB without it"
			return raw, nil
		case ok:
		// libsoup: the body is passed on as it came, but for br (undecodable-bodies-passed-on).
		case f.rules().UndecodableBodiesPassedOn && coding != "br":
			return raw, nil
		default:
			return "", bodyFailure("Content-Encoding", "a body that is not in the coding "+codings[i]+" of Content-Encoding")
		}
	}
	return body, nil
}

// maxInflated is the number of bytes up to which a body is decoded: a small body can
// stand for one that fills the memory. A call that gets a longer one ends in an error.
const maxInflated = 64 << 20

// unreadBody returns the error of a call that reads a body whose coding is not
// simulated; nil for all others.
func (f *fetcher) unreadBody(resp *fetch.Response) error {
	if f.unreadCoding == "" || f.api == APIBeacon || f.api == APIEventSource || resp.Type == fetch.ResponseOpaque && f.api == APIFetch {
		return nil
	}
	return textfmt.Errorf("the response of %s has the content coding %s, which is not simulated here: give the body without the coding", f.req.CurrentURL(), f.unreadCoding)
}

// readsBody reports whether a call reads the body of its response, so that it
// matters whether that can be read.
func (f *fetcher) readsBody(resp *fetch.Response) bool {
	switch f.api {
	case APIBeacon, APIEventSource:
		return false
	case APIFetch:
		return resp.Type != fetch.ResponseOpaque && resp.Type != fetch.ResponseOpaqueRedirect
	}
	return true
}
