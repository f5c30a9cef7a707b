package browser

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// portSoup marks the entries that belong to the network layer of the GTK port,
// with which WebKit was recorded.
const portSoup = "WebKitGTK (libsoup)"

const (
	soupDataTask  = "Source/WebKit/NetworkProcess/soup/NetworkDataTaskSoup.cpp"
	soupCookieJar = "libsoup/cookies/soup-cookie-jar.c"
	soupRequest   = "Source/WebCore/platform/network/soup/ResourceRequestSoup.cpp"
)

// libsoupEntries are about the network layer of the GTK port.
func libsoupEntries() []Entry {
	return []Entry{{
		Name:     "default-headers",
		Standard: "The browser chooses which headers it adds by itself.",
		Behaviour: "It adds Host, Connection, Accept-Encoding (with Brotli only for https) and Accept-Language (from the environment, which was the locale C in " +
			"the recordings).",
		Source:   "libsoup/http1/soup-client-message-io-http1.c",
		Versions: "libsoup 3",
		Port:     portSoup,
		apply:    func(r *rules) { r.DefaultHeaders = soupDefaultHeaders },
	}, {
		Name:     "headers-in-utf-8",
		Standard: "A character of a header value that script sets is one byte on the wire. A byte of a response header is one character for script.",
		Behaviour: "Characters are sent in UTF-8. Bytes in responses that are not UTF-8 are replaced by the three bytes of U+FFFD, which script sees as three " +
			"characters. The Location header is parsed from the same text.",
		Source:   soupRequest,
		Versions: "all",
		Port:     portSoup,
		apply: func(r *rules) {
			r.UTF8Headers = true
			r.CombineResponseHeaders = onlyUTF8
		},
	}, {
		Name:     "location-as-text",
		Standard: "The bytes of a Location header are percent-encoded one by one. Several lines are a failure. An empty value leads to the same URL.",
		Behaviour: "Each byte is a character, which the URL parser encodes in UTF-8. Several lines are joined with a comma and a space. With an empty value the " +
			"request fails.",
		Source:   soupDataTask,
		Versions: "all",
		Port:     portSoup,
		apply:    func(r *rules) { r.LocationAsText = true },
	}, {
		Name:      "other-redirects",
		Standard:  "The statuses 301, 302, 303, 307 and 308 are redirects.",
		Behaviour: "Every other status from 309 to 399 is a redirect as well, if the response has a Location value. The method and the body stay the same.",
		Source:    soupDataTask,
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.OtherRedirectStatuses = true },
	}, {
		Name:      "percent-encoding-normalised",
		Standard:  "The percent-encoded bytes of a URL are sent as they are.",
		Behaviour: "Their digits are converted to upper case, and bytes that need no encoding are decoded. Script sees the URL that was sent, and the console names it if no answer came.",
		Source:    "glib/guri.c",
		Versions:  "libsoup 3",
		Port:      portSoup,
		apply:     func(r *rules) { r.NormalizeURLs = soupURL },
	}, {
		Name:      "cross-origin-delete-becomes-get",
		Standard:  "A redirect with status 301, 302, 307 or 308 keeps the method DELETE.",
		Behaviour: "A redirect to another origin changes it to GET, so the method needs no preflight any more. The headers stay.",
		Source:    soupDataTask,
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.CrossOriginDeleteBecomesGet = true },
	}, {
		Name:     "no-third-party-cookies",
		Standard: "A response to a request with credentials may set cookies.",
		Behaviour: "Cookies of a site other than the page's are not stored, but existing cookies are sent. Below a suffix that is not in the public suffix " +
			"list, every host is a site of its own; only a cookie with a Domain that contains the page's host belongs to the page's site.",
		Source:   soupCookieJar,
		Versions: "all, by the default policy of the port",
		Port:     portSoup,
		apply:    func(r *rules) { r.cookies.NoThirdParty = true },
	}, {
		Name:      "secure-cookies-need-https",
		Standard:  "http://localhost may set and get cookies with Secure.",
		Behaviour: "Such cookies need https.",
		Source:    soupCookieJar,
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.cookies.SecureNeedsHTTPS = true },
	}, {
		Name: "same-site-by-urls",
		Standard: "Cookies with SameSite=Lax or Strict are sent only with requests from the page's site, including the scheme. Sandboxed pages and redirects " +
			"across sites count as cross-site.",
		Behaviour: "The URL of the page and the URL of the request decide, without their schemes. The sandbox and the redirects do not count. For a sandboxed " +
			"page every host is a site of its own.",
		Source:   "Source/WebKit/NetworkProcess/soup/NetworkDataTaskSoup.cpp",
		Versions: "all",
		Port:     portSoup,
		apply:    func(r *rules) { r.cookies.SameSiteByURLs = true },
	}, {
		Name:      "second-challenge-fails",
		Standard:  "If the server does not accept the URL's user name and password, script gets its second 401.",
		Behaviour: "The program asks the user for a login, which nobody gave in the recordings (MiniBrowser), and the request fails.",
		Source:    soupDataTask + "; seen in recordings",
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.SecondChallengeFails = true },
	}, {
		Name:      "framing-is-strict",
		Standard:  "A Content-Length that is no number states no length. The body of a redirect is not read.",
		Behaviour: "The request fails if Content-Length is not one number, and if the body of a redirect is shorter than it says.",
		Source:    "libsoup/soup-message-headers.c; libsoup/http1/soup-body-input-stream.c",
		Versions:  "libsoup 3",
		Port:      portSoup,
		apply:     func(r *rules) { r.StrictFraming = true },
	}, {
		Name:      "undecodable-bodies-passed-on",
		Standard:  "A body that is not in the coding that Content-Encoding names cannot be read.",
		Behaviour: "Script gets it as it came.",
		Source:    "libsoup/content-decoder/soup-converter-wrapper.c",
		Versions:  "libsoup 3",
		Port:      portSoup,
		apply:     func(r *rules) { r.UndecodableBodiesPassedOn = true },
	}, {
		Name:     "types-guessed",
		Standard: "A response without a MIME type has none. Of several types the last one that parses counts.",
		Behaviour: "A module has the type that the network layer tells: that of the last line of Content-Type, if it has one slash and no space; otherwise the type of " +
			"what the body looks like, such as text/plain.",
		Source:   "libsoup/content-sniffer/soup-content-sniffer.c; libsoup/soup-message-headers.c",
		Versions: "libsoup 3",
		Port:     portSoup,
		apply:    func(r *rules) { r.LoadedType = soupType },
	}, {
		Name:      "no-cookie-prefixes",
		Standard:  "A cookie whose name begins with __Secure- or __Host- is refused unless it was set as the prefix promises.",
		Behaviour: "The prefixes mean nothing.",
		Source:    "libsoup/cookies/soup-cookie.c",
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.cookies.NoPrefixes = true },
	}, {
		Name:      "same-site-none-without-secure",
		Standard:  "A cookie with SameSite=None is refused unless it has Secure.",
		Behaviour: "It is stored.",
		Source:    soupCookieJar,
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.cookies.NoneWithoutSecure = true },
	}}
}

// onlyUTF8 replaces bytes that are not UTF-8 with replacement characters.
func onlyUTF8(l fetch.HeaderList) fetch.HeaderList {
	out := l.Clone()
	for i := range out {
		out[i].Value = strings.ToValidUTF8(out[i].Value, "\uFFFD")
	}
	return out
}

// soupURL returns a URL with normalised percent-encoded bytes.
func soupURL(u origin.URL) origin.URL {
	href := u.String()
	if !strings.Contains(href, "%") {
		return u
	}
	var out strings.Builder
	for i := 0; i < len(href); i++ {
		if href[i] != '%' || i+2 >= len(href) {
			out.WriteByte(href[i])
			continue
		}
		n, err := strconv.ParseUint(href[i+1:i+3], 16, 8)
		switch c := byte(n); {
		case err != nil:
			out.WriteByte('%')
			continue
		case isUnreserved(c):
			out.WriteByte(c)
		default:
			out.WriteString(strings.ToUpper(href[i : i+3]))
		}
		i += 2
	}
	normal, err := origin.ParseURL(out.String())
	if err != nil {
		return u
	}
	return normal
}

// isUnreserved reports whether a byte needs no percent-encoding anywhere.
// https://www.rfc-editor.org/rfc/rfc3986#section-2.3
func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// soupDefaultHeaders returns the headers that libsoup adds.
func soupDefaultHeaders(u origin.URL) fetch.HeaderList {
	host := u.Host()
	if port, ok := u.Port(); ok {
		host += ":" + strconv.Itoa(int(port))
	}
	encodings := "gzip, deflate"
	if u.Scheme() == "https" {
		encodings += ", br"
	}
	return fetch.HeaderList{
		{Name: "Host", Value: host}, {Name: "Accept-Encoding", Value: encodings},
		{Name: "Accept-Language", Value: "C"}, {Name: "Connection", Value: "Keep-Alive"},
	}
}
