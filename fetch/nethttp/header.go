package nethttp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// requestURI is the request's target as it stands on the request line.
func requestURI(req *fetch.WireRequest) string {
	path := req.URL.Path()
	if query, ok := req.URL.Query(); ok {
		return path + "?" + query
	}
	return path
}

// hostPort is the value of the Host header.
func hostPort(req *fetch.WireRequest) string {
	if port, ok := req.URL.Port(); ok {
		return req.URL.Host() + ":" + strconv.Itoa(int(port))
	}
	return req.URL.Host()
}

// httpHeader turns a header list into net/http's form.
func httpHeader(l fetch.HeaderList) http.Header { return httpHeaderInto(nil, l) }

// httpHeaderInto is httpHeader with room for values.
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

// joinLines gives each key all the values that a list has for it.
func joinLines(header http.Header, l fetch.HeaderList) {
	clear(header)
	for _, h := range l {
		header.Add(h.Name, h.Value)
	}
}

// shortList is up to how many headers are gone through one by one.
const shortList = 16

// canonicalKey is [http.CanonicalHeaderKey].
func canonicalKey(name string) string {
	if isCommonKey(name) {
		return name
	}
	return http.CanonicalHeaderKey(name)
}

// isCommonKey reports whether a name is one that almost every request or answer
// has, in canonical form, so that it need not be read.
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

// headerList takes net/http's headers to a list, in the order of their names,
// with values as they go over the wire.
func headerList(header http.Header) fetch.HeaderList {
	list := headerListInto(nil, header)
	sortByName(list)
	return list
}

// headerListInto is headerList where there is room for it or elsewhere, with
// room for two more. Only headers of one name are in order.
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
	// Names that differ only by case must not come in the order of the map.
	sortByName(list)
	for i := range list {
		list[i].Name = canonicalKey(list[i].Name)
	}
	return list
}

// sortByName sorts a list by names; what has the same name keeps its order.
func sortByName(list fetch.HeaderList) {
	if len(list) > shortList {
		slices.SortStableFunc(list, func(a, b fetch.Header) int { return strings.Compare(a.Name, b.Name) })
		return
	}
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && list[k].Name < list[k-1].Name; k-- {
			list[k-1], list[k] = list[k], list[k-1]
		}
	}
}

// wireValue is a value after net/http has put it on a line of its own.
func wireValue(value string) string {
	if strings.IndexByte(value, '\n') >= 0 || strings.IndexByte(value, '\r') >= 0 {
		value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
	}
	return fetch.NormalizeHeaderValue(value)
}
