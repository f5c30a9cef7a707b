package explain

import (
	"slices"

	"github.com/corsim/corsim/origin"
)

// PageScheme says what browsers send for pages with a scheme that the standards leave
// to them: pages of extensions, of applications, and of files.
type PageScheme struct {
	Scheme string
	// Browsers has an entry for each browser or application that has such pages.
	Browsers []PageOrigin
	// Unknown says what is not known; "" if nothing.
	Unknown string
	// Sources are the addresses of the documents and of the source code that say so.
	Sources []string
}

// PageOrigin says what one browser sends for a page.
type PageOrigin struct {
	// Browser is the browser or the kind of application.
	Browser string
	// Origin is the value of the header Origin. It is "" where it is not known, and where
	// the browser sends none.
	Origin string
	// CORS says, in a sentence, whether CORS applies to the page's requests.
	CORS string
}

const (
	docsIonic      = "https://ionicframework.com/docs/troubleshooting/cors"
	docsChrome     = "https://developer.chrome.com/docs/extensions/develop/concepts/network-requests"
	docsElectron   = "https://www.electronjs.org/docs/latest/api/protocol"
	sourceBlink    = "https://chromium.googlesource.com/chromium/src/+/main/third_party/blink/renderer/platform/weborigin/security_origin.cc"
	sourceWebKit   = "https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/SecurityOrigin.cpp"
	corsApplies    = "CORS applies: the server has to allow this origin, as it stands"
	ownOrigin      = "{origin}"
	unknownSchemes = "other schemes are each application's own: read the Origin header that arrives at the server"
)

// pageSchemes are the schemes that are known. In origins, {origin} stands for the scheme
// and the host of the page's URL.
var pageSchemes = []PageScheme{
	{"capacitor", []PageOrigin{
		{"Capacitor on iOS (WebKit)", ownOrigin, corsApplies},
		{"Capacitor on Android (Chromium)", "https://localhost", "CORS applies; Capacitor before version 6 has http://localhost, and androidScheme and hostname in its configuration change both"},
	}, "", []string{docsIonic, sourceWebKit}},
	{"ionic", []PageOrigin{
		{"Ionic's web view for Cordova on iOS (WebKit)", ownOrigin, corsApplies},
		{"the same on Android (Chromium)", "http://localhost", "CORS applies; Scheme and Hostname in its configuration change it"},
	}, "", []string{docsIonic, sourceWebKit}},
	{"tauri", []PageOrigin{
		{"Tauri on macOS, iOS and Linux (WebKit)", ownOrigin, corsApplies},
		{"Tauri on Windows and Android (Chromium)", "http://tauri.localhost", "CORS applies; with useHttpsScheme, and in Tauri 1, it is https://tauri.localhost"},
	}, "", []string{"https://v2.tauri.app/reference/config/", "https://github.com/tauri-apps/tauri/issues/3007", sourceWebKit}},
	{"app", []PageOrigin{
		{"Cordova on iOS with a scheme of its own (WebKit)", ownOrigin, corsApplies},
		{"Electron, if the application registers the scheme as standard (Chromium)", ownOrigin, corsApplies},
		{"Electron, otherwise (Chromium)", "null", "CORS applies, and a server should not allow null, which every site can take: register the scheme as standard"},
	}, "", []string{docsElectron, "https://cordova.apache.org/docs/en/latest/config_ref/index.html", sourceWebKit}},
	{"chrome-extension", []PageOrigin{
		{"Chromium, Chrome, Edge: pages and the service worker of an extension", ownOrigin,
			"CORS applies, unless the manifest has a host permission for the server (host_permissions): then the browser treats the request as one to the extension's own origin, and a GET has no Origin"},
		{"Chromium, Chrome, Edge: content scripts", "", "they request as the page that they run in: with its origin, and with CORS, whatever the permissions (since Chrome 85)"},
	}, "", []string{docsChrome, "https://github.com/w3c/webextensions/issues/777"}},
	{"moz-extension", []PageOrigin{
		{"Firefox: pages and background scripts of an extension", ownOrigin,
			"CORS applies, unless the extension has a host permission for the server; in Manifest V3 the user has to grant it. The host of the origin differs in each installation: a server cannot list it"},
		{"Firefox: content scripts", "", "in Manifest V3 they request as the page that they run in, with its origin and with CORS; in Manifest V2 a host permission lifts CORS for them too"},
	}, "reports differ on whether Firefox sends a preflight in Manifest V3 although the permission is granted", []string{
		"https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/manifest.json/host_permissions",
		"https://github.com/hoppscotch/hoppscotch-extension/issues/151", "https://github.com/mdn/content/issues/32912"}},
	{"safari-web-extension", []PageOrigin{
		{"Safari: pages and background scripts of an extension", ownOrigin,
			"CORS applies, unless the user grants the extension access to the server's site. The host of the origin is one of the installation: a server cannot list it"},
	}, "whether a content script sends the origin of its page is not known here", []string{
		"https://bugs.webkit.org/show_bug.cgi?id=247509", "https://github.com/asciimoo/hister/pull/46", sourceWebKit}},
	{"file", []PageOrigin{
		{"Chromium, Firefox and Safari", "null", "CORS applies, and a server should not allow null, which every site can take: serve the page over http, from localhost for instance"},
		{"web views of applications that let files read files", "file://", "CORS applies, unless the application has given its files access to everything (older Cordova): then no server has to allow anything"},
	}, "", []string{sourceBlink, sourceWebKit}},
	{"data", []PageOrigin{{"Chromium, Firefox and Safari", "null", "CORS applies, and a server should not allow null, which every site can take"}},
		"", []string{"https://url.spec.whatwg.org/#origin"}},
	{"about", []PageOrigin{{"Chromium, Firefox and Safari", "", "about:blank and about:srcdoc have the origin of the page that made them, and null when nobody did (typed into the address bar) or the frame is sandboxed"}},
		"", []string{"https://html.spec.whatwg.org/multipage/browsers.html#determining-the-origin"}},
	{"blob", []PageOrigin{{"Chromium, Firefox and Safari", ownOrigin, "a blob has the origin of the page that made it: CORS applies to it as to that page"}},
		"", []string{"https://url.spec.whatwg.org/#origin"}},
}

// otherPageScheme is what is known about all other schemes.
var otherPageScheme = PageScheme{Browsers: []PageOrigin{
	{"web views of WebKit (iOS, macOS, Linux)", ownOrigin, corsApplies},
	{"Electron, if the application registers the scheme as standard (Chromium)", ownOrigin, corsApplies},
	{"Electron, otherwise (Chromium)", "null", "CORS applies, and a server should not allow null, which every site can take: register the scheme as standard"},
}, Unknown: unknownSchemes, Sources: []string{docsElectron, sourceWebKit}}

// PageSchemeOf returns what browsers send for a page whose URL is neither http nor https;
// ok is false for http and https.
func PageSchemeOf(u origin.URL) (p PageScheme, ok bool) {
	if u.IsHTTP() || u.IsZero() {
		return p, false
	}
	p = otherPageScheme
	for _, known := range pageSchemes {
		if known.Scheme == u.Scheme() {
			p = known
		}
	}
	own := u.Scheme() + "://" + u.Host()
	if o := u.Origin(); u.Scheme() == "blob" {
		own = o.String()
	}
	p.Scheme, p.Browsers = u.Scheme(), slices.Clone(p.Browsers)
	for i := range p.Browsers {
		if b := &p.Browsers[i]; b.Origin == ownOrigin {
			b.Origin = own
		}
	}
	return p, true
}
