package browser

import "github.com/corsim/corsim/fetch"

// firefoxCallEntries are about what the APIs do with the arguments of script.
func firefoxCallEntries() []Entry {
	return []Entry{{
		Name:      "beacons-blocked-at-once",
		Standard:  "sendBeacon() returns true for every beacon that is not too large, whatever happens to it.",
		Behaviour: "It returns false if the browser does not send the beacon: for mixed content and bad ports.",
		Source:    "dom/base/Navigator.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconRefusals = []fetch.Reason{fetch.ReasonMixedContent, fetch.ReasonBadPort} },
	}, {
		Name:      "media-range",
		Standard:  "The standard does not say how an audio or video element requests its resource.",
		Behaviour: "It requests a range from the first byte.",
		Source:    "dom/media/ChannelMediaResource.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}, {
		Name:      "data-url-length",
		Standard:  "The response to a data: URL has one header, Content-Type.",
		Behaviour: "fetch() also sees Content-Length.",
		Source:    "dom/fetch/FetchDriver.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.DataURLContentLength = true },
	}}
}
