package fetch_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestDetermineNosniff(t *testing.T) {
	tests := []struct {
		name string
		list fetch.HeaderList
		want bool
	}{
		{name: "absent", list: list("Content-Type-Options: nosniff")},
		{name: "plain", list: list("X-Content-Type-Options: nosniff"), want: true},
		{name: "any-case", list: list("x-content-type-OPTIONS: NOsniff"), want: true},
		{name: "garbage-behind", list: list("X-Content-Type-Options: nosniff,,@#$()!"), want: true},
		{name: "garbage-before", list: list("X-Content-Type-Options: @#$()!,nosniff")},
		{name: "first-line-counts", list: list("X-Content-Type-Options: nosniff", "X-Content-Type-Options: no"), want: true},
		{name: "second-line-does-not", list: list("X-Content-Type-Options: no", "X-Content-Type-Options: nosniff")},
		{name: "empty-first-line", list: list("X-Content-Type-Options:", "X-Content-Type-Options: nosniff")},
		{name: "empty-first-item", list: list("X-Content-Type-Options: ,nosniff")},
		{name: "vertical-tab", list: list("X-Content-Type-Options: nosniff\v")},
		{name: "form-feed", list: list("X-Content-Type-Options: nosniff\f")},
		{name: "single-quotes", list: list("X-Content-Type-Options: 'nosniff'")},
		{name: "double-quotes", list: list(`X-Content-Type-Options: "nosniff"`)},
		{name: "empty", list: list("X-Content-Type-Options:")},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(fetch.DetermineNosniff(test.list), test.want), test.name)
	}
}

func TestBlockedByType(t *testing.T) {
	const nosniff = "X-Content-Type-Options: nosniff"
	scripts := []fetch.Destination{"audioworklet", "paintworklet", fetch.DestinationScript, "serviceworker", "sharedworker", "worker"}
	style := []fetch.Destination{fetch.DestinationStyle}
	others := []fetch.Destination{
		fetch.DestinationNone, fetch.DestinationAudio, fetch.DestinationFont, fetch.DestinationImage, fetch.DestinationVideo, "xslt",
	}
	tests := []struct {
		name         string
		list         fetch.HeaderList
		destinations []fetch.Destination
		nosniff      bool
		mimeType     bool
	}{
		{name: "script-without-type", destinations: scripts},
		{name: "script-without-type-nosniff", list: list(nosniff), destinations: scripts, nosniff: true},
		{name: "script-javascript", list: list(nosniff, "Content-Type: Text/JavaScript;x"), destinations: scripts},
		{name: "script-jscript", list: list(nosniff, "Content-Type: text/jscript"), destinations: scripts},
		{name: "script-json", list: list("Content-Type: application/json"), destinations: scripts},
		{name: "script-json-nosniff", list: list(nosniff, "Content-Type: application/json"), destinations: scripts, nosniff: true},
		{name: "script-malformed-type-nosniff", list: list(nosniff, "Content-Type: text / javascript"), destinations: scripts, nosniff: true},
		{name: "script-image", list: list("Content-Type: image/svg+xml"), destinations: scripts, mimeType: true},
		{name: "script-audio", list: list("Content-Type: AUDIO/x"), destinations: scripts, mimeType: true},
		{name: "script-video", list: list("Content-Type: video/mp4;codecs=x"), destinations: scripts, mimeType: true},
		{name: "script-csv", list: list("Content-Type: text/csv"), destinations: scripts, mimeType: true},
		{name: "script-csv-nosniff", list: list(nosniff, "Content-Type: text/csv"), destinations: scripts, nosniff: true, mimeType: true},
		{name: "script-csvx", list: list("Content-Type: text/csvx"), destinations: scripts},
		{name: "script-last-type-counts", list: list("Content-Type: image/png", "Content-Type: text/javascript"), destinations: scripts},
		{name: "script-imagex", list: list("Content-Type: imagex/png"), destinations: scripts},
		{name: "style-without-type-nosniff", list: list(nosniff), destinations: style, nosniff: true},
		{name: "style-css", list: list(nosniff, "Content-Type: text/CSS;charset=x"), destinations: style},
		{name: "style-text", list: list("Content-Type: text/plain"), destinations: style},
		{name: "style-text-nosniff", list: list(nosniff, "Content-Type: text/plain"), destinations: style, nosniff: true},
		{name: "style-image", list: list("Content-Type: image/png"), destinations: style},
		{name: "others-nosniff", list: list(nosniff, "Content-Type: text/csv"), destinations: others},
	}
	for _, test := range tests {
		for _, d := range test.destinations {
			resp := &fetch.Response{Header: test.list}
			assert.Check(t, is.Equal(fetch.ShouldBeBlockedDueToNosniff(resp, d), test.nosniff), "%s %q", test.name, d)
			assert.Check(t, is.Equal(fetch.ShouldBeBlockedDueToMIMEType(resp, d), test.mimeType), "%s %q", test.name, d)
		}
	}
}
