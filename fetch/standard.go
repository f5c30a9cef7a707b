package fetch

// The state of the Fetch Standard that corsim follows, as a commit of
// https://github.com/whatwg/fetch and its date; docs/spec-map.md lists how far.
const (
	StandardCommit = "586cd2a"
	StandardDate   = "2026-07-02"
)
