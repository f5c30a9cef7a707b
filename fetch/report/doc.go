// Package report turns results of browser calls into reports: JSON for
// programs, text for people, and sequence diagrams.
//
// # Terminology
//
// A [Report] is one call of a page in several browsers. A [Story] is everything
// that one page did in one browser, step by step. A timeline is the part of a text
// that has each request and response of one call, in order.
//
// # Specification
//
// [Version] is the version of the JSON vocabulary. The struct types with json tags
// define the vocabulary; [Document] is the outermost. A new field does not change
// the version. A field that is renamed, removed or gets another meaning changes it.
// The same input gives the same bytes. Observations of scenarios have another
// format: that of the corpora.
//
// The package does not depend on terminals and files: a [Style] says how to mark
// parts of a text, and the caller passes the writer.
package report
