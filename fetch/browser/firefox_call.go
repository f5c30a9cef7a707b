package browser

// firefoxCallEntries are about what the APIs do with what script gives them.
func firefoxCallEntries() []Entry {
	return []Entry{{
		Name:      "beacons-blocked-at-once",
		Standard:  "sendBeacon() returns true for every beacon that is not too large, whatever becomes of it.",
		Behaviour: "It returns false where the beacon is not even sent: for mixed content and bad ports.",
		Source:    "dom/base/Navigator.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.BeaconsBlockedAtOnce = true },
	}, {
		Name:      "media-range",
		Standard:  "How an audio or video element asks for its resource is left open.",
		Behaviour: "It asks for a range from the first byte.",
		Source:    "dom/media/ChannelMediaResource.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.MediaRange = true },
	}, {
		Name:      "data-url-length",
		Standard:  "The response to a data: URL has one header, Content-Type.",
		Behaviour: "To fetch() it has Content-Length as well.",
		Source:    "dom/fetch/FetchDriver.cpp",
		Versions:  "all",
		apply:     func(r *rules) { r.DataURLLength = true },
	}}
}
