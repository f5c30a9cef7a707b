package fetch_test

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

// list makes a header list of lines "Name: value".
func list(lines ...string) fetch.HeaderList {
	var l fetch.HeaderList
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			panic("no header: " + line)
		}
		l = append(l, fetch.Header{Name: name, Value: strings.Trim(value, " ")})
	}
	return l
}

func TestHeaderListGet(t *testing.T) {
	tests := []struct {
		name   string
		list   fetch.HeaderList
		get    string
		want   string
		values []string
		absent bool
	}{
		{name: "empty-list", get: "a", absent: true},
		{name: "other-name", list: list("ab: 1"), get: "a", absent: true},
		{name: "prefix-is-no-match", list: list("a: 1"), get: "ab", absent: true},
		{name: "one-line", list: list("a: 1"), get: "a", want: "1", values: []string{"1"}},
		{name: "any-case", list: list("X-Api-KEY: 1"), get: "x-aPI-key", want: "1", values: []string{"1"}},
		{name: "present-but-empty", list: list("a:"), get: "a", want: "", values: []string{""}},
		{name: "two-lines", list: list("a: 1", "b: 2", "A: 3"), get: "a", want: "1, 3", values: []string{"1", "3"}},
		{name: "two-empty-lines", list: list("a:", "a:"), get: "a", want: ", ", values: []string{"", ""}},
		{name: "only-ascii-letters-fold", list: list("\u212A: 1"), get: "k", absent: true},
		{name: "set-cookie-is-joined-too", list: list("set-cookie: a", "set-cookie: b"), get: "Set-Cookie", want: "a, b", values: []string{"a", "b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := test.list.Get(test.get)
			assert.Check(t, is.Equal(ok, !test.absent))
			assert.Check(t, is.Equal(got, test.want))
			assert.Check(t, is.Equal(test.list.Contains(test.get), !test.absent))
			assert.Check(t, is.DeepEqual(test.list.Values(test.get), test.values))
		})
	}
}

func TestHeaderListGetAllocatesNothingForOneLine(t *testing.T) {
	l := list("Accept: */*", "Content-Type: text/plain", "X-A: 1")
	allocs := testing.AllocsPerRun(100, func() {
		l.Get("x-a")
		l.Contains("x-b")
	})
	assert.Equal(t, allocs, 0.0)
}

func TestGetDecodeSplit(t *testing.T) {
	tests := []struct {
		name   string
		list   fetch.HeaderList
		want   []string
		absent bool
	}{
		{name: "absent", list: list("b: x"), absent: true},
		{name: "empty", list: list("a:"), want: []string{""}},
		{name: "trailing-comma", list: list("a: nosniff,"), want: []string{"nosniff", ""}},
		{name: "empty-second-line", list: list("a: nosniff", "b: sniff", "a:"), want: []string{"nosniff", ""}},
		{name: "unclosed-quote", list: list(`a: text/html;", x/x`), want: []string{`text/html;", x/x`}},
		{name: "quote-over-two-lines", list: list(`a: text/html;"`, "a: x/x"), want: []string{`text/html;", x/x`}},
		{name: "quote-then-comma", list: list(`a: x/x;test="hi",y/y`), want: []string{`x/x;test="hi"`, "y/y"}},
		{name: "quote-then-second-line", list: list(`a: x/x;test="hi"`, "c: **bingo**", "a: y/y"), want: []string{`x/x;test="hi"`, "y/y"}},
		{name: "empty-items", list: list("a: x / x,,,1"), want: []string{"x / x", "", "", "1"}},
		{name: "line-of-one-comma", list: list("a: x / x", "a: ,", "a: 1"), want: []string{"x / x", "", "", "1"}},
		{name: "comma-in-quotes", list: list(`a: "1,2", 3`), want: []string{`"1,2"`, "3"}},
		{name: "text-behind-quotes", list: list(`a: "1"2,3`), want: []string{`"1"2`, "3"}},
		{name: "two-quotes-in-one-item", list: list(`a: "1,"x"2,",3`), want: []string{`"1,"x"2,"`, "3"}},
		{name: "escaped-quote", list: list(`a: "\",",1`), want: []string{`"\","`, "1"}},
		{name: "escape-at-the-end", list: list(`a: 1, "\`), want: []string{"1", `"\`}},
		{name: "escape-outside-quotes-is-none", list: list(`a: \",",1`), want: []string{`\","`, "1"}},
		{name: "quote-at-the-end", list: list(`a: 1,"2"`), want: []string{"1", `"2"`}},
		{name: "tabs-and-spaces-go", list: list("a: \t1 \t,\t 2\t"), want: []string{"1", "2"}},
		{name: "other-white-space-stays", list: list("a: 1\v,\f2"), want: []string{"1\v", "\f2"}},
		{name: "bytes-stay", list: list("a: \xff,\x80"), want: []string{"\xff", "\x80"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := test.list.GetDecodeSplit("A")
			assert.Check(t, is.Equal(ok, !test.absent))
			assert.Check(t, is.DeepEqual(got, test.want))
		})
	}
}

func TestHeaderListChanges(t *testing.T) {
	tests := []struct {
		name   string
		list   fetch.HeaderList
		change func(*fetch.HeaderList)
		want   fetch.HeaderList
	}{
		{name: "append-to-nothing", change: func(l *fetch.HeaderList) { l.Append("X-A", "1") }, want: list("X-A: 1")},
		{name: "append-keeps-the-first-spelling", list: list("x-a: 1", "b: 2"), change: func(l *fetch.HeaderList) { l.Append("X-A", "3") },
			want: list("x-a: 1", "b: 2", "x-a: 3")},
		{name: "delete-all-lines", list: list("a: 1", "b: 2", "A: 3"), change: func(l *fetch.HeaderList) { l.Delete("a") }, want: list("b: 2")},
		{name: "delete-what-is-not-there", list: list("a: 1"), change: func(l *fetch.HeaderList) { l.Delete("b") }, want: list("a: 1")},
		{name: "set-appends", list: list("a: 1"), change: func(l *fetch.HeaderList) { l.Set("B", "2") }, want: list("a: 1", "B: 2")},
		{name: "set-replaces-the-first-and-drops-the-rest", list: list("b: 0", "a: 1", "b: 2", "A: 3", "c: 4"),
			change: func(l *fetch.HeaderList) { l.Set("A", "9") }, want: list("b: 0", "a: 9", "b: 2", "c: 4")},
		{name: "combine-appends", list: list("a: 1"), change: func(l *fetch.HeaderList) { l.Combine("B", "2") }, want: list("a: 1", "B: 2")},
		{name: "combine-joins-the-first", list: list("a: 1", "a: 2"), change: func(l *fetch.HeaderList) { l.Combine("A", "3") },
			want: list("a: 1, 3", "a: 2")},
		{name: "combine-with-nothing", list: list("a:"), change: func(l *fetch.HeaderList) { l.Combine("a", "") },
			want: fetch.HeaderList{{Name: "a", Value: ", "}}},
		{name: "delete-by-predicate", list: list("a: 1", "bb: 2", "c: 3"),
			change: func(l *fetch.HeaderList) { l.DeleteFunc(func(n string) bool { return len(n) == 1 }) }, want: list("bb: 2")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := test.list.Clone()
			test.change(&got)
			assert.DeepEqual(t, got, test.want)
		})
	}
}

func TestClonesShareNothing(t *testing.T) {
	l := list("a: 1", "b: 2")
	clone := l.Clone()
	clone.Set("a", "9")
	clone.Delete("b")
	assert.DeepEqual(t, l, list("a: 1", "b: 2"))
	assert.Assert(t, fetch.HeaderList(nil).Clone() == nil)
}

func TestSortAndCombine(t *testing.T) {
	tests := []struct {
		name string
		list fetch.HeaderList
		want fetch.HeaderList
	}{
		{name: "empty", want: fetch.HeaderList{}},
		{name: "sorted-in-lower-case", list: list("X-B: 1", "X-a: 2", "X-C: 3"), want: list("x-a: 2", "x-b: 1", "x-c: 3")},
		{name: "joined-in-order", list: list("b: 2", "A: 1", "B: 1", "b: 3"), want: list("a: 1", "b: 2, 1, 3")},
		{name: "set-cookie-apart", list: list("set-cookie: b", "a: 1", "Set-Cookie: a", "z: 1"),
			want: list("a: 1", "set-cookie: b", "set-cookie: a", "z: 1")},
		{name: "set-cookie2-is-joined", list: list("set-cookie2: b", "Set-Cookie2: a"), want: list("set-cookie2: b, a")},
		{name: "bytes-not-letters", list: list("a_b: 1", "a-b: 2", "ab: 3"), want: list("a-b: 2", "a_b: 1", "ab: 3")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := test.list.Clone()
			assert.Check(t, is.DeepEqual(test.list.SortAndCombine(), test.want))
			assert.Check(t, is.DeepEqual(test.list, before))
		})
	}
}

func TestSortedLowercaseSet(t *testing.T) {
	assert.Assert(t, fetch.SortedLowercaseSet(nil) == nil)
	assert.DeepEqual(t, fetch.SortedLowercaseSet([]string{"X-B", "a", "x-b", "A", "-"}), []string{"-", "a", "x-b"})
}

func TestIsHeaderName(t *testing.T) {
	for c := range 256 {
		want := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			strings.IndexByte("!#$%&'*+-.^_`|~", byte(c)) >= 0
		s := "x" + string([]byte{byte(c)})
		assert.Check(t, is.Equal(fetch.IsHeaderName(s), want), "%q", s)
		assert.Check(t, is.Equal(fetch.IsMethod(s), want), "%q", s)
	}
	assert.Check(t, !fetch.IsHeaderName(""))
	assert.Check(t, !fetch.IsMethod(""))
}

func TestIsHeaderValue(t *testing.T) {
	tests := []struct {
		name  string
		value string
		want  bool
	}{
		{name: "empty", value: "", want: true},
		{name: "space-inside", value: "a b\tc", want: true},
		{name: "latin-1", value: "\xe9\xff", want: true},
		{name: "control-characters", value: "\x01\x7f\v\f", want: true},
		{name: "nul", value: "a\x00b"},
		{name: "line-feed", value: "a\nb"},
		{name: "carriage-return", value: "a\rb"},
		{name: "leading-space", value: " a"},
		{name: "trailing-tab", value: "a\t"},
		{name: "one-space", value: " "},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(fetch.IsHeaderValue(test.value), test.want), test.name)
	}
}

func TestNormalizeHeaderValue(t *testing.T) {
	assert.Equal(t, fetch.NormalizeHeaderValue(" \t\r\na \n b\r\n\t "), "a \n b")
	assert.Equal(t, fetch.NormalizeHeaderValue("\va\f"), "\va\f")
	assert.Equal(t, fetch.NormalizeHeaderValue("\r\n"), "")
}

func TestEqualFold(t *testing.T) {
	assert.Check(t, fetch.EqualFold("", ""))
	assert.Check(t, fetch.EqualFold("Origin", "oRIGIN"))
	assert.Check(t, !fetch.EqualFold("@", "`")) // they differ only in the bit that distinguishes upper-case from lower-case letters
	assert.Check(t, !fetch.EqualFold("[", "{"))
	assert.Check(t, !fetch.EqualFold("\u212A", "k"))
	assert.Check(t, !fetch.EqualFold("\xc3\x89", "\xc3\xa9"))
	assert.Check(t, !fetch.EqualFold("a", "ab"))
}

func TestByteLowercase(t *testing.T) {
	assert.Equal(t, fetch.ByteLowercase("X-É@[Z"), "x-É@[z")
	allocs := testing.AllocsPerRun(100, func() { fetch.ByteLowercase("x-already-lower") })
	assert.Equal(t, allocs, 0.0)
}
