package browser

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
)

// checkIntegrity is step 23 of main fetch: it returns a response, or a network error if
// its body does not have the hash that the page says.
// https://fetch.spec.whatwg.org/#concept-main-fetch
func (f *fetcher) checkIntegrity(resp *fetch.Response) *fetch.Response {
	if f.req.Integrity == "" {
		return resp
	}
	// Step 23.2: without a body that may be read there is nothing to compare.
	if resp.Type == fetch.ResponseOpaque {
		return fetch.NetworkError(f.integrityFailure(fetch.ReasonIntegrityUnreadable, ""))
	}
	// Step 23.3: the hash. Browsers compare a null body as an empty one.
	body := resp.Unfiltered().Body
	if policy.MatchesIntegrity(body, f.req.Integrity) {
		return resp
	}
	algorithm, _ := policy.StrongestIntegrity(f.req.Integrity)
	got := policy.IntegrityOf(body, algorithm)
	return fetch.NetworkError(f.integrityFailure(fetch.ReasonIntegrity, got))
}

// integrityFailure returns the failure of step 23. Got is the integrity metadata of the
// body that came.
func (f *fetcher) integrityFailure(reason fetch.Reason, got string) *fetch.Failure {
	return &fetch.Failure{
		Reason: reason, Step: fetch.Step{Anchor: anchorMainFetch, Number: "23"}, Got: got, Want: f.req.Integrity,
	}
}
