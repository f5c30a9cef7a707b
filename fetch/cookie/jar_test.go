package cookie_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/cookie"
	"github.com/corsim/corsim/origin"
)

// start is the time at which the tests begin.
var start = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// setFirstParty sets a cookie at the start, as the page's own server does.
func setFirstParty(jar *cookie.Jar, from, set string) error {
	u := origin.MustParseURL(from)
	return jar.Set(u, set, new(cookie.Policy).FirstParty(u, start))
}

// headerAfter returns the Cookie header of a page's request to its own URL,
// some time after the start; "-" means no header.
func headerAfter(jar *cookie.Jar, wait time.Duration, to string) string {
	u := origin.MustParseURL(to)
	if value := jar.Header(u, new(cookie.Policy).FirstParty(u, start.Add(wait))); value != "" {
		return value
	}
	return "-"
}

// TestJar sets cookies from one URL. Some time later it checks which cookies a
// first-party request to another URL carries.
func TestJar(t *testing.T) {
	const home = "https://www.shop.example/a/b?q"
	for name, c := range map[string]struct {
		from string // "" means home
		set  []string
		bad  int // the number of refused cookies
		wait time.Duration
		to   string // "" means home
		want string
	}{
		"session":                     {set: []string{"a=1"}, wait: 1000 * time.Hour, want: "a=1"},
		"without-name":                {set: []string{"one"}, want: "one"},
		"without-value":               {set: []string{"a="}, want: "a="},
		"white-space":                 {set: []string{" a =\t1 ; Path = / "}, want: "a=1"},
		"equals-signs-in-values":      {set: []string{"a=b=c"}, want: "a=b=c"},
		"nothing-at-all":              {set: []string{"=", "", " ; Path=/"}, bad: 3, want: "-"},
		"replaced":                    {set: []string{"a=1", "b=1", "a=2"}, want: "a=2; b=1"},
		"names-have-case":             {set: []string{"a=1", "A=2"}, want: "a=1; A=2"},
		"longest-path-first":          {set: []string{"a=1; Path=/", "b=1; Path=/a/b", "c=1; Path=/a"}, want: "b=1; c=1; a=1"},
		"longest-allowed":             {set: []string{"a=" + strings.Repeat("x", 4095)}, want: "a=" + strings.Repeat("x", 4095)},
		"too-long":                    {set: []string{"a=" + strings.Repeat("x", 4096)}, bad: 1, want: "-"},
		"nul":                         {set: []string{"a=\x00"}, bad: 1, want: "-"},
		"control-character":           {set: []string{"a=\x01", "b=\x7f", "c=1\t2"}, bad: 2, want: "c=1\t2"},
		"host-only":                   {set: []string{"a=1"}, to: "https://shop.example/a/b", want: "-"},
		"host-only-above":             {from: "https://shop.example/", set: []string{"a=1"}, want: "-"},
		"domain":                      {set: []string{"a=1; Domain=shop.example; Path=/"}, to: "https://x.y.shop.example/", want: "a=1"},
		"domain-with-a-dot":           {set: []string{"a=1; Domain=.SHOP.example"}, to: "https://shop.example/a/b", want: "a=1"},
		"domain-of-another":           {set: []string{"a=1; Domain=else.example"}, bad: 1, want: "-"},
		"domain-below":                {set: []string{"a=1; Domain=x.www.shop.example"}, bad: 1, want: "-"},
		"domain-by-suffix-alone":      {from: "https://workshop.example/", set: []string{"a=1; Domain=shop.example"}, bad: 1, want: "-"},
		"domain-of-strangers":         {from: "https://me.github.io/", set: []string{"a=1; Domain=github.io"}, bad: 1, to: "https://you.github.io/", want: "-"},
		"domain-that-is-the-host":     {from: "https://github.io/", set: []string{"a=1; Domain=github.io"}, to: "https://github.io/", want: "a=1"},
		"domain-of-an-address":        {from: "http://127.0.0.1/", set: []string{"a=1; Domain=0.0.1"}, bad: 1, to: "http://127.0.0.1/", want: "-"},
		"ports-share":                 {set: []string{"a=1"}, to: "https://www.shop.example:8443/a/b", want: "a=1"},
		"schemes-share":               {set: []string{"a=1"}, to: "http://www.shop.example/a/b", want: "a=1"},
		"secure":                      {set: []string{"a=1; Secure"}, want: "a=1"},
		"secure-over-http":            {set: []string{"a=1; Secure"}, to: "http://www.shop.example/a/b", want: "-"},
		"secure-from-http":            {from: "http://www.shop.example/", set: []string{"a=1; Secure"}, bad: 1, want: "-"},
		"default-path":                {set: []string{"a=1"}, to: "https://www.shop.example/a/c", want: "a=1"},
		"default-path-above":          {set: []string{"a=1"}, to: "https://www.shop.example/ab", want: "-"},
		"path":                        {set: []string{"a=1; Path=/x"}, to: "https://www.shop.example/x", want: "a=1"},
		"path-below":                  {set: []string{"a=1; Path=/x"}, to: "https://www.shop.example/x/y", want: "a=1"},
		"path-beside":                 {set: []string{"a=1; Path=/x"}, to: "https://www.shop.example/xy", want: "-"},
		"path-with-a-slash":           {set: []string{"a=1; Path=/x/"}, to: "https://www.shop.example/x/y", want: "a=1"},
		"path-that-is-none":           {set: []string{"a=1; Path=x"}, want: "a=1"},
		"max-age":                     {set: []string{"a=1; Max-Age=10"}, wait: 9 * time.Second, want: "a=1"},
		"max-age-is-over":             {set: []string{"a=1; Max-Age=10"}, wait: 10 * time.Second, want: "-"},
		"max-age-of-zero-deletes":     {set: []string{"a=1", "a=2; Max-Age=0"}, want: "-"},
		"max-age-below-zero":          {set: []string{"a=1; Max-Age=-1"}, want: "-"},
		"max-age-that-is-none":        {set: []string{"a=1; Max-Age=1s"}, wait: time.Hour, want: "a=1"},
		"max-age-beyond-counting":     {set: []string{"a=1; Max-Age=99999999999999999999"}, wait: time.Hour, want: "a=1"},
		"expires":                     {set: []string{"a=1; Expires=Thu, 01 Jan 2026 00:01:00 GMT"}, wait: 59 * time.Second, want: "a=1"},
		"expired":                     {set: []string{"a=1; Expires=Thu, 01 Jan 2026 00:01:00 GMT"}, wait: time.Minute, want: "-"},
		"expires-with-dashes":         {set: []string{"a=1; Expires=Thu, 01-Jan-2026 00:01:00 GMT"}, wait: time.Minute, want: "-"},
		"expires-in-the-past-deletes": {set: []string{"a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}, want: "-"},
		"max-age-before-expires":      {set: []string{"a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}, want: "a=1"},
		"expires-before-max-age":      {set: []string{"a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60"}, want: "a=1"},
		"last-expires-counts":         {set: []string{"a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=Thu, 01 Jan 2026 00:01:00 GMT"}, want: "a=1"},
		"expires-that-is-none":        {set: []string{"a=1; Expires=soon"}, want: "a=1"},
		"none-needs-secure":           {set: []string{"a=1; SameSite=None"}, bad: 1, want: "-"},
		"unknown-same-site-is-unset":  {set: []string{"a=1; SameSite=Some"}, want: "a=1"},
		"unknown-attribute":           {set: []string{"a=1; Priority=High; HttpOnly"}, want: "a=1"},
		"secure-prefix":               {set: []string{"__Secure-a=1; Secure"}, want: "__Secure-a=1"},
		"secure-prefix-unfulfilled":   {set: []string{"__Secure-a=1", "__SECURE-b=1"}, bad: 2, want: "-"},
		"host-prefix":                 {set: []string{"__Host-a=1; Secure; Path=/"}, want: "__Host-a=1"},
		"host-prefix-unfulfilled":     {set: []string{"__Host-a=1; Path=/", "__Host-b=1; Secure", "__host-c=1; Secure; Path=/; Domain=www.shop.example"}, bad: 3, want: "-"},
		"prefix-in-a-nameless-value":  {set: []string{"__Secure-a", "=__Host-b=1"}, bad: 2, want: "-"},
	} {
		t.Run(name, func(t *testing.T) {
			from, to := home, home
			if c.from != "" {
				from = c.from
			}
			if c.to != "" {
				to = c.to
			}
			var jar cookie.Jar
			refused := 0
			for _, set := range c.set {
				if err := setFirstParty(&jar, from, set); err != nil {
					refused++
				}
			}
			assert.Equal(t, refused, c.bad)
			assert.Equal(t, headerAfter(&jar, c.wait, to), c.want)
		})
	}
}

// TestSecureCookiesAreNotOverlaid checks that a response over plain HTTP cannot
// overlay a cookie that its request did not carry.
func TestSecureCookiesAreNotOverlaid(t *testing.T) {
	const secure, insecure = "https://www.shop.example/a/b", "http://www.shop.example/a/b"
	for name, c := range map[string]struct {
		set  string
		fine bool
	}{
		"same-name-and-path":  {set: "a=2; Path=/a"},
		"same-name-below":     {set: "a=2; Path=/a/b"},
		"same-name-above":     {set: "a=2; Path=/", fine: true},
		"another-name":        {set: "b=2; Path=/a", fine: true},
		"same-name-by-domain": {set: "a=2; Path=/a; Domain=shop.example"},
	} {
		t.Run(name, func(t *testing.T) {
			var jar cookie.Jar
			assert.NilError(t, setFirstParty(&jar, secure, "a=1; Path=/a; Secure"))
			err := setFirstParty(&jar, insecure, c.set)
			assert.Equal(t, err == nil, c.fine, "%v", err)
		})
	}
}

// TestSnapshot checks that changes of a jar and of its snapshot do not affect
// each other.
func TestSnapshot(t *testing.T) {
	const home = "https://www.shop.example/"
	for name, n := range map[string]int{"empty": 0, "one": 1, "room-to-spare": 3, "many": 100} {
		t.Run(name, func(t *testing.T) {
			var jar cookie.Jar
			for i := range n {
				assert.NilError(t, setFirstParty(&jar, home, fmt.Sprintf("k%03d=1", i)))
			}
			before := headerAfter(&jar, 0, home)
			snapshot, other := jar.Snapshot(), jar.Snapshot()
			assert.NilError(t, setFirstParty(&jar, home, "jar=1"))
			assert.NilError(t, setFirstParty(&snapshot, home, "snapshot=1"))
			assert.NilError(t, setFirstParty(&jar, home, "k000=2"))
			assert.Equal(t, headerAfter(&other, 0, home), before)
			assert.Check(t, !strings.Contains(headerAfter(&jar, 0, home), "snapshot"))
			assert.Check(t, !strings.Contains(headerAfter(&snapshot, 0, home), "jar"))
			assert.Equal(t, strings.Count(headerAfter(&snapshot, 0, home), "k000=2"), 0)
		})
	}
}

// TestSetAll checks that one response with many cookies stores the same cookies
// as many responses with one cookie each.
func TestSetAll(t *testing.T) {
	u := origin.MustParseURL("https://www.shop.example/a")
	first := new(cookie.Policy).FirstParty(u, start)
	var lines []string
	for i := range 40 {
		lines = append(lines, fmt.Sprintf("k%d=%d; Secure", i%20, i), fmt.Sprintf("k%d=x; Max-Age=0; Secure", i%7), "=")
	}
	var all, each cookie.Jar
	all.SetAll(u, lines, first)
	for _, line := range lines {
		_ = each.Set(u, line, first)
	}
	assert.Equal(t, all.Header(u, first), each.Header(u, first))
	assert.Assert(t, !all.IsEmpty())
}
