// Package lint says what is wrong with the CORS of a server: which pages read what
// they should not, and what keeps the right pages from working.
//
// [Run] asks a [Subject] the questions of its [Rules]. The subject is a live server,
// a handler in process, or a model that was read from a configuration; with a model,
// findings have the positions of the lines that decided.
//
// # Terminology
//
//   - question: one call of a page at an origin, made in every browser. A question
//     is asked once, however many rules need its answer.
//   - stranger: a page of a site that no server allows on purpose.
//   - trusted page: a page at an origin that the server should allow.
//   - incomplete: the server gave no usable answer to questions of a rule, so that
//     the absence of a finding says nothing.
//
// An attack counts only if a browser shares the response with the attacker's page.
//
// # Specification
//
// None: the Fetch Standard says what browsers do with a response, and package
// browser does it.
package lint
