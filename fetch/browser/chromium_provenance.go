package browser

import (
	"github.com/corsim/corsim/fetch"
)

// chromiumProvenanceEntries are about what a request says about where it comes from.
func chromiumProvenanceEntries() []Entry {
	return []Entry{{
		Name:      "origin-to-own-origin",
		Standard:  "A GET request to the page's own origin has no Origin header.",
		Behaviour: "Images, scripts, style sheets and fonts that use CORS name it to every server.",
		Source:    blinkParameters,
		Versions:  "all",
		apply: func(r *rules) {
			r.OriginDestinations = []fetch.Destination{
				fetch.DestinationImage, fetch.DestinationScript, fetch.DestinationStyle, fetch.DestinationFont,
			}
		},
	}, {
		Name:      "origin-whatever-referrer-policy",
		Standard:  "Outside CORS, the Origin header of a POST request is \"null\" where the referrer policy would hide the origin.",
		Behaviour: "The referrer policy has no say in it.",
		Source:    chromiumCORSLoader,
		Versions:  "all",
		apply:     func(r *rules) { r.OriginWhateverReferrerPolicy = true },
	}, {
		Name:      "referrer-downgrade-by-scheme",
		Standard:  "A referrer is withheld when a potentially trustworthy page asks a URL that is not: http://localhost is trustworthy.",
		Behaviour: "It is withheld when an https page asks any http URL, http://localhost too; pages on http://localhost send it everywhere.",
		Source:    netRequestJob,
		Versions:  "all",
		apply:     func(r *rules) { r.referrer.DowngradeByScheme = true },
	}, {
		Name:      "storage-access-header",
		Standard:  "Fetch Metadata has four headers.",
		Behaviour: "A fifth, Sec-Fetch-Storage-Access, tells another site whether its cookies come along; here third-party cookies are allowed.",
		Source:    netHTTPJob,
		Versions:  "since 133",
		apply:     func(r *rules) { r.StorageAccessHeader = "active" },
	}}
}
