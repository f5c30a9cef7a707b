package capture

import (
	"errors"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// Row is a record of a large collection: an entry, and what the collection says
// beside it.
type Row struct {
	Entry *HAREntry
	// Preflight is the entry's preflight; nil if there is none.
	Preflight *HAREntry
	// Console holds the lines of the browser's console about the request. HasConsole
	// reports whether the row says what was on the console, even if nothing did.
	Console    []string
	HasConsole bool
}

// Exchange returns the row as an exchange.
func (r *Row) Exchange() *HARExchange { return r.Entry.exchange(r.Preflight) }

// archiveRow is a row of HTTP Archive's table crawl.requests, with the columns that
// docs/bulk.md adds to it.
type archiveRow struct {
	Page, URL       string
	IsMainDocument  bool       `json:"is_main_document"`
	RequestHeaders  harHeaders `json:"request_headers"`
	ResponseHeaders harHeaders `json:"response_headers"`
	Method          string
	Status          int
	Summary         archiveSummary
	Preflight       *struct {
		Status          int
		RequestHeaders  harHeaders `json:"request_headers"`
		ResponseHeaders harHeaders `json:"response_headers"`
	}
	Console *[]string
}

// archiveSummary is the column summary: an object, or its text as a string.
type archiveSummary struct {
	Method string
	Status int
}

// UnmarshalJSONFrom reads an object or the text of one.
func (s *archiveSummary) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain archiveSummary
	if dec.PeekKind() != '"' {
		return json.UnmarshalDecode(dec, (*plain)(s))
	}
	var text string
	if err := json.UnmarshalDecode(dec, &text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), (*plain)(s), lenient)
}

// DecodeArchiveRow decodes a row of HTTP Archive's table of requests.
func DecodeArchiveRow(text string) (*Row, error) {
	var row archiveRow
	if err := json.UnmarshalRead(strings.NewReader(text), &row, lenient); err != nil {
		return nil, entryProblem(err)
	}
	entry := row.entry()
	out := &Row{HasConsole: row.Console != nil}
	if row.Console != nil {
		out.Console = *row.Console
	}
	var err error
	if out.Entry, err = newHAREntry(&entry); err != nil {
		return nil, err
	}
	out.Entry.Page = row.Page
	out.Entry.toldCredentials = strings.Contains(strings.Join(out.Console, "\n"), "credentials mode is 'include'")
	if p := row.Preflight; p != nil {
		ask := harEntry{}
		ask.Request.Method, ask.Request.URL, ask.Request.Headers = "OPTIONS", row.URL, p.RequestHeaders
		ask.Response.Status, ask.Response.Headers = p.Status, p.ResponseHeaders
		out.Preflight, err = newHAREntry(&ask)
	}
	return out, err
}

// entry returns the row as an entry of a HAR file.
func (row *archiveRow) entry() harEntry {
	var out harEntry
	out.Request.URL, out.Request.Headers = row.URL, row.RequestHeaders
	out.Request.Method = firstOf(row.Method, row.Summary.Method, "GET")
	out.Response.Status, out.Response.Headers = max(row.Status, row.Summary.Status), row.ResponseHeaders
	if row.IsMainDocument {
		out.ResourceType = "document"
	}
	return out
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// flowHeaders are the headers of a flow: pairs of a name and a value.
type flowHeaders [][]string

// list returns the headers as a list of headers.
func (h flowHeaders) list() (out harHeaders, err error) {
	for _, pair := range h {
		if len(pair) != 2 {
			return nil, errors.New("headers: a header is a pair of a name and a value")
		}
		if !strings.HasPrefix(pair[0], ":") {
			out = append(out, fetch.Header{Name: pair[0], Value: scenario.BytesOfText(pair[1])})
		}
	}
	return out, nil
}

// DecodeFlow decodes a flow that mitmproxy wrote as JSON.
func DecodeFlow(text string) (*Row, error) {
	var flow struct {
		Request struct {
			Method, Scheme, Host, Path string
			Port                       int
			Headers                    flowHeaders
		}
		Response *struct {
			StatusCode int `json:"status_code"`
			Headers    flowHeaders
		}
	}
	if err := json.UnmarshalRead(strings.NewReader(text), &flow, lenient); err != nil {
		return nil, entryProblem(err)
	}
	var out harEntry
	var err, err2 error
	q := &flow.Request
	out.Request.Method = q.Method
	out.Request.URL = q.Scheme + "://" + q.Host + ":" + strconv.Itoa(q.Port) + q.Path
	out.Request.Headers, err = q.Headers.list()
	if r := flow.Response; r != nil {
		out.Response.Status = r.StatusCode
		out.Response.Headers, err2 = r.Headers.list()
	}
	if err = errors.Join(err, err2); err != nil {
		return nil, err
	}
	entry, err := newHAREntry(&out)
	return &Row{Entry: entry}, err
}

// crawledHeaders are the headers of a response as a WAT record has them: a value or an
// array of values by a name.
type crawledHeaders fetch.HeaderList

// UnmarshalJSONFrom reads an object.
func (l *crawledHeaders) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() != '{' {
		return json.UnmarshalDecode(dec, (*fetch.HeaderList)(l)) // returns an error
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != '}' {
		var name string
		if err := json.UnmarshalDecode(dec, &name); err != nil {
			return err
		}
		values := make([]string, 1)
		var err error
		if dec.PeekKind() == '[' {
			err = json.UnmarshalDecode(dec, &values)
		} else {
			err = json.UnmarshalDecode(dec, &values[0])
		}
		if err != nil {
			return err
		}
		for _, value := range values {
			*l = append(*l, fetch.Header{Name: name, Value: scenario.BytesOfText(value)})
		}
	}
	_, err := dec.ReadToken()
	return err
}

// DecodeCrawled decodes the JSON of a WAT record of Common Crawl. It returns the
// response, and nil for a record that is not about a response.
func DecodeCrawled(text string) (*fetch.WireResponse, error) {
	var record struct {
		Envelope struct {
			Payload struct {
				Response *struct {
					Message struct{ Status string } `json:"Response-Message"`
					Headers crawledHeaders
				} `json:"HTTP-Response-Metadata"`
			} `json:"Payload-Metadata"`
		}
	}
	if err := json.UnmarshalRead(strings.NewReader(text), &record, lenient); err != nil {
		return nil, entryProblem(err)
	}
	r := record.Envelope.Payload.Response
	if r == nil {
		return nil, nil
	}
	status, err := strconv.Atoi(r.Message.Status)
	if err != nil || status < 100 || status > 999 {
		return nil, errors.New("Response-Message/Status: want a status code")
	}
	return &fetch.WireResponse{Status: status, Header: fetch.HeaderList(r.Headers)}, nil
}
