package report_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/report"
)

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"plain: text #1 [a]":       "plain: text #1 [a]",
		"caf\u00e9 \U0001f600":     "caf\u00e9 \U0001f600",
		"a\tb":                     "a\tb",
		"a\r\nb":                   `a\u000d\u000ab`,
		"\x1b[2J":                  `\u001b[2J`,
		"\x00\x7f\u009b":           `\u0000\u007f\u009b`,
		"a\u202eb\u200b\u2028":     `a\u202eb\u200b\u2028`,
		"\xff\xc3":                 `\u00ff\u00c3`,
		"\U000e0041":               `\udb40\udc41`,
		"::error::x":               `:\u003aerror::x`,
		" \t::set-output name=x::": " \t:\\u003aset-output name=x::",
		"a ::error::":              "a ::error::",
		"x ##[error]y":             `x ##\u005berror]y`,
		"##vso[task]":              `##vso\u005btask]`,
		"###[x] ## [y] #z[0]":      `###\u005bx] ## [y] #z[0]`,
	} {
		assert.Check(t, report.Line(text) == want, "%q\ngot  %s\nwant %s", text, report.Line(text), want)
		assert.Equal(t, report.Line(want), want)
	}
}

func TestLines(t *testing.T) {
	style := report.Style{Good: "\x1b[32m", Reset: "\x1b[0m"}
	got := style.Lines("a\x1b[31m\n::x\n \x1b[32mok\x1b[0m\n##\n[")
	assert.Equal(t, got, "a\\u001b[31m\n:\\u003ax\n \x1b[32mok\x1b[0m\n##\n[")
}

func FuzzLine(f *testing.F) {
	f.Add("a\r\n\x1b##[::\xff")
	f.Fuzz(func(t *testing.T, text string) {
		line := report.Line(text)
		assert.Equal(t, report.Line(line), line)
		assert.Assert(t, !strings.ContainsAny(line, "\r\n\x1b\x00\u202e"))
		assert.Assert(t, !strings.Contains(line, "##["))
	})
}
