package jsonstring

import (
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"
)

func TestAppend(t *testing.T) {
	for text, want := range map[string]string{
		"":                       `""`,
		`a"b\c/`:                 `"a\"b\\c/"`,
		"\b\t\n\f\r\x00\x1f\x7f": `"\b\t\n\f\r\u0000\u001f` + "\x7f\"",
		"é\u2028\U0001F600<":     "\"é\u2028\U0001F600<\"",
		"\xff\xed\xa0\x80":       "\"\uFFFD\uFFFD\uFFFD\uFFFD\"",
	} {
		assert.Equal(t, string(Append([]byte("x"), text)), "x"+want)
	}
}

func TestUnquote(t *testing.T) {
	tests := []struct{ quoted, want, normal string }{
		{`""`, "", `""`},
		{`"\u0041\/\"\\\b\t\n\f\r"`, "A/\"\\\b\t\n\f\r", `"A/\"\\\b\t\n\f\r"`},
		{`"\ud83d\ude00\uD83D\uDE00"`, "\U0001F600\U0001F600", "\"\U0001F600\U0001F600\""},
		{"\"\U0001F600\uFFFD\"", "\U0001F600\uFFFD", "\"\U0001F600\uFFFD\""},
		{`"\uD800x\udfff\ud83d\u0041"`, "-", `"\ud800x\udfff\ud83dA"`},
		{`"\ud83d\ud83d\ude00"`, "-", "\"\\ud83d\U0001F600\""},
	}
	for _, test := range tests {
		got, err := Unquote(test.quoted)
		assert.Check(t, test.want == "-" && err == errSurrogate || err == nil && got == test.want, "%s: %q, %v", test.quoted, got, err)
		normal, err := Normal(test.quoted)
		assert.NilError(t, err, test.quoted)
		assert.Equal(t, normal, test.normal)
	}
	for _, wrong := range []string{"", `"`, `"a`, `a"`, `"a"b"`, `"\"`, `"\x"`, `"\u12"`, `"\u12g4"`, "\"\n\"", "\"\xff\"", `"\U0041"`, `"\u+041"`} {
		_, err := Unquote(wrong)
		assert.ErrorIs(t, err, errString, wrong)
		_, err = Normal(wrong)
		assert.ErrorIs(t, err, errString, wrong)
	}
}

// The complete reader and writer of JSON do the same.
func FuzzStrings(f *testing.F) {
	for _, seed := range []string{"", "a", `"a"`, `"\u00e9\ud83d\ude00"`, `"\ud800"`, "\x00\xff", `"\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, _ := jsontext.AppendQuote(nil, text)
		assert.Equal(t, string(Append(nil, text)), string(want))
		got, err := Unquote(text)
		wantText, wantErr := jsontext.AppendUnquote(nil, text)
		assert.Equal(t, err == nil, wantErr == nil, "%q: %v, %v", text, err, wantErr)
		if err == nil {
			assert.Equal(t, got, string(wantText))
		}
	})
}
