package fetch_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

func TestShouldBeBlockedDueToBadPort(t *testing.T) {
	tests := []struct {
		name string
		url  string
		want bool
	}{
		{name: "default-port", url: "http://a.example/"},
		{name: "default-port-written", url: "https://a.example:443/"},
		{name: "other-port", url: "https://a.example:8443/"},
		{name: "port-0", url: "http://a.example:0/", want: true},
		{name: "smtp", url: "http://a.example:25/", want: true},
		{name: "smtp-over-https", url: "https://a.example:25/", want: true},
		{name: "amanda", url: "http://a.example:10080/", want: true},
		{name: "highest-port", url: "http://a.example:65535/"},
		{name: "other-scheme", url: "ftp://a.example:25/"},
		{name: "other-scheme-at-default-port", url: "ftp://a.example/"},
		{name: "websocket", url: "ws://a.example:25/"},
		{name: "without-authority", url: "data:,x"},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(fetch.ShouldBeBlockedDueToBadPort(origin.MustParseURL(test.url)), test.want), test.name)
	}
}

// badPortRanges is the standard's table of 83 ports, written as ranges.
const badPortRanges = "0-1 7 9 11 13 15 17 19-23 25 37 42-43 53 69 77 79 87 95 101-104 109-111 113 115 117 119 123 135 137 " +
	"139 143 161 179 389 427 465 512-515 526 530-532 540 548 554 556 563 587 601 636 989-990 993 995 1719-1720 1723 2049 " +
	"3659 4045 4190 5060-5061 6000 6566 6665-6669 6679 6697 10080"

func TestEveryPort(t *testing.T) {
	var got []string
	count := 0
	for first := 0; first < 1<<16; {
		end := first
		for end < 1<<16 && fetch.ShouldBeBlockedDueToBadPort(origin.MustParseURL(fmt.Sprintf("http://a.example:%d/", end))) {
			end++
		}
		switch count += end - first; end - first {
		case 0:
			end++
		case 1:
			got = append(got, fmt.Sprint(first))
		default:
			got = append(got, fmt.Sprintf("%d-%d", first, end-1))
		}
		first = end
	}
	assert.Equal(t, strings.Join(got, " "), badPortRanges)
	assert.Equal(t, count, 83)
}
