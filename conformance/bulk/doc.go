// Package bulk judges millions of recorded exchanges: JSON Lines of recordings, of
// scenarios or of entries of HAR files, and whole HAR files.
//
// A [Runner] reads a stream, judges its records on several goroutines, and writes
// a verdict for each, in order. The memory that it needs does not depend on the
// number of records. No record depends on another one, so a stream can be cut and
// its parts can be judged on several machines. The exception is a HAR file, in
// which a request is judged with its preflight.
//
// # Terminology
//
//   - record: a line that is not blank, or an entry of a HAR file.
//   - verdict: whether script may read the response of a record, as a line of JSON;
//     see docs/bulk.md.
//
// # Specification
//
// The specification is that of [github.com/corsim/corsim/fetch/browser], which
// decides every outcome.
package bulk
