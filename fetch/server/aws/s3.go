package aws

import (
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// S3Reader returns the reader of the CORS rules of a bucket.
func S3Reader() server.Reader {
	return server.Reader{Kind: "s3", Title: "the CORS rules of a bucket of Amazon S3", Recognise: recogniseS3, Load: loadS3}
}

// recogniseS3 says how sure it is that a text holds the CORS rules of a bucket.
func recogniseS3(name, text string) server.Confidence {
	begin := strings.TrimLeft(text, "\ufeff \t\r\n")
	switch {
	case sourceCode(name):
		return server.NotMine
	case strings.HasPrefix(begin, "<") && (strings.Contains(text, "<CORSConfiguration") || strings.Contains(text, "<CORSRule")):
		return server.Certain
	case strings.Contains(text, "CorsRules") && strings.Contains(text, "AWS::S3::Bucket"):
		return server.Certain
	case begin == "" || begin[0] != '{' && begin[0] != '[':
		return server.NotMine
	case strings.Contains(text, `"CORSRules"`) || strings.Contains(text, `"AllowedMethods"`) && strings.Contains(text, `"AllowedOrigins"`):
		return server.Certain
	}
	return server.NotMine
}

// bucket is a bucket with its rules.
type bucket struct {
	rules []rule
	at    server.Position
}

// rule is one rule.
type rule struct {
	at                                 server.Position
	number                             int
	origins, methods, headers, exposed []value
	maxAge                             *value
}

// any reports whether every origin is allowed; the answer then has "*".
func (r *rule) any() bool {
	for _, v := range r.origins {
		if v.unknown == nil && v.text == "*" {
			return true
		}
	}
	return false
}

// name returns the rule in words.
func (r *rule) name() string { return fmt.Sprintf("rule %d", r.number) }

// loadS3 reads the rules of a bucket.
func loadS3(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rules, root, err := findRules(src)
	if err != nil {
		return nil, err
	}
	t := &template{root: root, set: src.Set}
	b := &bucket{at: rules.at}
	m := &server.Model{Kind: "s3", Fragment: rules.form == object, Server: b}
	nodes := rules.items
	if m.Fragment {
		nodes = []*node{rules}
	}
	if len(nodes) > 100 {
		return nil, stop(nodes[100].at, "InvalidRequest: The number of CORS rules should not exceed allowed limit of 100 rules.")
	}
	for i, n := range nodes {
		r, err := readRule(t, n, i+1)
		if err != nil {
			return nil, err
		}
		b.rules = append(b.rules, *r)
	}
	b.describe(m)
	m.Assumptions, m.Unknowns = append(m.Assumptions, t.assumptions...), t.unknowns
	return m, nil
}

// findRules returns the list of rules of a text, or one rule that is alone.
func findRules(src server.Source) (rules, root *node, err error) {
	if strings.HasPrefix(strings.TrimLeft(src.Text, "\ufeff \t\r\n"), "<") {
		if root, err = parseXML(src.Name, strings.TrimPrefix(src.Text, "\ufeff")); err == nil {
			rules, err = xmlRules(root)
		}
		return rules, root, err
	}
	if root, err = parse(src.Name, src.Text); err != nil {
		return nil, nil, err
	}
	found := append(root.find("CORSRules"), root.find("CorsRules")...)
	switch {
	case len(found) > 1:
		return nil, nil, refuse(found[1].at, "these are the rules of a second bucket", "give the rules of one bucket")
	case len(found) == 1:
		rules = found[0]
	case root.form == list || root.get("AllowedOrigins") != nil || root.get("AllowedMethods") != nil:
		rules = root
	}
	if rules == nil || rules.call != "" || rules.form != list && rules != root {
		return nil, nil, refuse(root.at, "there is no list of CORS rules in the text", "give a list of rules, or an object with CORSRules")
	}
	return rules, root, nil
}

// describe adds what the model says about itself.
func (b *bucket) describe(m *server.Model) {
	m.Assumptions = append(m.Assumptions, derived(b.at, "Amazon S3"),
		server.Assumption{Position: b.at, Text: "the bucket has every object: GET and HEAD have status 200; the status of other methods is not known"},
		server.Assumption{Position: b.at, Text: "the documents do not give the order of the headers, nor Vary on an answer to an origin that no rule allows: none is sent there"})
	if m.Fragment {
		m.Assumptions = append(m.Assumptions, server.Assumption{Position: b.at, Text: "the text is one rule; the bucket has no other rule"})
	}
	for i := range b.rules {
		r := &b.rules[i]
		m.Policy = facts(m.Policy, server.SubjectOrigins, r.name(), r.origins)
		m.Policy = facts(m.Policy, server.SubjectMethods, r.name(), r.methods)
		m.Policy = facts(m.Policy, server.SubjectHeaders, r.name(), r.headers)
		m.Policy = facts(m.Policy, server.SubjectExposed, r.name(), r.exposed)
		if r.maxAge != nil {
			m.Policy = facts(m.Policy, server.SubjectMaxAge, r.name(), []value{*r.maxAge})
		}
		if !r.any() {
			m.Policy = append(m.Policy, server.Fact{Position: r.at, Subject: server.SubjectCredentials, Where: r.name(), Value: "allowed: S3 allows credentials to each origin that a rule allows by name or by a part"})
		} else if len(r.origins) > 1 {
			m.Assumptions = append(m.Assumptions, server.Assumption{Position: r.origins[0].at, Text: `the rule allows "*" besides other origins: the answer has "*" for each of them`})
		}
	}
}

// Answer answers a request.
func (b *bucket) Answer(ctx context.Context, req *server.Request) (*server.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	origin, hasOrigin := req.Header.Get(fetch.HeaderOrigin)
	if req.Method == "OPTIONS" {
		return b.preflight(req, origin, hasOrigin)
	}
	a := &server.Answer{Status: 200}
	if req.Method != "GET" && req.Method != "HEAD" {
		a.StatusUnknown = &server.UnknownError{Position: b.at, What: "the status of " + req.Method + " on an object", Help: "it depends on permissions and on the bucket; ask the service"}
	}
	if !hasOrigin {
		a.Decided = []server.Decision{{Position: b.at, Text: "S3 sends no CORS headers for a request without Origin"}}
		return a, nil
	}
	r, err := b.choose(origin, req.Method, nil)
	if err != nil {
		return nil, err
	}
	if r == nil {
		a.Decided = []server.Decision{{Position: b.at, Text: "no rule allows the origin and the method"}}
		return a, nil
	}
	return a, r.allow(a, origin, nil)
}
