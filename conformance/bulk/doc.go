// Package bulk judges recorded exchanges by the million: JSON Lines of
// recordings, of scenarios or of entries of HAR files, and whole HAR files.
//
// A [Runner] reads a stream, judges its records on several goroutines and writes
// a verdict for each, in order. How much memory it takes does not follow from
// how many there are. Each record is judged by itself, so that shards of a stream
// can be judged anywhere; only in a HAR file a request is judged with its
// preflight.
//
// # Terminology
//
//   - record: a line that is not blank, or an entry of a HAR file.
//   - verdict: what script gets of it, a line of JSON; see docs/bulk.md.
//
// # Specification
//
// That of [github.com/corsim/corsim/fetch/browser], which decides everything.
package bulk
