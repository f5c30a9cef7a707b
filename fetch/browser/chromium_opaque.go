package browser

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// chromiumBlocksOpaque returns the failure of an opaque response that Chromium
// does not give to an element; nil if it does.
// https://whatpr.org/fetch/1442.html#orb-algorithm
func chromiumBlocksOpaque(f *fetcher, resp *fetch.Response) *fetch.Failure {
	essence := chromiumType(resp.Header)
	switch {
	case f.req.CurrentURL().HasOrigin(f.req.Origin):
		return nil
	// Step 3.1: style sheets, SVG and media pass, but scripts are checked further.
	case essence == "text/css" || essence == "image/svg+xml" || isChromiumMedia(essence):
		return nil
	// Step 3.2: types that are never media, scripts or style sheets.
	case slices.Contains(chromiumNeverSniffed, essence):
		return blockedOpaque("3.2", resp)
	// Step 3.4: HTML, XML, JSON and plain text with nosniff.
	case (fetch.IsOpaqueBlocklisted(essence) || essence == "application/json+protobuf") && fetch.DetermineNosniff(resp.Header):
		return blockedOpaque("3.4", resp)
	// Step 5: the first part of a resource must start at the first byte.
	case resp.Status == 206 && startsInTheMiddle(resp):
		return blockedOpaque("5", resp)
	// Steps 6 to 10: audio, video and images by their first bytes.
	case checkSignature(resp, mediaSignatures, "") == nil || checkSignature(resp, imageSignatures, "") == nil:
		return nil
	// Step 13: a response without a type passes.
	case essence == "":
		return nil
	// Step 15: a body that begins like HTML, XML or data is not a script.
	case beginsAsHTML(resp.Body), beginsAsXML(resp.Body), beginsAsData(resp.Body):
		return blockedOpaque("15", resp)
	}
	return nil
}

func isChromiumMedia(essence string) bool {
	switch essence {
	case "application/ogg", "application/dash+xml", "application/vnd.apple.mpegurl", "text/vtt":
		return true
	}
	return strings.HasPrefix(essence, "audio/") || strings.HasPrefix(essence, "video/")
}

// startsInTheMiddle reports whether Content-Range says that a partial response
// starts after the first byte.
func startsInTheMiddle(resp *fetch.Response) bool {
	value, ok := resp.Header.Get("Content-Range")
	return ok && strings.HasPrefix(value, "bytes ") && !strings.HasPrefix(value, "bytes 0-")
}

// chromiumSniffs is the number of bytes of a body that the checks below read.
const chromiumSniffs = 1024

func sniffed(body string) string { return body[:min(len(body), chromiumSniffs)] }

// beginsAsHTML reports whether a body begins with an HTML tag, after any
// comments. A comment extends to the end of its line, as in JavaScript.
func beginsAsHTML(body string) bool {
	body = sniffed(body)
	for {
		body = strings.TrimLeft(body, " \t\r\n")
		if hasTag(body) {
			return true
		}
		comment, ok := strings.CutPrefix(body, "<!--")
		if !ok {
			return false
		}
		_, behind, ok := strings.Cut(comment, "-->")
		end := strings.IndexAny(behind, "\n\r\u2028\u2029")
		if !ok || end < 0 {
			return false
		}
		body = behind[end:]
	}
}

func hasTag(body string) bool {
	return slices.ContainsFunc(htmlTags, func(tag string) bool {
		return len(body) >= len(tag) && fetch.EqualFold(body[:len(tag)], tag)
	})
}

var htmlTags = []string{
	"<!doctype html", "<script", "<html", "<head", "<iframe", "<h1", "<div", "<font", "<table", "<a", "<style", "<title", "<b", "<p",
}

func beginsAsXML(body string) bool {
	return strings.HasPrefix(strings.TrimLeft(sniffed(body), " \t\r\n"), "<?xml")
}

// beginsAsData reports whether a body begins with a JSON object that has a
// member, or with a prefix that prevents that data runs as a script.
func beginsAsData(body string) bool {
	body = sniffed(body)
	if slices.ContainsFunc(scriptBreakers, func(prefix string) bool { return strings.HasPrefix(body, prefix) }) {
		return true
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(body, " \t\r\n"), "{")
	if !ok {
		return false
	}
	rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " \t\r\n"), `"`)
	return ok && strings.HasPrefix(strings.TrimLeft(afterString(rest), " \t\r\n"), ":")
}

// afterString returns the text after the quotation mark that ends a string.
func afterString(s string) string {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return s[i+1:]
		}
	}
	return ""
}

var scriptBreakers = []string{")]}'", "{}&&", "{} &&", "for(;;);", "for (;;);", "while(1);", "while (1);"}

// chromiumNeverSniffed are the types that are blocked without a look at the
// body.
var chromiumNeverSniffed = []string{
	"application/gzip", "application/msexcel", "application/mspowerpoint", "application/msword", "application/msword-template",
	"application/pdf", "application/vnd.ces-quickpoint", "application/vnd.ces-quicksheet", "application/vnd.ces-quickword",
	"application/vnd.ms-excel", "application/vnd.ms-excel.sheet.macroenabled.12", "application/vnd.ms-powerpoint",
	"application/vnd.ms-powerpoint.presentation.macroenabled.12", "application/vnd.ms-word", "application/vnd.ms-word.document.12",
	"application/vnd.ms-word.document.macroenabled.12", "application/vnd.msword",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"application/vnd.openxmlformats-officedocument.presentationml.template",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.template",
	"application/vnd.presentation-openxml", "application/vnd.presentation-openxmlm", "application/vnd.spreadsheet-openxml",
	"application/vnd.wordprocessing-openxml", "application/x-gzip", "application/x-protobuf", "application/zip",
	"multipart/byteranges", "multipart/signed", "text/csv", "text/event-stream", "text/pdf",
}
