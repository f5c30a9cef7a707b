package aws

import (
	"context"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Answer answers a request.
func (a *api) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	origin, hasOrigin := req.Header.Get(fetch.HeaderOrigin)
	method, hasMethod := req.Header.Get(fetch.HeaderRequestMethod)
	if req.Method == "OPTIONS" {
		if !hasOrigin || !hasMethod {
			return &server.Answer{
				Status:        204,
				StatusUnknown: &server.UnknownError{Position: a.at, What: "the status of OPTIONS without Origin or Access-Control-Request-Method", Help: "the documents only say that the answer has no CORS headers"},
				Decided:       []server.Decision{{Position: a.at, Text: "OPTIONS without Origin or Access-Control-Request-Method gets no CORS headers"}},
			}, nil
		}
		return a.preflight(origin, method)
	}
	answer, err := a.behind.Answer(ctx, req)
	if err != nil {
		return nil, err
	}
	out := *answer
	out.Header = answer.Header.Clone()
	out.Header.DeleteFunc(func(name string) bool { return strings.HasPrefix(fetch.ByteLowercase(name), "access-control-") })
	out.Decided = []server.Decision{{Position: a.at, Text: "API Gateway drops the CORS headers of the integration"}}
	if !hasOrigin {
		out.Decided = append(out.Decided, server.Decision{Position: a.at, Text: "a request without Origin gets no CORS headers"})
		return &out, nil
	}
	allowed, err := a.allows(origin)
	if err != nil {
		return nil, err
	}
	return &out, a.add(&out, allowed, origin, nil)
}

// allows returns the entry that allows an origin; nil when there is none.
func (a *api) allows(origin string) (*value, error) {
	if m := search(a.origins, func(p string) bool { return p == "*" }); m.value != nil {
		return m.value, nil
	}
	m := search(a.origins, func(p string) bool { return fitsStar(p, origin) })
	if m.unknown != nil {
		return nil, m.unknown
	}
	if m.value != nil {
		_, unknown := join(a.origins, "")
		if unknown != nil {
			return nil, unknown // it may be "*"
		}
		return m.value, nil
	}
	for _, v := range a.origins {
		if fetch.EqualFold(v.text, origin) {
			return nil, &server.UnknownError{Position: v.at, What: "whether API Gateway compares origins with their case", Help: "write the origin in lower case, as browsers send it"}
		}
	}
	return nil, nil
}

// preflight answers a preflight.
func (a *api) preflight(origin, method string) (*server.Answer, error) {
	if a.routes.every != nil && a.routes.authorizer != nil {
		return nil, &server.UnknownError{Position: *a.routes.every, What: "whether an authorizer answers preflights on this route", Help: "a route for each method takes OPTIONS too; give OPTIONS a route without an authorizer and leave the others out of the text"}
	}
	out := &server.Answer{Status: 204}
	if a.routes.every != nil {
		out.StatusUnknown = &server.UnknownError{Position: *a.routes.every, What: "the status of a preflight on this route", Help: "the route takes OPTIONS, so that the integration may answer"}
	}
	allowed, err := a.allows(origin)
	if err != nil {
		return nil, err
	}
	if allowed == nil {
		out.StatusUnknown = &server.UnknownError{Position: a.at, What: "the status of a preflight from an origin that is not allowed", Help: "the documents do not give it; the answer has no CORS headers"}
	} else if err := a.decides(method); err != nil {
		return nil, err
	}
	lists := []named{{fetch.HeaderAllowMethods, a.methods}, {fetch.HeaderAllowHeaders, a.headers}}
	if a.maxAge != nil {
		lists = append(lists, named{fetch.HeaderMaxAge, []value{*a.maxAge}})
	}
	return out, a.add(out, allowed, origin, lists)
}

// decides returns an error where a browser's verdict depends on what the documents
// leave open.
func (a *api) decides(method string) error {
	listed := search(a.methods, func(p string) bool { return p == method || p == "*" })
	if listed.value == nil && listed.unknown == nil && slices.Contains([]string{"GET", "HEAD", "POST"}, method) {
		return &server.UnknownError{Position: a.at, What: "what API Gateway answers to a preflight for a method that AllowMethods does not have", Help: "add " + method + " to AllowMethods"}
	}
	if a.credentials == nil || a.credentials.text == "false" {
		return nil
	}
	for _, v := range append(slices.Clone(a.methods), a.headers...) {
		if v.text == "*" {
			return &server.UnknownError{Position: v.at, What: `whether API Gateway sends "*" as it stands when AllowCredentials is true`, Help: "write the list"}
		}
	}
	return nil
}

// named is a header with the values that it gets.
type named struct {
	name   string
	values []value
}

// add adds the CORS headers to an answer, or says why there are none. It returns what
// is not known of them.
func (a *api) add(out *server.Answer, allowed *value, origin string, lists []named) error {
	if allowed == nil {
		out.Decided = append(out.Decided, server.Decision{Position: a.at, Text: "AllowOrigins does not have the origin"})
		return nil
	}
	if allowed.text == "*" {
		origin = "*"
	}
	all := []named{{fetch.HeaderAllowOrigin, []value{{at: allowed.at, text: origin}}}}
	if a.credentials != nil && (a.credentials.unknown != nil || a.credentials.text == "true") {
		all = append(all, named{fetch.HeaderAllowCredentials, []value{*a.credentials}})
	}
	all = append(append(all, lists...), named{fetch.HeaderExposeHeaders, a.exposed})
	for _, h := range all {
		text, unknown := join(h.values, ",")
		if unknown != nil {
			return unknown
		}
		if text == "" {
			continue
		}
		out.Header.Append(h.name, text)
		out.Decided = append(out.Decided, server.Decision{Position: h.values[0].at, Header: h.name, Text: "the CORS configuration gives " + h.name})
	}
	return nil
}
