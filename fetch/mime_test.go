package fetch_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

// mimeCase is an entry of the MIME type corpora, without the fields about
// browsing and encodings.
type mimeCase struct {
	Input  string  `json:"input"`
	Output *string `json:"output"` // null is failure
}

func mimeCases(t testing.TB, file string) []mimeCase {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file+".json.gz"))
	assert.NilError(t, err)
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	assert.NilError(t, err)
	var entries []jsontext.Value
	assert.NilError(t, json.UnmarshalRead(unzipped, &entries))
	var cases []mimeCase
	for _, entry := range entries {
		if entry.Kind() == '"' { // a comment
			continue
		}
		var c mimeCase
		assert.NilError(t, json.Unmarshal(entry, &c))
		cases = append(cases, c)
	}
	return cases
}

// latin1 returns the bytes that a string's code points stand for. A code point
// above U+00FF stands for no byte; NUL replaces it, because neither is allowed
// in a MIME type.
func latin1(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > 0xFF {
			r = 0
		}
		b.WriteByte(byte(r))
	}
	return b.String()
}

func TestMIMETypeCorpora(t *testing.T) {
	tests := []struct {
		file string
		want int
	}{
		{file: "mime-types", want: 74},
		{file: "generated-mime-types", want: 881},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			cases := mimeCases(t, test.file)
			assert.Equal(t, len(cases), test.want)
			passed := 0
			for _, c := range cases {
				input := latin1(c.Input)
				got, ok := fetch.ParseMIMEType(input)
				want := ""
				if c.Output != nil {
					want = latin1(*c.Output)
				}
				if assert.Check(t, is.Equal(ok, c.Output != nil), "%q", c.Input) &&
					assert.Check(t, is.Equal(got.String(), want), "%q", c.Input) {
					passed++
				}
				essence, ok := fetch.MIMEEssence(input)
				assert.Check(t, is.Equal(ok, c.Output != nil), "%q", c.Input)
				assert.Check(t, is.Equal(essence, got.Essence()), "%q", c.Input)
			}
			t.Logf("%d of %d", passed, len(cases))
		})
	}
}

func TestParseMIMEType(t *testing.T) {
	tests := []struct {
		name  string
		input string
		want  string // "" is failure
	}{
		{name: "empty", input: ""},
		{name: "type-alone", input: "text"},
		{name: "empty-type", input: "/plain"},
		{name: "empty-subtype", input: "text/"},
		{name: "empty-subtype-with-parameter", input: "text/;a=b"},
		{name: "two-slashes", input: "a/b/c"},
		{name: "slash-behind-semicolon", input: "a;b/c"},
		{name: "comma", input: "text/plain,text/html"},
		{name: "wildcards", input: "*/*", want: "*/*"},
		{name: "white-space-around", input: "\r\n\t text/plain \t\r\n", want: "text/plain"},
		{name: "form-feed-around", input: "text/plain\f"},
		{name: "white-space-before-semicolon", input: "text/plain \t\r\n;a=b", want: "text/plain;a=b"},
		{name: "white-space-behind-semicolon", input: "text/plain;\r\n\t a=b", want: "text/plain;a=b"},
		{name: "white-space-before-equals-sign", input: "text/plain;a =b", want: "text/plain"},
		{name: "white-space-behind-equals-sign", input: "text/plain;a= b", want: `text/plain;a=" b"`},
		{name: "white-space-behind-value", input: "text/plain;a=b \t;c=d", want: "text/plain;a=b;c=d"},
		{name: "upper-case", input: "TEXT/Plain;CHARSET=UTF-8", want: "text/plain;charset=UTF-8"},
		{name: "first-of-two", input: "a/b;x=1;X=2", want: "a/b;x=1"},
		{name: "malformed-first-of-two", input: "a/b;x=\x00;x=2", want: "a/b;x=2"},
		{name: "without-value", input: "a/b;x;y=;z=1", want: "a/b;z=1"},
		{name: "without-name", input: "a/b;=1;z=1", want: "a/b;z=1"},
		{name: "empty-quotes", input: `a/b;x=""`, want: `a/b;x=""`},
		{name: "needless-quotes", input: `a/b;x="y"`, want: "a/b;x=y"},
		{name: "semicolon-in-quotes", input: `a/b;x="1;2";y=3`, want: `a/b;x="1;2";y=3`},
		{name: "escapes", input: `a/b;x="\"\\\y"`, want: `a/b;x="\"\\y"`},
		{name: "unclosed-quotes", input: `a/b;x="1;y=2`, want: `a/b;x="1;y=2"`},
		{name: "unclosed-escape", input: `a/b;x="1\`, want: `a/b;x="1\\"`},
		{name: "garbage-behind-quotes", input: `a/b;x="1"2;y=3`, want: "a/b;x=1;y=3"},
		{name: "quotes-inside-a-value", input: `a/b;x=1"2";y=3`, want: `a/b;x="1\"2\"";y=3`},
		{name: "single-quotes", input: "a/b;x='1;2'", want: `a/b;x='1`},
		{name: "bytes-beyond-ascii", input: "a/b;x=\xff", want: "a/b;x=\"\xff\""},
		{name: "control-character", input: "a/b;x=\x7f;y=1", want: "a/b;y=1"},
		{name: "only-semicolons", input: "a/b;;;", want: "a/b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := fetch.ParseMIMEType(test.input)
			assert.Check(t, is.Equal(ok, test.want != ""))
			assert.Check(t, is.Equal(got.String(), test.want))
		})
	}
}

func TestMIMETypeParameters(t *testing.T) {
	plain, _ := fetch.ParseMIMEType("text/plain;a=1;charset=x;b=2")
	value, ok := plain.Parameter("charset")
	assert.Check(t, ok && value == "x")
	_, ok = plain.Parameter("c")
	assert.Check(t, !ok)
	assert.Check(t, is.Equal(plain.WithParameter("charset", "").String(), `text/plain;a=1;charset="";b=2`))
	assert.Check(t, is.Equal(plain.WithParameter("c", "3").String(), "text/plain;a=1;charset=x;b=2;c=3"))
	assert.Check(t, is.Equal(plain.String(), "text/plain;a=1;charset=x;b=2"))
}

func TestExtractMIMEType(t *testing.T) {
	tests := []struct {
		name string
		list fetch.HeaderList
		want string // "" is failure
	}{
		{name: "absent"},
		{name: "empty", list: list("Content-Type:")},
		{name: "cannot-parse", list: list("Content-Type: text")},
		{name: "wildcard", list: list("Content-Type: */*;charset=x")},
		{name: "one", list: list("content-type: text/html; charset=gbk"), want: "text/html;charset=gbk"},
		{name: "empty-before", list: list("Content-Type:", "Content-Type: text/plain"), want: "text/plain"},
		{name: "empty-behind", list: list("Content-Type: text/plain", "Content-Type:"), want: "text/plain"},
		{name: "cannot-parse-behind", list: list("Content-Type: text/html", "Content-Type: cannot-parse"), want: "text/html"},
		{name: "wildcard-behind", list: list("Content-Type: text/html", "Content-Type: */*;charset=x"), want: "text/html"},
		{name: "last-counts", list: list("Content-Type: text/html", "Content-Type: text/plain"), want: "text/plain"},
		{name: "last-of-one-line-counts", list: list("Content-Type: text/html, text/plain"), want: "text/plain"},
		{name: "charset-of-another-essence", list: list("Content-Type: text/plain;charset=gbk, text/html"), want: "text/html"},
		{name: "charset-is-inherited", list: list("Content-Type: text/html;charset=gbk;a=b, text/html;x=y"), want: "text/html;x=y;charset=gbk"},
		{name: "charset-is-inherited-by-the-next-line", list: list("Content-Type: text/html;charset=gbk;a=b", "Content-Type: text/html;x=y"),
			want: "text/html;x=y;charset=gbk"},
		{name: "own-charset-first", list: list("Content-Type: text/plain;charset=gbk", "Content-Type: text/plain;charset=windows-1252"),
			want: "text/plain;charset=windows-1252"},
		{name: "first-charset-is-the-one-inherited", list: list("Content-Type: a/b;charset=1, a/b;charset=2, a/b"), want: "a/b;charset=1"},
		{name: "charset-is-not-inherited-over-another-essence", list: list("Content-Type: text/html;charset=gbk", "Content-Type: x/x", "Content-Type: text/html;x=y"),
			want: "text/html;x=y"},
		{name: "charset-is-inherited-over-what-does-not-parse", list: list("Content-Type: a/b;charset=1, error, a/b"), want: "a/b;charset=1"},
		{name: "charset-is-inherited-over-a-wildcard", list: list("Content-Type: a/b;charset=1, */*, a/b"), want: "a/b;charset=1"},
		{name: "quotes-swallow-a-line", list: list(`Content-Type: text/html;x="`, "Content-Type: text/plain"), want: `text/html;x=", text/plain"`},
		{name: "quotes-without-name-swallow-a-line", list: list(`Content-Type: text/html;"`, "Content-Type: text/plain"), want: "text/html"},
		{name: "quotes-swallow-and-charset-is-inherited", list: list("Content-Type: text/html;charset=gbk", `Content-Type: text/html;x=",text/plain`),
			want: `text/html;x=",text/plain";charset=gbk`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := fetch.ExtractMIMEType(test.list)
			assert.Check(t, is.Equal(ok, test.want != ""))
			assert.Check(t, is.Equal(got.String(), test.want))
		})
	}
}

func TestMIMETypeGroups(t *testing.T) {
	tests := []struct {
		essence string
		want    string
	}{
		{essence: "image/svg+xml", want: "image"},
		{essence: "audio/x", want: "audio"},
		{essence: "video/x", want: "video"},
		{essence: "imagex/png"},
		{essence: "text/plain"},
		{essence: "text/javascript", want: "javascript"},
		{essence: "text/javascript1.0", want: "javascript"},
		{essence: "text/javascript1.5", want: "javascript"},
		{essence: "text/javascript1.6"},
		{essence: "TEXT/JScript", want: "javascript"},
		{essence: "application/x-ecmascript", want: "javascript"},
		{essence: "application/json"},
		{essence: "module/javascript"},
	}
	for _, test := range tests {
		m, ok := fetch.ParseMIMEType(test.essence)
		assert.Assert(t, ok)
		got := ""
		for group, in := range map[string]bool{"image": m.IsImage(), "audio": m.IsAudio(), "video": m.IsVideo(), "javascript": m.IsJavaScript()} {
			if in {
				got += group
			}
		}
		assert.Check(t, is.Equal(got, test.want), test.essence)
	}
	assert.Check(t, is.Equal(fetch.MIMEType{}.String(), ""))
}

func TestMIMEEssenceAllocatesNothing(t *testing.T) {
	allocs := testing.AllocsPerRun(100, func() { fetch.MIMEEssence(`application/json; charset="utf-8"; a=b`) })
	assert.Equal(t, allocs, 0.0)
}
