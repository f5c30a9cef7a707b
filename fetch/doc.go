// Package fetch is the vocabulary of the Fetch Standard and its pure checks on
// one request or response.
//
// # Terminology
//
// The names are the standard's. A [Request] and a [Response] have header lists.
// A network error is a response that carries a [Failure] with a typed [Reason]
// and the [Step] of the standard that decided.
//
//   - header list: an ordered list of headers; a name keeps its spelling and may
//     be repeated.
//   - safelisted: allowed without a preflight. A [Safelist] says which request
//     headers are safelisted, and a [HeaderCause] says why one is not.
//   - forbidden: only the browser may set the header, or script can never read
//     it.
//   - extraction: the values of a header by its grammar, in three states: absent,
//     malformed, or present and perhaps empty. See [Extraction].
//   - simple, preflighted: the two usual words for what [Classify] finds; a
//     [Cause] is one thing that makes a request need a preflight.
//
// Header values and bodies are bytes in strings. The standard decodes some of
// them byte by byte; this makes no difference here.
//
// # Specification
//
//   - Fetch Standard, at the commit that docs/spec-map.md names:
//     https://fetch.spec.whatwg.org/. The packages above this one contain the
//     checks that send something.
//   - MIME Sniffing Standard, parsing and serialising MIME types:
//     https://mimesniff.spec.whatwg.org/
//   - Infra Standard, forgiving base64: https://infra.spec.whatwg.org/
//   - RFC 9110, tokens and lists (sections 5.6.1 and 5.6.2); RFC 9111,
//     delta-seconds (section 1.2.2).
package fetch
