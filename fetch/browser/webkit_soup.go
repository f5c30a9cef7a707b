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
		Name:      "default-headers",
		Standard:  "Which headers a browser adds on its own is its choice.",
		Behaviour: "Host, Connection, Accept-Encoding, with Brotli only over https, and Accept-Language by the environment, which was the locale C when recorded.",
		Source:    "libsoup/http1/soup-client-message-io-http1.c",
		Versions:  "libsoup 3",
		Port:      portSoup,
		apply:     func(r *rules) { r.DefaultHeaders = soupDefaultHeaders },
	}, {
		Name:     "headers-in-utf-8",
		Standard: "A character of a header value that script gives is one byte on the wire, and a byte of a response's header is one character to script.",
		Behaviour: "Characters are sent in UTF-8. In responses what is not UTF-8 is replaced by the three bytes of U+FFFD, which script sees as three characters, " +
			"and so does what a Location header is parsed from.",
		Source:   soupRequest,
		Versions: "all",
		Port:     portSoup,
		apply: func(r *rules) {
			r.UTF8Headers = true
			r.CombineResponse = onlyUTF8
		},
	}, {
		Name:      "cross-origin-delete-becomes-get",
		Standard:  "A redirect with status 301, 302, 307 or 308 leaves the method DELETE as it is.",
		Behaviour: "A redirect to another origin turns it into GET, so that it is no longer preflighted for its method. The headers stay.",
		Source:    soupDataTask,
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.CrossOriginDeleteBecomesGet = true },
	}, {
		Name:     "no-third-party-cookies",
		Standard: "A response to a request with credentials may set cookies.",
		Behaviour: "Cookies of another site than the page's are not stored, but those that are there are sent. Below a suffix that the public suffix list does " +
			"not know, every host is a site of its own.",
		Source:   soupCookieJar,
		Versions: "all, by the default policy of the port",
		Port:     portSoup,
		apply:    func(r *rules) { r.cookies.NoThirdParty = true },
	}, {
		Name:      "secure-cookies-need-https",
		Standard:  "Cookies with Secure may come from and go to http://localhost.",
		Behaviour: "They need https.",
		Source:    soupCookieJar,
		Versions:  "all",
		Port:      portSoup,
		apply:     func(r *rules) { r.cookies.SecureNeedsHTTPS = true },
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

// onlyUTF8 puts replacement characters in place of what is not UTF-8.
func onlyUTF8(l fetch.HeaderList) fetch.HeaderList {
	out := l.Clone()
	for i := range out {
		out[i].Value = strings.ToValidUTF8(out[i].Value, "\uFFFD")
	}
	return out
}

// soupDefaultHeaders is what the network layer adds.
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
