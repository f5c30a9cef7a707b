package aws

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// APIGatewayReader returns the reader of the CORS configuration of an HTTP API.
func APIGatewayReader() server.Reader {
	return server.Reader{Kind: "api-gateway", Title: "the CORS configuration of an HTTP API of Amazon API Gateway", Recognise: recogniseAPI, Load: loadAPI}
}

// recogniseAPI says how sure it is that a text holds the CORS configuration of an
// HTTP API.
func recogniseAPI(name, text string) server.Confidence {
	begin := strings.TrimLeft(text, "\ufeff \t\r\n")
	isHTTP := strings.Contains(text, "AWS::Serverless::HttpApi") || strings.Contains(text, "AWS::ApiGatewayV2::Api")
	switch {
	case sourceCode(name):
		return server.NotMine
	case strings.Contains(text, "x-amazon-apigateway-cors") || strings.Contains(text, "CorsConfiguration") && isHTTP:
		return server.Certain
	case strings.HasPrefix(begin, "{") && strings.Contains(text, `"AllowOrigins"`):
		return server.Likely
	case strings.Contains(text, "CorsConfiguration:") && strings.Contains(text, "AllowOrigins:"):
		return server.Likely
	case strings.HasPrefix(begin, "AllowOrigins:"):
		return server.Possible
	}
	return server.NotMine
}

// api is an HTTP API with its configuration.
type api struct {
	at                                 server.Position
	origins, methods, headers, exposed []value
	credentials, maxAge                *value
	routes                             routes
	behind                             server.Answerer
}

// loadAPI reads the CORS configuration of an HTTP API.
func loadAPI(ctx context.Context, src server.Source) (*server.Model, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	root, err := parse(src.Name, src.Text)
	if err != nil {
		return nil, err
	}
	n, err := findAPI(root)
	if err != nil {
		return nil, err
	}
	t := &template{root: root, set: src.Set}
	a := &api{at: n.at, routes: routesOf(root)}
	if err := a.read(t, n); err != nil {
		return nil, err
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	m := &server.Model{Kind: "api-gateway", Fragment: n == root, Server: a, Unknowns: t.unknowns}
	var assumed bool
	if a.behind, assumed = src.BehindAt("integration"); assumed {
		m.Assumptions = append(m.Assumptions, server.Assumption{Position: a.at, Text: "what is behind the API (address integration): " + server.AssumedBackendText})
	}
	m.Assumptions = append(m.Assumptions, t.assumptions...)
	a.describe(m)
	return m, nil
}

// findAPI returns the CORS configuration in a text.
func findAPI(root *node) (*node, error) {
	var found []*node
	for _, n := range append(root.find("CorsConfiguration"), root.find("x-amazon-apigateway-cors")...) {
		if n.get("CorsRules") == nil { // else that of a bucket
			found = append(found, n)
		}
	}
	switch {
	case len(found) > 1:
		return nil, refuse(found[1].at, "this is the CORS configuration of a second API", "give the template of one API")
	case len(found) == 1:
		return found[0], nil
	case root.get("AllowOrigins") != nil || root.get("allowOrigins") != nil:
		return root, nil
	}
	return nil, refuse(root.at, "there is no CORS configuration of an HTTP API in the text", "give CorsConfiguration, x-amazon-apigateway-cors, or an object with AllowOrigins")
}

// read reads the configuration.
func (a *api) read(t *template, n *node) error {
	if n.form == scalar && n.call == "" && n.text == "true" {
		a.origins = []value{{at: n.at, text: "*"}}
		t.assumptions = append(t.assumptions, server.Assumption{Position: n.at, Text: "SAM makes a configuration out of true that allows every origin and has nothing else"})
		return nil
	}
	if n.form == scalar && n.call == "" && n.text != "false" {
		return stop(n.at, "Invalid value for 'Cors' property.")
	}
	if n.form != object {
		return refuse(n.at, "the CORS configuration is not an object", "write an object with AllowOrigins")
	}
	lists := map[string]*[]value{"alloworigins": &a.origins, "allowmethods": &a.methods, "allowheaders": &a.headers, "exposeheaders": &a.exposed}
	for _, f := range n.fields {
		var err error
		switch name := fetch.ByteLowercase(f.name); {
		case lists[name] != nil:
			*lists[name], err = t.list(f.value)
		case name == "maxage":
			a.maxAge, err = t.optional(f.value)
		case name == "allowcredentials":
			a.credentials, err = t.optional(f.value)
		default:
			err = refuse(f.at, f.name+" is not a part of the CORS configuration of an HTTP API", "the parts are AllowCredentials, AllowHeaders, AllowMethods, AllowOrigins, ExposeHeaders and MaxAge")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// optional returns the value of a node; nil for null.
func (t *template) optional(n *node) (*value, error) {
	if n.form == nothing && n.call == "" {
		return nil, nil
	}
	v, err := t.value(n)
	return &v, err
}

// check returns the error about a configuration that API Gateway refuses or that is
// not modelled.
func (a *api) check() error {
	for _, v := range a.origins {
		switch {
		case v.unknown != nil || !strings.Contains(v.text, "*"):
		case v.text == "*" && a.credentials != nil && a.credentials.text == "true":
			return stop(v.at, `AllowCredentials is not supported when AllowOrigins has "*"`)
		case v.text != "*" && v.text != "https://*" && v.text != "http://*":
			return refuse(v.at, "the origin "+v.text+" is not modelled", `the documents name "*", "https://*" and "http://*"`)
		}
	}
	if c := a.credentials; c != nil && c.unknown == nil && c.text != "true" && c.text != "false" {
		return refuse(c.at, "AllowCredentials is neither true nor false", "write true or false")
	}
	if age := a.maxAge; age != nil && age.unknown == nil {
		if n, err := strconv.Atoi(age.text); err != nil || n < -1 || n > 86400 {
			return stop(age.at, "MaxAge is not a number of seconds from -1 to 86400")
		}
	}
	return nil
}

// describe adds what the model says about itself.
func (a *api) describe(m *server.Model) {
	say := func(text string) {
		m.Assumptions = append(m.Assumptions, server.Assumption{Position: a.at, Text: text})
	}
	m.Assumptions = append(m.Assumptions, derived(a.at, "Amazon API Gateway"))
	say("each path has a route; the order of the headers, and the separator of their lists (a comma), are assumed")
	say("an allowed preflight gets the whole lists whatever it asks for, and no answer has a Vary of API Gateway: the documents say nothing else")
	if m.Fragment {
		say("the text is the CORS configuration alone; no route takes every method")
	}
	m.Policy = facts(m.Policy, server.SubjectOrigins, "", a.origins)
	m.Policy = facts(m.Policy, server.SubjectMethods, "", a.methods)
	m.Policy = facts(m.Policy, server.SubjectHeaders, "", a.headers)
	m.Policy = facts(m.Policy, server.SubjectExposed, "", a.exposed)
	if a.credentials != nil {
		m.Policy = facts(m.Policy, server.SubjectCredentials, "", []value{*a.credentials})
	}
	if a.maxAge != nil {
		m.Policy = facts(m.Policy, server.SubjectMaxAge, "", []value{*a.maxAge})
	}
}

// routes says what a template says about the routes of an API that also take
// OPTIONS.
type routes struct {
	every      *server.Position // of a route for each method; nil when there is none
	authorizer *server.Position // of an authorizer; nil when there is none
}

// routesOf looks for routes for each method and for authorizers.
func routesOf(root *node) routes {
	var r routes
	root.walk(func(of *node, f field) {
		name, text := fetch.ByteLowercase(f.name), fetch.ByteLowercase(f.value.text)
		every := name == "x-amazon-apigateway-any-method" || name == "$default" ||
			name == "method" && (text == "any" || text == "*" || text == "options") ||
			name == "routekey" && (text == "$default" || strings.HasPrefix(text, "any ") || strings.HasPrefix(text, "options ")) ||
			name == "options" && f.value.form == object ||
			name == "type" && text == "httpapi" && of.get("Properties").get("Method") == nil
		switch {
		case every:
			r.every = &f.at
		case slices.Contains([]string{"defaultauthorizer", "authorizer", "authorizerid", "authorizationtype", "security", "x-amazon-apigateway-authorizer"}, name) && text != "none":
			r.authorizer = &f.at
		}
	})
	return r
}
