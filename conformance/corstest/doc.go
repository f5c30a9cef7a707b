// Package corstest tests what browsers let pages do with a server: an
// [net/http.Handler] in process, a live one, or that of a configuration.
//
//	func TestCORS(t *testing.T) {
//		api := corstest.New(t, handler)
//		page := api.From("https://myapp.com")
//		assert.Assert(t, page.PUT("/users", corstest.JSON(`{}`), corstest.WithCredentials()).Expect(corstest.Shared()))
//		assert.Assert(t, api.From("https://evil.com").GET("/users").Expect(corstest.Blocked()))
//	}
//
// Each request is made in Chromium, Firefox and WebKit ([Browsers]), the browsers
// that users have. An expectation is met when it is met in all of them. [WithEngines]
// chooses other engines; the standard itself is one of them. An expectation that
// is not met prints what was sent and received, the reason with its step in the
// standard, the messages on each console, and the smallest repair.
//
// [Config] tests the server of a configuration, such as an nginx.conf, without that
// server.
//
// [CheckPolicy] compares a server with a table of who may do what. [Server.Audit] tries
// attacks that work against misconfigured servers. Both work over any
// [github.com/corsim/corsim/fetch.Transport]. Package
// [github.com/corsim/corsim/fetch/nethttp] has transports for a handler and for
// the network, and a round tripper that makes a [net/http.Client] behave like a
// page.
//
// # Terminology
//
//   - server: the server under test, a [Server]: [New], [NewLive], [NewOver], [Config].
//   - page: a document that is open in a browser of each engine, a [Page]. In
//     each browser its requests share cookies, a CORS-preflight cache and a clock.
//   - result: the results of one call, one for each engine, a [Result].
//   - expectation: what a test expects of a result, an [Expectation]. A result
//     that does not meet it gives an error, which gotest.tools and other test
//     packages can print.
//   - shared, blocked: whether script may read the response. A blocked request
//     may still have reached the server.
//
// # Specification
//
// Package [github.com/corsim/corsim/fetch/browser] decides everything; its
// specification holds here.
package corstest
