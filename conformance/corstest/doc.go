// Package corstest tests what browsers let pages do with a server: an
// [net/http.Handler] in process, or a live one.
//
//	func TestCORS(t *testing.T) {
//		api := corstest.New(t, handler)
//		page := api.From("https://myapp.com")
//		assert.Assert(t, page.PUT("/users", corstest.JSON(`{}`), corstest.WithCredentials()).Expect(corstest.Shared()))
//		assert.Assert(t, api.From("https://evil.com").GET("/users").Expect(corstest.Blocked()))
//	}
//
// Each request is made in Chromium, Firefox and WebKit ([Browsers]), and an
// expectation holds only when it holds in all of them: those are what the users
// of a page have. [WithEngines] chooses others, the standard itself among them. One
// that does not hold prints what went over the wire, the reason with its place
// in the standard, what each console says and the smallest repair.
//
// [CheckPolicy] holds a server against a table of who may do what, and [Audit]
// tries the attacks which misconfigured servers fall to. They work over any
// [github.com/corsim/corsim/fetch.Transport]; package
// [github.com/corsim/corsim/fetch/nethttp] has those for a handler and for the
// network, and a round tripper that makes a [net/http.Client] behave like a page.
//
// # Terminology
//
//   - server: the server under test, a [Server]: [New], [NewLive], [NewOver].
//   - page: a document in a browser of each engine, a [Page], whose requests
//     share cookies, a CORS-preflight cache and a clock.
//   - result: what one call came to in each engine, a [Result].
//   - expectation: what a result is held against, an [Expectation]. What does
//     not meet it is an error, which is a comparison for gotest.tools and
//     serves any other way of testing as well.
//   - shared, blocked: whether script may read the response. A blocked request
//     may have reached the server all the same.
//
// # Specification
//
// That of [github.com/corsim/corsim/fetch/browser], which decides everything.
package corstest
