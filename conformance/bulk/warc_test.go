package bulk_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch/browser"
)

// warcRecord returns a record of a WARC file.
func warcRecord(kind, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: metadata\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, len(block), block)
}

func watOf(headers string) string {
	return `{"Envelope":{"Payload-Metadata":{"HTTP-Response-Metadata":{"Response-Message":{"Status":"200"},"Headers":{` + headers + `}}}}}`
}

// Each record is compressed by itself, as in Common Crawl's files. Records that are not JSON count, and have no verdict.
func TestWARC(t *testing.T) {
	var file bytes.Buffer
	for _, record := range []string{
		warcRecord("application/warc-fields", "Software-Info: a crawler\r\n{\"url\":1}\r\n"),
		warcRecord("application/json", watOf(`"Access-Control-Allow-Origin":"*"`)),
		warcRecord("application/json", watOf("\r\n")),
		warcRecord("application/json", `{"Envelope":1}`),
		warcRecord("application/json", watOf(`"access-control-allow-origin":"https://a.example"`)),
	} {
		w := gzip.NewWriter(&file)
		_, err := w.Write([]byte(record))
		assert.NilError(t, err)
		assert.NilError(t, w.Close())
	}
	var out bytes.Buffer
	r := bulk.Runner{Profile: browser.Spec(), Summary: bulk.NewSummary("spec")}
	tally, err := r.Run(context.Background(), bytes.NewReader(file.Bytes()), "crawl.wat.gz", &out)
	assert.NilError(t, err)
	assert.DeepEqual(t, tally, bulk.Tally{Next: 6, Judged: 3, Skipped: 1})
	assert.DeepEqual(t, r.Summary.Sources, bulk.Counts{"commoncrawl": 3})
	assert.DeepEqual(t, r.Summary.AllowOrigin, bulk.Counts{"*": 1, "not there": 1, "another origin": 1})
	lines := strings.Split(out.String(), "\n")
	assert.Equal(t, lines[0], `{"line":2,"kind":"unknown"}`)
	assert.Assert(t, strings.HasPrefix(lines[2], `{"line":4,"error":`), lines[2])
}

func TestBrokenWARC(t *testing.T) {
	good := warcRecord("application/json", watOf(""))
	for name, c := range map[string]struct{ text, problem string }{
		"no-length": {good + "WARC/1.0\r\nContent-Type: application/json\r\n\r\n{}", "no Content-Length"},
		"length":    {good + "WARC/1.0\r\nContent-Length: much\r\n\r\n{}", `the length "much"`},
		"header":    {good + "WARC/1.0\r\nContent-Length: 1", "does not end"},
		"endless":   {good + strings.Repeat("X: y\r\n", 20_000), "does not end"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			r := bulk.Runner{Profile: browser.Spec()}
			_, err := r.Run(context.Background(), strings.NewReader(c.text), "crawl.wat", &out)
			assert.ErrorContains(t, err, c.problem)
			assert.Equal(t, out.String(), `{"line":1,"kind":"unknown"}`+"\n")
		})
	}
}
