// Package report turns results of browser calls into reports: JSON for
// programs, text for people, and sequence diagrams.
//
// # Terminology
//
// A [Report] is one call of a page in several browsers. A [Story] is all that
// one page did in one browser, step by step. A timeline is the part of a text
// that tells each request and response of one call, in order.
//
// # Specification
//
// [Version] is the version of the JSON vocabulary, which the struct types with
// json tags define ([Document] is the outermost). A field that is added does not
// change the version; one that is renamed, removed or gets another meaning does.
// The same input gives the same bytes. Observations of scenarios are another
// format, that of the corpora.
//
// The package knows nothing of terminals and files: a [Style] says how parts of
// a text stand out, and the caller gives the writer.
package report
