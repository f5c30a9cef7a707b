package origin_test

import (
	"fmt"

	"github.com/corsim/corsim/origin"
)

// The same-origin check is ==.
func ExampleOrigin() {
	page := origin.MustParseURL("https://example.com/account").Origin()
	for _, target := range []string{
		"https://example.com:443/api",
		"https://EXAMPLE.com/api?x=1#y",
		"http://example.com/api",
		"https://api.example.com/",
		"https://example.com:8443/api",
	} {
		fmt.Println(target, page == origin.MustParseURL(target).Origin())
	}
	// Output:
	// https://example.com:443/api true
	// https://EXAMPLE.com/api?x=1#y true
	// http://example.com/api false
	// https://api.example.com/ false
	// https://example.com:8443/api false
}

func ExampleCompare() {
	page := origin.MustParseURL("https://example.com/").Origin()
	for _, target := range []string{
		"https://example.com/api",
		"http://example.com/",
		"https://www.example.com:8443/",
		"data:text/html,hello",
	} {
		fmt.Println(origin.Compare(page, origin.MustParseURL(target).Origin()))
	}
	// Output:
	// same origin
	// scheme
	// host and port
	// opaque origin
}

// An opaque origin is equal only to itself, although every opaque origin is
// serialised as "null".
func ExampleNewOpaque() {
	a, b := origin.NewOpaque(), origin.NewOpaque()
	same := a
	fmt.Println(a, b, a == b, a == same)
	// Output: null null false true
}

// Servers are often configured with values that no browser ever sends.
func ExampleParseOrigin() {
	for _, s := range []string{
		"https://example.com",
		"https://example.com/",
		"https://example.com:443",
		"example.com",
		"null",
	} {
		_, err := origin.ParseOrigin(s)
		fmt.Println(s, "→", err)
	}
	// Output:
	// https://example.com → <nil>
	// https://example.com/ → cannot parse "https://example.com/": it is not of the form scheme "://" host [ ":" port ] in lower case, with nothing after it
	// https://example.com:443 → cannot parse "https://example.com:443": no browser writes an origin in this form
	// example.com → cannot parse "example.com": it is not of the form scheme "://" host [ ":" port ] in lower case, with nothing after it
	// null → cannot parse "null": "null" stands for an opaque origin but does not say which
}

// Parsing corrects what people write.
func ExampleParseURL() {
	for _, input := range []string{
		"HTTPS://Example.com:443/a/../b c",
		"http:\\\\0x7f.1",
		"https://b\u00FCcher.example?q=\u00FC",
	} {
		fmt.Println(origin.MustParseURL(input))
	}
	_, err := origin.ParseURL("https://exa mple.com/")
	fmt.Println(err)
	// Output:
	// https://example.com/b%20c
	// http://127.0.0.1/
	// https://xn--bcher-kva.example/?q=%C3%BC
	// cannot parse "https://exa mple.com/": the host contains a character that no domain name may contain
}

func ExampleURL_Parse() {
	base := origin.MustParseURL("https://example.com/docs/index.html?v=1")
	for _, ref := range []string{"next.html", "../img/a.png", "//cdn.example.net/x.js", "#top"} {
		u, err := base.Parse(ref)
		fmt.Println(u, err)
	}
	// Output:
	// https://example.com/docs/next.html <nil>
	// https://example.com/img/a.png <nil>
	// https://cdn.example.net/x.js <nil>
	// https://example.com/docs/index.html?v=1#top <nil>
}

// Cookies use sites, CORS uses origins: these URLs have one site and four
// origins.
func ExampleSameSite() {
	page := origin.MustParseURL("https://www.example.com/").Origin()
	for _, target := range []string{
		"https://api.example.com/", "https://example.com:8443/", "http://www.example.com/", "https://example.org/",
	} {
		o := origin.MustParseURL(target).Origin()
		fmt.Println(o, origin.SameSite(page, o), origin.SchemelesslySameSite(page, o))
	}
	// Output:
	// https://api.example.com true true
	// https://example.com:8443 true true
	// http://www.example.com false true
	// https://example.org false false
}

// Below a public suffix each name is a site of its own.
func ExampleOrigin_Site() {
	for _, s := range []string{"https://www.example.co.uk:8443", "https://someone.github.io", "http://127.0.0.1:3000"} {
		o, err := origin.ParseOrigin(s)
		fmt.Println(o.Site(), err)
	}
	// Output:
	// https://example.co.uk <nil>
	// https://someone.github.io <nil>
	// http://127.0.0.1 <nil>
}

// Both pages have to set document.domain, or neither page.
func ExampleSameOriginDomain() {
	a := origin.DomainOrigin{Origin: origin.MustParseURL("https://a.example.com/").Origin()}
	b := origin.DomainOrigin{Origin: origin.MustParseURL("https://b.example.com/").Origin()}
	fmt.Println(origin.SameOriginDomain(a, b))
	a.Domain, a.HasDomain = "example.com", true
	fmt.Println(origin.SameOriginDomain(a, b))
	b.Domain, b.HasDomain = "example.com", true
	fmt.Println(origin.SameOriginDomain(a, b))
	// Output:
	// false
	// false
	// true
}

func ExamplePartitionKeyOf() {
	shop := origin.PartitionKeyOf(origin.MustParseURL("https://www.shop.example/").Origin())
	help := origin.PartitionKeyOf(origin.MustParseURL("https://help.shop.example/").Origin())
	news := origin.PartitionKeyOf(origin.MustParseURL("https://news.example/").Origin())
	fmt.Println(shop, shop == help, shop == news)
	// Output: https://shop.example true false
}
