package browser

import (
	"strings"

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
	algorithm, digests := f.rules().integrity.Strongest(f.req.Integrity)
	if resp.Type == fetch.ResponseOpaque {
		if len(digests) == 0 && f.rules().IntegrityWithoutHashes && f.req.Destination != fetch.DestinationNone {
			return resp
		}
		return fetch.NetworkError(f.integrityFailure(fetch.ReasonIntegrityUnreadable, ""))
	}
	// Step 23.3: the hash. Browsers compare a null body as an empty one.
	body := resp.Unfiltered().Body
	if f.rules().integrity.MatchesDigests(body, algorithm, digests) {
		return resp
	}
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

// IntegrityItems returns the items of the request's integrity metadata, as the browser
// reads them.
func (r *Result) IntegrityItems() []policy.IntegrityItem {
	if r.Request == nil || r.Request.Integrity == "" {
		return nil
	}
	return r.Profile.rules.integrity.Items(r.Request.Integrity)
}

// StrongestIntegrity returns the strongest hash algorithm of the request's integrity
// metadata that the browser knows, and its digests.
func (r *Result) StrongestIntegrity() (algorithm string, digests []string) {
	return r.Profile.rules.integrity.Strongest(r.Request.Integrity)
}

// isDigestText reports whether a text has characters of base64 or base64url and at most so
// many signs of equality after them.
func isDigestText(text string, atLeast, padding int) bool {
	rest := strings.TrimLeft(text, digestCharacters)
	return len(text)-len(rest) >= atLeast && len(rest) <= padding && strings.Trim(rest, "=") == ""
}

// digestCharacters are those of base64 and base64url.
const digestCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
