package server

import "github.com/corsim/corsim/fetch"

// Allow adds the CORS headers to a response with which the page of a request
// may read it, with credentials: they name the request's origin. The response
// to a CORS-preflight request also gets the headers that allow the requested
// method and headers.
func Allow(answer *fetch.WireResponse, req *fetch.WireRequest) {
	for _, pair := range [...]struct{ ask, allow string }{
		{fetch.HeaderOrigin, fetch.HeaderAllowOrigin},
		{fetch.HeaderRequestMethod, fetch.HeaderAllowMethods},
		{fetch.HeaderRequestHeaders, fetch.HeaderAllowHeaders},
	} {
		if value, ok := req.Header.Get(pair.ask); ok {
			answer.Header.Set(pair.allow, value)
		}
	}
	answer.Header.Set(fetch.HeaderAllowCredentials, "true")
}

// AllowPreflight returns a response to a CORS-preflight request that allows
// everything that the request asks for.
func AllowPreflight(preflight *fetch.WireRequest) *fetch.WireResponse {
	answer := &fetch.WireResponse{Status: 204}
	Allow(answer, preflight)
	return answer
}
