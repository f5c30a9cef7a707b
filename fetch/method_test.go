package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestMethods(t *testing.T) {
	tests := []struct {
		method     string
		safelisted bool
		forbidden  bool
		normalized string
	}{
		{method: "GET", safelisted: true, normalized: "GET"},
		{method: "HEAD", safelisted: true, normalized: "HEAD"},
		{method: "POST", safelisted: true, normalized: "POST"},
		{method: "get", normalized: "GET"}, // safelisted only after normalisation
		{method: "hEAD", normalized: "HEAD"},
		{method: "Post", normalized: "POST"},
		{method: "put", normalized: "PUT"},
		{method: "delete", normalized: "DELETE"},
		{method: "Options", normalized: "OPTIONS"},
		{method: "PATCH", normalized: "PATCH"},
		{method: "patch", normalized: "patch"},
		{method: "CONNECT", forbidden: true, normalized: "CONNECT"},
		{method: "trace", forbidden: true, normalized: "trace"},
		{method: "Track", forbidden: true, normalized: "Track"},
		{method: "TRACE2", normalized: "TRACE2"},
		{method: "*", normalized: "*"},
		{method: "po\u017Ft", normalized: "po\u017Ft"}, // U+017F is a form of s in Unicode, but not in ASCII
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(fetch.IsCORSSafelistedMethod(test.method), test.safelisted), test.method)
		assert.Check(t, is.Equal(fetch.IsForbiddenMethod(test.method), test.forbidden), test.method)
		assert.Check(t, is.Equal(fetch.NormalizeMethod(test.method), test.normalized), test.method)
	}
}

func TestStatuses(t *testing.T) {
	sets := []struct {
		name     string
		is       func(int) bool
		statuses []int
	}{
		{name: "null-body", is: fetch.IsNullBodyStatus, statuses: []int{101, 103, 204, 205, 304}},
		{name: "range", is: fetch.IsRangeStatus, statuses: []int{206, 416}},
		{name: "redirect", is: fetch.IsRedirectStatus, statuses: []int{301, 302, 303, 307, 308}},
	}
	for _, set := range sets {
		var got []int
		for status := range 1000 {
			if set.is(status) {
				got = append(got, status)
			}
		}
		assert.Check(t, is.DeepEqual(got, set.statuses), set.name)
	}
	for status := range 1000 {
		assert.Check(t, is.Equal(fetch.IsOKStatus(status), status/100 == 2), "%d", status)
	}
}
