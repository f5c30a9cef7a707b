package fetch_test

import (
	"encoding/base64"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// tokenList is the grammar #token with everything that a recipient has to
// accept.
var tokenList = func() *regexp.Regexp {
	const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
	return regexp.MustCompile("^[ \t]*(?:(?:" + token + ")?[ \t]*,[ \t]*)*(?:" + token + ")?[ \t]*$")
}()

func FuzzExtractHeaderListValues(f *testing.F) {
	for _, seed := range []string{"", "*", "GET, PUT", ",,A,\t,", "GET POST", `"GET"`, "X-A: b", "600", "-1", "\xff", "A,\vB", "put;q=1"} {
		f.Add(seed, "DELETE")
		f.Add("x", seed)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		one := fetch.HeaderList{{Name: fetch.HeaderAllowMethods, Value: a}}
		e := fetch.ExtractHeaderListValues("access-control-allow-methods", one)
		if matches := tokenList.MatchString(a); matches != (e.State == fetch.Present) {
			t.Fatalf("%q: %v, but the grammar says %v", a, e, matches)
		}
		if e.State == fetch.Malformed && (!strings.Contains(a, e.Offender) || fetch.IsMethod(e.Offender) || e.Offender == "") {
			t.Errorf("%q: the offender is not %q", a, e.Offender)
		}
		for _, value := range e.Values {
			if !fetch.IsMethod(value) {
				t.Errorf("%q: %q is not a token", a, value)
			}
		}
		// Two lines mean the same as one line with a comma between their
		// values.
		two := fetch.HeaderList{{Name: fetch.HeaderAllowMethods, Value: a}, {Name: "X", Value: b}, {Name: fetch.HeaderAllowMethods, Value: b}}
		joined, _ := two.Get(fetch.HeaderAllowMethods)
		x := fetch.ExtractHeaderListValues(fetch.HeaderAllowMethods, two)
		y := fetch.ExtractHeaderListValues(fetch.HeaderAllowMethods, fetch.HeaderList{{Name: fetch.HeaderAllowMethods, Value: joined}})
		if x.State != y.State || x.Offender != y.Offender || !slices.Equal(x.Values, y.Values) {
			t.Errorf("%q, %q: two lines give %v, one %v", a, b, x, y)
		}
		if age := fetch.ExtractHeaderListValues(fetch.HeaderMaxAge, fetch.HeaderList{{Name: fetch.HeaderMaxAge, Value: a}}); age.State == fetch.Present {
			if strings.Trim(age.Values[0], "0123456789") != "" || age.Values[0] == "" {
				t.Errorf("%q: %q is not a number", a, age.Values[0])
			}
		}
	})
}

func FuzzParseMIMEType(f *testing.F) {
	for _, file := range []string{"mime-types", "generated-mime-types"} {
		for i, c := range mimeCases(f, file) {
			if file == "mime-types" || i%50 == 0 {
				f.Add(latin1(c.Input))
			}
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, ok := fetch.ParseMIMEType(s)
		essence, essenceOK := fetch.MIMEEssence(s)
		if ok != essenceOK || m.Essence() != essence {
			t.Fatalf("%q: essence %q %v, but parsed %q %v", s, essence, essenceOK, m, ok)
		}
		if !ok {
			if m.String() != "" {
				t.Errorf("%q: a failure serialises as %q", s, m)
			}
			return
		}
		again, ok := fetch.ParseMIMEType(m.String())
		if !ok || again.String() != m.String() {
			t.Errorf("%q: %q becomes %q", s, m, again)
		}
		if essence != fetch.ByteLowercase(essence) || !strings.HasPrefix(m.String(), essence) {
			t.Errorf("%q: essence %q of %q", s, essence, m)
		}
		// For a single value without a comma, the header list gives the same
		// result.
		if !strings.Contains(s, ",") && essence != "*/*" {
			extracted, ok := fetch.ExtractMIMEType(fetch.HeaderList{{Name: "Content-Type", Value: s}})
			if !ok || extracted.String() != m.String() {
				t.Errorf("%q: extracted %q, parsed %q", s, extracted, m)
			}
		}
	})
}

func FuzzGetDecodeSplit(f *testing.F) {
	for _, seed := range []string{"", "a,b", "nosniff,", `x/x;test="hi",y/y`, `text/html;", x/x`, `"\",",1`, `"\`, "x / x,,,1", "\t, \xff"} {
		f.Add(seed, "b")
		f.Add("a", seed)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		items := fetch.GetDecodeSplitValue(a)
		if len(items) == 0 || len(items) > 1+strings.Count(a, ",") {
			t.Fatalf("%q: %q", a, items)
		}
		if !strings.Contains(a, `"`) && len(items) != 1+strings.Count(a, ",") {
			t.Errorf("%q: %q", a, items)
		}
		for _, item := range items {
			if strings.Trim(item, " \t") != item {
				t.Errorf("%q: white space around %q", a, item)
			}
			// An item that was split is one item again.
			if again := fetch.GetDecodeSplitValue(item); len(again) != 1 || again[0] != item {
				t.Errorf("%q: %q splits into %q", a, item, again)
			}
		}
		// Splitting the joined items returns the same items.
		joined := fetch.GetDecodeSplitValue(strings.Join(items, ","))
		if !slices.Equal(joined, items) {
			t.Errorf("%q: %q becomes %q", a, items, joined)
		}
		l := fetch.HeaderList{{Name: "X", Value: a}, {Name: "x", Value: b}}
		if !strings.Contains(a, `"`) {
			values, _ := l.GetDecodeSplit("X")
			if !slices.Equal(values, append(items, fetch.GetDecodeSplitValue(b)...)) {
				t.Errorf("%q, %q: %q", a, b, values)
			}
		}
	})
}

// The grammar of one range, without and with white space.
var (
	strictRange  = regexp.MustCompile("^bytes=([0-9]*)-([0-9]*)$")
	lenientRange = regexp.MustCompile("^bytes[ \t]*=[ \t]*([0-9]*)[ \t]*-[ \t]*([0-9]*)$")
)

// parseRange parses a range by its grammar and serialises it with the numbers
// that math/big reads; "" is failure.
func parseRange(grammar *regexp.Regexp, value string) string {
	match := grammar.FindStringSubmatch(value)
	if match == nil {
		return ""
	}
	start, hasStart := new(big.Int).SetString(match[1], 10)
	end, hasEnd := new(big.Int).SetString(match[2], 10)
	switch {
	case hasStart && hasEnd && start.Cmp(end) <= 0:
		return "bytes=" + start.String() + "-" + end.String()
	case hasStart && !hasEnd:
		return "bytes=" + start.String() + "-"
	case !hasStart && hasEnd:
		return "bytes=-" + end.String()
	}
	return ""
}

func FuzzParseSingleRange(f *testing.F) {
	for _, test := range rangeTests {
		f.Add(test.value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		strict, ok := fetch.ParseSingleRange(value)
		if want := parseRange(strictRange, value); strict.String() != want || ok != (want != "") {
			t.Errorf("%q: %q, not %q", value, strict, want)
		}
		lenient, ok := fetch.ParseSingleRangeLenient(value)
		if want := parseRange(lenientRange, value); lenient.String() != want || ok != (want != "") {
			t.Errorf("%q with white space: %q, not %q", value, lenient, want)
		}
		_, hasStart := strict.Start()
		if safe := fetch.IsCORSSafelistedRequestHeader("Range", value); safe != (hasStart && len(value) <= 128) {
			t.Errorf("%q: safelisted %v", value, safe)
		}
	})
}

// FuzzProcessDataURL checks that a data: URL contains the type and the body
// that it was made of.
func FuzzProcessDataURL(f *testing.F) {
	for _, seed := range []string{",x", "text/plain,a%20b", ";base64,WA==", "text/html;charset=x;base64, W A", "a/b;x=y,%C3%A9#f", ";base64;base64,WA", "text/plain", ";base64,%", "x/y ;BASE64 ,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, made := range []struct{ url, mimeType, body string }{
			{url: "data:a/b;base64," + base64.StdEncoding.EncodeToString([]byte(text)), mimeType: "a/b", body: text},
			{url: "data:;base64," + base64.RawStdEncoding.EncodeToString([]byte(text)), mimeType: "text/plain;charset=US-ASCII", body: text},
			{url: "data:a/b," + percentEncoded(text), mimeType: "a/b", body: text},
		} {
			mimeType, body, ok := fetch.ProcessDataURL(origin.MustParseURL(made.url))
			if !ok || body != made.body || mimeType != made.mimeType {
				t.Fatalf("%s: %q, %q, %v", made.url, mimeType, body, ok)
			}
		}
		u, err := origin.ParseURL("data:" + text)
		if err != nil {
			return // after two slashes the URL may have an invalid host
		}
		mimeType, _, ok := fetch.ProcessDataURL(u)
		if !ok {
			return
		}
		if again, ok := fetch.ParseMIMEType(mimeType); !ok || again.String() != mimeType {
			t.Errorf("%q: %q is not a type as it is written", text, mimeType)
		}
	})
}

// percentEncoded encodes every byte.
func percentEncoded(text string) string {
	var out strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&out, "%%%02X", text[i])
	}
	return out.String()
}
