package server

import "github.com/corsim/corsim/fetch"

// Allow gives an answer the headers of CORS with which the page that makes the
// request may read it, with credentials: they name the request's origin. An
// answer to a CORS-preflight request gets those that allow the method and the
// headers that the request asks for.
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

// AllowPreflight returns an answer to a CORS-preflight request that allows all
// that the request asks for.
func AllowPreflight(preflight *fetch.WireRequest) *fetch.WireResponse {
	answer := &fetch.WireResponse{Status: 204}
	Allow(answer, preflight)
	return answer
}
