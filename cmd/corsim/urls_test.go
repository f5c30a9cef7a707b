package main

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

func TestReadURLs(t *testing.T) {
	for name, c := range map[string]struct {
		text, err string
		want      []listedURL
	}{
		"windows":        {text: "\ufeffhttp://a.example/\r\n\r\n# no\r\n  /b \r\n", want: []listedURL{{"http://a.example/", "stdin", 1}, {"/b", "stdin", 4}}},
		"no-end-of-line": {text: "http://a.example/", want: []listedURL{{"http://a.example/", "stdin", 1}}},
		"long":           {text: "/\n/" + strings.Repeat("x", 100_000), want: []listedURL{{"/", "stdin", 1}, {"/" + strings.Repeat("x", 100_000), "stdin", 2}}},
		"too-long":       {text: "/\n/" + strings.Repeat("x", maxLine), err: "stdin:2: the line is longer than 1 MiB"},
		"with-a-remark":  {text: "/ # root", err: `stdin:1: "/ # root": a line holds one URL and nothing else; a space in a URL is written %20`},
		"no-text":        {text: "\x1f\x00\x8b", err: `stdin:1: "\x1f\x00\x8b" is not text`},
		"broken-gzip":    {text: "\x1f\x8b\x00", err: "stdin: begins as gzip does, and cannot be uncompressed: unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := (&terminal{stdin: strings.NewReader(c.text)}).readURLs(nil, "-")
			if c.err != "" {
				assert.Error(t, err, c.err)
				return
			}
			assert.NilError(t, err)
			assert.Equal(t, len(got), len(c.want))
			for i := range got {
				assert.Equal(t, got[i], c.want[i])
			}
		})
	}
}
