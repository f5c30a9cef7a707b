package aws_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/aws"
)

func load(t *testing.T, r server.Reader, src server.Source) *server.Model {
	t.Helper()
	if src.Name == "" {
		src.Name = "cors"
	}
	m, err := r.Load(t.Context(), src)
	assert.NilError(t, err)
	return m
}

// ask sends a request with an Origin, an Access-Control-Request-Method and
// Access-Control-Request-Headers, where they are not empty, and returns the status
// ("?" when it is not known) and the headers, one a line.
func ask(m *server.Model, method, origin, wanted, headers string) string {
	req := &server.Request{Method: method, Target: "/x"}
	for _, h := range []fetch.Header{{Name: "Host", Value: "a.example"}, {Name: "Origin", Value: origin}, {Name: "Access-Control-Request-Method", Value: wanted}, {Name: "Access-Control-Request-Headers", Value: headers}} {
		if h.Value != "" {
			req.Header = append(req.Header, h)
		}
	}
	a, err := m.Answer(context.Background(), req)
	if err != nil {
		return err.Error()
	}
	out := []string{strconv.Itoa(a.Status)}
	if a.StatusUnknown != nil {
		out[0] = "?"
	}
	for _, h := range a.Header {
		if h.Name != "Content-Type" {
			out = append(out, strings.TrimPrefix(h.Name, "Access-Control-")+": "+h.Value)
		}
	}
	return strings.Join(out, "\n")
}

const ruleList = `[
	{"AllowedHeaders": ["x-amz-*", "Content-Type"], "AllowedMethods": ["PUT", "POST", "DELETE"], "AllowedOrigins": ["https://a.example", "https://*.b.example"], "ExposeHeaders": ["ETag", "x-amz-id-2"], "MaxAgeSeconds": 3000},
	{"AllowedHeaders": [], "AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "ExposeHeaders": []}
]`

const ruleXML = `<?xml version="1.0" encoding="UTF-8"?>
<!-- the same -->
<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
 <CORSRule>
   <AllowedOrigin>https://a.example</AllowedOrigin>
   <AllowedOrigin>https://*.b.example</AllowedOrigin>
   <AllowedMethod>PUT</AllowedMethod><AllowedMethod>POST</AllowedMethod><AllowedMethod>DELETE</AllowedMethod>
   <AllowedHeader>x-amz-*</AllowedHeader><AllowedHeader>Content-Type</AllowedHeader>
   <MaxAgeSeconds>3000</MaxAgeSeconds>
   <ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-amz-id-2</ExposeHeader>
 </CORSRule>
 <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>
</CORSConfiguration>`

const ruleTemplate = `Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      CorsConfiguration:
        CorsRules:
          - Id: uploads
            AllowedHeaders: [x-amz-*, Content-Type]
            AllowedMethods: [PUT, POST, DELETE]
            AllowedOrigins: [https://a.example, 'https://*.b.example']
            ExposedHeaders: [ETag, x-amz-id-2]
            MaxAge: 3000
          - AllowedMethods: [GET]
            AllowedOrigins: ['*']
`

const (
	varyLine = "\nVary: Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
	restOfA  = "\nAllow-Methods: PUT, POST, DELETE"
	tailOfA  = "\nExpose-Headers: ETag, x-amz-id-2\nMax-Age: 3000\nAllow-Credentials: true" + varyLine
)

// The first rule that fits the whole request decides; each form of the same rules
// gives the same answers.
func TestS3(t *testing.T) {
	for name, text := range map[string]string{
		"list": ruleList, "object": `{"CORSRules": ` + ruleList + `}`, "CLI": `{"Bucket": "b", "CORSConfiguration": {"CORSRules": ` + ruleList + `}}`,
		"XML": ruleXML, "template": ruleTemplate,
	} {
		m := load(t, aws.S3Reader(), server.Source{Text: text})
		for _, test := range []struct{ name, method, origin, wanted, headers, want string }{
			{"no Origin", "GET", "", "", "", "200"},
			{"any origin", "GET", "https://c.example", "", "", "200\nAllow-Origin: *\nAllow-Methods: GET" + varyLine},
			{"null", "GET", "null", "", "", "200\nAllow-Origin: *\nAllow-Methods: GET" + varyLine},
			{"HEAD is a method of its own", "HEAD", "https://c.example", "", "", "200"},
			{"PUT", "PUT", "https://a.example", "", "", "?\nAllow-Origin: https://a.example" + restOfA + tailOfA},
			{"PUT, other origin", "PUT", "https://c.example", "", "", "?"},
			{"preflight", "OPTIONS", "https://a.example", "PUT", "content-type,x-amz-date", "200\nAllow-Origin: https://a.example" + restOfA + "\nAllow-Headers: content-type, x-amz-date" + tailOfA},
			{"part of an origin", "OPTIONS", "https://x.b.example", "PUT", "", "200\nAllow-Origin: https://x.b.example" + restOfA + tailOfA},
			{"the dot is needed", "OPTIONS", "https://xb.example", "PUT", "", "403"},
			{"case", "OPTIONS", "https://A.example", "PUT", "", "403"},
			{"header", "OPTIONS", "https://a.example", "PUT", "authorization", "403"},
			{"header for GET", "OPTIONS", "https://a.example", "GET", "x-amz-date", "403"},
			{"GET", "OPTIONS", "https://a.example", "GET", "", "200\nAllow-Origin: *\nAllow-Methods: GET" + varyLine},
			{"PATCH", "OPTIONS", "https://a.example", "PATCH", "", "?"},
			{"OPTIONS alone", "OPTIONS", "https://a.example", "", "", "?"},
		} {
			t.Run(name+"/"+test.name, func(t *testing.T) {
				assert.Equal(t, ask(m, test.method, test.origin, test.wanted, test.headers), test.want)
			})
		}
	}
}

// What S3 refuses when rules are stored is an error of the start; other mistakes are
// errors of the input.
func TestS3Refused(t *testing.T) {
	for text, want := range map[string]string{
		`[{"AllowedMethods": ["PATCH"], "AllowedOrigins": ["*"]}]`:                       "cors:1:22: InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is PATCH",
		`[{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://*.*.a"]}]`:             `cors:1:49: InvalidRequest: AllowedOrigin "https://*.*.a" can not have more than one wildcard.`,
		`[{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "ExposeHeaders": ["*"]}]`: `cors:1:73: InvalidRequest: ExposeHeader "*" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
		`[{"AllowedMethods": ["GET"]}]`:                                                  "cors:1:2: MalformedXML: each rule needs at least one origin and one method",
		`[{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "Allow": 1}]`:             `cors:1:55: Unknown parameter in CORSConfiguration.CORSRules[0]: "Allow", must be one of: ID, AllowedHeaders, AllowedMethods, AllowedOrigins, ExposeHeaders, MaxAgeSeconds`,
		`<CORSConfiguration><Rule/></CORSConfiguration>`:                                 "cors:1:20: MalformedXML: Rule is not an element of CORSConfiguration",
		`<CORSConfiguration>`: "cors:1:20: MalformedXML: the XML is not well-formed",
	} {
		_, err := aws.S3Reader().Load(t.Context(), server.Source{Name: "cors", Text: text})
		_, ok := errors.AsType[*server.StartError](err)
		assert.Check(t, ok, text)
		assert.Check(t, err != nil && err.Error() == want, "%s: %v", text, err)
	}
	for _, text := range []string{"", "[", "{}", "[1]", `[{"AllowedMethods": ["GET"],}]`, `[] []`, `[{"AllowedMethods": [["GET"]], "AllowedOrigins": ["*"]}]`, strings.Repeat("[", 100000), strings.Repeat("<a>", 100000), "a: [", strings.Repeat(" ", 2<<20)} {
		_, err := aws.S3Reader().Load(t.Context(), server.Source{Name: "cors", Text: text})
		_, ok := errors.AsType[*server.InputError](err)
		assert.Check(t, ok, "%.40q: %v", text, err)
		assert.Check(t, err != nil && !strings.Contains(err.Error(), "\n"))
	}
}

// A value that the template does not give is not known, until it is given.
func TestS3Unknown(t *testing.T) {
	text := strings.ReplaceAll(ruleTemplate, "https://a.example,", "!Ref Site,")
	m := load(t, aws.S3Reader(), server.Source{Text: text})
	assert.Equal(t, len(m.Unknowns), 1)
	const want = "cors:10:30: Site is not known; give it with --set Site=…"
	assert.Equal(t, ask(m, "OPTIONS", "https://a.example", "PUT", ""), want)
	assert.Equal(t, ask(m, "OPTIONS", "https://x.b.example", "PUT", ""), want) // it may be "*"
	assert.Equal(t, ask(m, "OPTIONS", "https://a.example", "GET", ""), "200\nAllow-Origin: *\nAllow-Methods: GET"+varyLine)
	m = load(t, aws.S3Reader(), server.Source{Text: text, Set: map[string]string{"Site": "https://a.example"}})
	assert.Equal(t, ask(m, "OPTIONS", "https://a.example", "PUT", ""), "200\nAllow-Origin: https://a.example"+restOfA+tailOfA)
	m = load(t, aws.S3Reader(), server.Source{Text: "Parameters:\n  Site: {Type: String, Default: 'https://a.example'}\n" + text})
	assert.Equal(t, ask(m, "OPTIONS", "https://a.example", "PUT", ""), "200\nAllow-Origin: https://a.example"+restOfA+tailOfA)
}

const apiTemplate = `Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: [https://a.example, 'https://*']
        AllowMethods:
          - GET
          - PUT
        AllowHeaders: [Content-Type, Authorization]
        ExposeHeaders: [X-A]
        MaxAge: 300
        AllowCredentials: true
`

const apiOpen = `{"openapi": "3.0.1", "x-amazon-apigateway-cors": {
	"allowOrigins": ["https://a.example", "https://*"], "allowMethods": ["GET", "PUT"], "allowHeaders": ["Content-Type", "Authorization"],
	"exposeHeaders": ["X-A"], "maxAge": 300, "allowCredentials": true}}`

const apiBare = `{"AllowOrigins": ["https://a.example", "https://*"], "AllowMethods": ["GET", "PUT"], "AllowHeaders": ["Content-Type", "Authorization"], "ExposeHeaders": ["X-A"], "MaxAge": 300, "AllowCredentials": true}`

// API Gateway answers preflights itself and replaces the CORS headers of what stands
// behind.
func TestAPIGateway(t *testing.T) {
	behind := []server.Behind{{Server: server.Backend{{Status: 201, Header: fetch.HeaderList{{Name: "access-control-allow-origin", Value: "*"}, {Name: "X-A", Value: "1"}}}}}}
	const lists = "\nAllow-Methods: GET,PUT\nAllow-Headers: Content-Type,Authorization\nMax-Age: 300\nExpose-Headers: X-A"
	for name, text := range map[string]string{"template": apiTemplate, "OpenAPI": apiOpen, "bare": apiBare} {
		m := load(t, aws.APIGatewayReader(), server.Source{Text: text, Behind: behind})
		for _, test := range []struct{ name, method, origin, wanted, headers, want string }{
			{"no Origin", "GET", "", "", "", "201\nX-A: 1"},
			{"allowed", "GET", "https://a.example", "", "", "201\nX-A: 1\nAllow-Origin: https://a.example\nAllow-Credentials: true\nExpose-Headers: X-A"},
			{"https", "GET", "https://b.example", "", "", "201\nX-A: 1\nAllow-Origin: https://b.example\nAllow-Credentials: true\nExpose-Headers: X-A"},
			{"http", "GET", "http://b.example", "", "", "201\nX-A: 1"},
			{"preflight", "OPTIONS", "https://a.example", "PUT", "content-type", "204\nAllow-Origin: https://a.example\nAllow-Credentials: true" + lists},
			{"preflight, other method", "OPTIONS", "https://a.example", "DELETE", "", "204\nAllow-Origin: https://a.example\nAllow-Credentials: true" + lists},
			{"preflight, other origin", "OPTIONS", "http://b.example", "PUT", "", "?"},
			{"OPTIONS alone", "OPTIONS", "https://a.example", "", "", "?"},
		} {
			t.Run(name+"/"+test.name, func(t *testing.T) {
				assert.Equal(t, ask(m, test.method, test.origin, test.wanted, test.headers), test.want)
			})
		}
		assert.Check(t, strings.Contains(ask(m, "OPTIONS", "https://a.example", "POST", ""), "is not known"))
	}
}

// Where the documents leave open what a browser's verdict depends on, the answer is
// not known.
func TestAPIGatewayUnknown(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"star with credentials", `{"AllowOrigins": ["https://a.example"], "AllowMethods": ["*"], "AllowCredentials": true}`, `cors:1:58: whether API Gateway sends "*" as it stands when AllowCredentials is true is not known; write the list`},
		{"star", `{"AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"]}`, "204\nAllow-Origin: *\nAllow-Methods: *\nAllow-Headers: *"},
		{"case", `{"AllowOrigins": ["https://A.example"], "AllowMethods": ["PUT"]}`, "cors:1:19: whether API Gateway compares origins with their case is not known; write the origin in lower case, as browsers send it"},
		{"parameter", strings.ReplaceAll(apiTemplate, "https://a.example,", "!Sub 'https://${Site}',"), "cors:6:24: Site is not known; give it with --set Site=…"},
		{"if", strings.ReplaceAll(apiTemplate, "[https://a.example, 'https://*']", "!If [A, [a], [b]]"), "cors:6:23: the value of If is not known; write the value in its place"},
		{"every method", apiTemplate + "  Route: {Type: AWS::ApiGatewayV2::Route, Properties: {RouteKey: ANY /x}}\n", "?\nAllow-Origin: https://a.example\nAllow-Credentials: true\nAllow-Methods: GET,PUT\nAllow-Headers: Content-Type,Authorization\nMax-Age: 300\nExpose-Headers: X-A"},
		{"authorizer", apiTemplate + "  Route: {Type: AWS::ApiGatewayV2::Route, Properties: {RouteKey: $default, AuthorizationType: JWT}}\n", "cors:14:56: whether an authorizer answers preflights on this route is not known; a route for each method takes OPTIONS too; give OPTIONS a route without an authorizer and leave the others out of the text"},
		{"SAM", "Resources:\n  A: {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: true}}\n", "204\nAllow-Origin: *"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := load(t, aws.APIGatewayReader(), server.Source{Text: test.text})
			assert.Equal(t, ask(m, "OPTIONS", "https://a.example", "PUT", ""), test.want)
		})
	}
	for _, text := range []string{`{"AllowOrigins": ["*"], "AllowCredentials": true}`, "CorsConfiguration: https://a.example", `{"AllowOrigins": ["https://a.example"], "MaxAge": 86401}`} {
		_, err := aws.APIGatewayReader().Load(t.Context(), server.Source{Name: "cors", Text: text})
		_, ok := errors.AsType[*server.StartError](err)
		assert.Check(t, ok, "%s: %v", text, err)
	}
	for _, text := range []string{"", "{}", `{"AllowOrigins": ["https://*.a.example"]}`, `{"AllowOrigins": ["a"], "AllowOrigin": "b"}`, `{"AllowOrigins": ["a"], "AllowCredentials": "yes"}`, "CorsConfiguration: false", "a: *b", strings.Repeat("- ", 1000), strings.Repeat("{", 10000)} {
		_, err := aws.APIGatewayReader().Load(t.Context(), server.Source{Name: "cors", Text: text})
		_, ok := errors.AsType[*server.InputError](err)
		assert.Check(t, ok, "%.40q: %v", text, err)
		assert.Check(t, err != nil && !strings.Contains(err.Error(), "\n"))
	}
}

// Long texts are read in time that grows with their length: if it grew with the square,
// the test would need hours.
func TestLongTexts(t *testing.T) {
	for _, text := range []string{
		"[" + strings.Repeat("1,", 500000) + "1]",
		`{"CORSRules": [` + strings.Repeat(`{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]},`, 15000) + "{}]}",
		"<CORSConfiguration><CORSRule><AllowedOrigin>" + strings.Repeat("a<!---->", 100000) + "</AllowedOrigin></CORSRule></CORSConfiguration>",
		"<CORSConfiguration>" + strings.Repeat("<CORSRule/>", 90000) + "</CORSConfiguration>",
		"<CORSConfiguration><CORSRule>" + strings.Repeat("<AllowedOrigin>a</AllowedOrigin>", 30000) + "</CORSRule></CORSConfiguration>",
	} {
		_, err := aws.S3Reader().Load(t.Context(), server.Source{Text: text})
		assert.Check(t, err != nil)
	}
}

// Each text is recognised as its kind and as no other.
func TestRecognise(t *testing.T) {
	for _, test := range []struct {
		name, text string
		s3, api    server.Confidence
	}{
		{"cors.json", ruleList, server.Certain, server.NotMine},
		{"cors.xml", ruleXML, server.Certain, server.NotMine},
		{"template.yaml", ruleTemplate, server.Certain, server.NotMine},
		{"template.yaml", apiTemplate, server.NotMine, server.Certain},
		{"api.json", apiOpen, server.NotMine, server.Certain},
		{"", apiBare, server.NotMine, server.Likely},
		{"stack.ts", apiBare, server.NotMine, server.NotMine},
		{"package.json", "{}", server.NotMine, server.NotMine},
	} {
		assert.Equal(t, aws.S3Reader().Recognise(test.name, test.text), test.s3, test.name)
		assert.Equal(t, aws.APIGatewayReader().Recognise(test.name, test.text), test.api, test.name)
	}
}

func FuzzS3(f *testing.F) {
	f.Add(ruleList)
	f.Add(ruleXML)
	f.Add(ruleTemplate)
	f.Fuzz(func(_ *testing.T, text string) { try(aws.S3Reader(), text) })
}

func FuzzAPIGateway(f *testing.F) {
	f.Add(apiTemplate)
	f.Add(apiOpen)
	f.Add(apiBare)
	f.Fuzz(func(_ *testing.T, text string) { try(aws.APIGatewayReader(), text) })
}

// try reads a text and asks its model.
func try(r server.Reader, text string) {
	m, err := r.Load(context.Background(), server.Source{Name: "x", Text: text})
	if err == nil {
		ask(m, "OPTIONS", "https://a.example", "PUT", "x-a")
		ask(m, "GET", "https://a.example", "", "")
	}
}
