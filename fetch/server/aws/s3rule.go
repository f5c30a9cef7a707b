package aws

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// synonyms holds the names of CloudFormation for fields of a rule that are called
// otherwise elsewhere.
var synonyms = map[string]string{"Id": "ID", "ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds"}

// readRule reads a rule and checks it as S3 does when it is stored.
func readRule(t *template, n *node, number int) (*rule, error) {
	r := &rule{at: n.at, number: number}
	if n.form != object {
		return nil, refuse(n.at, "this is not a CORS rule", "write an object with AllowedOrigins and AllowedMethods")
	}
	lists := map[string]*[]value{"AllowedOrigins": &r.origins, "AllowedMethods": &r.methods, "AllowedHeaders": &r.headers, "ExposeHeaders": &r.exposed}
	for _, f := range n.fields {
		name := f.name
		if other, ok := synonyms[name]; ok && t.root.get("Resources") != nil {
			name = other
		}
		var err error
		switch {
		case lists[name] != nil:
			*lists[name], err = t.list(f.value)
		case name == "MaxAgeSeconds":
			r.maxAge, err = seconds(t, f.value)
		case name != "ID":
			err = stop(f.at, fmt.Sprintf("Unknown parameter in CORSConfiguration.CORSRules[%d]: %q, must be one of: ID, AllowedHeaders, AllowedMethods, AllowedOrigins, ExposeHeaders, MaxAgeSeconds", number-1, f.name))
		}
		if err != nil {
			return nil, err
		}
	}
	return r, r.check()
}

// seconds reads MaxAgeSeconds.
func seconds(t *template, n *node) (*value, error) {
	if n.form == nothing && n.call == "" {
		return nil, nil
	}
	v, err := t.value(n)
	if err != nil || v.unknown != nil {
		return &v, err
	}
	if number, err := strconv.ParseInt(v.text, 10, 32); err != nil || number < 0 {
		return nil, refuse(n.at, "MaxAgeSeconds is not a number of seconds", "write a whole number that is not negative")
	}
	return &v, nil
}

// s3Methods holds the methods that a rule may allow.
var s3Methods = []string{"GET", "PUT", "HEAD", "POST", "DELETE"}

// check returns the error of S3 about a rule.
func (r *rule) check() error {
	if len(r.origins) == 0 || len(r.methods) == 0 {
		return stop(r.at, "MalformedXML: each rule needs at least one origin and one method")
	}
	for _, v := range r.methods {
		if v.unknown == nil && !slices.Contains(s3Methods, v.text) {
			return stop(v.at, "InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is "+v.text)
		}
	}
	for _, v := range r.origins {
		if strings.Count(v.text, "*") > 1 {
			return stop(v.at, fmt.Sprintf("InvalidRequest: AllowedOrigin %q can not have more than one wildcard.", v.text))
		}
	}
	for _, v := range r.headers {
		if strings.Count(v.text, "*") > 1 {
			return stop(v.at, fmt.Sprintf("InvalidRequest: AllowedHeader %q can not have more than one wildcard.", v.text))
		}
	}
	for _, v := range r.exposed {
		if strings.Contains(v.text, "*") {
			return stop(v.at, fmt.Sprintf("InvalidRequest: ExposeHeader %q contains wildcard. We currently do not support wildcard for ExposeHeader.", v.text))
		}
	}
	return nil
}

// choose returns the first rule that fits; nil when there is none.
func (b *bucket) choose(origin, method string, headers []string) (*rule, error) {
	for i := range b.rules {
		r := &b.rules[i]
		tests := []match{
			search(r.methods, func(p string) bool { return p == method }),
			search(r.origins, func(p string) bool { return fitsStar(p, origin) }),
		}
		for _, name := range headers {
			tests = append(tests, search(r.headers, func(p string) bool { return fitsStar(fetch.ByteLowercase(p), name) }))
		}
		var unknown *server.UnknownError
		fits := true
		for _, m := range tests {
			fits = fits && (m.value != nil || m.unknown != nil)
			if unknown == nil {
				unknown = m.unknown
			}
		}
		if fits && unknown != nil {
			return nil, unknown
		}
		if fits {
			return r, nil
		}
	}
	return nil, nil
}

// preflight answers OPTIONS.
func (b *bucket) preflight(req *server.Request, origin string, hasOrigin bool) (*server.Answer, error) {
	method, hasMethod := req.Header.Get(fetch.HeaderRequestMethod)
	if !hasOrigin || !hasMethod {
		return &server.Answer{
			Status:        400,
			StatusUnknown: &server.UnknownError{Position: b.at, What: "the status of OPTIONS without Origin or Access-Control-Request-Method", Help: "the documents only say that both are needed"},
			Decided:       []server.Decision{{Position: b.at, Text: "S3 needs Origin and Access-Control-Request-Method for a preflight"}},
		}, nil
	}
	names := requested(req)
	r, err := b.choose(origin, method, names)
	if err != nil {
		return nil, err
	}
	if r != nil {
		a := &server.Answer{Status: 200}
		return a, r.allow(a, origin, names)
	}
	a := &server.Answer{Status: 403, Header: fetch.HeaderList{{Name: "Content-Type", Value: "application/xml"}}, Body: forbidden}
	a.Decided = []server.Decision{{Position: b.at, Text: "no rule allows the origin, the method and each of the headers"}}
	if !slices.Contains(s3Methods, method) {
		a.StatusUnknown = &server.UnknownError{Position: b.at, What: "the status of a preflight for " + method, Help: "S3 has no such method"}
	}
	return a, nil
}

// forbidden is the body for a preflight that no rule allows, without what differs
// from one answer to the next.
const forbidden = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessForbidden</Code><Message>CORSResponse: This CORS request is not allowed.</Message></Error>`

// allow adds the headers of a rule to an answer. It returns what is not known of them.
func (r *rule) allow(a *server.Answer, origin string, names []string) error {
	methods, unknown := join(r.methods, ", ")
	if unknown != nil {
		return unknown
	}
	exposed, unknown := join(r.exposed, ", ")
	if unknown != nil {
		return unknown
	}
	a.Decided = append(a.Decided, server.Decision{Position: r.at, Text: r.name() + " fits"})
	add := func(at server.Position, name, text string) {
		if text != "" {
			a.Header.Append(name, text)
			a.Decided = append(a.Decided, server.Decision{Position: at, Header: name, Text: r.name() + " gives " + name})
		}
	}
	if r.any() {
		origin = "*"
	} else if _, unknown = join(r.origins, ""); unknown != nil {
		return unknown // it may be "*"
	}
	add(r.origins[0].at, fetch.HeaderAllowOrigin, origin)
	add(r.methods[0].at, fetch.HeaderAllowMethods, methods)
	if len(names) > 0 {
		add(r.headers[0].at, fetch.HeaderAllowHeaders, strings.Join(names, ", "))
	}
	if len(r.exposed) > 0 {
		add(r.exposed[0].at, fetch.HeaderExposeHeaders, exposed)
	}
	if r.maxAge != nil {
		if r.maxAge.unknown != nil {
			return r.maxAge.unknown
		}
		add(r.maxAge.at, fetch.HeaderMaxAge, r.maxAge.text)
	}
	if origin != "*" {
		add(r.origins[0].at, fetch.HeaderAllowCredentials, "true")
	}
	a.Header.Append("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method")
	return nil
}
