// Package agent offers the questions of packages ask and answer as tools of the Model
// Context Protocol, for coding agents.
//
// # Terminology
//
// A tool is a question. Its result has a short text, and a structured part: the JSON of
// fetch/report. A resource is a text that an agent reads, such as the page about a
// reason.
//
// # Specification
//
// The Model Context Protocol, in the versions of its Go SDK. All tools only read. Only
// the tool probe sends requests, to loopback addresses unless the server's owner allows
// other hosts. A text has at most 1,000 bytes.
package agent
