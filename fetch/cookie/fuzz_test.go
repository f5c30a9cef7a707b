package cookie_test

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/cookie"
)

// cookieAfter sets a cookie some times and returns the Cookie header of a
// request to the same URL; "-" means no header.
func cookieAfter(t *testing.T, times int, set string) string {
	t.Helper()
	const home = "https://www.shop.example/a/b"
	var jar cookie.Jar
	for range times {
		if err := setFirstParty(&jar, home, set); err != nil {
			assert.Check(t, !strings.ContainsAny(err.Error(), "\r\n"))
			return "-"
		}
	}
	return headerAfter(&jar, 0, home)
}

// FuzzSetCookie checks that a request carries a cookie with its exact name and
// value, or not at all, and that a repeated Set-Cookie changes nothing.
func FuzzSetCookie(f *testing.F) {
	for _, seed := range []string{
		"a=1", " a =\t1 ; Path = / ", "one", "a=b=c; Max-Age=1; Secure; HttpOnly", "a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; SameSite=Lax",
		"__Host-a=1; Secure; Path=/", "a=1; Domain=example; Partitioned", "a=\x01", "=", "\xff=é", "a=1; max-age=-0; expires=0",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, set string) {
		got := cookieAfter(t, 1, set)
		assert.Equal(t, cookieAfter(t, 2, set), got)
		if got == "-" {
			return
		}
		pair, _, _ := strings.Cut(set, ";")
		name, value, found := strings.Cut(pair, "=")
		want := strings.Trim(pair, " \t")
		if found {
			want = strings.TrimPrefix(strings.Trim(name, " \t")+"="+strings.Trim(value, " \t"), "=")
		}
		assert.Equal(t, got, want)
		assert.Assert(t, fetch.IsHeaderValue(got), "%q", got)
	})
}

// FuzzCookieDate checks that a cookie ends at its date, in every date format.
func FuzzCookieDate(f *testing.F) {
	layouts := []string{
		"Mon, 02 Jan 2006 15:04:05 GMT", time.RFC1123, time.ANSIC, "Mon, 02-Jan-2006 15:04:05 GMT", "2006 Jan 2 15:4:5",
		"15:04:05, Monday the 2, january/2006", "02 jan... 2006 15:04:05x",
	}
	for i := range layouts {
		f.Add(start.Unix()+int64(i), uint8(i))
		f.Add(start.Unix()-int64(i), uint8(i))
	}
	f.Fuzz(func(t *testing.T, seconds int64, layout uint8) {
		at := time.Unix(seconds, 0).UTC()
		if at.Year() < 1601 || at.Year() > 9999 {
			return
		}
		text := at.Format(layouts[int(layout)%len(layouts)])
		want := "-"
		if at.After(start) {
			want = "a=1"
		}
		assert.Equal(t, cookieAfter(t, 1, "a=1; Expires="+text), want, text)
	})
}
