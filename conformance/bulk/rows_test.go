package bulk_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
)

func TestRows(t *testing.T) {
	const blocked = `"Access to fetch at 'https://b.test/x' from origin 'https://a.test' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."`
	start := `{"date":"2026-01-01","page":"https://a.test/","url":"https://b.test/x","summary":"{\"method\":\"GET\",\"status\":200}",` +
		`"request_headers":[{"name":"Origin","value":"https://a.test"},{"name":"Sec-Fetch-Mode","value":"cors"}],`
	failure := `"kind":"simple","outcome":"blocked","failure":{"reason":"allow-origin-missing","header":"Access-Control-Allow-Origin","want":"https://a.test"}}`
	for name, c := range map[string]struct{ line, want string }{
		"archive":             {start + `"response_headers":[]}`, `{"line":1,` + failure},
		"archive-console":     {start + `"response_headers":[],"console":[` + blocked + `]}`, `{"line":1,"console":"same-reason",` + failure},
		"archive-only-corsim": {start + `"response_headers":[],"console":[]}`, `{"line":1,"console":"only-corsim-blocks",` + failure},
		"archive-only-console": {start + `"response_headers":[{"name":"Access-Control-Allow-Origin","value":"*"}],"console":[` + blocked + `]}`,
			`{"line":1,"console":"only-console-blocks","kind":"simple","outcome":"shared"}`},
		"archive-neither": {start + `"response_headers":[{"name":"Access-Control-Allow-Origin","value":"*"}],"console":[]}`,
			`{"line":1,"console":"neither-blocks","kind":"simple","outcome":"shared"}`},
		"archive-page": {`{"page":"https://a.test/","url":"https://a.test/","is_main_document":true,"response_headers":[],"console":[]}`,
			`{"line":1,"kind":"navigation"}`},
		"mitmproxy": {`{"client_conn":{},"request":{"method":"GET","scheme":"https","host":"b.test","port":443,"path":"/x","headers":[["Origin","https://a.test"]]},"response":{"status_code":200,"headers":[]}}`,
			`{"line":1,` + failure},
		"common-crawl": {`{"Container":{},"Envelope":{"Payload-Metadata":{"HTTP-Response-Metadata":{"Response-Message":{"Status":"200"},"Headers":{"Access-Control-Allow-Origin":["*","*"],"Server":"x"}}}}}`,
			`{"line":1,"kind":"unknown"}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := judged(t, bulk.Runner{}, c.line)
			assert.Equal(t, got, c.want+"\n")
		})
	}
	crawl := summarized(t, `{"Envelope":{"Payload-Metadata":{"HTTP-Response-Metadata":{"Response-Message":{"Status":"200"},"Headers":{"Access-Control-Allow-Origin":["*","*"]}}}}}`+"\n"+
		`{"Envelope":{"Payload-Metadata":{"HTTP-Request-Metadata":{}}}}`)
	assert.DeepEqual(t, crawl.AllowOrigin, bulk.Counts{"several values": 1})
	assert.DeepEqual(t, crawl.Sources, bulk.Counts{"commoncrawl": 2})
}
