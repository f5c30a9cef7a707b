//go:build crawl

package record

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

type object = map[string]any

// named returns headers as HAR files and HTTP Archive have them.
func named(headers [][2]string) []object {
	out := []object{}
	for _, h := range headers {
		out = append(out, object{"name": h[0], "value": h[1]})
	}
	return out
}

// har returns a HAR file with all pages, as the developer tools of Chromium write it. Sizes and times, which are not
// verdicts, are left out.
func (out *crawl) har() string {
	pages, entries := []object{}, []object{}
	number := make(map[string]string)
	for i, page := range out.Pages {
		number[page] = fmt.Sprint("page_", i+1)
		pages = append(pages, object{"id": number[page], "title": page, "startedDateTime": "2026-11-29T00:00:00.000Z", "pageTimings": object{}})
	}
	for _, r := range out.Requests {
		response := object{"status": r.Status, "headers": named(r.Answer), "content": object{"size": 0, "mimeType": ""}, "redirectURL": ""}
		if r.Error != "" {
			response["_error"] = r.Error
		}
		entries = append(entries, object{
			"pageref": number[r.Page], "startedDateTime": r.Started.Format(time.RFC3339Nano), "_resourceType": r.Type,
			"request": object{"method": r.Method, "url": r.URL, "headers": named(r.Header)}, "response": response,
		})
	}
	name, version, _ := strings.Cut(out.Browser, " ")
	var file struct {
		Log struct {
			Version string   `json:"version"`
			Creator object   `json:"creator"`
			Browser object   `json:"browser"`
			Pages   []object `json:"pages"`
			Entries []object `json:"entries"`
		} `json:"log"`
	}
	file.Log.Version, file.Log.Pages, file.Log.Entries = "1.2", pages, entries
	file.Log.Creator, file.Log.Browser = object{"name": "WebInspector", "version": "537.36"}, object{"name": name, "version": version}
	return text(file)
}

// rows returns the requests that reached the network as rows of HTTP Archive's table crawl.requests, with the columns
// preflight and console that docs/bulk.md describes.
func (out *crawl) rows() string {
	var lines strings.Builder
	for _, r := range out.Requests {
		if !r.sent {
			continue
		}
		row := object{
			"date": "2026-11-29", "client": "desktop", "page": r.Page, "url": r.URL, "is_main_document": r.URL == r.Page, "type": r.Type,
			"summary": text(object{"method": r.Method, "status": r.Status}), "request_headers": named(r.Header), "response_headers": named(r.Answer),
		}
		if r.Method != "OPTIONS" {
			row["console"] = append([]string{}, out.Console[r.Page][r.URL]...)
		}
		if q := r.preflight; q != nil && q.sent {
			row["preflight"] = object{"status": q.Status, "request_headers": named(q.Header), "response_headers": named(q.Answer)}
		}
		lines.WriteString(text(row) + "\n")
	}
	return lines.String()
}

// verdicts returns why each entry of the HAR file failed, in Chromium's own words.
func (out *crawl) verdicts() string {
	var lines strings.Builder
	for i, r := range out.Requests {
		v := object{"entry": i, "page": r.Page, "url": r.URL, "method": r.Method}
		for name, word := range map[string]string{"error": r.Error, "code": r.Code, "blocked": r.Blocked} {
			if word != "" {
				v[name] = word
			}
		}
		lines.WriteString(text(v) + "\n")
	}
	return lines.String()
}

func text(v any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings and numbers only
	}
	return strings.TrimSpace(out.String())
}

// writeGzip writes a compressed file without a time, so that equal texts give equal files.
func writeGzip(file, text string) error {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}
