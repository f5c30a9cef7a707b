package browser

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// chromiumWireEntries are about how a request looks on the wire.
func chromiumWireEntries() []Entry {
	return []Entry{{
		Name:      "default-headers",
		Standard:  "The browser chooses which headers it adds by itself.",
		Behaviour: "It adds Host, Connection, Accept-Encoding (with Brotli and Zstandard only for https and localhost) and Accept-Language (here for an American user).",
		Source:    netHTTPJob,
		Versions:  "all",
		apply:     func(r *rules) { r.DefaultHeaders = chromiumDefaultHeaders },
	}, {
		Name:      "range-rewritten",
		Standard:  "A Range header is sent as script set it.",
		Behaviour: "The HTTP cache parses a single range of a GET request and writes it again, without white space and leading zeros.",
		Source:    "net/http/partial_data.cc",
		Versions:  "all",
		apply:     func(r *rules) { r.RewriteRange = chromiumRange },
	}}
}

// chromiumDefaultHeaders returns the headers that Chromium's network layer
// adds.
func chromiumDefaultHeaders(u origin.URL) fetch.HeaderList {
	encodings := "gzip, deflate"
	if u.IsPotentiallyTrustworthy() {
		encodings += ", br, zstd"
	}
	return fetch.HeaderList{
		{Name: "Host", Value: hostHeader(u)}, {Name: "Connection", Value: "keep-alive"},
		{Name: "Accept-Encoding", Value: encodings}, {Name: "Accept-Language", Value: "en-US,en;q=0.9"},
	}
}

// chromiumRange rewrites a single range of a GET request; any other value
// stays unchanged.
func chromiumRange(method, value string) string {
	if method != "GET" {
		return value
	}
	unit, rest, _ := strings.Cut(value, "=")
	first, last, ok := strings.Cut(strings.Trim(rest, ", \t"), "-")
	if !ok || !fetch.EqualFold(strings.Trim(unit, " \t"), "bytes") {
		return value
	}
	start, end, ok := chromiumPositions(strings.Trim(first, " \t"), strings.Trim(last, " \t"))
	if !ok {
		return value
	}
	return "bytes=" + start + "-" + end
}

// chromiumPositions parses the two numbers of a range, of which one may be
// missing, as signed integers. An end of -1 counts as missing.
func chromiumPositions(first, last string) (start, end string, ok bool) {
	from, err := strconv.ParseInt(first, 10, 64)
	if err != nil && first != "" {
		return "", "", false
	}
	to, err := strconv.ParseInt(last, 10, 64)
	if err != nil && last != "" {
		return "", "", false
	}
	isOpen := last == "" || first != "" && to == -1
	switch {
	case first == "":
		return "", strconv.FormatInt(to, 10), to > 0
	case isOpen:
		return strconv.FormatInt(from, 10), "", from >= 0
	}
	return strconv.FormatInt(from, 10), strconv.FormatInt(to, 10), 0 <= from && from <= to
}
