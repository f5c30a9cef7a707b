package fetch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/fetch"
)

func TestSafelistCheck(t *testing.T) {
	long := func(value string, n int) string { return value + strings.Repeat("x", n-len(value)) }
	tests := []struct {
		name   string
		header string
		value  string
		want   fetch.HeaderCause
	}{
		{name: "other-name", header: "X-Api-Key", value: "1", want: fetch.HeaderNameNotSafelisted},
		{name: "other-name-without-value", header: "x", want: fetch.HeaderNameNotSafelisted},
		{name: "other-name-with-long-value", header: "x", value: long("", 129), want: fetch.HeaderNameNotSafelisted},
		{name: "authorization", header: "Authorization", value: "x", want: fetch.HeaderNameNotSafelisted},
		{name: "last-event-id", header: "Last-Event-ID", value: "1", want: fetch.HeaderNameNotSafelisted},
		{name: "client-hint", header: "DPR", value: "1", want: fetch.HeaderNameNotSafelisted},
		{name: "accept", header: "Accept", value: "text/html, */*;q=0.5"},
		{name: "accept-empty", header: "accept"},
		{name: "accept-in-any-case", header: "aCCEPT", value: "x"},
		{name: "accept-beyond-ascii", header: "Accept", value: "\xe9\xff"},
		{name: "accept-tab", header: "Accept", value: "a\tb"},
		{name: "accept-128-bytes", header: "Accept", value: long("", 128)},
		{name: "accept-129-bytes", header: "Accept", value: long("", 129), want: fetch.HeaderValueTooLong},
		{name: "accept-bytes-not-characters", header: "Accept", value: strings.Repeat("é", 65), want: fetch.HeaderValueTooLong},
		{name: "accept-unsafe", header: "Accept", value: `"`, want: fetch.HeaderValueUnsafeByte},
		{name: "accept-unsafe-and-long", header: "Accept", value: long(`"`, 129), want: fetch.HeaderValueTooLong},
		{name: "accept-language", header: "Accept-Language", value: "de-CH, *;q=0.5"},
		{name: "accept-language-underscore", header: "Accept-Language", value: "de_CH", want: fetch.HeaderValueUnsafeByte},
		{name: "accept-language-slash", header: "Accept-Language", value: "a/b", want: fetch.HeaderValueUnsafeByte},
		{name: "accept-language-tab", header: "Accept-Language", value: "a\tb", want: fetch.HeaderValueUnsafeByte},
		{name: "accept-language-129-bytes", header: "Accept-Language", value: long("", 129), want: fetch.HeaderValueTooLong},
		{name: "content-language", header: "Content-Language", value: "en"},
		{name: "content-language-at-sign", header: "content-language", value: "@", want: fetch.HeaderValueUnsafeByte},
		{name: "form", header: "Content-Type", value: "application/x-www-form-urlencoded"},
		{name: "multipart", header: "Content-Type", value: "multipart/form-data; boundary=x"},
		{name: "text", header: "Content-Type", value: "text/plain"},
		{name: "text-in-upper-case", header: "CONTENT-TYPE", value: "TEXT/Plain"},
		{name: "text-with-charset", header: "Content-Type", value: "text/plain;charset=UTF-8"},
		{name: "text-with-garbage", header: "Content-Type", value: "text/plain;garbage"},
		{name: "text-with-spaces", header: "Content-Type", value: " text/plain \t; charset=x"},
		{name: "text-128-bytes", header: "Content-Type", value: long("text/plain;", 128)},
		{name: "text-129-bytes", header: "Content-Type", value: long("text/plain;", 129), want: fetch.HeaderValueTooLong},
		{name: "text-with-quotes", header: "Content-Type", value: `text/plain;charset="x"`, want: fetch.HeaderValueUnsafeByte},
		{name: "text-twice", header: "Content-Type", value: "text/plain, text/plain", want: fetch.HeaderTypeMalformed},
		{name: "json", header: "Content-Type", value: "application/json", want: fetch.HeaderTypeNotSafelisted},
		{name: "html", header: "Content-Type", value: "text/html", want: fetch.HeaderTypeNotSafelisted},
		{name: "json-long", header: "Content-Type", value: long("application/json;", 129), want: fetch.HeaderValueTooLong},
		{name: "essence-with-more-behind", header: "Content-Type", value: "text/plainx", want: fetch.HeaderTypeNotSafelisted},
		{name: "type-empty", header: "Content-Type", want: fetch.HeaderTypeMalformed},
		{name: "type-without-subtype", header: "Content-Type", value: "text", want: fetch.HeaderTypeMalformed},
		{name: "type-with-space", header: "Content-Type", value: "text /plain", want: fetch.HeaderTypeMalformed},
		{name: "range", header: "Range", value: "bytes=0-499"},
		{name: "range-open", header: "range", value: "bytes=0-"},
		{name: "range-suffix", header: "Range", value: "bytes=-500", want: fetch.HeaderRangeNotSafelisted},
		{name: "range-backwards", header: "Range", value: "bytes=200-100", want: fetch.HeaderRangeNotSafelisted},
		{name: "range-twice", header: "Range", value: "bytes=0-1,2-3", want: fetch.HeaderRangeNotSafelisted},
		{name: "range-with-space", header: "Range", value: "bytes = 0-1", want: fetch.HeaderRangeNotSafelisted},
		{name: "range-empty", header: "Range", want: fetch.HeaderRangeNotSafelisted},
		{name: "range-128-bytes", header: "Range", value: "bytes=" + strings.Repeat("1", 121) + "-"},
		{name: "range-129-bytes", header: "Range", value: "bytes=" + strings.Repeat("1", 122) + "-", want: fetch.HeaderValueTooLong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Check(t, is.Equal(fetch.Safelist{}.Check(test.header, test.value), test.want))
			safe := test.want == fetch.HeaderSafe
			assert.Check(t, is.Equal(fetch.IsCORSSafelistedRequestHeader(test.header, test.value), safe))
			isRange := fetch.EqualFold(test.header, "Range")
			assert.Check(t, is.Equal(fetch.IsNoCORSSafelistedRequestHeader(test.header, test.value), safe && !isRange))
		})
	}
}

func TestSafelistBytes(t *testing.T) {
	for c := range 256 {
		value := string([]byte{'a', byte(c), 'a'})
		isUnsafe := c < 0x20 && c != 0x09
		switch c {
		case 0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F:
			isUnsafe = true
		}
		isLanguage := 0x30 <= c && c <= 0x39 || 0x41 <= c && c <= 0x5A || 0x61 <= c && c <= 0x7A
		switch c {
		case 0x20, 0x2A, 0x2C, 0x2D, 0x2E, 0x3B, 0x3D:
			isLanguage = true
		}
		assert.Check(t, is.Equal(fetch.IsCORSSafelistedRequestHeader("Accept", value), !isUnsafe), "%#x", c)
		assert.Check(t, is.Equal(fetch.IsCORSSafelistedRequestHeader("Content-Type", "text/plain;"+value), !isUnsafe), "%#x", c)
		assert.Check(t, is.Equal(fetch.IsCORSSafelistedRequestHeader("Accept-Language", value), isLanguage), "%#x", c)
		assert.Check(t, is.Equal(fetch.IsCORSSafelistedRequestHeader("Content-Language", value), isLanguage), "%#x", c)
	}
}

func TestSafelistFields(t *testing.T) {
	s := fetch.Safelist{
		Extra:      []fetch.SafelistEntry{{Name: "dpr"}, {Name: "save-data", Allows: func(v string) bool { return v == "on" }}},
		ExtraTypes: []string{"message/x"},
	}
	tests := []struct {
		name   string
		header string
		value  string
		want   fetch.HeaderCause
	}{
		{name: "extra-name", header: "DPR", value: "2.0"},
		{name: "extra-name-with-any-byte", header: "dpr", value: `"`},
		{name: "extra-name-128-bytes", header: "dpr", value: strings.Repeat("1", 128)},
		{name: "extra-name-129-bytes", header: "dpr", value: strings.Repeat("1", 129), want: fetch.HeaderValueTooLong},
		{name: "extra-value", header: "Save-Data", value: "on"},
		{name: "extra-name-with-other-value", header: "save-data", value: "off", want: fetch.HeaderValueUnsafeByte},
		{name: "extra-name-with-long-value", header: "save-data", value: strings.Repeat("1", 129), want: fetch.HeaderValueTooLong},
		{name: "other-name", header: "width", value: "1", want: fetch.HeaderNameNotSafelisted},
		{name: "extra-type", header: "Content-Type", value: "Message/X;a=b"},
		{name: "extra-type-with-unsafe-byte", header: "Content-Type", value: `message/x;a="b"`, want: fetch.HeaderValueUnsafeByte},
		{name: "other-type", header: "Content-Type", value: "message/y", want: fetch.HeaderTypeNotSafelisted},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(s.Check(test.header, test.value), test.want), test.name)
	}
}

func TestSafelistRefusesAndParsesTypes(t *testing.T) {
	s := fetch.Safelist{
		ParseType: func(value string) (string, bool) {
			essence, _, _ := strings.Cut(value, "/")
			return essence + "/plain", essence != ""
		},
		Refuses: func(name, value string) bool { return fetch.EqualFold(name, "Range") || value == "no" },
	}
	tests := []struct {
		name   string
		header string
		value  string
		want   fetch.HeaderCause
	}{
		{name: "refused-name", header: "Range", value: "bytes=0-", want: fetch.HeaderRefused},
		{name: "refused-value", header: "Accept", value: "no", want: fetch.HeaderRefused},
		{name: "other-value", header: "Accept", value: "yes"},
		{name: "own-cause-comes-first", header: "Range", value: "x", want: fetch.HeaderRangeNotSafelisted},
		{name: "length-comes-first", header: "Range", value: "bytes=" + strings.Repeat("1", 122) + "-", want: fetch.HeaderValueTooLong},
		{name: "own-type", header: "Content-Type", value: "text"},
		{name: "own-malformed-type", header: "Content-Type", value: "/text", want: fetch.HeaderTypeMalformed},
		{name: "own-other-type", header: "Content-Type", value: "image/x", want: fetch.HeaderTypeNotSafelisted},
		{name: "unsafe-byte-comes-before-the-type", header: "Content-Type", value: "text/@", want: fetch.HeaderValueUnsafeByte},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(s.Check(test.header, test.value), test.want), test.name)
		noCORS := test.want == fetch.HeaderSafe && test.header != "Range"
		assert.Check(t, is.Equal(s.AllowsNoCORS(test.header, test.value), noCORS), test.name)
	}
}

func TestRangesOf64Bits(t *testing.T) {
	const largest, tooLarge = "9223372036854775807", "9223372036854775808"
	tests := []struct {
		name  string
		value string
		want  fetch.HeaderCause
	}{
		{name: "largest-start", value: "bytes=" + largest + "-"},
		{name: "larger-start", value: "bytes=" + tooLarge + "-", want: fetch.HeaderRangeNotSafelisted},
		{name: "largest-end", value: "bytes=0-" + largest},
		{name: "larger-end", value: "bytes=0-" + tooLarge, want: fetch.HeaderRangeNotSafelisted},
		{name: "leading-zeros-do-not-count", value: "bytes=0000000000000000000000-1"},
		{name: "still-no-suffix", value: "bytes=-1", want: fetch.HeaderRangeNotSafelisted},
	}
	for _, test := range tests {
		assert.Check(t, is.Equal(fetch.Safelist{RangeLimit: "9223372036854775808"}.Check("Range", test.value), test.want), test.name)
	}
	assert.Check(t, fetch.IsCORSSafelistedRequestHeader("Range", "bytes=0-"+tooLarge), "the standard knows no limit")
}

func TestUnsafeNamesOfRepeatedHeaders(t *testing.T) {
	l := list("X-B: 1", "Accept: \"", "X-a: 2", "x-b: 3")
	assert.DeepEqual(t, fetch.Safelist{}.UnsafeNames(l), []string{"accept", "x-a", "x-b"})
	var inOrder []string
	for _, c := range (fetch.Safelist{}).UnsafeCausesInOrder(l) {
		inOrder = append(inOrder, c.Name)
	}
	assert.DeepEqual(t, inOrder, []string{"x-b", "accept", "x-a", "x-b"})
	assert.DeepEqual(t, fetch.Safelist{KeepRepeats: true}.UnsafeNames(l), []string{"accept", "x-a", "x-b", "x-b"})
	assert.Assert(t, fetch.Safelist{}.UnsafeCausesInOrder(list("Accept: x")) == nil)
}

// fill returns headers with n bytes of safelisted values, at most 128 in each
// header.
func fill(n int) fetch.HeaderList {
	var l fetch.HeaderList
	for ; n > 0; n -= min(n, 128) {
		l = append(l, fetch.Header{Name: "Accept", Value: strings.Repeat("x", min(n, 128))})
	}
	return l
}

func TestUnsafeCauses(t *testing.T) {
	tests := []struct {
		name     string
		list     fetch.HeaderList
		safelist fetch.Safelist
		want     string // name:cause, one for each name
	}{
		{name: "nothing"},
		{name: "all-safelisted", list: list("Accept: */*", "Content-Type: text/plain", "Range: bytes=0-")},
		{name: "sorted-in-lower-case", list: list("X-B: 1", "Accept: x", "Authorization: y", "x-a: 1"),
			want: "authorization:name-not-safelisted x-a:name-not-safelisted x-b:name-not-safelisted"},
		{name: "each-name-once", list: list("X-A: 1", "x-a: 2"), want: "x-a:name-not-safelisted"},
		{name: "first-cause-of-a-name", list: list(`Accept: "`, "accept: "+strings.Repeat("x", 129)), want: "accept:value-unsafe-byte"},
		{name: "one-line-of-a-name-suffices", list: list("Content-Type: text/plain", "Content-Type: application/json"),
			want: "content-type:type-not-safelisted"},
		{name: "lines-are-not-joined", list: list("Content-Type: text/plain", "Content-Type: text/plain")},
		{name: "sum-1024", list: fill(1024)},
		{name: "sum-1025", list: fill(1025), want: "accept:sum-too-long"},
		{name: "sum-1025-lifted", list: fill(1025), safelist: fetch.Safelist{UnlimitedSum: true}},
		{name: "sum-condemns-every-safelisted-name", list: append(fill(1020), list("Content-Type: text/plain", "X-A: 1", "Range: bytes=0-")...),
			want: "accept:sum-too-long content-type:sum-too-long range:sum-too-long x-a:name-not-safelisted"},
		{name: "unsafe-values-do-not-count", list: append(fill(1024), list("X-A: 123", "Accept-Language: @")...),
			want: "accept-language:value-unsafe-byte x-a:name-not-safelisted"},
		{name: "own-cause-before-the-sum", list: append(fill(1025), list("Accept: @")...), want: "accept:value-unsafe-byte"},
		{name: "empty-values-count-nothing", list: append(fill(1024), list("Accept:", "Accept-Language:")...)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range test.safelist.UnsafeCauses(test.list) {
				got = append(got, c.Name+":"+c.Why.String())
				assert.Check(t, is.Equal(c.Kind, fetch.CauseHeader))
				assert.Check(t, slices.Contains(test.list, c.Header), "%v", c.Header)
				assert.Check(t, fetch.EqualFold(c.Header.Name, c.Name))
			}
			assert.Check(t, is.Equal(strings.Join(got, " "), test.want))
			names := test.safelist.UnsafeNames(test.list)
			assert.Check(t, is.Len(names, len(got)))
			assert.Check(t, slices.IsSorted(names))
		})
	}
}

func TestUnsafeCausesAllocatesNothingWhenAllIsSafe(t *testing.T) {
	l := append(fill(900), list("Content-Type: text/plain;charset=UTF-8", "Range: bytes=0-")...)
	allocs := testing.AllocsPerRun(100, func() { fetch.Safelist{}.UnsafeCauses(l) })
	assert.Equal(t, allocs, 0.0)
}

func ExampleSafelist_UnsafeCauses() {
	header := fetch.HeaderList{
		{Name: "Content-Type", Value: "application/json"},
		{Name: "Accept", Value: "application/json"},
		{Name: "X-API-Key", Value: "k3y"},
	}
	for _, cause := range (fetch.Safelist{}).UnsafeCauses(header) {
		fmt.Printf("%s: %s (%s)\n", cause.Name, cause.Why, cause.Header.Value)
	}
	// Output:
	// content-type: type-not-safelisted (application/json)
	// x-api-key: name-not-safelisted (k3y)
}
