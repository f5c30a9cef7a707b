package browser_test

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// TestCookieRules sets cookies from one URL and asks, some time later, which of
// them a first-party request to another URL carries.
func TestCookieRules(t *testing.T) {
	const home = "https://www.shop.example/a/b?q"
	for name, c := range map[string]struct {
		from string // "" is home
		set  []string
		bad  int // how many of them are refused
		wait time.Duration
		to   string // "" is home
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
			b := browser.New(browser.Spec())
			refused := 0
			for _, set := range c.set {
				if err := b.SetCookie(origin.MustParseURL(from), set); err != nil {
					refused++
				}
			}
			assert.Equal(t, refused, c.bad)
			b.Advance(c.wait)
			r := get(t, openIn(t, b, to), server{to: answer(200)}, browser.Init{URL: to})
			assert.Equal(t, lastSent(t, r, "Cookie"), c.want)
		})
	}
}

// TestSecureCookiesStandFast shows that plain HTTP cannot overlay a cookie that
// it could not read.
func TestSecureCookiesStandFast(t *testing.T) {
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
			b := browser.New(browser.Spec())
			assert.NilError(t, b.SetCookie(origin.MustParseURL(secure), "a=1; Path=/a; Secure"))
			err := b.SetCookie(origin.MustParseURL(insecure), c.set)
			assert.Equal(t, err == nil, c.fine, "%v", err)
		})
	}
}

// TestCookiesAcrossSites shows which cookies of each SameSite value go with the
// requests of a page.
func TestCookiesAcrossSites(t *testing.T) {
	const shop, bank = "https://shop.example/", "https://bank.example/"
	include := fetch.CredentialsInclude
	all := "none=1; lax=1; strict=1; unset=1"
	for name, c := range map[string]struct {
		page    string
		options []browser.PageOption
		init    browser.Init
		want    []string
	}{
		"same-origin":            {page: shop, init: browser.Init{URL: shop}, want: []string{all}},
		"same-origin-and-omit":   {page: shop, init: browser.Init{URL: shop, Credentials: fetch.CredentialsOmit}, want: []string{"-"}},
		"same-site":              {page: "https://m.shop.example/", init: browser.Init{URL: shop, Credentials: include}, want: []string{all}},
		"same-site-by-default":   {page: "https://m.shop.example/", init: browser.Init{URL: shop}, want: []string{"-"}},
		"cross-site":             {page: bank, init: browser.Init{URL: shop, Credentials: include}, want: []string{"none=1; unset=1"}},
		"cross-site-by-default":  {page: bank, init: browser.Init{URL: shop}, want: []string{"-"}},
		"cross-site-no-cors":     {page: bank, init: browser.Init{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"none=1; unset=1"}},
		"no-cors-by-default":     {page: bank, init: browser.Init{URL: shop, Mode: browser.InitModeNoCORS}, want: []string{"-"}},
		"sandboxed":              {page: shop, options: []browser.PageOption{browser.Sandboxed()}, init: browser.Init{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"none=1; unset=1"}},
		"there-and-back":         {page: shop, init: browser.Init{URL: bank + "back", Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"-", "none=1; unset=1"}},
		"out-and-back":           {page: shop, init: browser.Init{URL: shop + "out", Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{all, "-", "none=1; unset=1"}},
		"schemes-are-sites":      {page: "http://shop.example/", init: browser.Init{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"none=1; unset=1"}},
		"credentialless-page":    {page: bank, options: []browser.PageOption{browser.WithEmbedderPolicy(fetch.EmbedderPolicyCredentialless)}, init: browser.Init{URL: shop, Mode: browser.InitModeNoCORS, Credentials: include}, want: []string{"-"}},
		"credentialless-is-cors": {page: "https://m.shop.example/", options: []browser.PageOption{browser.WithEmbedderPolicy(fetch.EmbedderPolicyCredentialless)}, init: browser.Init{URL: shop, Credentials: include}, want: []string{all}},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser.New(browser.Spec())
			for _, set := range []string{"none=1; SameSite=None; Secure", "lax=1; SameSite=lax", "strict=1; SameSite=Strict", "unset=1"} {
				assert.NilError(t, b.SetCookie(origin.MustParseURL(shop), set))
			}
			s := server{shop: answer(200), bank + "back": redirect(302, shop), shop + "out": redirect(302, bank+"back")}
			r := get(t, openIn(t, b, c.page, c.options...), s, c.init)
			assert.DeepEqual(t, sent(r, "Cookie"), c.want)
		})
	}
}

// TestSetCookie shows which responses may set cookies: those to requests with
// credentials, whether or not script may read them.
func TestSetCookie(t *testing.T) {
	const none, lax = "Set-Cookie: none=1; SameSite=None; Secure", "Set-Cookie: lax=1; SameSite=Lax"
	for name, c := range map[string]struct {
		init  browser.Init
		lines []string
		page  string // "" is the usual one
		want  string
	}{
		"same-origin":           {init: browser.Init{URL: pageOrigin + "/x"}, lines: []string{none, lax}, want: "none=1; lax=1"},
		"same-origin-and-omit":  {init: browser.Init{URL: pageOrigin + "/x", Credentials: fetch.CredentialsOmit}, lines: []string{none, lax}, want: "-"},
		"cors-with-credentials": {init: browser.Init{URL: apiURL, Credentials: fetch.CredentialsInclude}, lines: []string{none, lax, acaoPage, acacTrue}, want: "none=1"},
		"cors-without":          {init: browser.Init{URL: apiURL}, lines: []string{none, lax, acaoAny}, want: "-"},
		"cors-that-is-blocked":  {init: browser.Init{URL: apiURL, Credentials: fetch.CredentialsInclude}, lines: []string{none, lax}, want: "none=1"},
		"redirect":              {init: browser.Init{URL: pageOrigin + "/r"}, lines: []string{lax, "Location: /else"}, want: "lax=1"},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser.New(browser.Spec())
			status := 200
			if strings.HasSuffix(c.init.URL, "/r") {
				status = 302
			}
			get(t, openIn(t, b, pageURL), server{c.init.URL: answer(status, c.lines...)}, c.init)
			u := origin.MustParseURL(c.init.URL)
			r := get(t, openIn(t, b, u.String()), server{}, browser.Init{URL: u.String()})
			assert.Equal(t, lastSent(t, r, "Cookie"), c.want)
		})
	}
}
