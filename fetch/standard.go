package fetch

// The commit of https://github.com/whatwg/fetch that corsim follows, and its
// date. docs/spec-map.md lists what is implemented.
const (
	StandardCommit = "586cd2a"
	StandardDate   = "2026-07-02"
)
