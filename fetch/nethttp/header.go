package nethttp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// requestURI returns the request's target as the request line has it.
func requestURI(req *fetch.WireRequest) string {
	path := req.URL.Path()
	if query, ok := req.URL.Query(); ok {
		return path + "?" + query
	}
	return path
}

// hostPort returns the value of the Host header.
func hostPort(req *fetch.WireRequest) string {
	if port, ok := req.URL.Port(); ok {
		return req.URL.Host() + ":" + strconv.Itoa(int(port))
	}
	return req.URL.Host()
}

// httpHeader returns a header list in net/http's form.
func httpHeader(l fetch.HeaderList) http.Header { return httpHeaderInto(nil, l) }

// httpHeaderInto is like httpHeader. It stores the values in a slice of the caller
// if the slice is long enough.
func httpHeaderInto(values []string, l fetch.HeaderList) http.Header {
	header := make(http.Header, len(l))
	if len(values) < len(l) {
		values = make([]string, len(l))
	}
	for i := range l {
		values[i] = l[i].Value
		header[canonicalKey(l[i].Name)] = values[i : i+1 : i+1]
	}
	if len(header) < len(l) {
		joinLines(header, l)
	}
	return header
}

// joinLines sets for each key all values that a list has for it.
func joinLines(header http.Header, l fetch.HeaderList) {
	clear(header)
	for _, h := range l {
		header.Add(h.Name, h.Value)
	}
}

// shortList is the largest number of headers that are sorted by insertion.
const shortList = 16

// canonicalKey is [http.CanonicalHeaderKey], faster for common names.
func canonicalKey(name string) string {
	if isCommonKey(name) {
		return name
	}
	return http.CanonicalHeaderKey(name)
}

// isCommonKey reports whether a name is very common in requests or responses and
// in canonical form. Such a name needs no further check.
func isCommonKey(name string) bool {
	switch name {
	case "Accept", "Content-Length", "Content-Type", "Cookie", "Referer", "Vary",
		fetch.HeaderOrigin, fetch.HeaderRequestHeaders, fetch.HeaderRequestMethod,
		fetch.HeaderAllowOrigin, fetch.HeaderAllowCredentials, fetch.HeaderAllowHeaders, fetch.HeaderAllowMethods,
		fetch.HeaderExposeHeaders, fetch.HeaderMaxAge,
		"Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site":
		return true
	}
	return false
}

// headerList returns net/http's headers as a list, sorted by name, with values as
// they go over the wire.
func headerList(header http.Header) fetch.HeaderList {
	list := headerListInto(nil, header)
	sortByName(list)
	return list
}

// headerListInto is like headerList, but does not sort by name: only headers of
// the same name keep their order. It stores the headers in the given list if that
// has enough capacity; otherwise in a new list with capacity for two more.
func headerListInto(list fetch.HeaderList, header http.Header) fetch.HeaderList {
	if cap(list) < len(header) {
		list = make(fetch.HeaderList, 0, len(header)+2)
	}
	canonical := true
	for name, values := range header {
		if !isCommonKey(name) {
			if strings.HasPrefix(name, http.TrailerPrefix) || !fetch.IsHeaderName(name) {
				continue
			}
			canonical = canonical && http.CanonicalHeaderKey(name) == name
		}
		for _, value := range values {
			list = append(list, fetch.Header{Name: name, Value: wireValue(value)})
		}
	}
	if canonical {
		return list
	}
	// Names that differ only by case need an order that does not depend on the map.
	sortByName(list)
	for i := range list {
		list[i].Name = canonicalKey(list[i].Name)
	}
	return list
}

// sortByName sorts a list by name; headers of the same name keep their order.
func sortByName(list fetch.HeaderList) {
	if len(list) > shortList {
		slices.SortStableFunc(list, func(a, b fetch.Header) int { return strings.Compare(a.Name, b.Name) })
		return
	}
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && isBefore(list[k].Name, list[k-1].Name); k-- {
			list[k-1], list[k] = list[k], list[k-1]
		}
	}
}

// isBefore compares names. Most of them differ in the first byte, which is compared
// without a call.
func isBefore(a, b string) bool {
	if a != "" && b != "" && a[0] != b[0] {
		return a[0] < b[0]
	}
	return a < b
}

// wireValue returns a value as net/http writes it on the wire.
func wireValue(value string) string {
	if fetch.HasLineEnd(value) {
		value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
	}
	return fetch.NormalizeHeaderValue(value)
}
