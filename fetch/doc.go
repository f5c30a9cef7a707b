// Package fetch is the vocabulary of the Fetch Standard and its pure checks on
// one request or response.
//
// # Terminology
//
// The names are the standard's. A [Request] and a [Response] have header lists;
// a response that could not be had is a network error, which carries a
// [Failure] with a typed [Reason] and the [Step] of the standard that decided.
//
//   - header list: headers in order, names as they were written, perhaps twice.
//   - safelisted: free to go without a preflight. A [Safelist] says which
//     request headers are, and a [HeaderCause] why one is not.
//   - forbidden: the browser's own to set, or never for script to see.
//   - extraction: the values of a header by its grammar, in three states:
//     absent, malformed, or present and perhaps empty. See [Extraction].
//   - simple, preflighted: the two teaching words for what [Classify] finds; a
//     [Cause] is one thing that makes a request need a preflight.
//
// Header values and bodies are bytes held in strings; where the standard decodes
// them it does so byte by byte, which changes nothing here.
//
// # Specification
//
//   - Fetch Standard, at the commit that docs/spec-map.md names:
//     https://fetch.spec.whatwg.org/. The checks that send something are in the
//     packages above this one.
//   - MIME Sniffing Standard, parsing and serialising MIME types:
//     https://mimesniff.spec.whatwg.org/
//   - Infra Standard, forgiving base64: https://infra.spec.whatwg.org/
//   - RFC 9110, tokens and lists (sections 5.6.1 and 5.6.2); RFC 9111,
//     delta-seconds (section 1.2.2).
package fetch
