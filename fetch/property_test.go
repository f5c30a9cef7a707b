package fetch_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	"pgregory.net/rapid"

	"github.com/corsim/corsim/fetch"
)

// anyName draws from so few names that a list often has a name twice.
func anyName() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		name := rapid.SampledFrom([]string{
			"accept", "accept-language", "content-language", "content-type", "range", "authorization", "set-cookie", "x-a", "x-b",
		}).Draw(t, "name")
		return anyCase(name).Draw(t, "case")
	})
}

// anyCase draws spellings of s in upper and lower case.
func anyCase(s string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		b := []byte(s)
		for i, upper := range rapid.SliceOfN(rapid.Bool(), len(b), len(b)).Draw(t, "upper") {
			if upper {
				b[i] = strings.ToUpper(s[i : i+1])[0]
			}
		}
		return string(b)
	})
}

func anyValue() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		value := rapid.SampledFrom([]string{
			"", "x", "*/*", "text/plain", "Text/Plain;charset=UTF-8", "application/json", "text/html, text/plain", "bytes=0-", "bytes=-1",
			"de-CH", `"`, ",", `a;"b,c`, "\xff", strings.Repeat("y", 120),
		}).Draw(t, "value")
		return strings.Repeat(value, rapid.IntRange(1, 2).Draw(t, "times"))
	})
}

func anyList() *rapid.Generator[fetch.HeaderList] {
	return rapid.Map(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fetch.Header {
		return fetch.Header{Name: anyName().Draw(t, "name"), Value: anyValue().Draw(t, "value")}
	}), 0, 20), func(l []fetch.Header) fetch.HeaderList { return l })
}

// respelled draws the list with other spellings of its names.
func respelled(t *rapid.T, l fetch.HeaderList) fetch.HeaderList {
	l = l.Clone()
	for i := range l {
		l[i].Name = anyCase(strings.ToLower(l[i].Name)).Draw(t, "spelling")
	}
	return l
}

func TestCaseOfNamesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		other := respelled(t, l)
		name := anyName().Draw(t, "name")
		upper := strings.ToUpper(name)
		a, hasA := l.Get(name)
		b, hasB := other.Get(upper)
		assert.Assert(t, a == b && hasA == hasB)
		assert.DeepEqual(t, l.Values(name), other.Values(upper))
		assert.DeepEqual(t, l.SortAndCombine(), other.SortAndCombine())
		assert.DeepEqual(t, fetch.Safelist{}.UnsafeNames(l), fetch.Safelist{}.UnsafeNames(other))
		assert.DeepEqual(t, fetch.ExtractHeaderListValues(name, l), fetch.ExtractHeaderListValues(upper, other))
		value := anyValue().Draw(t, "value")
		assert.Equal(t, fetch.Safelist{}.Check(name, value), fetch.Safelist{}.Check(upper, value))
		assert.Equal(t, fetch.IsForbiddenRequestHeader(name, value), fetch.IsForbiddenRequestHeader(upper, value))
		assert.Equal(t, fetch.IsNoCORSSafelistedRequestHeaderName(name), fetch.IsNoCORSSafelistedRequestHeaderName(upper))
	})
}

func TestAnUnrelatedHeaderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		name := anyName().Draw(t, "name")
		unrelated := fetch.Header{Name: name + rapid.StringMatching(`[a-z0-9-]{1,3}`).Draw(t, "more"), Value: anyValue().Draw(t, "value")}
		longer := slices.Insert(l.Clone(), rapid.IntRange(0, len(l)).Draw(t, "at"), unrelated)
		for _, n := range []string{name, name[1:], "accept"} {
			if fetch.EqualFold(n, unrelated.Name) {
				continue
			}
			value, ok := l.Get(n)
			again, okAgain := longer.Get(n)
			assert.Assert(t, value == again && ok == okAgain, n)
			assert.DeepEqual(t, fetch.ExtractHeaderListValues(n, l), fetch.ExtractHeaderListValues(n, longer))
		}
	})
}

func TestMIMETypesComeBack(t *testing.T) {
	parameter := rapid.StringMatching(`;[ \t]?[a-cA-C]{1,2}=([a-z]{1,3}|"([^"\\\x00-\x1f\x7f]|\\["\\a])*")`)
	rapid.Check(t, func(t *rapid.T) {
		written := rapid.StringMatching(`[a-zA-Z+.]{1,5}/[a-zA-Z+.]{1,5}`).Draw(t, "essence") +
			strings.Join(rapid.SliceOfN(parameter, 0, 4).Draw(t, "parameters"), "")
		m, ok := fetch.ParseMIMEType(written)
		assert.Assert(t, ok)
		again, ok := fetch.ParseMIMEType(m.String())
		assert.Assert(t, ok)
		assert.DeepEqual(t, again, m, cmp.Exporter(func(reflect.Type) bool { return true }))
		essence, ok := fetch.MIMEEssence(written)
		assert.Assert(t, ok && essence == m.Essence())
	})
}

func TestOrderDoesNotMatterForUnsafeNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		shuffled := fetch.HeaderList(rapid.Permutation(l).Draw(t, "shuffled"))
		assert.DeepEqual(t, fetch.Safelist{}.UnsafeNames(l), fetch.Safelist{}.UnsafeNames(shuffled))
	})
}

// unsafeNames is the standard's algorithm in its simplest form.
func unsafeNames(l fetch.HeaderList) []string {
	var unsafe, potentially []string
	size := 0
	for _, h := range l {
		if fetch.IsCORSSafelistedRequestHeader(h.Name, h.Value) {
			potentially = append(potentially, h.Name)
			size += len(h.Value)
		} else {
			unsafe = append(unsafe, h.Name)
		}
	}
	if size > 1024 {
		unsafe = append(unsafe, potentially...)
	}
	return fetch.SortedLowercaseSet(unsafe)
}

func TestUnsafeNamesAgreesWithThePlainAlgorithm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		assert.DeepEqual(t, fetch.Safelist{}.UnsafeNames(l), unsafeNames(l))
	})
}

func TestRemovingHeadersNeverAddsUnsafeNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		if len(l) == 0 {
			t.Skip()
		}
		i := rapid.IntRange(0, len(l)-1).Draw(t, "removed")
		fewer := slices.Delete(l.Clone(), i, i+1)
		all := fetch.Safelist{}.UnsafeNames(l)
		for _, name := range (fetch.Safelist{}).UnsafeNames(fewer) {
			assert.Assert(t, slices.Contains(all, name), name)
		}
	})
}

func TestChangesOfAHeaderList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		name, value := anyName().Draw(t, "name"), anyValue().Draw(t, "value")
		old, had := l.Get(name)

		set := l.Clone()
		set.Set(name, value)
		assert.DeepEqual(t, set.Values(name), []string{value})

		appended := l.Clone()
		appended.Append(name, value)
		combined := l.Clone()
		combined.Combine(name, value)
		want := value
		if had {
			want = old + ", " + value
		}
		got, _ := appended.Get(name)
		assert.Equal(t, got, want)
		if len(l.Values(name)) < 2 {
			got, _ = combined.Get(name)
			assert.Equal(t, got, want)
		}

		deleted := l.Clone()
		deleted.Delete(name)
		assert.Assert(t, !deleted.Contains(name))
		assert.Equal(t, len(deleted), len(l)-len(l.Values(name)))
		set.Delete(name)
		assert.DeepEqual(t, set, deleted)
	})
}

func TestSortAndCombineTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyList().Draw(t, "list")
		once := l.SortAndCombine()
		assert.DeepEqual(t, once.SortAndCombine(), once)
		for _, h := range once {
			if h.Name != "set-cookie" {
				value, _ := l.Get(h.Name)
				assert.Equal(t, h.Value, value)
			}
		}
	})
}

func TestSplittingJoinedValues(t *testing.T) {
	item := rapid.StringMatching(`[a-z/;=*]*|"([^"\\]|\\.)*"`)
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(item, 1, 8).Draw(t, "items")
		assert.DeepEqual(t, fetch.GetDecodeSplitValue(strings.Join(items, ", ")), items)
	})
}

func TestRangesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, ok := fetch.ParseSingleRange(rapid.StringMatching(`bytes=[0-9]{0,30}-[0-9]{0,30}`).Draw(t, "range"))
		if !ok {
			t.Skip()
		}
		again, ok := fetch.ParseSingleRange(r.String())
		assert.Assert(t, ok && again == r)
		lenient, ok := fetch.ParseSingleRangeLenient(strings.NewReplacer("=", " = ", "-", "\t- ").Replace(r.String()))
		assert.Assert(t, ok && lenient == r)
	})
}
